package archive

import (
	"context"
	"slices"

	"qissa/internal/grouping"
)

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
	for n, p := range facts.Pairs {
		b := f.read[p.B]
		f.facts[b] = append(f.facts[b], found{f.read[p.A], facts.Fact(n)})
	}
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
		if x := &f.items[i]; x.inside && !x.fresh && (len(f.facts[i]) > 0 || f.dropped[int32(i)] > 0) {
			pairs[int32(i)] = len(f.facts[i])
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

// all returns the facts of all items, by (A, B).
func (f *finding) all() (*grouping.Columns, error) {
	next := make([]int, len(f.items)+1) // of each item, the place of its next fact as the earlier one
	each := func(do func(a, b int32, x grouping.Fact)) error {
		for _, day := range f.sortedDays() {
			err := f.eachFact(f.sheets[day], func(b int32, t tie, kept bool) {
				if a := f.numbers.at(t.n); kept && a >= 0 {
					do(a, b, t.fact)
				}
			})
			if err != nil {
				return err
			}
		}
		for b, list := range f.facts {
			for _, x := range list {
				do(x.with, int32(b), x.Fact)
			}
		}
		return nil
	}
	if err := each(func(a, _ int32, _ grouping.Fact) { next[a+1]++ }); err != nil {
		return nil, err
	}
	for i := range f.items {
		next[i+1] += next[i]
	}
	all := grouping.NewColumns(next[len(f.items)])
	err := each(func(a, b int32, x grouping.Fact) {
		x.A, x.B = a, b
		all.Set(next[a], x)
		next[a]++
	})
	from := 0
	for i := range f.items {
		all.SortByLater(from, next[i])
		from = next[i]
	}
	return &all, err
}
