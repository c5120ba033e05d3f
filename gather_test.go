package qissa

import (
	"math/rand/v2"
	"slices"
	"testing"

	"qissa/cluster"
	"qissa/internal/sparse"
)

// The nearest pairs are those that sorting all of them gives, whatever the order
// in which they come.
func TestKeepNearest(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 7))
		g := &Grouping{Candidates: &Candidates{}, same: sparse.New[float64](30)}
		storyOf := []int{0} // article 0 is the story, the others are of up to eight
		for a := range 30 {
			storyOf = append(storyOf, 1+r.IntN(8))
			g.Pairs = append(g.Pairs, cluster.Pair{A: 0, B: int32(a + 1), Sim: float64(r.IntN(4))})
			if same := r.IntN(3); same > 0 {
				g.same.Add(a, float64(same))
			}
		}
		var best, all, want, seen []int
		for n := range g.Pairs {
			best = g.keepNearest(best, n, 0, storyOf)
			all = append(all, n)
		}
		slices.SortFunc(all, g.nearer)
		for _, n := range all {
			if other := storyOf[g.Pairs[n].B]; !slices.Contains(seen, other) && len(want) < nearOutsiders {
				seen, want = append(seen, other), append(want, n)
			}
		}
		if !slices.Equal(best, want) {
			t.Fatalf("seed %d: nearest pairs %v, want %v", seed, best, want)
		}
	}
}
