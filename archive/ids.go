package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A candidate is a group that wants an id.
type candidate struct {
	id      string   // by content
	head    string   // its first article
	members []string // names of its articles
}

// A naming is the numbers that groups have in a table, story or line.
type naming struct {
	of    []int64          // by group; 0 for those that are not told anew
	fresh map[int64]string // ids of the new ones, which are yet to be written
}

// assign gives every group a number in a table: that of the identified one it carries on,
// that of a retired one which comes back, or a new one.
func (c *change) assign(ctx context.Context, table string, s succession, groups []candidate) (naming, error) {
	names := naming{make([]int64, len(groups)), map[int64]string{}}
	m := &minting{change: c, naming: names, taken: map[string]bool{}}
	var retired bool
	if err := c.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM `+table+` WHERE state IN ('merged', 'gone')), (SELECT coalesce(max(n), 0) FROM `+table+`)`).Scan(&retired, &m.last); err != nil {
		return names, told(err)
	}
	if err := m.prepare(ctx, table); err != nil {
		return names, err
	}
	were := s.were(len(groups))
	for i := range groups {
		if groups[i].head == "" { // it is not told anew
			continue
		}
		if old, ok := s.keeps(i); ok {
			names.of[i] = old.n
			continue
		}
		var err error
		if retired {
			if names.of[i], err = m.revive(ctx, &groups[i], were[i]); err != nil {
				return names, err
			}
		}
		if names.of[i] == 0 {
			if names.of[i], err = m.mint(ctx, groups[i].id); err != nil {
				return names, err
			}
		}
	}
	return names, nil
}

// retire has those that no group carries on lead to the groups that have their articles,
// which are written.
func (c *change) retire(ctx context.Context, table string, s succession, names naming) error {
	return s.eachRetired(func(old identified, heir int) error {
		if heir < 0 {
			return c.lead(ctx, table, old.n, 0)
		}
		return c.lead(ctx, table, old.n, names.of[heir])
	})
}

// A minting makes ids of one table.
type minting struct {
	*change
	naming
	there, find, open *statement
	taken             map[string]bool // ids that it made
	last              int64           // number
}

func (m *minting) prepare(ctx context.Context, table string) (err error) {
	for _, s := range []struct {
		to    **statement
		query string
	}{
		{&m.there, `SELECT 1 FROM ` + table + ` WHERE id=?`},
		{&m.find, `SELECT n, state, coalesce(target, 0) FROM ` + table + ` WHERE head=? AND state IN ('merged', 'gone') ORDER BY born, id`},
		{&m.open, `UPDATE ` + table + ` SET state='open', target=NULL WHERE n=?`},
	} {
		if *s.to, err = m.prepared(ctx, s.query); err != nil {
			return err
		}
	}
	return nil
}

// revive returns the number of a retired one that comes back: the group holds the
// article that was its first, and it led to where articles of the group were, or
// nowhere. 0 if there is none.
func (m *minting) revive(ctx context.Context, g *candidate, were []int64) (int64, error) {
	for _, name := range g.members {
		n, err := m.retired(ctx, name, were)
		if err != nil || n == 0 {
			if err != nil {
				return 0, err
			}
			continue
		}
		_, err = m.open.run(ctx, n)
		return n, err
	}
	return 0, nil
}

func (m *minting) retired(ctx context.Context, head string, were []int64) (int64, error) {
	rows, err := m.find.rows(ctx, head)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var n, target int64
		var state string
		if err := rows.Scan(&n, &state, &target); err != nil {
			return 0, told(err)
		}
		if state == "gone" || slices.Contains(were, target) {
			return n, nil
		}
	}
	return 0, told(rows.Err())
}

// mint makes a new one, whose id no other has or had.
func (m *minting) mint(ctx context.Context, id string) (int64, error) {
	base, _, _ := strings.Cut(id, "-")
	for k, id := 1, base; ; k++ {
		if k > 1 {
			id = fmt.Sprintf("%s-%d", base, k)
		}
		var there int
		err := m.there.scan(ctx, []any{id}, &there)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return 0, told(err)
		}
		if err != nil && !m.taken[id] {
			m.last++
			m.taken[id], m.fresh[m.last] = true, id
			return m.last, nil
		}
	}
}

// lead has an identified one that is no more lead to another, with all that led to it;
// to 0 for nowhere.
func (c *change) lead(ctx context.Context, table string, n, to int64) error {
	if to == 0 {
		_, err := c.again(ctx, `UPDATE `+table+` SET state='gone', target=NULL, changed=? WHERE n=?`, c.n, n)
		return told(err)
	}
	_, err := c.again(ctx, `UPDATE `+table+` SET target=?1 WHERE target=?2`, to, n)
	if err == nil {
		_, err = c.again(ctx, `UPDATE `+table+` SET state='merged', target=?, changed=? WHERE n=?`, to, c.n, n)
	}
	return told(err)
}
