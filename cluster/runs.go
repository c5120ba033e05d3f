package cluster

import (
	"cmp"
	"slices"
)

// disjoint chooses runs so that no word of A is in two: the longest first,
// what is left of a shorter one if it is still long enough. They come back by
// place in A.
func disjoint(runs []Run, words int) []Run {
	slices.SortFunc(runs, func(x, y Run) int {
		return cmp.Or(cmp.Compare(y.Words, x.Words), cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B))
	})
	taken := make([]bool, words)
	var chosen []Run
	for _, r := range runs {
		for r.Words >= ShareRun && taken[r.A] {
			r = Run{r.A + 1, r.B + 1, r.Words - 1}
		}
		for r.Words >= ShareRun && taken[r.A+r.Words-1] {
			r.Words--
		}
		if r.Words < ShareRun {
			continue
		}
		for k := range r.Words {
			taken[r.A+k] = true
		}
		chosen = append(chosen, r)
	}
	slices.SortFunc(chosen, func(x, y Run) int { return cmp.Compare(x.A, y.A) })
	return chosen
}
