package archive

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"qissa"
	"qissa/article"
	"qissa/report"
)

// All stands for all stories of an archive.
var All []string

// Resolve returns the id of the story that an id leads to: itself, or where the
// articles of a retired one are. State is open or closed, gone for one without
// articles. [ErrUnknown] for an id that the archive never had.
func (a *Archive) Resolve(ctx context.Context, id string) (now, state string, err error) {
	err = a.tx.QueryRowContext(ctx, `SELECT coalesce(t.id, s.id), coalesce(t.state, s.state) FROM story s LEFT JOIN story t ON t.n = s.target WHERE s.id=?`, id).Scan(&now, &state)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", ErrUnknown
	}
	return now, state, told(err)
}

// StoryOf returns the id of the story of an article.
func (a *Archive) StoryOf(ctx context.Context, name string) (id string, err error) {
	err = a.tx.QueryRowContext(ctx, `SELECT s.id FROM article a JOIN story s ON s.n = a.story WHERE a.name=?`, name).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", ErrUnknown
	}
	return id, told(err)
}

// Between returns the ids of the stories with an article from one time up to another,
// in Unix seconds.
func (a *Archive) Between(ctx context.Context, from, to int64) ([]string, error) {
	return a.texts(ctx, `SELECT DISTINCT s.id FROM article x JOIN story s ON s.n = x.story WHERE x.at >= ? AND x.at < ? ORDER BY s.id`, from, to)
}

func (a *Archive) texts(ctx context.Context, query string, args ...any) ([]string, error) {
	rows, err := a.tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, told(err)
	}
	defer rows.Close()
	list := []string{}
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, told(err)
		}
		list = append(list, s)
	}
	return list, told(rows.Err())
}

// A kept story is a story as it is read.
type kept struct {
	id, line, head string
	size           int
	record, pairs  []byte
}

// Result returns the stories of some ids, nil for all, as a run over their articles
// would give them, by the ids of the archive. Spill moves texts out of memory, nil
// leaves them. Of a part of the archive, neighbours and pairs are those within it.
// Cost n log n in the articles that are read.
func (a *Archive) Result(ctx context.Context, ids []string, spill func([]byte) []byte) (*qissa.Result, error) {
	if ids != nil {
		if err := a.choose(ctx, ids); err != nil {
			return nil, err
		}
	}
	rows, err := a.articles(ctx, spill, nil, chosen(ids, `WHERE a.story IN (SELECT n FROM temp.chosen)`))
	if err != nil {
		return nil, err
	}
	articles := make([]article.Article, len(rows))
	for i := range rows {
		articles[i] = rows[i].folded()
	}
	rows = nil
	order := article.CanonicalOrder(articles)
	rank := make(map[string]int, len(order))
	for n, i := range order {
		rank[articles[i].ID] = n
	}
	stories, err := a.stories(ctx, ids)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(stories, func(x, y kept) int {
		return cmp.Or(cmp.Compare(y.size, x.size), cmp.Compare(rank[x.head], rank[y.head]))
	})
	pairs, err := pairs(stories)
	if err != nil {
		return nil, a.damaged("%v", err)
	}
	records, err := records(stories)
	if err != nil {
		return nil, a.damaged("%v", err)
	}
	var r *qissa.Result
	if ids != nil {
		r, err = report.ReadPart(articles, records, pairs)
	} else {
		r, err = report.ReadResult(articles, records, pairs, qissa.Counts{})
	}
	if err != nil {
		return nil, a.damaged("%v", err)
	}
	for i, s := range stories {
		r.Stories[i].ID = s.id
		r.Storylines[r.Stories[i].Storyline].ID = s.line
	}
	byArticles := func(p, q qissa.Pair) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) }
	slices.SortFunc(r.Pairs, byArticles)
	r.Pairs = slices.CompactFunc(r.Pairs, func(p, q qissa.Pair) bool { return byArticles(p, q) == 0 })
	r.Recount()
	return r, nil
}

// Articles returns all articles, in the order in which they came. Spill moves texts out
// of memory, nil leaves them.
func (a *Archive) Articles(ctx context.Context, spill func([]byte) []byte) ([]article.Article, error) {
	rows, err := a.articles(ctx, spill, nil, ``)
	if err != nil {
		return nil, err
	}
	articles := make([]article.Article, len(rows))
	for i := range rows {
		articles[i] = rows[i].folded()
	}
	return articles, nil
}

// choose keeps the numbers of the stories that ids lead to.
func (a *Archive) choose(ctx context.Context, ids []string) error {
	if _, err := a.tx.ExecContext(ctx, `CREATE TEMP TABLE IF NOT EXISTS chosen (n INTEGER PRIMARY KEY); DELETE FROM temp.chosen`); err != nil {
		return told(err)
	}
	return a.exec(ctx, `INSERT OR IGNORE INTO temp.chosen SELECT coalesce(target, n) FROM story WHERE id=?`, func(run func(...any) error) error {
		for _, id := range ids {
			if err := run(id); err != nil {
				return err
			}
		}
		return nil
	})
}

// chosen returns the condition, unless all are wanted.
func chosen(ids []string, where string) string {
	if ids == nil {
		return ""
	}
	return where
}

func (a *Archive) stories(ctx context.Context, ids []string) ([]kept, error) {
	rows, err := a.tx.QueryContext(ctx, `SELECT s.id, l.id, s.head, s.size, s.record, s.pairs FROM story s JOIN line l ON l.n = s.line WHERE +s.state IN ('open', 'closed') `+chosen(ids, `AND s.n IN (SELECT n FROM temp.chosen)`))
	if err != nil {
		return nil, told(err)
	}
	defer rows.Close()
	var all []kept
	for rows.Next() {
		var s kept
		if err := rows.Scan(&s.id, &s.line, &s.head, &s.size, &s.record, &s.pairs); err != nil {
			return nil, told(err)
		}
		all = append(all, s)
	}
	return all, told(rows.Err())
}

// records returns the lines of stories.
func records(stories []kept) (*bytes.Buffer, error) {
	var all bytes.Buffer
	for _, s := range stories {
		line, err := unpack(s.record)
		if err != nil {
			return nil, fmt.Errorf("story %s: %w", s.id, err)
		}
		all.Write(line)
	}
	return &all, nil
}

// within returns the line of a story with those of its neighbours that are there.
func within(line []byte, there func(head string) bool) ([]byte, error) {
	const key = `"neighbours":` // no string has it: its quotation marks are escaped there
	at := bytes.Index(line, []byte(key)) + len(key)
	if at < len(key) {
		return nil, errors.New("no neighbours are told")
	}
	var near []json.RawMessage
	list := json.NewDecoder(bytes.NewReader(line[at:]))
	if err := list.Decode(&near); err != nil {
		return nil, err
	}
	var left [][]byte
	for _, n := range near {
		var of struct{ ID string }
		if err := json.Unmarshal(n, &of); err != nil {
			return nil, err
		}
		if there(of.ID) {
			left = append(left, n)
		}
	}
	return slices.Concat(line[:at], []byte{'['}, bytes.Join(left, []byte{','}), []byte{']'}, line[at+int(list.InputOffset()):]), nil
}

// pairs returns the lines of the pairs of stories. The nearest pair of two stories
// stands with each that has the other for a neighbour, and so here once or twice.
func pairs(stories []kept) (*bytes.Buffer, error) {
	all := &bytes.Buffer{}
	for _, s := range stories {
		lines, err := unpack(s.pairs)
		if err != nil {
			return nil, fmt.Errorf("the pairs of story %s: %w", s.id, err)
		}
		all.Write(lines)
	}
	return all, nil
}

// pairsOf returns the lines of the pairs of which both articles are there.
func pairsOf(lines []byte, there func(name string) bool) ([]byte, error) {
	var left []byte
	for line := range bytes.Lines(lines) {
		var p struct{ A, B string }
		if err := json.Unmarshal(line, &p); err != nil {
			return nil, err
		}
		if there(p.A) && there(p.B) {
			left = append(left, line...)
		}
	}
	return left, nil
}
