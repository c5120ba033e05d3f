package eval

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"qissa/cluster"
)

// group returns the partition whose items carry the letters of s.
func group(s string) cluster.Partition { return Group(strings.Split(s, "")) }

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

func nearScore(a, b Score) bool {
	return near(a.Precision, b.Precision) && near(a.Recall, b.Recall) && near(a.F1, b.F1)
}

// randomPair returns two groupings of 0 to 40 items that agree to any degree.
func randomPair(r *rand.Rand) (pred, gold cluster.Partition) {
	n := r.IntN(41)
	a, b := make([]int, n), make([]int, n)
	groups, noise := 1+r.IntN(20), r.Float64()
	for i := range a {
		a[i] = r.IntN(groups)
		if b[i] = a[i]; r.Float64() < noise {
			b[i] = r.IntN(groups + 3)
		}
	}
	return Group(a), Group(b)
}

func TestGroup(t *testing.T) {
	got := Group([]string{"b", "a", "b", "c", "a"})
	want := cluster.Partition{0, 1, 0, 3, 1}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("Group = %v, want %v", got, want)
		}
	}
}

func TestPairwise(t *testing.T) {
	for _, c := range []struct {
		pred, gold string
		p, r       float64
	}{
		{"", "", 1, 1},
		{"a", "b", 1, 1},
		{"aabb", "aabb", 1, 1},
		{"abcd", "aabb", 1, 0},            // claims no pair, so no wrong one
		{"aabb", "abcd", 0, 1},            // misses no pair, as gold has none
		{"aaaa", "aabb", 2. / 6, 1},       // 6 pairs, of which ab|cd are right
		{"aabbb", "aaabb", 2. / 4, .5},    // right: 12 and 45, of 12 34 35 45 against 12 13 23 45
		{"abab", "aabb", 0, 0},            // all wrong
		{"aaabbc", "aabbcc", .25, 1. / 3}, // right: 12, of 12 13 23 45 against 12 34 56
	} {
		if got, want := Pairwise(group(c.pred), group(c.gold)), harmonic(c.p, c.r); !nearScore(got, want) {
			t.Errorf("Pairwise(%s, %s) = %v, want %v", c.pred, c.gold, got, want)
		}
	}
}

func TestBCubed(t *testing.T) {
	for _, c := range []struct {
		pred, gold string
		p, r       float64
	}{
		{"", "", 1, 1},
		{"a", "b", 1, 1},
		{"abcd", "aabb", 1, .5},
		{"aaaa", "aabb", .5, 1},
		{"aabbb", "aaabb", (1 + 1 + 1./3 + 2./3 + 2./3) / 5, (2./3 + 2./3 + 1./3 + 1 + 1) / 5},
		// Bagga and Baldwin's example: gold 1–5, 6–7, 8–12; first joining the
		// two big chains, then the small one with a big one.
		{"aaaaabbaaaaa", "aaaaabbccccc", 7. / 12, 1},
		{"aaaaabbbbbbb", "aaaaabbccccc", (5 + 2*2./7 + 5*5./7) / 12, 1},
	} {
		if got, want := BCubed(group(c.pred), group(c.gold)), harmonic(c.p, c.r); !nearScore(got, want) {
			t.Errorf("BCubed(%s, %s) = %v, want %v", c.pred, c.gold, got, want)
		}
	}
}

func TestARI(t *testing.T) {
	for _, c := range []struct {
		pred, gold string
		want       float64
	}{
		{"", "", 1},
		{"aabb", "bbaa", 1},
		{"aabc", "aabb", 4. / 7}, // scikit-learn's documentation: 0.57
		{"aaaa", "abcd", 0},
		{"abab", "aabb", -.5},
	} {
		if got := ARI(group(c.pred), group(c.gold)); !near(got, c.want) {
			t.Errorf("ARI(%s, %s) = %v, want %v", c.pred, c.gold, got, c.want)
		}
	}
}

// The measures over pairs and items equal their definitions, read literally.
func TestAgainstDefinitions(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		pred, gold := randomPair(r)
		if got, want := Pairwise(pred, gold), literalPairwise(pred, gold); !nearScore(got, want) {
			t.Fatalf("Pairwise(%v, %v) = %v, want %v", pred, gold, got, want)
		}
		if got, want := BCubed(pred, gold), literalBCubed(pred, gold); !nearScore(got, want) {
			t.Fatalf("BCubed(%v, %v) = %v, want %v", pred, gold, got, want)
		}
		if a, b := BCubed(pred, gold), BCubed(gold, pred); !near(a.Precision, b.Recall) || !near(a.F1, b.F1) {
			t.Fatalf("BCubed(%v, %v) = %v, but swapped %v", pred, gold, a, b)
		}
	}
}

func literalPairwise(pred, gold cluster.Partition) Score {
	var both, p, g float64
	for i := range gold {
		for j := range i {
			inPred, inGold := pred[i] == pred[j], gold[i] == gold[j]
			if inPred {
				p++
			}
			if inGold {
				g++
			}
			if inPred && inGold {
				both++
			}
		}
	}
	return score(both, p, g)
}

func literalBCubed(pred, gold cluster.Partition) Score {
	if len(gold) == 0 {
		return Score{1, 1, 1}
	}
	var precision, recall float64
	for i := range gold {
		var both, p, g float64
		for j := range gold {
			if pred[i] == pred[j] {
				p++
			}
			if gold[i] == gold[j] {
				g++
			}
			if pred[i] == pred[j] && gold[i] == gold[j] {
				both++
			}
		}
		precision += both / p
		recall += both / g
	}
	n := float64(len(gold))
	return harmonic(precision/n, recall/n)
}
