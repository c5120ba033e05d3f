package eval

import (
	"math/rand/v2"
	"testing"
)

func TestCEAF(t *testing.T) {
	for _, c := range []struct {
		pred, gold string
		p, r       float64
	}{
		{"", "", 1, 1},
		{"a", "b", 1, 1},
		{"aabb", "bbaa", 1, 1},
		{"abcd", "aabb", (2./3 + 2./3) / 4, (2./3 + 2./3) / 2}, // each gold group gets one single
		{"aaaa", "aabb", 2. / 3, 2. / 3 / 2},
		// Taking the best match first, 123 with 124 at 2/3, leaves 4 with 3 at
		// 0; better is 123 with 3 and 4 with 124, each at 1/2.
		{"aaab", "aaba", (.5 + .5) / 2, (.5 + .5) / 2},
		// Luo's example: gold 1–5, 6–7, 8–12; the system joins the last two.
		{"aaaaabbbbbbb", "aaaaabbccccc", (1 + 10./12) / 2, (1 + 10./12) / 3},
		// The system joins the two big ones.
		{"aaaaabbaaaaa", "aaaaabbccccc", (1 + 10./15) / 2, (1 + 10./15) / 3},
	} {
		if got, want := CEAF(group(c.pred), group(c.gold)), harmonic(c.p, c.r); !nearScore(got, want) {
			t.Errorf("CEAF(%s, %s) = %v, want %v", c.pred, c.gold, got, want)
		}
	}
}

// The matching is as good as the best of all matchings.
func TestBestMatchAgainstAll(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		n := 1 + r.IntN(14)
		a, b := make([]int, n), make([]int, n)
		for i := range n {
			a[i], b[i] = r.IntN(8), r.IntN(8)
		}
		c := newTable(Group(a), Group(b))
		if got, want := c.bestMatch(), bestOfAll(c, 0, 0); !near(got, want) {
			t.Fatalf("bestMatch of %v against %v = %v, want %v", a, b, got, want)
		}
	}
}

// bestOfAll tries every match of the gold groups from gold on with predicted
// groups that are not taken.
func bestOfAll(t table, gold, taken int) float64 {
	if gold == len(t.gold) {
		return 0
	}
	best := bestOfAll(t, gold+1, taken)
	for _, c := range t.cells {
		if bit := 1 << c.pred; c.gold == gold && taken&bit == 0 {
			similarity := 2 * float64(c.n) / float64(t.gold[c.gold]+t.pred[c.pred])
			best = max(best, similarity+bestOfAll(t, gold+1, taken|bit))
		}
	}
	return best
}
