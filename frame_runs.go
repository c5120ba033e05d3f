package qissa

import (
	"context"
	"math/bits"
	"sync/atomic"

	"qissa/internal/parallel"
)

// An endRun is words in sequence at an end of a body.
type endRun [frameRun]uint32

// A frameKey is words in sequence in the articles of one outlet.
type frameKey struct {
	outlet int
	words  endRun
}

// frameRuns finds the words in sequence that repeat at the ends of an outlet's
// bodies and nowhere else. Of several articles of an outlet under one title the
// first counts: the others may be copies.
func (t *texts) frameRuns(ctx context.Context, outlet, sizes []int, jobs int) (*frameSet, error) {
	counted, share := spread(t.firstOfTitle(outlet), outlet, len(sizes), frameSample)
	// Most runs are rare. Those with a rare word are passed over, and a tally, in
	// which several runs may share a count, sorts most others out cheaply.
	common, err := t.commonAtEnds(ctx, counted, jobs)
	if err != nil {
		return nil, err
	}
	often := make(tally, 1<<bits.Len(uint(8*len(counted))))
	err = t.eachEnd(ctx, counted, common, jobs, func(_, _ int, runs []endRun) { often.add(runs) })
	if err != nil {
		return nil, err
	}
	counts := make([]map[frameKey]int, jobs)
	for w := range counts {
		counts[w] = map[frameKey]int{}
	}
	err = t.eachEnd(ctx, counted, common, jobs, func(worker, i int, runs []endRun) {
		for _, run := range runs {
			if often.many(run.hash()) {
				counts[worker][frameKey{outlet[i], run}]++
			}
		}
	})
	if err != nil {
		return nil, err
	}
	anywhere := map[endRun]int{}
	for w, more := range counts {
		for k, n := range more {
			anywhere[k.words] += n
			if w > 0 {
				counts[0][k] += n
			}
		}
	}
	found := &frameSet{}
	for k, n := range counts[0] {
		if n >= frameLeast && float64(n) >= frameShare*share[k.outlet]*float64(sizes[k.outlet]) && float64(n) >= frameOwn*float64(anywhere[k.words]) {
			found.add(k)
		}
	}
	return found, nil
}

// spread keeps at most so many of the articles of each outlet, evenly, and returns
// the share of each that is kept.
func spread(articles, outlet []int, outlets, most int) (kept []int, share []float64) {
	total, seen := make([]int, outlets), make([]int, outlets)
	for _, i := range articles {
		total[outlet[i]]++
	}
	for _, i := range articles {
		o := outlet[i]
		before := seen[o] * most / total[o]
		seen[o]++
		if total[o] <= most || seen[o]*most/total[o] > before {
			kept = append(kept, i)
		}
	}
	share = make([]float64, outlets)
	for o, n := range total {
		share[o] = min(1, float64(most)/float64(max(n, 1)))
	}
	return kept, share
}

// commonAtEnds tells which words stand at least frameLeast times at the ends of the
// articles' bodies.
func (t *texts) commonAtEnds(ctx context.Context, articles []int, jobs int) ([]bool, error) {
	times := make([][]uint32, jobs)
	for w := range times {
		times[w] = make([]uint32, len(t.words))
	}
	err := parallel.Each(ctx, len(articles), jobs, nil, func(worker, n int) {
		for _, words := range ends(t.body(articles[n])) {
			for _, w := range words {
				times[worker][w]++
			}
		}
	})
	common := make([]bool, len(t.words))
	for w := range common {
		sum := uint32(0)
		for _, of := range times {
			sum += of[w]
		}
		common[w] = sum >= frameLeast
	}
	return common, err
}

// ends returns the words of a body among which frames are looked for.
func ends(body []uint32) [2][]uint32 {
	const words = frameWords + frameRun - 1 // in which frameWords runs begin
	if len(body) < 2*frameWords+frameRun {  // the two would share runs
		return [2][]uint32{body}
	}
	return [2][]uint32{body[:words], body[len(body)-words:]}
}

// eachEnd calls do for each of the articles, by their numbers, with the runs of
// common words at the ends of its body.
func (t *texts) eachEnd(ctx context.Context, articles []int, common []bool, jobs int, do func(worker, article int, runs []endRun)) error {
	memory := make([][]endRun, jobs)
	return parallel.Each(ctx, len(articles), jobs, nil, func(worker, n int) {
		runs := memory[worker][:0]
		for _, words := range ends(t.body(articles[n])) {
			sequence := 0 // of common words up to here
			for at, w := range words {
				if sequence++; !common[w] {
					sequence = 0
				}
				if sequence >= frameRun {
					runs = append(runs, endRun(words[at+1-frameRun:]))
				}
			}
		}
		do(worker, articles[n], runs)
		memory[worker] = runs
	})
}

// A frameSet is a set of a few runs. Most that are not in it are told apart by a
// bit of their hash.
type frameSet struct {
	maybe [1 << 16]bool // by hash
	runs  map[frameKey]bool
}

func (s *frameSet) add(k frameKey) {
	if s.runs == nil {
		s.runs = map[frameKey]bool{}
	}
	s.maybe[k.hash()%uint64(len(s.maybe))], s.runs[k] = true, true
}

func (s *frameSet) has(k frameKey) bool {
	return s.maybe[k.hash()%uint64(len(s.maybe))] && s.runs[k]
}

// A tally counts up to frameLeast by hash, four counts to a word, so that it stays
// near the processor. Several goroutines may add.
type tally []atomic.Uint32

// of returns the word of a hash and where its count begins there.
func (t tally) of(hash uint64) (word *atomic.Uint32, shift uint64) {
	return &t[hash>>2&uint64(len(t)-1)], hash & 3 * 8
}

// add counts runs. All words are looked at first, so that none waits for the
// memory of the one before it.
func (t tally) add(runs []endRun) {
	var memory [2 * frameWords]uint64
	hashes, full := memory[:0], true
	for _, run := range runs {
		hash := run.hash()
		hashes, full = append(hashes, hash), t.many(hash) && full
	}
	if full {
		return
	}
	for _, hash := range hashes {
		word, shift := t.of(hash)
		for {
			n := word.Load()
			if n>>shift&0xff >= frameLeast || word.CompareAndSwap(n, n+1<<shift) {
				break
			}
		}
	}
}

// many reports whether the count has come to frameLeast.
func (t tally) many(hash uint64) bool {
	word, shift := t.of(hash)
	return word.Load()>>shift&0xff >= frameLeast
}

func (r endRun) hash() uint64 {
	h := uint64(0)
	for i, w := range r {
		h += uint64(w) * mixing[i]
	}
	return h>>32 ^ h>>8
}

func (k frameKey) hash() uint64 { return k.words.hash() + uint64(k.outlet) }

// mixing are odd numbers whose products with small ones differ in the upper half.
var mixing = [frameRun]uint64{0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9, 0x94d049bb133111eb, 0xd6e8feb86659fd93, 0xff51afd7ed558ccd}

// firstOfTitle lists the first article of each outlet under each title.
func (t *texts) firstOfTitle(outlet []int) []int {
	type headline struct {
		outlet int
		hash   uint64
	}
	seen := make(map[headline]bool, t.len())
	var first []int
	for i := range t.len() {
		if k := (headline{outlet[i], hashWords(t.head(i))}); !seen[k] {
			seen[k] = true
			first = append(first, i)
		}
	}
	return first
}
