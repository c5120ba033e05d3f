package corpus

import (
	"cmp"
	"fmt"
	"hash/fnv"
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

// sample is the oracle of Sampler: it keeps at most so many articles of each outlet as most says: those whose ids
// have the least hashes, so that parts that were sampled apart can be sampled
// together. It also returns the share of each outlet's articles that is kept.
func sample(articles, outlet []int, outlets, most int, id func(i int) string) (kept []int, share []float64) {
	of := make([][]int, outlets)
	for _, i := range articles {
		of[outlet[i]] = append(of[outlet[i]], i)
	}
	share = make([]float64, outlets)
	for o, list := range of {
		share[o] = min(1, float64(most)/float64(max(len(list), 1)))
		if len(list) <= most {
			kept = append(kept, list...)
			continue
		}
		hash := make(map[int]uint64, len(list))
		for _, i := range list {
			h := fnv.New64a()
			h.Write([]byte(id(i)))
			hash[i] = h.Sum64()
		}
		slices.SortFunc(list, func(a, b int) int { return cmp.Or(cmp.Compare(hash[a], hash[b]), cmp.Compare(a, b)) })
		kept = append(kept, list[:most]...)
	}
	slices.Sort(kept)
	return kept, share
}

// firstOfTitle lists the first article of each outlet under each title.
func firstOfTitle(c *Corpus, outlet []int) (first []int) {
	type headline struct {
		outlet int
		hash   uint64
	}
	seen := map[headline]bool{}
	for i := range c.Len() {
		if k := (headline{outlet[i], hashWords(c.Title(i))}); !seen[k] {
			seen[k] = true
			first = append(first, i)
		}
	}
	return first
}
