package archive

import (
	"cmp"
	"context"
	"slices"

	"qissa"
	"qissa/article"
	"qissa/internal/passages"
)

// keep keeps what a run over all articles of the stretch found out, of the last days of
// which that is all there is to know.
func (g *regrouping) keep(ctx context.Context, of *qissa.Found, opt qissa.Options) error {
	r := g.newRegion()
	var days spans
	for _, d := range r.days {
		if !g.stretch.whole() { // of the first and the last day not all is known
			d = span{d.from + 1, d.to - 1}
		}
		if d.from = max(d.from, g.oldest); d.from <= d.to {
			days = append(days, d)
		}
	}
	r.days = days
	all := of.Part.Articles
	first := g.oldest*secondsOfDay - g.window // with these the others pair
	r.first, _ = slices.BinarySearchFunc(all, first, func(a article.Article, t int64) int { return cmp.Compare(a.Time.Unix(), t) })
	marks, err := of.Weighed.Marks(ctx, func(i int) bool { return i >= r.first })
	if err != nil {
		return err
	}
	for i := r.first; i < len(all); i++ {
		x := &g.rows[g.at[all[i].ID]]
		day := floorDay(all[i].Time.Unix())
		inside := r.days.has(day)
		if inside {
			r.written[day] = sheetTable | stateTable
		}
		r.items = append(r.items, item{
			noted: &noted{n: x.n, at: all[i].Time.UTC(), name: all[i].ID, outlet: x.outlet, mark: marks[i], story: x.story},
			row:   x, marked: true, inside: inside, fresh: inside,
		})
	}
	r.numbers = numbersOf(r.items)
	g.finding = newFinding(r)
	g.finding.take(of)
	g.whole = make([]int, len(g.result.Stories))
	for s := range g.whole {
		g.whole[s] = s
	}
	g.outlines, err = of.Part.Outline(ctx, opt, func(members []int) bool {
		i := members[0] - r.first
		return i >= 0 && r.items[i].inside
	})
	return err
}

// take takes over facts and loans of a run.
func (f *finding) take(of *qissa.Found) {
	f.facts = byLater(of.Facts, len(f.items), func(i int32) int32 { return i - int32(f.first) })
	for _, l := range of.Part.Loans {
		if to := l.To - int32(f.first); to >= 0 {
			f.loans[to] = append(f.loans[to], passages.Loan{From: l.From - int32(f.first), To: to, Words: l.Words})
		}
	}
}
