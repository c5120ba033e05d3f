package corpus

import (
	"context"
	"math/bits"
	"sync/atomic"

	"qissa/internal/parallel"
)

// An nGram is words in sequence at an end of a body, by their numbers.
type nGram [nGramWords]uint32

// An outletNGram is words in sequence in the articles of one outlet.
type outletNGram struct {
	outlet int
	words  nGram
}

// repeatedNGrams finds the words in sequence that repeat at the ends of an outlet's
// bodies and nowhere else. Share is that of the articles of each outlet that are counted.
func (c *Corpus) repeatedNGrams(ctx context.Context, outlet, sizes, counted []int, share []float64, jobs int) (map[outletNGram]bool, error) {
	// Most n-grams are rare. Those with a rare word are passed over, and a tally, in
	// which several n-grams may share a count, sorts most others out cheaply.
	common, err := c.commonAtEnds(ctx, counted, jobs)
	if err != nil {
		return nil, err
	}
	often := make(tally, 1<<bits.Len(uint(8*len(counted))))
	err = c.eachEnd(ctx, counted, common, jobs, func(_, _ int, grams []nGram) { often.add(grams) })
	if err != nil {
		return nil, err
	}
	counts := make([]map[outletNGram]int, jobs)
	for w := range counts {
		counts[w] = map[outletNGram]int{}
	}
	err = c.eachEnd(ctx, counted, common, jobs, func(worker, i int, grams []nGram) {
		for _, g := range grams {
			if often.many(g.hash()) {
				counts[worker][outletNGram{outlet[i], g}]++
			}
		}
	})
	if err != nil {
		return nil, err
	}
	anywhere := map[nGram]int{}
	for w, more := range counts {
		for k, n := range more {
			anywhere[k.words] += n
			if w > 0 {
				counts[0][k] += n
			}
		}
	}
	found := map[outletNGram]bool{}
	for k, n := range counts[0] {
		if n >= leastPages && float64(n) >= leastShare*share[k.outlet]*float64(sizes[k.outlet]) && float64(n) >= ownShare*float64(anywhere[k.words]) {
			found[k] = true
		}
	}
	return found, nil
}

// commonAtEnds tells which words stand at least leastPages times at the ends of the
// articles' bodies.
func (c *Corpus) commonAtEnds(ctx context.Context, articles []int, jobs int) ([]bool, error) {
	times := make([][]uint32, jobs)
	for w := range times {
		times[w] = make([]uint32, len(c.Words))
	}
	err := parallel.Each(ctx, len(articles), jobs, nil, func(worker, n int) {
		for _, words := range ends(c.Body(articles[n])) {
			for _, w := range words {
				times[worker][w]++
			}
		}
	})
	common := make([]bool, len(c.Words))
	for w := range common {
		sum := uint32(0)
		for _, of := range times {
			sum += of[w]
		}
		common[w] = sum >= leastPages
	}
	return common, err
}

// eachEnd calls do for each of the articles, by their numbers, with the n-grams of
// common words at the ends of its body.
func (c *Corpus) eachEnd(ctx context.Context, articles []int, common []bool, jobs int, do func(worker, article int, grams []nGram)) error {
	memory := make([][]nGram, jobs)
	return parallel.Each(ctx, len(articles), jobs, nil, func(worker, n int) {
		grams := memory[worker][:0]
		for _, words := range ends(c.Body(articles[n])) {
			sequence := 0 // of common words up to here
			for at, w := range words {
				if sequence++; !common[w] {
					sequence = 0
				}
				if sequence >= nGramWords {
					grams = append(grams, nGram(words[at+1-nGramWords:]))
				}
			}
		}
		do(worker, articles[n], grams)
		memory[worker] = grams
	})
}

// An nGramSet is a set of a few n-grams. Most that are not in it are told apart by a
// bit of their hash.
type nGramSet struct {
	maybe [1 << 16]bool // by hash
	grams map[outletNGram]bool
}

func (s *nGramSet) add(k outletNGram) {
	if s.grams == nil {
		s.grams = map[outletNGram]bool{}
	}
	s.maybe[k.hash()%uint64(len(s.maybe))], s.grams[k] = true, true
}

func (s *nGramSet) has(k outletNGram) bool {
	return s.maybe[k.hash()%uint64(len(s.maybe))] && s.grams[k]
}

// A tally counts up to leastPages by hash, four counts to a word, so that it stays
// near the processor. Several goroutines may add.
type tally []atomic.Uint32

// of returns the word of a hash and where its count begins there.
func (t tally) of(hash uint64) (word *atomic.Uint32, shift uint64) {
	return &t[hash>>2&uint64(len(t)-1)], hash & 3 * 8
}

// add counts n-grams. All words are looked at first, so that none waits for the
// memory of the one before it.
func (t tally) add(grams []nGram) {
	var memory [2 * endWords]uint64
	hashes, full := memory[:0], true
	for _, g := range grams {
		hash := g.hash()
		hashes, full = append(hashes, hash), t.many(hash) && full
	}
	if full {
		return
	}
	for _, hash := range hashes {
		word, shift := t.of(hash)
		for {
			n := word.Load()
			if n>>shift&0xff >= leastPages || word.CompareAndSwap(n, n+1<<shift) {
				break
			}
		}
	}
}

// many reports whether the count has come to leastPages.
func (t tally) many(hash uint64) bool {
	word, shift := t.of(hash)
	return word.Load()>>shift&0xff >= leastPages
}

func (g nGram) hash() uint64 {
	h := uint64(0)
	for i, w := range g {
		h += uint64(w) * mixing[i]
	}
	return h>>32 ^ h>>8
}

func (k outletNGram) hash() uint64 { return k.words.hash() + uint64(k.outlet) }
