package qissa

import (
	"context"
	"math/bits"
	"slices"
	"sync/atomic"

	"qissa/article"
	"qissa/cluster"
)

// The frame of an article stands around its text: a line that its outlet puts on
// every page («شارك من خلال تويتر»), a dateline, the credit of an agency. It tells
// nothing of what is reported, so it is neither compared nor counted as new text.
const (
	frameWords = 40   // words at either end of a body that are looked at
	frameGap   = 5    // words that may stand between the end and the frame, or inside it: a date, an author
	frameEcho  = 24   // likewise below the text, where the headline is often repeated
	frameRun   = 5    // words in sequence that repeat
	frameLeast = 20   // articles of the outlet that have the sequence
	frameShare = 0.01 // share of the outlet's articles that have it
	frameOwn   = 0.9  // of all articles that have it, the share that the outlet has: an honorific is everybody's
)

// frameSample is how many articles of an outlet are looked at, spread over all: more
// of them tell nothing new of its pages.
const frameSample = 1 << 14

// agencyCredits are agencies whose folded names are no other word.
var agencyCredits = []string{"واس", "رويترز", "افب", "دبا", "وام", "كونا", "بترا", "الاناضول", "شينخوا"}

const (
	datelineWords = 8 // words of a body among which a credit ends the dateline
	footerWords   = 4 // words before its end among which one begins the footer
)

// An endRun is words in sequence at an end of a body.
type endRun [frameRun]uint32

// A frameKey is words in sequence in the articles of one outlet.
type frameKey struct {
	outlet int
	words  endRun
}

// A frame is what is not text of a body: words above and below it.
type frame struct{ above, below int }

// findFrames measures the frames of all bodies. Cost linear in the articles.
func (t *texts) findFrames(ctx context.Context, articles []article.Article, jobs int) error {
	outlet, sizes := outlets(articles)
	repeated, err := t.frameRuns(ctx, outlet, sizes, jobs)
	if err != nil {
		return err
	}
	credit := map[uint32]bool{}
	for n, w := range t.words {
		if slices.Contains(agencyCredits, w) {
			credit[uint32(n)] = true
		}
	}
	frames := make([]frame, t.len())
	err = forEach(ctx, t.len(), jobs, func(_, i int) {
		framed := func(words []uint32) bool { return repeated.has(frameKey{outlet[i], endRun(words)}) }
		body := t.body(i)
		frames[i].above = max(headLength(body, framed), datelineLength(body, credit))
		body = body[frames[i].above:]
		frames[i].below = max(footLength(body, framed), footerLength(body, credit))
	})
	t.frame = frames
	return err
}

// text returns the words of an article with its frame marked.
func (t *texts) text(i int) cluster.Text {
	all, f, body := t.all(i), t.frame[i], t.title[i]
	text := cluster.Text{Words: all}
	if f.above > 0 {
		text.Frame = append(text.Frame, cluster.Passage{From: body, To: body + f.above})
	}
	if f.below > 0 {
		text.Frame = append(text.Frame, cluster.Passage{From: len(all) - f.below, To: len(all)})
	}
	return text
}

// own counts the words of an article outside its frame.
func (t *texts) own(i int) int { return t.title[i] + len(t.body(i)) }

// outlets numbers the sources, from 0, and counts the articles of each.
func outlets(articles []article.Article) (outlet, sizes []int) {
	number := map[string]int{}
	outlet = make([]int, len(articles))
	for i, a := range articles {
		n, ok := number[a.Source]
		if !ok {
			n = len(sizes)
			number[a.Source] = n
			sizes = append(sizes, 0)
		}
		outlet[i] = n
		sizes[n]++
	}
	return outlet, sizes
}

// frameRuns finds the words in sequence that repeat at the ends of an outlet's
// bodies and nowhere else. Of several articles of an outlet under one title the
// first counts: the others may be copies.
func (t *texts) frameRuns(ctx context.Context, outlet, sizes []int, jobs int) (*frameSet, error) {
	counted, share := spread(t.firstOfTitle(outlet), outlet, len(sizes), frameSample)
	// Most runs are rare. A tally, in which several may share a count, sorts them
	// out cheaply.
	often := make(tally, 1<<bits.Len(uint(8*len(counted))))
	err := t.eachEnd(ctx, counted, jobs, func(_, _ int, runs []endRun) { often.add(runs) })
	if err != nil {
		return nil, err
	}
	counts := make([]map[frameKey]int, jobs)
	for w := range counts {
		counts[w] = map[frameKey]int{}
	}
	err = t.eachEnd(ctx, counted, jobs, func(worker, i int, runs []endRun) {
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

// eachEnd calls do for each of the articles, by their numbers, with the runs at
// the ends of its body.
func (t *texts) eachEnd(ctx context.Context, articles []int, jobs int, do func(worker, article int, runs []endRun)) error {
	memory := make([][]endRun, jobs)
	return forBlocks(ctx, (len(articles)+blockSize-1)/blockSize, jobs, nil, func(worker, b int) {
		for _, i := range articles[b*blockSize : min((b+1)*blockSize, len(articles))] {
			body, runs := t.body(i), memory[worker][:0]
			last := len(body) - frameRun
			for at := 0; at <= last; at++ {
				if at == frameWords {
					at = max(at, last-frameWords+1)
				}
				runs = append(runs, endRun(body[at:]))
			}
			do(worker, i, runs)
			memory[worker] = runs
		}
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

// headLength is the length of the frame above a body.
func headLength(body []uint32, framed func([]uint32) bool) int {
	length := 0
	for at := range min(frameWords, len(body)-frameRun+1) {
		if at > length+frameGap {
			break
		}
		if framed(body[at:]) {
			length = at + frameRun
		}
	}
	return length
}

// footLength is the length of the frame below a body.
func footLength(body []uint32, framed func([]uint32) bool) int {
	first, gap := len(body), frameEcho
	for at := len(body) - frameRun; at >= max(0, len(body)-frameWords); at-- {
		if at+frameRun < first-gap {
			break
		}
		if framed(body[at:]) {
			first, gap = at, frameGap
		}
	}
	return len(body) - first
}

// datelineLength is the length of a dateline that ends with an agency's credit.
func datelineLength(body []uint32, credit map[uint32]bool) int {
	for at := min(datelineWords, len(body)) - 1; at >= 0; at-- {
		if credit[body[at]] {
			return at + 1
		}
	}
	return 0
}

// footerLength is the length of a footer that begins with an agency's credit.
func footerLength(body []uint32, credit map[uint32]bool) int {
	for at := max(0, len(body)-footerWords); at < len(body); at++ {
		if credit[body[at]] {
			return len(body) - at
		}
	}
	return 0
}
