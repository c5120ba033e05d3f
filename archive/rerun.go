package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"qissa"
	"qissa/internal/grouping"
)

// A Rerun is some stories of an archive, and what stands around them in time, compared
// again: an archive keeps stories, not the links that they are made of.
type Rerun struct {
	Result *qissa.Result        // at the settings of the archive; stories and storylines by its ids
	Links  *qissa.Links         // of the same articles
	Of     func(id string) bool // whether an article is of the stories that were asked for
}

// A Cut is how the links of a rerun are to be cut.
type Cut struct {
	Story, Storyline float64            // 0: as the archive does
	Corrections      []qissa.Correction // nil: those of the archive
}

// ErrForgotten is that what stood around some stories was forgotten.
var ErrForgotten = errors.New("what stood around these stories was forgotten")

// Rerun compares the articles around some stories again, all of them for nil, so far that
// the links of these are what they are among all articles, and that none of these stories
// is another one in the whole archive when they are cut as given. Of the options Jobs,
// Spill and Progress count. Cost as of [Archive.Feed].
func (a *Archive) Rerun(ctx context.Context, ids []string, cut Cut, opt qissa.Options) (*Rerun, error) {
	g := &regrouping{change: &change{Archive: a}, outlets: &outlets{}}
	var err error
	if g.settings, err = a.Settings(); err != nil {
		return nil, err
	}
	if g.outlets.crawled, err = a.crawledBefore(); err != nil {
		return nil, err
	}
	g.window = grouping.Seconds(g.settings.Window)
	if cut.Story == 0 {
		cut.Story = g.settings.Story
	}
	if cut.Storyline == 0 {
		cut.Storyline = qissa.DefaultOptions().Storyline
	}
	if cut.Corrections == nil {
		if cut.Corrections, err = a.corrections(ctx); err != nil {
			return nil, err
		}
	}
	asked, of, err := a.asked(ctx, ids)
	if err != nil {
		return nil, err
	}
	known := always
	if ids != nil && g.window > 0 && !a.forceWhole {
		known = g.grown(ctx, g.grown(ctx, asked).wider(g.line()))
	}
	for {
		if err := g.readAround(ctx, known, cut.Corrections, opt); err != nil {
			return nil, err
		}
		r, err := g.result.Links().Cut(ctx, cut.Story, cut.Storyline, cut.Corrections)
		if err != nil {
			return nil, err
		}
		needed := g.partsAround(r, g.partsAround(r, asked).wider(g.line()))
		if known.from <= needed.from && needed.to <= known.to {
			break
		}
		known = span{min(known.from, needed.from), max(known.to, needed.to)}
	}
	return &Rerun{g.result, g.result.Links(), of}, g.nameAsKept(ctx, of)
}

// line is how far from a story those stand that have a say in its storyline, in seconds.
func (g *regrouping) line() int64 { return grouping.Seconds(grouping.LineSpan) + g.window }

// crawledBefore returns the outlets whose times were those of a crawler after the last
// batch.
func (a *Archive) crawledBefore() (map[string]bool, error) {
	list, err := a.crawledList()
	crawled := make(map[string]bool, len(list))
	for _, outlet := range list {
		crawled[outlet] = true
	}
	return crawled, err
}

// asked returns the time from the first to the last article of some stories, and which
// articles they have; nil stands for all.
func (a *Archive) asked(ctx context.Context, ids []string) (span, func(string) bool, error) {
	if ids == nil {
		return always, func(string) bool { return true }, nil
	}
	if err := a.choose(ctx, ids); err != nil {
		return span{}, nil, err
	}
	rows, err := a.tx.QueryContext(ctx, `SELECT name, at FROM article WHERE story IN (SELECT n FROM temp.chosen)`)
	if err != nil {
		return span{}, nil, told(err)
	}
	defer rows.Close()
	s, of := span{always.to, always.from}, map[string]bool{}
	for rows.Next() {
		var name string
		var at int64
		if err := rows.Scan(&name, &at); err != nil {
			return span{}, nil, told(err)
		}
		s, of[name] = span{min(s.from, at), max(s.to, at)}, true
	}
	return s, func(id string) bool { return of[id] }, told(rows.Err())
}

// readAround reads and compares what the links of a time depend on.
func (g *regrouping) readAround(ctx context.Context, known span, corrections []qissa.Correction, opt qissa.Options) error {
	read := known
	if known != always {
		read = known.wider(contextWindows * g.window)
	}
	var forgotten bool
	if err := g.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM story WHERE state = ? AND last >= ?)`, pruned, read.from).Scan(&forgotten); err != nil {
		return told(err)
	}
	if forgotten && known != always {
		return fmt.Errorf("%w (--keep): it reaches back to %s", ErrForgotten, time.Unix(read.from, 0).UTC().Format(time.DateOnly))
	}
	var named []string
	for _, c := range corrections {
		named = append(named, c.A, c.B)
	}
	var err error
	g.rows, err = g.articles(ctx, opt.Spill, stage(opt, StageReading), `WHERE a.at BETWEEN ? AND ? OR a.name IN (SELECT a FROM correction WHERE ended IS NULL UNION SELECT b FROM correction WHERE ended IS NULL UNION SELECT value FROM json_each(?))`, read.from, read.to, marshal(named))
	if err != nil {
		return err
	}
	return g.run(ctx, opt, false)
}

// partsAround returns a time with the parts of the articles in it.
func (g *regrouping) partsAround(r *qissa.Result, s span) span {
	if s.from <= always.from {
		return always
	}
	times := map[int]span{}
	for i, part := range r.Parts {
		t := g.result.Articles[i].Time.Unix()
		p, ok := times[part]
		if !ok {
			p = span{t, t}
		}
		times[part] = span{min(p.from, t), max(p.to, t)}
	}
	grown := s
	for _, p := range times {
		if p.from <= s.to && p.to >= s.from {
			grown = span{min(grown.from, p.from), max(grown.to, p.to)}
		}
	}
	return grown
}

// nameAsKept gives the stories the ids that the archive has them by. One at the edge,
// which is not what it is in the whole archive, keeps that of its first article.
func (g *regrouping) nameAsKept(ctx context.Context, of func(string) bool) error {
	find, err := g.prepared(ctx, `SELECT s.id, l.id FROM story s JOIN line l ON l.n = s.line WHERE s.n=? AND s.head=? AND s.size=?`)
	if err != nil {
		return err
	}
	for i := range g.result.Stories {
		s := &g.result.Stories[i]
		head := s.ID
		err := find.scan(ctx, []any{g.row(s.Members[0].Article).story, head, len(s.Members)}, &s.ID, &g.result.Storylines[s.Storyline].ID)
		if errors.Is(err, sql.ErrNoRows) && !of(head) {
			continue
		}
		if errors.Is(err, sql.ErrNoRows) {
			return g.damaged("the story of article %q is not what its articles make", head)
		}
		if err != nil {
			return told(err)
		}
	}
	return nil
}
