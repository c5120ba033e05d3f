package archive

import (
	"context"
	"database/sql"
	"errors"

	"qissa"
	"qissa/article"
	"qissa/internal/grouping"
	"qissa/report"
)

// A Former is a story of a run that ended before, whose id the archive takes over.
type Former struct {
	ID, Line, Title string   // of the story, and of its storyline
	Articles        []string // ids in that run
}

// A Run is what a run found that ended before.
type Run struct {
	Stories     []Former
	Places      map[string]article.Origin // where its articles stand, by id
	Corrections []qissa.Correction        // by its ids
}

// Import feeds the articles of a run as [Archive.Feed] does, with its corrections. Its
// stories are taken for stories of the archive, so far as the archive has neither their
// articles nor their ids, and then are carried on or retired as those. Cost as of Feed.
func (a *Archive) Import(ctx context.Context, b Batch, articles []article.Article, run Run, opt qissa.Options) (*Summary, error) {
	return a.feed(ctx, b, articles, &run, opt)
}

// takeOver writes the stories of a run as if they had been the archive's.
func (c *change) takeOver(ctx context.Context, all []incoming, run *Run) error {
	names, numbers, err := c.places(ctx, all)
	if err != nil {
		return err
	}
	for _, s := range run.Stories {
		var members []former
		for _, id := range s.Articles {
			place := run.Places[id]
			if n, ok := numbers[place]; ok {
				members = append(members, former{n, names[place]})
			}
		}
		if len(members) == 0 {
			continue
		}
		if err := c.takeStory(ctx, s, members); err != nil {
			return err
		}
	}
	name := func(id string) string {
		if name := names[run.Places[id]]; name != "" {
			return name
		}
		return id
	}
	for _, x := range run.Corrections {
		x.A, x.B = name(x.A), name(x.B)
		n, err := c.find(ctx, Correction{Correction: x})
		if err != nil || n > 0 {
			if err != nil {
				return err
			}
			continue
		}
		if err := errors.Join(c.obey(ctx, x), c.touchNamed(ctx, x)); err != nil {
			return err
		}
	}
	corrections, err := c.corrections(ctx)
	if err != nil {
		return err
	}
	return qissa.Contradiction(corrections)
}

// isNear reports whether every story of a storyline stands so near to articles that come
// that it is told anew with them. One that does not is another that has the id by chance.
func (c *change) isNear(ctx context.Context, line int64, members []former) (near bool, err error) {
	s, err := c.Settings()
	if err != nil {
		return false, err
	}
	var numbers []int64
	for _, m := range members {
		numbers = append(numbers, m.n)
	}
	far := grouping.Seconds(grouping.LineSpan) + grouping.Seconds(s.Window)
	err = c.tx.QueryRowContext(ctx, `SELECT NOT EXISTS (SELECT 1 FROM story, (SELECT min(at) AS first, max(at) AS last FROM article WHERE n IN (SELECT value FROM json_each(?2))) AS new
		WHERE line=?1 AND state IN ('open', 'closed') AND (story.last < new.first - ?3 OR story.first > new.last + ?3))`, line, marshal(numbers), far).Scan(&near)
	return near, told(err)
}

// A former is an article of a story of a run.
type former struct {
	n    int64
	name string
}

// places returns the names of the articles of a batch, and the numbers of those that
// are in no story, by where they stand.
func (c *change) places(ctx context.Context, all []incoming) (names map[article.Origin]string, numbers map[article.Origin]int64, err error) {
	find, err := c.prepared(ctx, `SELECT n, name, story IS NULL FROM article WHERE source=? AND key=? AND nth=?`)
	if err != nil {
		return nil, nil, err
	}
	names, numbers = map[article.Origin]string{}, map[article.Origin]int64{}
	for _, in := range all {
		var n int64
		var name string
		var free bool
		err := find.scan(ctx, []any{in.key.source, in.key.text, in.key.nth}, &n, &name, &free)
		if errors.Is(err, sql.ErrNoRows) {
			continue // withdrawn, or too old
		}
		if err != nil {
			return nil, nil, told(err)
		}
		names[in.article.Origin] = name
		if free {
			numbers[in.article.Origin] = n
		}
	}
	return names, numbers, nil
}

// takeStory writes a story, and its storyline, unless the archive has or had one of
// its id.
func (c *change) takeStory(ctx context.Context, s Former, members []former) error {
	var taken bool
	var line sql.NullInt64
	var state sql.NullString
	err := c.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM story WHERE id=?1), (SELECT n FROM line WHERE id=?2), (SELECT state FROM line WHERE id=?2)`, s.ID, s.Line).Scan(&taken, &line, &state)
	if err != nil || taken || line.Valid && state.String != "open" {
		return told(err)
	}
	if line.Valid {
		if near, err := c.isNear(ctx, line.Int64, members); err != nil || !near {
			return err
		}
	}
	head := members[0].name
	if !line.Valid {
		res, err := c.tx.ExecContext(ctx, `INSERT INTO line (id, state, born, changed, head, home, size) VALUES (?1, 'open', ?2, ?2, ?3, ?3, 0)`, s.Line, c.n, head)
		if err != nil {
			return told(err)
		}
		if line.Int64, err = res.LastInsertId(); err != nil {
			return told(err)
		}
	}
	res, err := c.tx.ExecContext(ctx, `INSERT INTO story (id, state, born, changed, first, last, head, home, size, title, line, since, reach) VALUES (?1, 'open', ?2, ?2, 0, 0, ?3, ?3, ?4, ?5, ?6, 0, 0)`,
		s.ID, c.n, head, len(members), s.Title, line.Int64)
	if err != nil {
		return told(err)
	}
	n, err := res.LastInsertId()
	if err != nil {
		return told(err)
	}
	added := make([]string, len(members))
	for i, m := range members {
		added[i] = m.name
		if _, err := c.tx.ExecContext(ctx, `UPDATE article SET story=? WHERE n=?`, n, m.n); err != nil {
			return told(err)
		}
	}
	_, err = c.tx.ExecContext(ctx, `UPDATE story SET (first, last, since, reach) = (SELECT min(at), max(at), min(at), max(at) FROM article WHERE story=?1) WHERE n=?1`, n)
	if err == nil {
		e := report.Change{Kind: report.ChangeNew, Size: len(members), Added: added}
		c.summary.Events[string(e.Kind)]++
		c.summary.Changed++
		_, err = c.tx.ExecContext(ctx, `INSERT INTO event (batch, story, kind, cause, data) VALUES (?, ?, ?, ?, ?)`, c.n, n, string(e.Kind), report.CauseImport, e.Data())
	}
	return told(err)
}
