package report

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"text/tabwriter"
	"time"

	"qissa"
	"qissa/article"
)

// Passages are the passages of articles, to be written.
type Passages struct {
	Articles []article.Article // in the order of the input, those of other corpora first
	Found    qissa.Passages
	Others   int // how many articles, the first ones, are of other corpora
}

// passageJSON is a line of passages.jsonl.
type passageJSON struct {
	Schema      int                `json:"schema"`      // version of the format; fields are only ever added within one
	ID          string             `json:"id"`          // of its words, however they are written: "p_" and 16 hex digits
	Words       int                `json:"words"`       // words of the passage
	Text        string             `json:"text"`        // as written in the first of its places
	Same        float64            `json:"same"`        // least share of equal words in a place, 0 to 1; 1 if all places are the same
	Articles    int                `json:"articles"`    // how many articles have it
	Outlets     int                `json:"outlets"`     // of how many outlets these are; those of unknown outlet are one
	Boilerplate bool               `json:"boilerplate"` // whether it is, in most of its places, what the outlet puts on its pages or repeats in articles of different stories
	Earliest    *earliestJSON      `json:"earliest"`    // the place that is earliest of those whose time is known; null if none is
	Places      []passagePlaceJSON `json:"places"`      // all of them, in the order of time, undated last
}

// earliestJSON is the place of a passage with the earliest time. Whether its article was
// first is not said: times may be those of a crawler.
type earliestJSON struct {
	Article string `json:"article"` // its id
	Source  text   `json:"source"`  // outlet; null if unknown
	Time    string `json:"time"`    // RFC 3339, in the zone it was given in
}

type passagePlaceJSON struct {
	Article text       `json:"article"` // id, as given; null if the record has none
	Source  text       `json:"source"`  // outlet; null if unknown
	Time    text       `json:"time"`    // RFC 3339, in the zone it was given in; null if unknown
	Same    float64    `json:"same"`    // share of its words, or of those of the passage's first place in the input if these are more, that both have, 0 to 1
	At      [2]int     `json:"at"`      // first code point and the one behind the last, of the title, a line break, and the body
	Origin  originJSON `json:"origin"`  // where the record stands in the input
	Against bool       `json:"against"` // whether it stands in the corpus of --against
}

// A passageReader reads texts of articles, and keeps the last one.
type passageReader struct {
	of     []article.Article
	last   int32
	text   string
	memory []byte
}

// read returns what stands at a place, as written.
func (r *passageReader) read(p qissa.SharedPlace) string {
	if r.text == "" || r.last != p.Article {
		a := &r.of[p.Article]
		r.last, r.text = p.Article, a.Title+"\n"+a.LoadBody(&r.memory)
	}
	return p.Span().In(r.text)
}

// rounded writes a share with three digits, 1 only where all is equal.
func rounded(share float64) float64 {
	if share < 1 {
		return min(0.999, math.Round(1000*share)/1000)
	}
	return 1
}

// sameAt returns the share of equal words in a place of a passage.
func sameAt(p *qissa.SharedPassage, place int) float64 {
	if p.Same == nil {
		return 1
	}
	return rounded(float64(p.Same[place]))
}

func passageID(p *qissa.SharedPassage) string { return fmt.Sprintf("p_%016x", p.ID) }

// JSONL writes one passage per line with all its places.
func (d Passages) JSONL(w io.Writer) error {
	texts := passageReader{of: d.Articles}
	return lines(w, func(enc *json.Encoder) error {
		enc.SetEscapeHTML(false)
		for i := range d.Found.Passages {
			p := &d.Found.Passages[i]
			rec := passageJSON{
				Schema: schema, ID: passageID(p), Words: int(p.Words), Text: texts.read(p.Places[0]), Articles: int(p.Articles), Outlets: int(p.Outlets),
				Same: rounded(p.LeastSame()), Boilerplate: p.Boilerplate, Places: make([]passagePlaceJSON, len(p.Places)),
			}
			for n, at := range p.Places {
				a := &d.Articles[at.Article]
				rec.Places[n] = passagePlaceJSON{text(a.ID), text(a.Source), text(timeText(*a)), sameAt(p, n), at.Span(), originJSON{text(a.Origin.File), a.Origin.Line, a.Origin.Item}, int(at.Article) < d.Others}
			}
			if p.Earliest >= 0 {
				first := rec.Places[p.Earliest]
				rec.Earliest = &earliestJSON{string(first.Article), first.Source, string(first.Time)}
			}
			if err := enc.Encode(rec); err != nil {
				return err
			}
		}
		return nil
	})
}

// A passageRow is a place of a passage, as a row of a table.
type passageRow struct {
	Passage     string  `parquet:"passage_id"`
	Words       int32   `parquet:"words"`
	Articles    int32   `parquet:"articles"`
	Outlets     int32   `parquet:"outlets"`
	Boilerplate bool    `parquet:"boilerplate"`
	Same        float64 `parquet:"same"`
	Article     *string `parquet:"article_id,optional"`
	Source      *string `parquet:"source,optional"`
	Time        *string `parquet:"time,optional"`
	Earliest    bool    `parquet:"earliest"`
	Against     bool    `parquet:"against"`
	Title       *string `parquet:"title,optional"`
	File        string  `parquet:"file"`
	Line        int32   `parquet:"line"`
	From        int32   `parquet:"from"`
	To          int32   `parquet:"to"`
	Text        string  `parquet:"text"` // as written in the first place of the passage; of a changed passage in this one
}

// passageColumns are the columns of the rows, in this order.
var passageColumns = []string{
	"passage_id", "words", "articles", "outlets", "boilerplate", "same", "article_id", "source", "time", "earliest", "against", "title", "file", "line", "from", "to", "text",
}

// each calls do for each place of each passage.
func (d Passages) each(do func(row passageRow) error) error {
	texts := passageReader{of: d.Articles}
	for i := range d.Found.Passages {
		p := &d.Found.Passages[i]
		words := texts.read(p.Places[0])
		for n, at := range p.Places {
			a := &d.Articles[at.Article]
			if p.Same != nil {
				words = texts.read(at)
			}
			err := do(passageRow{passageID(p), p.Words, p.Articles, p.Outlets, p.Boilerplate, sameAt(p, n), known(text(a.ID)), known(text(a.Source)), known(text(timeText(*a))),
				int(p.Earliest) == n, int(at.Article) < d.Others, known(text(a.Title)), a.Origin.File, int32(a.Origin.Line), at.From, at.To, words})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// CSV writes one place of a passage per row, under a line of column names. Mark adds the
// byte order mark that tells spreadsheets that a file is UTF-8.
func (d Passages) CSV(w io.Writer, mark bool) error {
	if mark {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return err
		}
	}
	c := csv.NewWriter(w)
	if err := c.Write(passageColumns); err != nil {
		return err
	}
	number := func(n int32) string { return strconv.Itoa(int(n)) }
	given := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	err := d.each(func(r passageRow) error {
		row := []string{r.Passage, number(r.Words), number(r.Articles), number(r.Outlets), strconv.FormatBool(r.Boilerplate), strconv.FormatFloat(r.Same, 'g', -1, 64), given(r.Article), given(r.Source), given(r.Time),
			strconv.FormatBool(r.Earliest), strconv.FormatBool(r.Against), given(r.Title), r.File, number(r.Line), number(r.From), number(r.To), r.Text}
		for i, cell := range row {
			row[i] = inert(cell)
		}
		return c.Write(row)
	})
	if err != nil {
		return err
	}
	c.Flush()
	return c.Error()
}

// Parquet writes one place of a passage per row. Unknown is null.
func (d Passages) Parquet(w io.Writer) error {
	p := newParquet[passageRow](w)
	if err := d.each(p.add); err != nil {
		return err
	}
	return p.close()
}

// PassageTableOptions are the settings of [Passages.Table].
type PassageTableOptions struct {
	Rows        int            // passages shown; 0 means all
	Boilerplate bool           // shows also what outlets put on their pages
	Zone        *time.Location // in which times are shown, and which the heading names; nil means UTC, which goes without saying
	Isolate     bool           // as in [TableOptions]
}

// Table writes the first passages as a table for a terminal. Those of which most places
// lie over places of one that is shown, variants of it, are left out.
func (d Passages) Table(w io.Writer, opt PassageTableOptions) error {
	shown, framed, left := []*qissa.SharedPassage{}, 0, 0
	seen := shownPlaces{}
	for i := range d.Found.Passages {
		switch p := &d.Found.Passages[i]; {
		case p.Boilerplate && !opt.Boilerplate:
			framed++
		case opt.Rows > 0 && len(shown) == opt.Rows || seen.most(p):
			left++
		default:
			shown = append(shown, p)
			seen.add(p)
		}
	}
	zone, named := zoneNamed(opt.Zone)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "articles\toutlets\twords\tearliest%s\tpassage\n", named)
	texts := passageReader{of: d.Articles}
	for _, p := range shown {
		earliest := "undated"
		if p.Earliest >= 0 {
			earliest = seenAt(&d.Articles[p.Places[p.Earliest].Article], zone)
		}
		fmt.Fprintf(t, "%8d\t%7d\t%5d\t%s\t%s\n", p.Articles, p.Outlets, p.Words, earliest, Line(opening(texts.read(p.Places[0]), 2*headlineLength), headlineLength, opt.Isolate))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	var more []string
	if left > 0 {
		more = append(more, number(left)+" more")
	}
	if framed > 0 {
		more = append(more, fmt.Sprintf("%s that outlets put on their pages (--boilerplate shows them)", number(framed)))
	}
	for _, line := range more {
		if _, err := fmt.Fprintln(w, "and "+line); err != nil {
			return err
		}
	}
	return nil
}

// shownPlaces are the places of passages that are shown, by article.
type shownPlaces map[int32][]qissa.SharedPlace

func (s shownPlaces) add(p *qissa.SharedPassage) {
	for _, at := range p.Places {
		s[at.Article] = append(s[at.Article], at)
	}
}

// most reports whether most places of a passage lie over places that are shown.
func (s shownPlaces) most(p *qissa.SharedPassage) bool {
	over := 0
	for _, at := range p.Places {
		for _, other := range s[at.Article] {
			if at.From < other.To && other.From < at.To {
				over++
				break
			}
		}
	}
	return 2*over > len(p.Places)
}
