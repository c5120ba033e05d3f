package archive

import (
	"cmp"
	"context"
	"slices"

	"qissa/internal/grouping"
	"qissa/internal/parallel"
)

// laterFacts are facts of items, by the later one.
type laterFacts struct {
	of    *grouping.Facts
	place func(i int32) int32 // item of an article there, -1 for none
	start []int32             // of each item in order, and the end
	order []int32             // numbers of pairs
}

// byLater puts facts of so many items into order; those of which the later one is no item
// are left out.
func byLater(of *grouping.Facts, items int, place func(i int32) int32) laterFacts {
	l := laterFacts{of: of, place: place, start: make([]int32, items+1)}
	for _, p := range of.Pairs {
		if b := place(p.B); b >= 0 {
			l.start[b+1]++
		}
	}
	for i := range items {
		l.start[i+1] += l.start[i]
	}
	next := slices.Clone(l.start)
	l.order = make([]int32, l.start[items])
	for n, p := range of.Pairs {
		if b := place(p.B); b >= 0 {
			l.order[next[b]] = int32(n)
			next[b]++
		}
	}
	return l
}

// count returns how many an item has.
func (l *laterFacts) count(item int) int {
	if l.of == nil {
		return 0
	}
	return int(l.start[item+1] - l.start[item])
}

// eachOf calls do for those of an item.
func (l *laterFacts) eachOf(item int, do func(x grouping.Fact)) {
	for k := range l.count(item) {
		x := l.of.Fact(int(l.order[int(l.start[item])+k]))
		x.A, x.B = l.place(x.A), int32(item)
		do(x)
	}
}

func (l *laterFacts) each(do func(item int, x grouping.Fact)) {
	for b := range max(len(l.start)-1, 0) {
		l.eachOf(b, func(x grouping.Fact) { do(b, x) })
	}
}

// compare finds the facts of fresh items.
func (f *finding) compare(ctx context.Context, weighed *grouping.Weighed) error {
	if !slices.ContainsFunc(f.items, func(x item) bool { return x.fresh }) {
		return nil
	}
	around := grouping.AroundOf(f.times(), f.marks(), f.settings.Window)
	facts, err := weighed.FindFresh(ctx, f.settings.Window, around, f.read, func(k int32) bool { return f.items[f.read[k]].fresh })
	if err != nil {
		return err
	}
	f.facts = byLater(facts, len(f.items), func(k int32) int32 { return f.read[k] })
	if !f.drops() {
		return nil
	}
	for _, day := range f.sortedDays() {
		err := f.eachFact(f.sheets[day], func(b int32, _ tie, kept bool) {
			if !kept {
				f.dropped[b]++
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// drops reports whether facts of sheets may hold no more.
func (f *finding) drops() bool {
	return len(f.gone) > 0 || len(f.change.left) > 0 || slices.ContainsFunc(f.items, func(x item) bool { return x.fresh && !f.changed[x.n] })
}

// eachFact calls do for the facts of a sheet whose later article is as it was, and not
// fresh, and whether they hold still: if the earlier one is so, too.
func (f *finding) eachFact(s *sheet, do func(b int32, t tie, kept bool)) error {
	return s.eachFact(func(k int) bool {
		b := f.numbers.at(s.articles[k].n)
		return b >= 0 && !f.changed[s.articles[k].n] && !f.items[b].fresh
	}, func(k int, t tie) {
		a := f.numbers.at(t.n)
		do(f.numbers.at(s.articles[k].n), t, !f.changed[t.n] && (a < 0 || !f.items[a].fresh))
	})
}

// limited returns the items of which so many pairs are known that only the nearest are
// kept, or aligned, if these are others than before.
func (f *finding) limited() (more []int32) {
	pairs := map[int32]int{}
	for i := range f.items {
		if x, n := &f.items[i], f.facts.count(i); x.inside && !x.fresh && (n > 0 || f.dropped[int32(i)] > 0) {
			pairs[int32(i)] = n
		}
	}
	if len(pairs) == 0 {
		return nil
	}
	for _, s := range f.sheets {
		for _, a := range s.articles {
			if i := f.numbers.at(a.n); i >= 0 {
				if _, asked := pairs[i]; asked {
					pairs[i] += a.facts
				}
			}
		}
	}
	for i, n := range pairs {
		if grouping.IsLimited(n) {
			more = append(more, i)
		}
	}
	return more
}

// all returns the facts of all items, by (A, B). Pieces of the days are read side by side,
// twice: to count the facts of each earlier item, and to put them into their places.
func (f *finding) all(ctx context.Context, jobs int) (*grouping.Columns, error) {
	days := f.sortedDays()
	pieces := parallel.Jobs(jobs)
	next := make([][]int32, pieces+1) // of each item, the place of its next fact of a piece as the earlier one; those that are new are the last piece
	for piece := range next {
		next[piece] = make([]int32, len(f.items))
	}
	each := func(do func(piece int, a, b int32, x grouping.Fact)) error {
		faults := make([]error, pieces+1)
		err := parallel.Each(ctx, pieces+1, pieces, nil, func(_, piece int) {
			if piece == pieces {
				f.facts.each(func(b int, x grouping.Fact) { do(piece, x.A, int32(b), x) })
				return
			}
			for _, day := range days[len(days)*piece/pieces : len(days)*(piece+1)/pieces] {
				err := f.eachFact(f.sheets[day], func(b int32, t tie, kept bool) {
					if a := f.numbers.at(t.n); kept && a >= 0 {
						do(piece, a, b, t.fact)
					}
				})
				faults[piece] = cmp.Or(faults[piece], err)
			}
		})
		return cmp.Or(err, cmp.Or(faults...))
	}
	if err := each(func(piece int, a, _ int32, _ grouping.Fact) { next[piece][a]++ }); err != nil {
		return nil, err
	}
	total := int32(0)
	for i := range f.items {
		for piece := range next {
			next[piece][i], total = total, total+next[piece][i]
		}
	}
	all := grouping.NewColumns(int(total))
	err := each(func(piece int, a, b int32, x grouping.Fact) {
		x.A, x.B = a, b
		all.Set(int(next[piece][a]), x)
		next[piece][a]++
	})
	from := int32(0)
	for i := range f.items {
		to := next[pieces][i]
		all.SortByLater(int(from), int(to))
		from = to
	}
	return &all, err
}
