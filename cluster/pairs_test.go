package cluster

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"qissa/internal/needs"
)

// bruteForce compares every document with every other: the oracle of Pairs.
func bruteForce(rows Rows, times []int64, j Join) []Pair {
	var pairs []Pair
	for a := range rows.Len() {
		for b := a + 1; b < rows.Len(); b++ {
			if times != nil && j.Window > 0 && times[a] != Undated && times[b] != Undated &&
				math.Abs(float64(times[a])-float64(times[b])) > float64(j.Window) {
				continue
			}
			if j.Compared != nil && !j.Compared(int32(a), int32(b)) {
				continue
			}
			if sim := Dot(rows, a, b); sim >= j.MinSim {
				pairs = append(pairs, Pair{A: int32(a), B: int32(b), Sim: sim})
			}
		}
	}
	return pairs
}

// samePairs compares similarities bit by bit.
func samePairs(p, q []Pair) bool {
	return slices.EqualFunc(p, q, func(a, b Pair) bool {
		return a.A == b.A && a.B == b.B && math.Float64bits(a.Sim) == math.Float64bits(b.Sim)
	})
}

// unitRows builds rows of unit length from weighted terms, which it relabels by
// falling document frequency.
func unitRows(docs []map[uint32]float64) Rows {
	count := map[uint32]int{}
	for _, d := range docs {
		for t := range d {
			count[t]++
		}
	}
	var terms []uint32
	for t := range count {
		terms = append(terms, t)
	}
	slices.SortFunc(terms, func(a, b uint32) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return int(a) - int(b)
	})
	label := map[uint32]uint32{}
	for i, t := range terms {
		label[t] = uint32(i)
	}
	rows := Rows{Start: []int{0}}
	for _, d := range docs {
		weights := map[uint32]float64{}
		var own []uint32
		for t, w := range d {
			own = append(own, label[t])
			weights[label[t]] = w
		}
		slices.Sort(own)
		square := 0.0
		for _, t := range own {
			square += weights[t] * weights[t]
		}
		for _, t := range own {
			rows.Term = append(rows.Term, t)
			rows.Weight = append(rows.Weight, float32(weights[t]/math.Sqrt(square)))
		}
		rows.Start = append(rows.Start, len(rows.Term))
	}
	return rows
}

// randomRows makes up to 60 documents that bring the hard cases together: empty
// ones, ones of a single term, exact and near copies, terms in all of them.
func randomRows(r *rand.Rand) Rows {
	docs := make([]map[uint32]float64, r.IntN(60))
	terms := 1 + r.IntN(80)
	everywhere := r.IntN(3)
	for i := range docs {
		d := map[uint32]float64{}
		switch kind := r.IntN(10); {
		case kind == 0: // empty
		case kind == 1:
			d[uint32(r.IntN(terms))] = 1
		case kind <= 4 && i > 0: // a copy, exact or near
			for t, w := range docs[r.IntN(i)] {
				d[t] = w
			}
			if kind == 4 {
				d[uint32(r.IntN(terms))] = r.Float64() + 0.01
			}
		default:
			for range 1 + r.IntN(30) {
				t := uint32(float64(terms) * math.Pow(r.Float64(), 2))
				d[t] = r.ExpFloat64() + 0.01
			}
		}
		if len(d) > 0 {
			for e := range everywhere {
				d[uint32(terms+e)] = 0.1 + r.Float64()
			}
		}
		docs[i] = d
	}
	return unitRows(docs)
}

func randomTimes(r *rand.Rand, n int) []int64 {
	if r.IntN(4) == 0 {
		return nil
	}
	times := make([]int64, n)
	for i := range times {
		times[i] = r.Int64N(100) - 50
		if r.IntN(5) == 0 {
			times[i] = Undated
		}
	}
	return times
}

// randomJoin often asks for exactly the similarity of a pair, or for one unit
// in the last place more or less.
func randomJoin(r *rand.Rand, rows Rows) Join {
	j := Join{MinSim: 0.05 + 0.94*r.Float64(), Window: r.Int64N(40) * r.Int64N(2)}
	if r.IntN(4) == 0 {
		j.Compared = func(a, b int32) bool { return (a+b)%3 > 0 }
	}
	if n := rows.Len(); n > 1 && r.IntN(2) == 0 {
		sim := Dot(rows, r.IntN(n), r.IntN(n))
		for range 20 {
			if sim < 0.05 {
				sim = Dot(rows, r.IntN(n), r.IntN(n))
			}
		}
		switch r.IntN(3) {
		case 0:
			sim = math.Nextafter(sim, 2)
		case 1:
			sim = math.Nextafter(sim, 0)
		}
		if sim >= 0.05 && sim <= 1 {
			j.MinSim = sim
		}
	}
	return j
}

func TestPairsEqualBruteForce(t *testing.T) {
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 1))
		rows := randomRows(r)
		times := randomTimes(r, rows.Len())
		j := randomJoin(r, rows)
		want := bruteForce(rows, times, j)
		var counts JoinCounts
		for _, jobs := range []int{1, 2, 7} {
			j.Jobs = jobs
			got, c, err := Pairs(t.Context(), rows, times, j)
			if err != nil {
				t.Fatalf("seed %d: Pairs(%+v): %v", seed, j, err)
			}
			if !samePairs(got, want) {
				t.Fatalf("seed %d: Pairs(%+v) =\n%v, brute force\n%v", seed, j, got, want)
			}
			if jobs > 1 && c != counts {
				t.Errorf("seed %d: counts with %d workers = %+v, with 1 %+v", seed, jobs, c, counts)
			}
			counts = c
		}
	}
}

func TestPairsOfExtremeTimes(t *testing.T) {
	rows := unitRows([]map[uint32]float64{{0: 1}, {0: 1}, {0: 1}, {0: 1}})
	times := []int64{math.MaxInt64, Undated, math.MinInt64 + 1, math.MaxInt64 - 5}
	got, _, err := Pairs(t.Context(), rows, times, Join{MinSim: 0.5, Window: 5})
	want := []Pair{{0, 1, 1}, {0, 3, 1}, {1, 2, 1}, {1, 3, 1}}
	if err != nil || !samePairs(got, want) {
		t.Errorf("Pairs = %v, %v, want %v", got, err, want)
	}
}

func TestPairsRefuse(t *testing.T) {
	good := Rows{Start: []int{0, 1}, Term: []uint32{0}, Weight: []float32{1}}
	nan := float32(math.NaN())
	for _, c := range []struct {
		name  string
		rows  Rows
		times []int64
		j     Join
		want  string
	}{
		{"no threshold", good, nil, Join{}, "least similarity 0"},
		{"threshold above 1", good, nil, Join{MinSim: 1.5}, "least similarity 1.5"},
		{"NaN threshold", good, nil, Join{MinSim: math.NaN()}, "least similarity NaN"},
		{"negative window", good, nil, Join{MinSim: 0.5, Window: -1}, "window of -1"},
		{"too few times", good, []int64{}, Join{MinSim: 0.5}, "0 times for 1"},
		{"NaN weight", Rows{[]int{0, 1}, []uint32{0}, []float32{nan}}, nil, Join{MinSim: 0.5}, "weight NaN"},
		{"negative weight", Rows{[]int{0, 1}, []uint32{0}, []float32{-1}}, nil, Join{MinSim: 0.5}, "weight -1"},
		{"terms out of order", Rows{[]int{0, 2}, []uint32{1, 1}, []float32{.1, .1}}, nil, Join{MinSim: 0.5}, "term 1 after term 1"},
		{"too long", Rows{[]int{0, 1}, []uint32{0}, []float32{2}}, nil, Join{MinSim: 0.5}, "length 2"},
	} {
		if _, _, err := Pairs(t.Context(), c.rows, c.times, c.j); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: Pairs gives error %v, want one with %q", c.name, err, c.want)
		}
	}
}

// The least of several tries counts: a busy machine delays any of them.
func TestPairsStopWithin100ms(t *testing.T) {
	needs.Time(t, "it promises a time, which the race detector cannot keep")
	rows := zipfRows(20_000, 60, 1)
	for _, after := range []time.Duration{0, 50 * time.Millisecond, 200 * time.Millisecond} {
		least := time.Duration(math.MaxInt64)
		for try := 0; try < 8 && least > 100*time.Millisecond; try++ {
			ctx, cancel := context.WithCancel(t.Context())
			var cancelled time.Time
			time.AfterFunc(after, func() { cancelled = time.Now(); cancel() })
			pairs, _, err := Pairs(ctx, rows, nil, Join{MinSim: 0.1})
			least = min(least, time.Since(cancelled))
			if !errors.Is(err, context.Canceled) || pairs != nil {
				t.Fatalf("cancelled after %v: %d pairs, error %v, want none and %v", after, len(pairs), err, context.Canceled)
			}
		}
		if least > 100*time.Millisecond {
			t.Errorf("cancelled after %v: returned %v later at best", after, least)
		}
	}
}

func TestPairsReportProgress(t *testing.T) {
	rows := zipfRows(500, 20, 1)
	last := 0
	_, _, err := Pairs(t.Context(), rows, nil, Join{MinSim: 0.5, Progress: func(done, total int) {
		if done <= last || total != rows.Len() {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		last = done
	}})
	if err != nil || last != rows.Len() {
		t.Errorf("last progress %d, error %v, want %d", last, err, rows.Len())
	}
}

func ExampleDot() {
	rows := Rows{
		Start:  []int{0, 2, 4},
		Term:   []uint32{0, 1, 1, 2},
		Weight: []float32{0.6, 0.8, 0.5, 0.75},
	}
	fmt.Printf("%.2f\n", Dot(rows, 0, 1))
	// Output: 0.40
}
