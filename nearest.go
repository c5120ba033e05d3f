package qissa

import (
	"cmp"
	"slices"

	"qissa/cluster"
)

// mostNear is how many pairs of an article are compared word by word and shown: the
// most similar, and those that are so of the other article. What takes long would
// else be done n² times for n articles that are all alike.
const mostNear = 100

// nearPairs returns which pairs, by number, are among the most similar ones of one
// of their articles, so many of each, the first of those that are equally similar;
// nil for all. Cost p log p in the pairs.
func nearPairs(articles int, pairs []cluster.Pair, most int) sparse[struct{}] {
	count := make([]int, articles)
	for _, p := range pairs {
		count[p.A]++
		count[p.B]++
	}
	if len(count) == 0 || slices.Max(count) <= most {
		return nil
	}
	sims := make([][]float64, articles) // of all pairs of an article that has many
	for i, n := range count {
		if n > most {
			sims[i] = make([]float64, 0, n)
		}
	}
	for _, p := range pairs {
		for _, i := range [2]int32{p.A, p.B} {
			if sims[i] != nil {
				sims[i] = append(sims[i], p.Sim)
			}
		}
	}
	least := make([]float64, articles)
	atLeast := make([]int, articles) // how many pairs of just the least similarity are near
	for i, all := range sims {
		if all != nil {
			slices.SortFunc(all, func(x, y float64) int { return cmp.Compare(y, x) })
			least[i] = all[most-1]
			atLeast[i] = most - slices.Index(all, least[i])
			sims[i] = nil
		}
	}
	near := newSparse[struct{}](len(pairs))
	for n, p := range pairs {
		isNear := false
		for _, i := range [2]int32{p.A, p.B} {
			switch {
			case p.Sim > least[i]:
				isNear = true
			case p.Sim == least[i] && atLeast[i] > 0:
				isNear = true
				atLeast[i]--
			}
		}
		if isNear {
			near.add(n, struct{}{})
		}
	}
	return near
}
