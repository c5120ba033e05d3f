package corpus

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// A sampler, which sees one article after the other, chooses those that sample chooses of
// all.
func TestSampler(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 2))
	const n = 5 * sampleSize
	names := []string{"", "small", "large"}
	var s Sampler
	var outlet, first []int
	sizes := map[string]int{}
	seen := map[[2]uint64]bool{}
	for i := range n {
		o, title := 2, uint64(r.IntN(3*sampleSize))
		if r.IntN(20) == 0 {
			o = r.IntN(2)
		}
		outlet = append(outlet, o)
		if k := [2]uint64{uint64(o), title}; !seen[k] {
			seen[k], first = true, append(first, i)
		}
		sizes[names[o]]++
		s.Add(int64(i), names[o], fmt.Sprint("id ", i), title)
	}
	want, share := sample(first, outlet, len(names), sampleSize, func(i int) string { return fmt.Sprint("id ", i) })
	got := s.Sample()
	if !slices.EqualFunc(got.At, want, func(a int64, b int) bool { return int(a) == b }) {
		t.Errorf("%d articles are chosen, others than the %d that are to be", len(got.At), len(want))
	}
	for o, name := range names {
		if of := got.Outlets[name]; of.Articles != sizes[name] || of.Share != share[o] {
			t.Errorf("%q: %+v, want %d articles and %v of them", name, of, sizes[name], share[o])
		}
	}
	if share[2] == 1 {
		t.Error("an outlet of more articles than are chosen is to be tested")
	}
}
