package eval

import (
	"math"
	"math/rand/v2"
	"testing"

	"qissa/cluster"
)

// TestAgreementOfReaders holds what is said of two readers against the definitions, read
// literally over all pairs and all articles.
func TestAgreementOfReaders(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 500 {
		n := 1 + r.IntN(40)
		a, b := make([]int, n), make([]int, n)
		for i := range a {
			a[i] = r.IntN(1 + r.IntN(n))
			if b[i] = a[i]; r.IntN(4) == 0 {
				b[i] = r.IntN(n)
			}
		}
		got := Summarize("", Group(a), Group(b))
		for name, pair := range map[string][2]float64{
			"kappa": {got.Kappa, slowKappa(a, b)}, "pairwise": {got.Pairwise.F1, slowPairwise(a, b)}, "B-cubed": {got.BCubed.F1, slowBCubed(a, b)},
		} {
			if math.Abs(pair[0]-pair[1]) > 1e-9 {
				t.Fatalf("%s of %v and %v is %v, want %v", name, a, b, pair[0], pair[1])
			}
		}
		if math.Abs(got.Kappa-got.ARI) > 1e-9 {
			t.Fatalf("kappa %v, adjusted Rand index %v: they are one measure", got.Kappa, got.ARI)
		}
	}
	if one := (cluster.Partition{0, 0}); Kappa(one, one) != 1 || Kappa(one[:1], one[:1]) != 1 || Kappa(nil, nil) != 1 {
		t.Error("equal readers do not agree")
	}
}

// slowKappa counts the four kinds of pairs.
func slowKappa(a, b []int) float64 {
	var yes, no, onlyA, onlyB float64
	for i := range a {
		for j := range i {
			switch {
			case a[i] == a[j] && b[i] == b[j]:
				yes++
			case a[i] == a[j]:
				onlyA++
			case b[i] == b[j]:
				onlyB++
			default:
				no++
			}
		}
	}
	if onlyA+onlyB == 0 {
		return 1
	}
	all := yes + no + onlyA + onlyB
	chance := (yes+onlyA)/all*(yes+onlyB)/all + (no+onlyB)/all*(no+onlyA)/all
	return ((yes+no)/all - chance) / (1 - chance)
}

func slowPairwise(a, b []int) float64 {
	var both, inA, inB float64
	for i := range a {
		for j := range i {
			if a[i] == a[j] {
				inA++
			}
			if b[i] == b[j] {
				inB++
			}
			if a[i] == a[j] && b[i] == b[j] {
				both++
			}
		}
	}
	p, r := 1.0, 1.0
	if inA > 0 {
		p = both / inA
	}
	if inB > 0 {
		r = both / inB
	}
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func slowBCubed(a, b []int) float64 {
	var p, r float64
	for i := range a {
		var both, inA, inB float64
		for j := range a {
			if a[i] == a[j] {
				inA++
			}
			if b[i] == b[j] {
				inB++
			}
			if a[i] == a[j] && b[i] == b[j] {
				both++
			}
		}
		p += both / inA / float64(len(a))
		r += both / inB / float64(len(a))
	}
	return 2 * p * r / (p + r)
}
