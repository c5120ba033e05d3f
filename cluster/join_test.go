package cluster

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// spreadTimes gives document i of n a time, one every 86 seconds, some of them
// undated, in no order.
func spreadTimes(n int, r *rand.Rand) []int64 {
	times := make([]int64, n)
	for i, p := range r.Perm(n) {
		times[i] = int64(p) * 86
		if r.IntN(50) == 0 {
			times[i] = Undated
		}
	}
	return times
}

func TestTuningNeverChangesPairs(t *testing.T) {
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 3))
		rows := randomRows(r)
		times := randomTimes(r, rows.Len())
		j := randomJoin(r, rows)
		j.Jobs = 1 + r.IntN(3)
		want := bruteForce(rows, times, j)
		for _, sweepFrom := range []int{0, 5, 1 << 30} {
			tune := tuning{
				leastTile: 1 + r.IntN(10), mostTile: 1 + r.IntN(30), head: 1.1 * r.Float64(), sweepFrom: sweepFrom,
			}
			got, _, err := pairs(t.Context(), rows, times, j, tune)
			if err != nil || !samePairs(got, want) {
				t.Fatalf("seed %d: pairs(%+v, %+v) =\n%v, %v, brute force\n%v", seed, j, tune, got, err, want)
			}
		}
	}
}

func TestPairsEqualSimpleJoin(t *testing.T) {
	documents := 3000
	if testing.Short() {
		documents = 600
	}
	rows := zipfRows(documents, 80, 7)
	times := spreadTimes(rows.Len(), rand.New(rand.NewPCG(7, 7)))
	for _, window := range []int64{0, 20_000} {
		for _, least := range []float64{0.1, 0.2, 0.5, 0.9} {
			j := Join{MinSim: least, Window: window}
			want, _ := simplePairs(t, rows, times, j)
			for _, jobs := range []int{1, 2, 3, 7} {
				for _, most := range []int{100, 1000, 16384} {
					j.Jobs = jobs
					tune := defaultTuning(j)
					tune.mostTile = most
					got, _, err := pairs(t.Context(), rows, times, j, tune)
					if err != nil || !samePairs(got, want) {
						t.Errorf("pairs(%+v), tiles of %d: %d pairs, %v, the simple join has %d", j, most, len(got), err, len(want))
					}
				}
			}
		}
	}
}

// The bounds that let a pair be dropped are never below what they bound, and
// never reach the highest bit of their lane.
func TestBoundsAreSound(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 4))
		rows := randomRows(r)
		if seed%30 == 0 {
			rows = longRows(r)
		}
		n := rows.Len()
		e := newEngine(t.Context(), rows, nil, Join{MinSim: 0.01, Jobs: 1}, tuning{leastTile: n, mostTile: n, head: r.Float64()})
		var tl tile
		tl.build(e, 0, n)
		s := newScanner(e)
		for x := range n {
			s.collect(&tl, x)
			addProducts(s.acc, tl.slot, tl.weight, s.lists)
			for slot, y := range tl.place {
				if y >= 0 && int(y) != x { // x meets itself in terms of its own
					checkBounds(t, e, x, int(y), s.acc[slot])
				}
			}
			clear(s.acc[:])
		}
	}
}

func checkBounds(t *testing.T, e *engine, x, y int, acc uint16) {
	t.Helper()
	sx, sy := &e.bounds[x], &e.bounds[y]
	k := max(sx.first, sy.first)
	head, tail := splitDot(e.rows, x, y, e.cuts[k])
	if got := float64(acc) / simUnit; got < tail {
		t.Errorf("indexed part of %d and %d: bound %v, is %v", x, y, got, tail)
	}
	norms := uint32(sx.norm[k]) * uint32(sy.norm[k])
	if got := float64(norms) / simUnit; got < head {
		t.Errorf("heads of %d and %d: bound by length %v, is %v", x, y, got, head)
	}
	byBand := 0.0
	for b := range k {
		byBand += float64(sx.band[b]) * float64(sy.band[b]) / (bandUnit * bandUnit)
	}
	if byBand < head {
		t.Errorf("heads of %d and %d: bound by band %v, is %v", x, y, byBand, head)
	}
	if sum := uint32(acc) + norms; sum >= 1<<15 {
		t.Errorf("bounds of %d and %d add up to %d, beyond 15 bits", x, y, sum)
	}
}

// splitDot returns the scalar product of rows a and b before a term and from it on.
func splitDot(rows Rows, a, b int, cut uint32) (head, tail float64) {
	weight := map[uint32]float64{}
	for i := rows.Start[a]; i < rows.Start[a+1]; i++ {
		weight[rows.Term[i]] = float64(rows.Weight[i])
	}
	for i := rows.Start[b]; i < rows.Start[b+1]; i++ {
		if p := weight[rows.Term[i]] * float64(rows.Weight[i]); rows.Term[i] < cut {
			head += p
		} else {
			tail += p
		}
	}
	return head, tail
}

// longRows makes a few documents of thousands of terms, more than are indexed.
func longRows(r *rand.Rand) Rows {
	docs := make([]map[uint32]float64, 6)
	for i := range docs {
		docs[i] = map[uint32]float64{}
		if i%2 == 1 {
			for t, w := range docs[i-1] {
				docs[i][t] = w
			}
			continue
		}
		for range 3000 + r.IntN(9000) {
			docs[i][uint32(r.IntN(20_000))] = 1 + r.Float64()
		}
	}
	return unitRows(docs)
}

func TestPairsOfLongRows(t *testing.T) {
	rows := longRows(rand.New(rand.NewPCG(1, 5)))
	for _, least := range []float64{0.01, 0.3, 0.99} {
		j := Join{MinSim: least}
		got, _, err := Pairs(t.Context(), rows, nil, j)
		if want := bruteForce(rows, nil, j); err != nil || !samePairs(got, want) {
			t.Errorf("Pairs(%v) = %v, %v, brute force %v", least, got, err, want)
		}
	}
}

func TestOrderOfDocumentsOnlyRenamesThem(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 6))
	rows := zipfRows(1000, 40, 3)
	times := spreadTimes(rows.Len(), r)
	j := Join{MinSim: 0.2, Window: 30_000}
	want, _, err := Pairs(t.Context(), rows, times, j)
	if err != nil {
		t.Fatal(err)
	}
	old := r.Perm(rows.Len())
	moved, movedTimes := Rows{Start: []int{0}}, []int64{}
	for _, d := range old {
		moved.Term = append(moved.Term, rows.Term[rows.Start[d]:rows.Start[d+1]]...)
		moved.Weight = append(moved.Weight, rows.Weight[rows.Start[d]:rows.Start[d+1]]...)
		moved.Start = append(moved.Start, len(moved.Term))
		movedTimes = append(movedTimes, times[d])
	}
	got, _, err := Pairs(t.Context(), moved, movedTimes, j)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range got {
		a, b := int32(old[p.A]), int32(old[p.B])
		got[i].A, got[i].B = min(a, b), max(a, b)
	}
	slices.SortFunc(got, byDocuments)
	if !samePairs(got, want) {
		t.Errorf("%d pairs in another order of documents, want the same %d", len(got), len(want))
	}
}

func TestWindowOverEverythingIsNone(t *testing.T) {
	rows := zipfRows(1000, 40, 3)
	times := spreadTimes(rows.Len(), rand.New(rand.NewPCG(1, 8)))
	want, _, _ := Pairs(t.Context(), rows, times, Join{MinSim: 0.2})
	for _, window := range []int64{1000 * 86, math.MaxInt64} {
		got, _, err := Pairs(t.Context(), rows, times, Join{MinSim: 0.2, Window: window})
		if err != nil || !samePairs(got, want) {
			t.Errorf("window %d: %d pairs, %v, want the same %d as without", window, len(got), err, len(want))
		}
	}
}

func TestHigherThresholdGivesSubset(t *testing.T) {
	rows := zipfRows(1000, 40, 3)
	all, _, _ := Pairs(t.Context(), rows, nil, Join{MinSim: 0.05})
	for _, least := range []float64{0.1, 0.3, 0.6, 0.95} {
		got, _, err := Pairs(t.Context(), rows, nil, Join{MinSim: least})
		want := slices.DeleteFunc(slices.Clone(all), func(p Pair) bool { return p.Sim < least })
		if err != nil || !samePairs(got, want) {
			t.Errorf("least %v: %d pairs, %v, want the %d of those for 0.05", least, len(got), err, len(want))
		}
	}
}
