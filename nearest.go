package qissa

import (
	"cmp"
	"slices"

	"qissa/cluster"
	"qissa/internal/sparse"
)

// mostNear is how many pairs of an article with earlier ones are compared word by
// word and shown, the most similar. What takes long would else be done n² times for
// n articles that are all alike.
const mostNear = 100

// nearPairs returns which pairs, by number, are among the most similar ones of their
// later article, so many of each, the first of those that are equally similar; nil
// for all. Cost p log p in the pairs.
func nearPairs(articles int, pairs []cluster.Pair, most int) sparse.Values[struct{}] {
	count := make([]int, articles) // of the pairs of each with earlier ones
	for _, p := range pairs {
		count[p.B]++
	}
	if !slices.ContainsFunc(count, func(n int) bool { return n > most }) {
		return nil
	}
	sims := make([][]float64, articles) // of those that have more
	for _, p := range pairs {
		if count[p.B] > most {
			sims[p.B] = append(sims[p.B], p.Sim)
		}
	}
	least, equal := make([]float64, articles), make([]int, articles) // equal: how many pairs of just the least similarity are near
	for i, all := range sims {
		if all != nil {
			slices.SortFunc(all, func(x, y float64) int { return cmp.Compare(y, x) })
			least[i] = all[most-1]
			equal[i] = most - slices.Index(all, least[i])
			sims[i] = nil
		}
	}
	near := sparse.New[struct{}](len(pairs))
	for n, p := range pairs {
		switch b := p.B; {
		case p.Sim < least[b]:
			continue
		case p.Sim == least[b] && equal[b] == 0:
			continue
		case p.Sim == least[b]:
			equal[b]--
		}
		near.Add(n, struct{}{})
	}
	return near
}
