package cluster

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"
)

// nearestByHand leaves of all pairs those that are among the nearest of their
// document that is later in time.
func nearestByHand(pairs []Pair, times []int64, nearest Nearest) []Pair {
	when := func(d int32) int64 {
		if times == nil {
			return 0
		}
		return times[d]
	}
	order := func(a, b int32) int { return cmp.Or(cmp.Compare(when(a), when(b)), cmp.Compare(a, b)) }
	of := map[int32][]Pair{}
	for _, p := range pairs {
		later := p.A
		if order(p.A, p.B) < 0 {
			later = p.B
		}
		of[later] = append(of[later], p)
	}
	var left []Pair
	for later, own := range of {
		earlier := func(p Pair) int32 { return p.A + p.B - later }
		slices.SortFunc(own, func(p, q Pair) int {
			return cmp.Or(cmp.Compare(q.Sim, p.Sim), order(earlier(p), earlier(q)))
		})
		most := nearest.Dated
		if times == nil || times[later] == Undated {
			most = nearest.Undated
		}
		if most == 0 {
			most = len(own)
		}
		for i, p := range own {
			if i < most || nearest.Alike > 0 && p.Sim >= nearest.Alike {
				left = append(left, p)
			}
		}
	}
	slices.SortFunc(left, byDocuments)
	return left
}

// The nearest earlier documents are the same for any tiles and workers.
func TestNearestPairs(t *testing.T) {
	seeds := uint64(1000)
	if testing.Short() {
		seeds = 200
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 21))
		rows := randomRows(r)
		times := randomTimes(r, rows.Len())
		j := randomJoin(r, rows)
		all := bruteForce(rows, times, j)
		for _, j.Nearest = range []Nearest{{1, 1, 0}, {2, 5, 0}, {5, 0, 0.5}, {0, 2, 0.3}, {1, 1, 0.4}, {1000, 1000, 0}} {
			want := nearestByHand(all, times, j.Nearest)
			for _, j.Jobs = range []int{1, 3} {
				tune := tuning{leastTile: 1 + r.IntN(10), mostTile: 1 + r.IntN(30), head: 1.1 * r.Float64(), sweepFrom: 5}
				got, counts, err := pairs(t.Context(), rows, times, j, tune)
				if err != nil || !samePairs(got, want) || counts.Pairs != int64(len(want)) {
					t.Fatalf("seed %d: the %v nearest, %+v: %v, %v, by hand %v", seed, j.Nearest, tune, got, err, want)
				}
			}
		}
	}
}

// Of leaves of the pairs of several joins, each of which has left its own nearest, those
// that are among the nearest of all.
func TestNearestOfSeveralJoins(t *testing.T) {
	left := 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 22))
		times := make([]int64, 2+r.IntN(40))
		for i := range times {
			if times[i] = int64(r.IntN(30)); r.IntN(4) == 0 {
				times[i] = Undated
			}
		}
		nearest := Nearest{Dated: r.IntN(6), Undated: r.IntN(9), Alike: []float64{0, 0.75}[r.IntN(2)]}
		var all, found []Pair
		joins := make([][]Pair, 1+r.IntN(4))
		for b := range int32(len(times)) {
			for a := range b {
				if r.IntN(3) > 0 {
					p := Pair{a, b, float64(1+r.IntN(8)) / 8}
					all = append(all, p)
					j := r.IntN(len(joins))
					joins[j] = append(joins[j], p)
				}
			}
		}
		for _, pairs := range joins {
			found = append(found, nearestByHand(pairs, times, nearest)...)
		}
		want, got := nearestByHand(all, times, nearest), nearest.Of(found, times)
		slices.SortFunc(got, byDocuments)
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d, %+v: %v, want %v", seed, nearest, got, want)
		}
		left += len(found) - len(got)
	}
	if left < 1000 {
		t.Errorf("%d pairs left out: nothing is tested", left)
	}
}
