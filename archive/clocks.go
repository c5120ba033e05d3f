package archive

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"qissa/article"
)

const secondsOfDay = 24 * 60 * 60

// dayOf returns the day of a time, counted from 1970 on in UTC.
func dayOf(t time.Time) int64 {
	s := t.Unix()
	if s < 0 {
		s -= secondsOfDay - 1
	}
	return s / secondsOfDay
}

// crawled returns the outlets whose times are those of a crawler, as
// [article.CrawlClocks] finds them among all articles.
func (c *change) crawled(ctx context.Context) (map[string]bool, error) {
	rows, err := c.tx.QueryContext(ctx, `SELECT outlet, sum(timed), sum(bursts) FROM clock GROUP BY outlet`)
	if err != nil {
		return nil, told(err)
	}
	defer rows.Close()
	clocks := map[string]article.Clock{}
	for rows.Next() {
		var outlet string
		var x article.Clock
		if err := rows.Scan(&outlet, &x.Timed, &x.Bursts); err != nil {
			return nil, told(err)
		}
		clocks[outlet] = x
	}
	if err := rows.Err(); err != nil {
		return nil, told(err)
	}
	crawled := article.CrawlClocksOf(clocks)
	lists, err := c.texts(ctx, `SELECT crawled FROM dump WHERE crawled <> '[]'`)
	for _, list := range lists {
		var outlets []string
		if err := json.Unmarshal([]byte(list), &outlets); err != nil {
			return nil, c.damaged("the outlets of a file: %v", err)
		}
		for _, outlet := range outlets {
			crawled[outlet] = true
		}
	}
	return crawled, err
}

// writeClocks writes of each outlet and day from one day to another how many articles
// have a time, and how many of these lie in bursts.
func (c *change) writeClocks(ctx context.Context, from, to int64) error {
	const around = int64(article.BurstTime/time.Second) + 1 // times have parts of seconds
	rows, err := c.tx.QueryContext(ctx, `SELECT outlet, time FROM article WHERE at BETWEEN ? AND ? AND precision = ? AND time <> ''`,
		from*secondsOfDay-around, (to+1)*secondsOfDay+around, string(article.Exact))
	if err != nil {
		return told(err)
	}
	defer rows.Close()
	times := map[string][]time.Time{}
	for rows.Next() {
		var outlet, text string
		if err := rows.Scan(&outlet, &text); err != nil {
			return told(err)
		}
		t, err := parseTime(text)
		if err != nil {
			return c.damaged("an article has the time %q", text)
		}
		times[outlet] = append(times[outlet], t)
	}
	if err := rows.Err(); err != nil {
		return told(err)
	}
	if _, err := c.tx.ExecContext(ctx, `DELETE FROM clock WHERE day BETWEEN ? AND ?`, from, to); err != nil {
		return told(err)
	}
	return c.exec(ctx, `INSERT INTO clock (day, outlet, timed, bursts) VALUES (?, ?, ?, ?)`, func(run func(...any) error) error {
		for outlet, t := range times {
			days := map[int64]article.Clock{}
			for i, burst := range article.Bursts(t) { // which sorts the times
				x := days[dayOf(t[i])]
				x.Timed++
				if burst {
					x.Bursts++
				}
				days[dayOf(t[i])] = x
			}
			for day, x := range days {
				if day < from || day > to {
					continue
				}
				if err := run(day, outlet, x.Timed, x.Bursts); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// A dump is what is known of the articles of one file.
type dump struct {
	numbers span    // theirs stand between these
	witness []int64 // articles that tell that its times neither rise nor fall throughout; nil if there are none
	batch   int64   // that found these
}

// writeFiles writes which of some files have times that follow from the order of their
// records; the numbers of articles that they had not before are given.
func (c *change) writeFiles(ctx context.Context, files map[string]span) error {
	for file, numbers := range files {
		d, witness := dump{numbers: numbers}, ""
		err := c.tx.QueryRowContext(ctx, `SELECT first, last, witness, batch FROM dump WHERE file=?`, file).Scan(&d.numbers.from, &d.numbers.to, &witness, &d.batch)
		if err == nil {
			d.numbers = span{min(d.numbers.from, numbers.from), max(d.numbers.to, numbers.to)}
			if err := json.Unmarshal([]byte(witness), &d.witness); err != nil {
				return c.damaged("file %q: %v", file, err)
			}
		} else if !errors.Is(err, sql.ErrNoRows) {
			return told(err)
		}
		if err := c.writeFile(ctx, file, d); err != nil {
			return err
		}
	}
	return nil
}

// writeFile writes what is known of a file. Whatever comes into it, times that neither
// rise nor fall throughout never follow from the order of the records: while the
// articles are as they were that tell so, the others are not read.
func (c *change) writeFile(ctx context.Context, file string, d dump) error {
	crawled := []string{}
	if there, err := c.unchanged(ctx, d); err != nil {
		return err
	} else if !there {
		articles, numbers, err := c.timed(ctx, file, d.numbers)
		if err != nil {
			return err
		}
		d.witness, d.batch = disorder(articles, numbers), c.n
		if d.witness == nil {
			crawled = append(crawled, article.CrawledInOrder(articles)...)
		}
	}
	_, err := c.tx.ExecContext(ctx, `INSERT OR REPLACE INTO dump (file, first, last, witness, batch, crawled) VALUES (?, ?, ?, ?, ?, ?)`, file, d.numbers.from, d.numbers.to, marshal(d.witness), d.batch, marshal(crawled))
	return told(err)
}

// unchanged reports whether the witness is as it was.
func (c *change) unchanged(ctx context.Context, d dump) (bool, error) {
	if d.witness == nil {
		return false, nil
	}
	var there int
	err := c.tx.QueryRowContext(ctx, `SELECT count(*) FROM article WHERE n IN (SELECT value FROM json_each(?)) AND changed <= ?`, marshal(d.witness), d.batch).Scan(&there)
	return there == len(d.witness), told(err)
}

// timed reads the timed articles of a file, in the order of their numbers.
func (c *change) timed(ctx context.Context, file string, numbers span) (articles []article.Article, n []int64, err error) {
	rows, err := c.known(ctx, `WHERE a.n BETWEEN ? AND ? AND a.file = ?`, numbers.from, numbers.to, file)
	for i := range rows {
		if a := rows[i].folded(); a.IsTimed() {
			articles, n = append(articles, a), append(n, rows[i].n)
		}
	}
	return articles, n, err
}

// disorder returns articles, by their numbers, one later than the next by place and one
// earlier; nil if there are none. It looks from the end of the file, where they stay
// longest in an archive that forgets.
func disorder(articles []article.Article, numbers []int64) []int64 {
	order := make([]int, len(articles))
	for i := range order {
		order[i] = i
	}
	place := func(x, y int) int {
		a, b := articles[x].Origin, articles[y].Origin
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Item, b.Item))
	}
	slices.SortStableFunc(order, place)
	var rise, fall []int64
	for k := len(order) - 1; k > 0 && (rise == nil || fall == nil); k-- {
		x, y := order[k-1], order[k]
		if place(x, y) == 0 { // of two days that the file has
			continue
		}
		switch t := articles[x].Time.Compare(articles[y].Time); {
		case t < 0 && rise == nil:
			rise = []int64{numbers[x], numbers[y]}
		case t > 0 && fall == nil:
			fall = []int64{numbers[x], numbers[y]}
		}
	}
	if rise == nil || fall == nil {
		return nil
	}
	all := slices.Concat(rise, fall)
	slices.Sort(all)
	return slices.Compact(all)
}
