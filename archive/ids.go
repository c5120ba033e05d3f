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

// assign gives every group a number in a table, story or line: that of the identified
// one it carries on, that of a retired one which comes back, or a new one. Those that no
// group carries on lead to the groups that have their articles.
func (c *change) assign(ctx context.Context, table string, s succession, groups []candidate) (numbers []int64, err error) {
	var retired int
	if err := c.tx.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT 1 FROM `+table+` WHERE state IN ('merged', 'gone') LIMIT 1)`).Scan(&retired); err != nil {
		return nil, told(err)
	}
	m, err := c.minting(ctx, table)
	if err != nil {
		return nil, err
	}
	defer m.close()
	numbers = make([]int64, len(groups))
	were := s.were(len(groups))
	for i := range groups {
		if groups[i].head == "" { // it is not told anew
			continue
		}
		if old, ok := s.keeps(i); ok {
			numbers[i] = old.n
			continue
		}
		if retired > 0 {
			if numbers[i], err = m.revive(ctx, &groups[i], were[i]); err != nil {
				return nil, err
			}
		}
		if numbers[i] == 0 {
			if numbers[i], err = m.mint(ctx, &groups[i]); err != nil {
				return nil, err
			}
		}
	}
	return numbers, s.eachRetired(func(old identified, heir int) error {
		if heir < 0 {
			return c.lead(ctx, table, old.n, 0)
		}
		return c.lead(ctx, table, old.n, numbers[heir])
	})
}

// A minting makes ids of one table.
type minting struct {
	*change
	table                     string
	there, insert, find, open *sql.Stmt
}

func (c *change) minting(ctx context.Context, table string) (*minting, error) {
	m := &minting{change: c, table: table}
	insert := `INSERT INTO story (id, state, born, changed, first, last, head, home, size, title, since, reach) VALUES (?1, 'open', ?2, 0, 0, 0, ?3, ?3, 0, '', 0, 0)`
	if table == "line" {
		insert = `INSERT INTO line (id, state, born, changed, head, home, size) VALUES (?1, 'open', ?2, 0, ?3, ?3, 0)`
	}
	for _, s := range []struct {
		to    **sql.Stmt
		query string
	}{
		{&m.there, `SELECT 1 FROM ` + table + ` WHERE id=?`},
		{&m.insert, insert},
		{&m.find, `SELECT n, state, coalesce(target, 0) FROM ` + table + ` WHERE head=? AND state IN ('merged', 'gone') ORDER BY born, id`},
		{&m.open, `UPDATE ` + table + ` SET state='open', target=NULL WHERE n=?`},
	} {
		var err error
		if *s.to, err = c.tx.PrepareContext(ctx, s.query); err != nil {
			m.close()
			return nil, told(err)
		}
	}
	return m, nil
}

func (m *minting) close() {
	for _, s := range []*sql.Stmt{m.there, m.insert, m.find, m.open} {
		if s != nil {
			s.Close()
		}
	}
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
		_, err = m.open.ExecContext(ctx, n)
		return n, told(err)
	}
	return 0, nil
}

func (m *minting) retired(ctx context.Context, head string, were []int64) (int64, error) {
	rows, err := m.find.QueryContext(ctx, head)
	if err != nil {
		return 0, told(err)
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
func (m *minting) mint(ctx context.Context, g *candidate) (int64, error) {
	base, _, _ := strings.Cut(g.id, "-")
	for k, id := 1, base; ; k++ {
		if k > 1 {
			id = fmt.Sprintf("%s-%d", base, k)
		}
		var taken int
		err := m.there.QueryRowContext(ctx, id).Scan(&taken)
		switch {
		case err == nil:
			continue
		case !errors.Is(err, sql.ErrNoRows):
			return 0, told(err)
		}
		res, err := m.insert.ExecContext(ctx, id, m.n, g.head)
		if err != nil {
			return 0, told(err)
		}
		return res.LastInsertId()
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
