package report

import (
	"io"

	"github.com/parquet-go/parquet-go"

	"qissa"
)

type storyColumns struct {
	ID             string         `parquet:"id"`
	Storyline      *string        `parquet:"storyline_id,optional"`
	Size           int32          `parquet:"size"`
	Title          *string        `parquet:"title,optional"`
	Representative string         `parquet:"representative"`
	First          *string        `parquet:"first,optional"`
	FirstTime      *string        `parquet:"first_time,optional"`
	LastTime       *string        `parquet:"last_time,optional"`
	Sources        []string       `parquet:"sources,list"`
	KeyPhrases     []string       `parquet:"key_phrases,list"`
	Review         []qissa.Review `parquet:"review,list"`
	Cohesion       float64        `parquet:"cohesion"`
	WeakestLink    float64        `parquet:"weakest_link"`
	Trust          float64        `parquet:"trust"`
	RepeatedText   float64        `parquet:"repeated_text"`
	FirstReason    *string        `parquet:"first_reason,optional"`
	Origins        int32          `parquet:"origin_count"`
	StorylineTitle *string        `parquet:"storyline_title,optional"`
	StorylineSize  int32          `parquet:"storyline_size"`
}

type memberColumns struct {
	ID        string   `parquet:"article_id"`
	Story     string   `parquet:"story_id"`
	Relation  string   `parquet:"relation"`
	Copied    float64  `parquet:"copied"`
	CopyOf    *string  `parquet:"copy_of,optional"`
	Source    *string  `parquet:"source,optional"`
	Time      *string  `parquet:"time,optional"`
	Precision string   `parquet:"precision"`
	Title     *string  `parquet:"title,optional"`
	URL       *string  `parquet:"url,optional"`
	Words     int32    `parquet:"words"`
	Credit    []string `parquet:"credit,list"`
	File      string   `parquet:"file"`
	Line      int32    `parquet:"line"`
	Order     *string  `parquet:"copy_order,optional"`
	GoesBack  string   `parquet:"origin_article"`
	Storyline *string  `parquet:"storyline_id,optional"`
}

type pairColumns struct {
	A        string  `parquet:"a"`
	B        string  `parquet:"b"`
	Cosine   float64 `parquet:"cosine"`
	Same     float64 `parquet:"same"`
	AInB     float64 `parquet:"a_in_b"`
	BInA     float64 `parquet:"b_in_a"`
	Decision string  `parquet:"decision"`
	Why      string  `parquet:"why"`
	Borrowed int32   `parquet:"borrowed"`
	Order    *string `parquet:"borrow_order,optional"`
}

// StoriesParquet writes one story per row, as [StoriesJSONL] does but for its
// articles, which [ArticlesParquet] has. Unknown is null.
func StoriesParquet(w io.Writer, r *qissa.Result) error {
	return rows(w, len(r.Stories), func(n int) storyColumns {
		rec := storyRecord(r, r.Stories[n])
		row := storyColumns{rec.ID, nil, int32(rec.Size), known(rec.Title), rec.Representative, nil, nil, known(rec.LastTime),
			rec.Sources, rec.KeyPhrases, rec.Review, float64(rec.Cohesion), float64(rec.WeakestLink), float64(rec.Trust), float64(rec.RepeatedText), known(rec.FirstReason), int32(rec.OriginCount), nil, int32(rec.Size)}
		if rec.Storyline != nil {
			row.Storyline, row.StorylineTitle, row.StorylineSize = &rec.Storyline.ID, known(rec.Storyline.Title), int32(rec.Storyline.Size)
		}
		if rec.First != nil {
			row.First, row.FirstTime = known(text(rec.First.Article)), known(rec.First.Time)
		}
		return row
	})
}

// ArticlesParquet writes one article per row, stories in the order of the result.
func ArticlesParquet(w io.Writer, r *qissa.Result) error {
	type member struct {
		story  qissa.Story
		member qissa.Member
	}
	var all []member
	for _, s := range r.Stories {
		for _, m := range s.Members {
			all = append(all, member{s, m})
		}
	}
	return rows(w, len(all), func(n int) memberColumns {
		rec := memberRecord(r, all[n].story, all[n].member)
		return memberColumns{rec.ID, all[n].story.ID, string(rec.Relation), float64(rec.Copied), known(rec.CopyOf), known(rec.Source), known(rec.Time),
			string(rec.Precision), known(rec.Title), known(rec.URL), int32(rec.Words), rec.Credit, string(rec.Origin.File), int32(rec.Origin.Line), known(rec.Order), rec.GoesBack, known(text(storylineID(r, all[n].story)))}
	})
}

// PairsParquet writes one pair per row, as [PairsJSONL] does but for the places.
func PairsParquet(w io.Writer, r *qissa.Result) error {
	return rows(w, len(r.Pairs), func(n int) pairColumns {
		p := r.Pairs[n]
		return pairColumns{r.Articles[p.A].ID, r.Articles[p.B].ID, p.Cosine, p.Same, p.AInB, p.BInA, string(p.Decision), string(p.Why), int32(p.Borrowed), known(text(p.BorrowOrder))}
	})
}

// rows writes n rows.
func rows[T any](w io.Writer, n int, row func(int) T) error {
	p := newParquet[T](w)
	for i := range n {
		if err := p.add(row(i)); err != nil {
			return err
		}
	}
	return p.close()
}

// A parquetWriter writes rows, a block of them at a time.
type parquetWriter[T any] struct {
	to     *parquet.GenericWriter[T]
	buffer []T
}

func newParquet[T any](w io.Writer) *parquetWriter[T] {
	const block = 1024
	return &parquetWriter[T]{parquet.NewGenericWriter[T](w, parquet.Compression(&parquet.Zstd)), make([]T, 0, block)}
}

func (p *parquetWriter[T]) add(row T) error {
	if p.buffer = append(p.buffer, row); len(p.buffer) < cap(p.buffer) {
		return nil
	}
	return p.flush()
}

func (p *parquetWriter[T]) flush() error {
	_, err := p.to.Write(p.buffer)
	p.buffer = p.buffer[:0]
	return err
}

func (p *parquetWriter[T]) close() error {
	if err := p.flush(); err != nil {
		return err
	}
	return p.to.Close()
}

// known is nil for an unknown text.
func known(t text) *string {
	if t == "" {
		return nil
	}
	s := string(t)
	return &s
}
