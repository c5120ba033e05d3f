package archive

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"modernc.org/sqlite"

	"qissa/article"
)

// exempt are the beginnings of queries that go through an index of a whole table: to
// count, which takes a tenth of a second for a million articles, or up to a first row.
var exempt = []string{
	`SELECT count(*) FROM article`,
	`SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM story`,
	`SELECT EXISTS (SELECT 1 FROM story WHERE state IN ('merged', 'gone'))`,
}

const newestFirst = ` ORDER BY at DESC LIMIT 1`

// TestPlansOfABatch has the database tell how it looks up what a batch needs, and what
// a day is read by: by keys and stretches of time, and through no table that grows with
// the archive. It plans by the definitions of the tables alone, so that a small archive
// has the plans of a large one.
func TestPlansOfABatch(t *testing.T) {
	h := newHistory(t, 1, 400)
	h.pool = pool(h.rand, 400, 90, h.opt.Window)
	slices.SortFunc(h.pool, func(a, b article.Article) int { return a.Time.Compare(b.Time) })
	h.feed(h.pool[:300])
	h.write("keep", func(ctx context.Context, a *Archive) (*Summary, error) {
		return &Summary{}, a.SetKeep(ctx, 21*24*time.Hour)
	})
	seen := plansOf(t, func() {
		h.now = h.now.Add(48 * time.Hour)
		if s := h.feed(h.pool[300:]); s.PrunedStories == 0 {
			t.Error("nothing was forgotten")
		}
		h.write("withdraw", func(ctx context.Context, a *Archive) (*Summary, error) {
			return a.Withdraw(ctx, Batch{At: h.now}, []string{h.pool[390].ID}, false, h.opt)
		})
		a := h.read()
		defer a.Close()
		day := h.pool[385].Time.Unix()
		ids, err := a.Between(t.Context(), day, day+secondsOfDay)
		if err != nil || len(ids) == 0 {
			t.Fatal(ids, err)
		}
		if _, err := a.Result(t.Context(), ids, nil); err != nil {
			t.Fatal(err)
		}
		for _, since := range []Since{{Batch: 1}, {Mark: "desk"}, {Event: 3}, {Time: h.now}, {Story: ids[0]}} {
			if _, err := a.Changes(t.Context(), since); err != nil {
				t.Fatal(err)
			}
		}
	})
	through := regexp.MustCompile(`^SCAN (a|article|s|story|l|line|e|event|text|t)\b|USING (COVERING )?INDEX story_reach \(state=\?\)`)
	for _, query := range slices.Sorted(maps.Keys(seen)) {
		if slices.ContainsFunc(exempt, func(q string) bool { return strings.HasPrefix(query, q) }) || strings.Contains(query, newestFirst) {
			continue
		}
		for _, step := range seen[query] {
			if through.MatchString(step) && !strings.Contains(step, "_retired") { // those are few
				t.Errorf("%s\n\tgoes through a whole table: %s", query, step)
			}
		}
	}
	if len(seen) < 30 {
		t.Errorf("only %d queries were seen", len(seen))
	}
}

// plansOf returns the steps of the plan of each query that is run meanwhile.
func plansOf(t *testing.T, do func()) map[string][]string {
	seen := map[string][]string{}
	name := fmt.Sprint("watched ", len(sql.Drivers()))
	sql.Register(name, watchedDriver{seen})
	defer func(before string) { driverName = before }(driverName)
	driverName = name
	do()
	return seen
}

type watchedDriver struct{ seen map[string][]string }

func (d watchedDriver) Open(name string) (driver.Conn, error) {
	c, err := (&sqlite.Driver{}).Open(name)
	if err != nil {
		return nil, err
	}
	return watchedConn{c.(connection), d.seen}, nil
}

// A connection is what the driver gives.
type connection interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
}

type watchedConn struct {
	connection
	seen map[string][]string
}

func (c watchedConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	c.explain(ctx, query)
	return c.connection.PrepareContext(ctx, query)
}

func (c watchedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	c.explain(ctx, query)
	return c.connection.ExecContext(ctx, query, args)
}

func (c watchedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.explain(ctx, query)
	return c.connection.QueryContext(ctx, query, args)
}

// explain keeps the plan of a query.
func (c watchedConn) explain(ctx context.Context, query string) {
	if c.seen[query] != nil || strings.HasPrefix(query, "PRAGMA") || strings.HasPrefix(query, "CREATE TEMP") {
		return
	}
	steps := []string{}
	defer func() { c.seen[query] = steps }()
	nulls := make([]driver.NamedValue, 40)
	for i := range nulls {
		nulls[i].Ordinal = i + 1
	}
	rows, err := c.connection.QueryContext(ctx, "EXPLAIN QUERY PLAN "+query, nulls)
	if err != nil {
		steps = append(steps, "SCAN article? "+err.Error())
		return
	}
	defer rows.Close()
	for row := make([]driver.Value, 4); rows.Next(row) != io.EOF; {
		steps = append(steps, row[3].(string))
	}
}
