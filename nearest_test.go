package qissa

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"qissa/cluster"
)

// Near are the pairs that are among the most similar ones of their later article.
func TestNearPairs(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 11))
		n := 1 + r.IntN(30)
		var pairs []cluster.Pair
		for a := range int32(n) {
			for b := a + 1; b < int32(n); b++ {
				if r.IntN(3) > 0 {
					pairs = append(pairs, cluster.Pair{A: a, B: b, Sim: float64(1+r.IntN(6)) / 8})
				}
			}
		}
		most := 1 + r.IntN(20)
		want := make([]bool, len(pairs))
		for i := range int32(n) {
			var own []int
			for k, p := range pairs {
				if p.B == i {
					own = append(own, k)
				}
			}
			slices.SortStableFunc(own, func(x, y int) int { return cmp.Compare(pairs[y].Sim, pairs[x].Sim) })
			for _, k := range own[:min(most, len(own))] {
				want[k] = true
			}
		}
		near := nearPairs(n, pairs, most)
		for k := range pairs {
			if got := near == nil || near.At(k) != nil; got != want[k] {
				t.Fatalf("seed %d, %d nearest: pair %v near: %v, want %v", seed, most, pairs[k], got, want[k])
			}
		}
	}
}

// Hundreds of edited copies of one text are one story, though not all pairs of them
// are compared word by word or shown; those that are shown hold it together.
func TestManyCopies(t *testing.T) {
	const n = 600
	r := rand.New(rand.NewPCG(1, 12))
	copies := notices(n)[:n]
	for i := range copies {
		copies[i].Body += " في موقع رقم"
		for range 5 {
			copies[i].Body += fmt.Sprint(" ", string(rune('ا'+r.IntN(20))), string(rune('ب'+r.IntN(20))), string(rune('ت'+r.IntN(20))))
		}
	}
	result := clustered(t, copies)
	if len(result.Stories) != 1 {
		t.Fatalf("%d copies are %d stories, want 1", n, len(result.Stories))
	}
	if all := n * (n - 1) / 2; result.Counts.SimilarPairs != all {
		t.Errorf("%d similar pairs, want all %d", result.Counts.SimilarPairs, all)
	}
	if most := mostNear * n; result.Counts.AlignedPairs > most || len(result.Pairs) > most {
		t.Errorf("%d pairs compared word by word and %d shown, want at most %d", result.Counts.AlignedPairs, len(result.Pairs), most)
	}
	parts := cluster.NewParts(n)
	for _, p := range result.Pairs {
		parts.Join(int32(p.A), int32(p.B))
	}
	for i, first := range parts.Partition() {
		if first != 0 {
			t.Fatalf("no shown pairs lead from article 0 to %d", i)
		}
	}
	for i, m := range result.Stories[0].Members[1:] {
		if m.CopyOf < 0 || m.Copied < editedShare {
			t.Fatalf("member %d is a copy of none of those before it: %+v", i+1, m)
		}
	}
}
