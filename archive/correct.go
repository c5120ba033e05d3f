package archive

import (
	"context"
	"errors"
	"fmt"

	"qissa"
)

const (
	mustLink   = "must_link"
	cannotLink = "cannot_link"
)

// A Correction is what a reader knows better, or takes back.
type Correction struct {
	qissa.Correction
	End bool // it holds no more
}

// ofStorylines ends the kind of a correction of storylines.
const ofStorylines = " storyline"

func kindOf(c qissa.Correction) string {
	kind := cannotLink
	if c.Together {
		kind = mustLink
	}
	if c.Storyline {
		kind += ofStorylines
	}
	return kind
}

// Correct adds corrections, and ends those that are taken back. One of an article that
// is not there waits until it comes. An error names corrections that contradict each
// other. Cost as of [Archive.Feed].
func (a *Archive) Correct(ctx context.Context, b Batch, corrections []Correction, opt qissa.Options) (*Summary, error) {
	c := &change{Archive: a, kind: "correct", Batch: b, summary: &Summary{Read: len(corrections), Events: map[string]int{}}}
	if err := c.begin(ctx); err != nil {
		return nil, err
	}
	for _, x := range corrections {
		n, err := c.find(ctx, x)
		if err == nil {
			err = c.touchNamed(ctx, x.Correction)
		}
		switch {
		case err != nil:
			return nil, err
		case x.End && n == 0:
			return nil, fmt.Errorf("%s takes back what no correction says: %s %s %s", x.Where, kindOf(x.Correction), x.A, x.B)
		case x.End:
			_, err = c.tx.ExecContext(ctx, `UPDATE correction SET ended=? WHERE n=?`, c.n, n)
			c.summary.Updated++
		case n == 0:
			err = c.obey(ctx, x.Correction)
			c.summary.New++
		default:
			c.summary.Known++
		}
		if err != nil {
			return nil, told(err)
		}
	}
	if c.summary.New+c.summary.Updated == 0 {
		return c.nothing(ctx)
	}
	all, err := c.corrections(ctx)
	if err != nil {
		return nil, err
	}
	if err := qissa.Contradiction(all); err != nil {
		return nil, err
	}
	if len(c.touched) == 0 { // of articles that are not there yet
		return c.summary, c.end(ctx)
	}
	return c.summary, c.regroup(ctx, opt)
}

// obey writes a correction.
func (c *change) obey(ctx context.Context, x qissa.Correction) error {
	_, err := c.tx.ExecContext(ctx, `INSERT INTO correction (batch, kind, a, b, place) VALUES (?, ?, ?, ?, ?)`, c.n, kindOf(x), x.A, x.B, x.Where)
	return told(err)
}

// nothing ends a batch that changes nothing, and leaves no trace of it.
func (c *change) nothing(ctx context.Context) (*Summary, error) {
	_, err := c.tx.ExecContext(ctx, `DELETE FROM batch WHERE n=?`, c.n)
	if err == nil {
		c.summary.Totals, err = c.totals(ctx)
	}
	return c.summary, told(err)
}

// find returns the number of a correction that is in force, 0 for none. That two are
// together, and what is taken back, may name them in any order.
func (c *change) find(ctx context.Context, x Correction) (n int64, err error) {
	anyOrder := x.Together || x.End
	err = c.tx.QueryRowContext(ctx, `SELECT coalesce(max(n), 0) FROM correction WHERE ended IS NULL AND kind=?1 AND (a=?2 AND b=?3 OR ?4 AND a=?3 AND b=?2)`, kindOf(x.Correction), x.A, x.B, anyOrder).Scan(&n)
	return n, told(err)
}

// waiting returns the corrections in force of an article that is not there.
func (a *Archive) waiting(ctx context.Context) ([]qissa.Correction, error) {
	return a.correctionsWhere(ctx, `ended IS NULL AND (NOT EXISTS (SELECT 1 FROM article WHERE name = correction.a) OR NOT EXISTS (SELECT 1 FROM article WHERE name = correction.b))`)
}

// ErrUnknown is an article or story that is not in the archive.
var ErrUnknown = errors.New("not in the archive")

// Withdraw takes articles out, by name, and keeps them out: what is fed of them later
// is passed over. With back it lets them in again, for later feeds. Cost as of
// [Archive.Feed].
func (a *Archive) Withdraw(ctx context.Context, b Batch, ids []string, back bool, opt qissa.Options) (*Summary, error) {
	c := &change{Archive: a, kind: "withdraw", Batch: b, summary: &Summary{Read: len(ids), Events: map[string]int{}}}
	if err := c.begin(ctx); err != nil {
		return nil, err
	}
	var removed []row
	for _, id := range ids {
		if back {
			res, err := a.tx.ExecContext(ctx, `DELETE FROM withdrawn WHERE name=?`, id)
			if err != nil {
				return nil, told(err)
			}
			if n, _ := res.RowsAffected(); n == 0 {
				return nil, fmt.Errorf("article %q was not withdrawn: %w", id, ErrUnknown)
			}
			c.summary.New++
			continue
		}
		rows, err := a.known(ctx, `WHERE a.name=?`, id)
		if err != nil {
			return nil, err
		}
		if len(rows) == 0 {
			return nil, a.unknown(ctx, id)
		}
		removed = append(removed, rows...)
		c.touch(rows[0], false)
		if _, err := a.tx.ExecContext(ctx, `INSERT INTO withdrawn SELECT name, source, key, nth, ? FROM article WHERE name=?`, c.n, id); err != nil {
			return nil, told(err)
		}
		if _, err := a.tx.ExecContext(ctx, `DELETE FROM article WHERE name=?`, id); err != nil {
			return nil, told(err)
		}
		c.summary.Withdrawn++
	}
	if back {
		return c.summary, c.end(ctx)
	}
	c.removed = removed
	return c.summary, c.regroup(ctx, opt)
}

// unknown returns the error for an article that is not there.
func (a *Archive) unknown(ctx context.Context, name string) error {
	var before bool
	if err := a.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM withdrawn WHERE name=?)`, name).Scan(&before); err != nil {
		return told(err)
	}
	if before {
		return fmt.Errorf("article %q was withdrawn before: it is %w", name, ErrUnknown)
	}
	return fmt.Errorf("article %q is %w", name, ErrUnknown)
}
