package archive

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"qissa"
	"qissa/article"
	"qissa/internal/parallel"
	"qissa/report"
)

// A Batch is what is told of a change of the archive.
type Batch struct {
	At      time.Time // when it is made; articles without a time are compared by it
	Version string    // of the program
	Inputs  []report.Input

	KeepModel bool // the archive makes no new model, however many articles came
}

// A Summary tells what a batch did.
type Summary struct {
	Batch     int64          // its number; 0 if nothing changed and nothing was written
	Read      int            `json:"read"`
	New       int            `json:"new"`
	Updated   int            `json:"updated"`
	Known     int            `json:"known"`
	Withdrawn int            `json:"withdrawn"` // that were withdrawn, now or before
	Renamed   int            `json:"renamed"`   // new ones that are there, word for word, under another id
	TooOld    int            `json:"too_old"`   // that stood before the horizon and were passed over
	Changed   int            `json:"changed"`   // stories with an event other than closed
	Events    map[string]int `json:"events"`    // by kind
	Totals    Totals         `json:"totals"`

	PrunedStories  int `json:"pruned_stories"` // that were forgotten
	PrunedArticles int `json:"pruned_articles"`

	Unknown []qissa.Correction

	Model *NewModel `json:"model,omitempty"` // that the batch made
}

// Totals are what an archive holds.
type Totals struct {
	Articles   int `json:"articles"`
	Stories    int `json:"stories"`
	Open       int `json:"open"`
	Storylines int `json:"storylines"`
}

// Feed adds articles. Those that are known are passed over, those that changed take the
// place of what they were, those that were withdrawn stay out. Of the options Jobs,
// Spill and Progress count. The articles are changed.
//
// Cost: that of [qissa.Cluster] over the articles in a window around those that are added,
// and a look at what sheets tell of those of the weeks around them. Where there are no
// sheets, as after another model was made to hold for all, that of Cluster over the weeks.
func (a *Archive) Feed(ctx context.Context, b Batch, articles []article.Article, opt qissa.Options) (*Summary, error) {
	return a.feed(ctx, b, articles, nil, opt)
}

// feed is Feed, and Import of a run.
func (a *Archive) feed(ctx context.Context, b Batch, articles []article.Article, run *Run, opt qissa.Options) (*Summary, error) {
	settings, err := a.Settings()
	if err != nil {
		return nil, err
	}
	for i := range articles {
		articles[i].Unfold()
	}
	all, err := a.identify(ctx, articles, settings.Identity)
	if err != nil {
		return nil, err
	}
	if err := lines(all); err != nil {
		return nil, err
	}
	s := &Summary{Read: len(articles), Events: map[string]int{}}
	for _, in := range all {
		switch {
		case in.tooOld(a.horizon(), b.At):
			s.TooOld++
		case in.gone:
			s.Withdrawn++
		case in.known:
			s.Known++
		case in.n > 0:
			s.Updated++
		default:
			s.New++
		}
	}
	if s.Renamed, err = a.renamed(ctx, all, b.At); err != nil {
		return nil, err
	}
	if s.New+s.Updated == 0 {
		s.Totals, err = a.totals(ctx)
		return s, err
	}
	c := &change{Archive: a, kind: "feed", Batch: b, summary: s, updated: map[int64]bool{}}
	if run != nil {
		c.kind = "import"
	}
	if err := c.begin(ctx); err != nil {
		return nil, err
	}
	if err := c.add(ctx, slices.Clone(all), opt); err != nil {
		return nil, err
	}
	if run != nil {
		if err := c.takeOver(ctx, all, run); err != nil {
			return nil, err
		}
	}
	return s, c.regroup(ctx, opt)
}

// add writes the articles that are new or changed, in their canonical order.
func (c *change) add(ctx context.Context, all []incoming, opt qissa.Options) error {
	progress, done := stage(opt, StageAdding), 0
	fresh := slices.DeleteFunc(all, func(in incoming) bool { return in.known || in.gone || in.tooOld(c.horizon(), c.At) })
	articles := make([]article.Article, len(fresh))
	for i, in := range fresh {
		articles[i] = *in.article
	}
	var blocks [][]int
	for block := range slices.Chunk(article.CanonicalOrder(articles), textBlock) {
		blocks = append(blocks, block)
	}
	pack := func(block []int) ([][]byte, error) {
		bodies := make([][]byte, len(block))
		return bodies, parallel.Each(ctx, len(block), parallel.Jobs(opt.Jobs), nil, func(_, k int) { bodies[k] = packText(articles[block[k]].LoadBody(nil)) })
	}
	return parallel.Ahead(blocks, pack, func(block []int, bodies [][]byte) error {
		for k, i := range block {
			if err := c.addOne(ctx, fresh[i], articles[i], bodies[k]); err != nil {
				return err
			}
		}
		done += len(block)
		progress(done, len(fresh))
		return nil
	})
}

// addOne writes an article, with its packed body.
func (c *change) addOne(ctx context.Context, in incoming, x article.Article, body []byte) (err error) {
	if in.n == 0 {
		if x.ID, err = c.name(ctx, x.ID); err != nil {
			return err
		}
	} else {
		was, err := c.known(ctx, `WHERE a.n=?`, in.n)
		if err != nil {
			return err
		}
		x.ID = was[0].article.ID
		c.touch(was[0], false)
		c.updated[in.n] = true
	}
	n, err := c.put(ctx, in.n, in.key, &x, body, in.hash, c.n, c.At)
	x.Body, x.Compressed = "", article.CompressedTexts{} // they are in the file
	c.touch(row{n: n, article: x}, true)
	return err
}

// A change is a batch in the making.
type change struct {
	*Archive
	Batch
	kind    string
	summary *Summary
	n       int64          // of the batch
	newest  int64          // latest time of an article before it
	updated map[int64]bool // articles whose content changed
	removed []row          // articles that are no more
	came    []row          // articles as they are now that came or changed
	left    []row          // articles as they were that changed or are no more
	classed bool           // these are counted among the classes
	touched []int64        // times of all of these
	names   []string       // and their names
}

// begin gives the batch a number.
func (c *change) begin(ctx context.Context) error {
	err := c.tx.QueryRowContext(ctx, `SELECT coalesce(max(n), 0) + 1, (`+newestTime+`) FROM batch`).Scan(&c.n, &c.newest)
	if err != nil {
		return told(err)
	}
	inputs, err := json.Marshal(c.Inputs)
	if err != nil {
		return err
	}
	_, err = c.tx.ExecContext(ctx, `INSERT INTO batch (n, kind, at, version, inputs, counts, newest) VALUES (?, ?, ?, ?, ?, '', 0)`, c.n, c.kind, c.At.Unix(), c.Version, string(inputs))
	return told(err)
}

// end writes what the batch did.
func (c *change) end(ctx context.Context) error {
	var err error
	if c.summary.Totals, err = c.totals(ctx); err != nil {
		return err
	}
	if c.summary.Unknown, err = c.waiting(ctx); err != nil {
		return err
	}
	c.summary.Batch = c.n
	counts, err := json.Marshal(c.summary)
	if err != nil {
		return err
	}
	_, err = c.tx.ExecContext(ctx, `UPDATE batch SET counts=?, newest=coalesce((SELECT at FROM article WHERE time <> '' ORDER BY at DESC LIMIT 1), 0) WHERE n=?`, string(counts), c.n)
	return told(err)
}

func (a *Archive) totals(ctx context.Context) (t Totals, err error) {
	err = a.tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM story WHERE state IN ('open', 'closed')),
		(SELECT count(*) FROM story WHERE state = 'open'), (SELECT count(*) FROM line WHERE state = 'open')`).Scan(&t.Articles, &t.Stories, &t.Open, &t.Storylines)
	return t, told(err)
}

// exec runs a statement once for each list of values.
func (a *Archive) exec(ctx context.Context, query string, each func(run func(values ...any) error) error) error {
	s, err := a.prepared(ctx, query)
	if err != nil {
		return err
	}
	return each(func(values ...any) error {
		_, err := s.run(ctx, values...)
		return err
	})
}
