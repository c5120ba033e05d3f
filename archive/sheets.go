package archive

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"qissa"
	"qissa/internal/grouping"
)

// addSheets adds the cache of what comparing found out, see [sheet], and has how far stories
// reach looked up without a look at the stories.
func addSheets(ctx context.Context, a *Archive) error {
	_, err := a.tx.ExecContext(ctx, `
		CREATE TABLE IF NOT EXISTS sheet (day INTEGER PRIMARY KEY, -- from 1970 on, UTC
			heads BLOB NOT NULL, facts BLOB NOT NULL, loans BLOB NOT NULL); -- of its articles; may be dropped, and are then found out anew
		CREATE TABLE IF NOT EXISTS sheet_state (day INTEGER PRIMARY KEY, stories BLOB NOT NULL); -- of each article; likewise
		DROP INDEX IF EXISTS story_last;
		CREATE INDEX IF NOT EXISTS story_span ON story (last, first, since, reach) WHERE state IN ('open', 'closed');
	`)
	return err
}

// readSheets reads the sheets of the days of the region. One that cannot be read is as none.
func (r *region) readSheets(ctx context.Context) error {
	for _, days := range r.days {
		if err := r.readSheetsOf(ctx, days); err != nil {
			return err
		}
	}
	return nil
}

func (r *region) readSheetsOf(ctx context.Context, days span) error {
	rows, err := r.tx.QueryContext(ctx, `SELECT s.day, s.heads, s.facts, s.loans, t.stories FROM sheet s JOIN sheet_state t ON t.day = s.day WHERE s.day BETWEEN ? AND ?`, days.from, days.to)
	if err != nil {
		return told(err)
	}
	defer rows.Close()
	for rows.Next() {
		var day int64
		var heads, facts, loans, stories []byte
		if err := rows.Scan(&day, &heads, &facts, &loans, &stories); err != nil {
			return told(err)
		}
		s, err := readHeads(day, heads)
		if err == nil {
			err = s.readState(stories)
		}
		if err == nil {
			s.facts, err = opened(facts)
		}
		if err == nil {
			s.lendings, err = opened(loans)
		}
		if err == nil {
			r.sheets[day] = s
		}
	}
	return told(rows.Err())
}

// strangeSheets returns the days whose sheets tell of other articles, or other stories of
// these, than there are. One that cannot be read is none.
func (a *Archive) strangeSheets(ctx context.Context) (days []string, err error) {
	if a.format < formatOfSheets {
		return nil, nil
	}
	r := &region{regrouping: &regrouping{change: &change{Archive: a}}, sheets: map[int64]*sheet{}, days: spans{{floorDay(always.from), floorDay(always.to)}}}
	if err := r.readSheets(ctx); err != nil {
		return nil, err
	}
	for _, day := range r.sortedDays() {
		s, there := r.sheets[day], 0
		of := make(map[int64]*noted, len(s.articles))
		for k := range s.articles {
			of[s.articles[k].n] = &s.articles[k]
		}
		err := a.eachKnown(ctx, `WHERE a.at BETWEEN ? AND ?`, func(x *row) {
			if n := of[x.n]; n != nil && n.story == x.story && n.name == x.article.ID && n.outlet == x.outlet && n.at.Equal(x.article.Time) {
				there++
			} else {
				there = len(s.articles) + 1
			}
		}, day*secondsOfDay, (day+1)*secondsOfDay-1)
		if err != nil {
			return nil, err
		}
		if there != len(s.articles) {
			days = append(days, time.Unix(day*secondsOfDay, 0).UTC().Format(time.DateOnly))
		}
	}
	return days, nil
}

// dropSheets drops the sheets of some days.
func (a *Archive) dropSheets(ctx context.Context, days span) error {
	_, err := a.tx.ExecContext(ctx, `DELETE FROM sheet WHERE day BETWEEN ? AND ?`, days.from, days.to)
	if err == nil {
		_, err = a.tx.ExecContext(ctx, `DELETE FROM sheet_state WHERE day BETWEEN ? AND ?`, days.from, days.to)
	}
	return told(err)
}

// mostSheet is how many bytes a sheet has at most: a day of more articles has none, and is
// compared anew. SQLite takes a thousand million.
var mostSheet = 1 << 28

// writeSheets writes what is known of the articles of the region now, of the days of which
// that is another than before.
func (f *finding) writeSheets(ctx context.Context, o *qissa.Outlines) error {
	f.setStories(o)
	f.setFacts()
	days := map[int64]span{} // items of each, the last one included
	for i := range f.items {
		if x := &f.items[i]; x.inside {
			day := floorDay(x.time())
			if _, known := days[day]; !known {
				days[day] = span{int64(i), int64(i)}
			}
			days[day] = days[day].with(int64(i))
		}
	}
	for day, tables := range f.written {
		items, there := days[day]
		if !there {
			if err := f.dropSheets(ctx, span{day, day}); err != nil {
				return err
			}
			continue
		}
		s := &sheet{day: day}
		for i := items.from; i <= items.to; i++ {
			s.articles = append(s.articles, *f.items[i].noted)
		}
		if err := f.writeSheet(ctx, s, tables, items); err != nil {
			return err
		}
	}
	return f.dropOld(ctx)
}

// setStories notes which story each item is in now, and how the stories that are told are
// outlined.
func (f *finding) setStories(o *qissa.Outlines) {
	number := map[int]int64{} // of the stories that are told
	for s, n := range f.groups.of {
		if f.told[s] {
			number[f.whole[s]] = n
		}
	}
	for s, members := range o.Groups {
		n, told := number[s]
		inTime := f.inStretch(members)
		for k, i := range members {
			if i < f.first {
				continue
			}
			x := &f.items[i-f.first]
			story, print := x.story, x.print
			if told {
				story = n
			}
			if inTime {
				print = qissa.Print{}
				if k == 0 {
					print = o.Prints[s]
				}
			}
			if story != x.story || print != x.print {
				x.story, x.print = story, print
				f.written[floorDay(x.time())] |= stateTable
			}
		}
	}
}

// setFacts marks the days of which facts or loans are others than before.
func (f *finding) setFacts() {
	for i := range f.items {
		x := &f.items[i]
		if x.inside && (x.fresh || f.facts.count(i) > 0 || f.dropped[int32(i)] > 0 || f.anew(int32(i))) {
			f.written[floorDay(x.time())] |= sheetTable
		}
	}
}

// collect appends facts and loans to the sheet of a day, which has the items of a span.
func (f *finding) collect(s *sheet, items span) error {
	facts, loans := make([][]tie, len(s.articles)), make([][]tie, len(s.articles))
	if before := f.sheets[s.day]; before != nil {
		err := f.eachFact(before, func(b int32, t tie, kept bool) {
			if kept {
				facts[int64(b)-items.from] = append(facts[int64(b)-items.from], t)
			}
		})
		if err == nil {
			err = f.eachKeptLoan(before, func(to int32, t tie) {
				loans[int64(to)-items.from] = append(loans[int64(to)-items.from], t)
			})
		}
		if err != nil {
			return err
		}
	}
	s.facts, s.lendings = []byte{sheetFormat}, []byte{sheetFormat}
	for k := range s.articles {
		a, i := &s.articles[k], int(items.from)+k
		f.facts.eachOf(i, func(x grouping.Fact) { facts[k] = append(facts[k], tie{n: f.items[x.A].n, fact: x}) })
		for _, l := range f.loans[int32(i)] {
			loans[k] = append(loans[k], tie{n: f.items[l.From].n, words: l.Words})
		}
		a.facts, a.loans = len(facts[k]), len(loans[k])
		for _, t := range facts[k] {
			s.facts = appendFact(s.facts, a.n, t)
		}
		for _, t := range loans[k] {
			s.lendings = appendLoan(s.lendings, a.n, t)
		}
		facts[k], loans[k] = nil, nil
	}
	return nil
}

// eachLoan calls do for the passages that items have of earlier articles.
func (f *finding) eachLoan(do func(to int32, t tie)) error {
	for _, day := range f.sortedDays() {
		if err := f.eachKeptLoan(f.sheets[day], do); err != nil {
			return err
		}
	}
	for to, list := range f.loans {
		for _, l := range list {
			do(to, tie{n: f.items[l.From].n, words: l.Words})
		}
	}
	return nil
}

// eachKeptLoan calls do for those of a sheet that were not looked for anew.
func (f *finding) eachKeptLoan(s *sheet, do func(to int32, t tie)) error {
	return s.eachLoan(func(k int, t tie) {
		if i := f.numbers.at(s.articles[k].n); i >= 0 && !f.changed[s.articles[k].n] && !f.anew(i) {
			do(i, t)
		}
	})
}

// writeSheet writes the tables of a sheet, which has the items of a span.
func (f *finding) writeSheet(ctx context.Context, s *sheet, tables int, items span) error {
	if tables&sheetTable > 0 {
		if err := f.collect(s, items); err != nil {
			return err
		}
		heads := s.heads()
		if len(heads)+len(s.facts)+len(s.lendings) > mostSheet {
			return f.dropSheets(ctx, span{s.day, s.day})
		}
		if _, err := f.again(ctx, `INSERT OR REPLACE INTO sheet (day, heads, facts, loans) VALUES (?, ?, ?, ?)`, s.day, heads, sealed(s.facts), sealed(s.lendings)); err != nil {
			return err
		}
	}
	if tables&stateTable > 0 {
		if _, err := f.again(ctx, `INSERT OR REPLACE INTO sheet_state (day, stories) VALUES (?, ?)`, s.day, s.state()); err != nil {
			return err
		}
	}
	return nil
}

// sheetDays is how many days before the newest article sheets are kept: so far an article
// that comes in time has the archive look back, and a week more for long stories.
func (g *regrouping) sheetDays() int64 { return (behind(g.window)-marksBack*g.window)/secondsOfDay + 8 }

// Of so many articles of the archive, at most so many, the times are not believed to tell
// what day it is: some are of years to come.
const (
	misdated     = 100
	mostMisdated = 1000
)

// findOldest finds the first day of which a sheet is kept.
func (g *regrouping) findOldest(ctx context.Context) error {
	var newest int64
	err := g.tx.QueryRowContext(ctx, `SELECT at FROM article ORDER BY at DESC LIMIT 1 OFFSET min(?, (SELECT count(*) FROM article) / ?)`, mostMisdated, misdated).Scan(&newest)
	if errors.Is(err, sql.ErrNoRows) { // there are no articles
		err = nil
	}
	g.oldest = floorDay(newest) - g.sheetDays()
	return told(err)
}

// dropOld drops the sheets of days that no article which comes in time reaches.
func (g *regrouping) dropOld(ctx context.Context) error {
	return g.dropSheets(ctx, span{floorDay(always.from), g.oldest - 1})
}

// dropReached drops the sheets of days with articles to which a change may have done
// something that they do not tell.
func (g *regrouping) dropReached(ctx context.Context) error {
	if g.forceWhole || !g.outlets.same || g.window <= 0 || len(g.touched) == 0 {
		return g.dropSheets(ctx, span{floorDay(always.from), floorDay(always.to)})
	}
	var reached []span
	for _, t := range g.touched {
		reached = append(reached, span{floorDay(t), floorDay(t + marksBack*g.window)})
	}
	for _, days := range joined(reached, 2) {
		if err := g.dropSheets(ctx, days); err != nil {
			return err
		}
	}
	return nil
}
