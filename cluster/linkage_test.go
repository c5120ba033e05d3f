package cluster

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestAverageLinkage(t *testing.T) {
	for _, test := range []struct {
		name  string
		n     int
		pairs []Pair
		least float64
		want  Partition
	}{
		{"nothing", 0, nil, 0.5, Partition{}},
		{"no pairs", 2, nil, 0.5, Partition{0, 1}},
		{"a pair", 2, []Pair{{0, 1, 0.5}}, 0.5, Partition{0, 0}},
		{"a pair below", 2, []Pair{{0, 1, 0.4}}, 0.5, Partition{0, 1}},
		{"a chain is cut", 4, []Pair{{0, 1, 0.9}, {1, 2, 0.8}, {2, 3, 0.9}}, 0.5, Partition{0, 0, 2, 2}},
		{"a triangle holds", 3, []Pair{{0, 1, 0.9}, {0, 2, 0.5}, {1, 2, 0.5}}, 0.5, Partition{0, 0, 0}},
		{"a pair that is not listed counts 0", 3, []Pair{{0, 1, 0.9}, {1, 2, 0.9}}, 0.5, Partition{0, 0, 2}},
		{"ties go to the smallest members", 4, []Pair{{0, 3, 0.8}, {1, 2, 0.8}, {2, 3, 0.8}}, 0.5, Partition{0, 1, 1, 0}},
	} {
		d, err := AverageLinkage(t.Context(), test.n, test.pairs, 0.05, 2)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Cut(test.least); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

// slowLinkage looks at all groups in every step.
func slowLinkage(n int, pairs []Pair, least float64) Partition {
	groups := make([][]int, n)
	sim := map[[2]int]float64{}
	for i := range groups {
		groups[i] = []int{i}
	}
	for _, p := range pairs {
		sim[[2]int{int(p.A), int(p.B)}] = p.Sim
	}
	for {
		best, a, b := least, -1, -1
		for i := range groups {
			for j := i + 1; j < len(groups); j++ {
				sum := 0.0
				for _, x := range groups[i] {
					for _, y := range groups[j] {
						sum += sim[[2]int{min(x, y), max(x, y)}]
					}
				}
				if average := sum / float64(len(groups[i])*len(groups[j])); average > best || average == best && a < 0 {
					best, a, b = average, i, j
				}
			}
		}
		if a < 0 {
			break
		}
		groups[a] = append(groups[a], groups[b]...)
		groups = slices.Delete(groups, b, b+1)
	}
	p := make(Partition, n)
	for _, g := range groups {
		for _, x := range g {
			p[x] = slices.Min(g)
		}
	}
	return p
}

// randomLinks draws pairs with similarities in eighths, so that sums are exact
// and ties are many. In half of the draws nearly all documents are linked, in the
// others few, which is kept in another way.
func randomLinks(r *rand.Rand, n int) []Pair {
	of, linked := 3, 2
	if r.IntN(2) == 0 {
		of, linked = n, 2
	}
	var pairs []Pair
	for a := range n {
		for b := a + 1; b < n; b++ {
			if r.IntN(of) < linked {
				pairs = append(pairs, Pair{int32(a), int32(b), float64(1+r.IntN(8)) / 8})
			}
		}
	}
	return pairs
}

func TestAverageLinkageEqualsSlowOne(t *testing.T) {
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 2))
		n := 2 + r.IntN(24)
		pairs := randomLinks(r, n)
		least := float64(1+r.IntN(8)) / 8
		d, err := AverageLinkage(t.Context(), n, pairs, least, 2)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := d.Cut(least), slowLinkage(n, pairs, least); !slices.Equal(got, want) {
			t.Fatalf("seed %d: %v, want %v", seed, got, want)
		}
	}
}

// Cutting a dendrogram gives what linking down to that threshold gives, and a
// lower threshold only joins groups.
func TestCutEqualsLinkingAgain(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 3))
		n := 2 + r.IntN(30)
		pairs := randomLinks(r, n)
		whole, err := AverageLinkage(t.Context(), n, pairs, 0.05, 2)
		if err != nil {
			t.Fatal(err)
		}
		var above Partition
		for cut := 1.0; cut > 0.05; cut -= 0.1 {
			again, err := AverageLinkage(t.Context(), n, pairs, cut, 2)
			if err != nil {
				t.Fatal(err)
			}
			got := whole.Cut(cut)
			if !slices.Equal(got, again.Cut(cut)) {
				t.Fatalf("seed %d, cut %.2f: %v, linked again %v", seed, cut, got, again.Cut(cut))
			}
			for i, first := range above {
				if got[i] != got[first] {
					t.Fatalf("seed %d: %d and %d are apart at %.2f, but not above", seed, i, first, cut)
				}
			}
			above = got
		}
	}
}

func TestDecision(t *testing.T) {
	var d Decision
	for i := range d.Scale {
		d.Scale[i] = 2
		d.Mean[i] = 1
	}
	var f [NumFeatures]float64
	for i := range f {
		f[i] = 1
	}
	if got := d.Same(f); got != 0.5 {
		t.Errorf("no bias, no weight: %v, want 0.5", got)
	}
	d.Bias, d.Weight[3] = -1, 4
	f[3] = 2 // half a deviation above the mean
	if got, want := d.Same(f), 1/(1+math.Exp(-1)); math.Abs(got-want) > 1e-15 {
		t.Errorf("%v, want %v", got, want)
	}
}

func BenchmarkAverageLinkage(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	const n = 300
	pairs := randomLinks(r, n)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := AverageLinkage(b.Context(), n, pairs, 0.05, 2); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(pairs)), "pairs")
}

// Both ways to keep sums give the same merges, to the bit.
func TestTablesAndMapsLinkAlike(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 4))
		n := 2 + r.IntN(40)
		pairs := randomLinks(r, n)
		for i := range pairs {
			pairs[i].Sim = r.Float64()
		}
		var merges [2][]Merge
		for i, size := range [2]int{0, 1 << 20} {
			for _, part := range components(n, pairs) {
				merges[i] = append(merges[i], link(part, make([]int32, n), 0.05, size)...)
			}
		}
		if !slices.Equal(merges[0], merges[1]) {
			t.Fatalf("seed %d: maps %v, table %v", seed, merges[0], merges[1])
		}
	}
}

// BenchmarkLinkageOfOneComponent links documents that are all similar:
//
//	go test ./cluster -run '^$' -bench LinkageOfOneComponent
func BenchmarkLinkageOfOneComponent(b *testing.B) {
	const n = 3000
	r := rand.New(rand.NewPCG(1, 5))
	var pairs []Pair
	for x := range int32(n) {
		for y := x + 1; y < n; y++ {
			pairs = append(pairs, Pair{x, y, 0.3 + 0.1*r.Float64()})
		}
	}
	for b.Loop() {
		if _, err := AverageLinkage(b.Context(), n, pairs, 0.05, 1); err != nil {
			b.Fatal(err)
		}
	}
}
