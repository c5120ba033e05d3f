package qissa

import (
	"context"
	"maps"
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

// agencyCredits are agencies whose folded names are no other word.
var agencyCredits = []string{"واس", "رويترز", "افب", "دبا", "وام", "كونا", "بترا", "الاناضول", "شينخوا"}

const (
	datelineWords = 8 // words of a body among which a credit ends the dateline
	footerWords   = 4 // words before its end among which one begins the footer
)

// A frameKey is words in sequence at an end of an article of one outlet.
type frameKey struct {
	outlet int
	words  [frameRun]uint32
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
	err = forEach(ctx, t.len(), jobs, func(i int) {
		framed := func(words []uint32) bool { return repeated.has(frameKey{outlet[i], [frameRun]uint32(words)}) }
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
func (t *texts) frameRuns(ctx context.Context, outlet, sizes []int, jobs int) (found *frameSet, err error) {
	counted := t.firstOfTitle(outlet)
	each := func(do func(worker int, k frameKey)) {
		if err == nil {
			err = forBlocks(ctx, (len(counted)+blockSize-1)/blockSize, jobs, nil, func(worker, b int) {
				for _, i := range counted[b*blockSize : min((b+1)*blockSize, len(counted))] {
					body := t.body(i)
					for at := range len(body) - frameRun + 1 {
						if at < frameWords || at+frameRun > len(body)-frameWords {
							do(worker, frameKey{outlet[i], [frameRun]uint32(body[at:])})
						}
					}
				}
			})
		}
	}
	// Most runs are rare. A tally, in which several may share a count, sorts them
	// out cheaply.
	often := make(tally, 1<<bits.Len(uint(8*t.len())))
	each(func(_ int, k frameKey) { often.add(k.hash()) })
	own := countRuns(each, jobs, func(k frameKey) (frameKey, bool) { return k, often.many(k.hash()) })
	maps.DeleteFunc(own, func(k frameKey, n int) bool {
		return n < frameLeast || float64(n) < frameShare*float64(sizes[k.outlet])
	})
	anywhere := func(k frameKey) frameKey { return frameKey{0, k.words} }
	var wanted frameSet
	for k := range own {
		wanted.add(anywhere(k))
	}
	all := countRuns(each, jobs, func(k frameKey) (frameKey, bool) { k = anywhere(k); return k, wanted.has(k) })
	found = &frameSet{}
	for k, n := range own {
		if float64(n) >= frameOwn*float64(all[anywhere(k)]) {
			found.add(k)
		}
	}
	return found, err
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

// countRuns counts those runs that key wants, by the key that it gives them.
func countRuns(each func(func(worker int, k frameKey)), jobs int, key func(frameKey) (frameKey, bool)) map[frameKey]int {
	counts := make([]map[frameKey]int, jobs)
	for w := range counts {
		counts[w] = map[frameKey]int{}
	}
	each(func(worker int, k frameKey) {
		if key, wanted := key(k); wanted {
			counts[worker][key]++
		}
	})
	for _, more := range counts[1:] {
		for k, n := range more {
			counts[0][k] += n
		}
	}
	return counts[0]
}

// A tally counts up to frameLeast by hash, four counts to a word, so that it stays
// near the processor. Several goroutines may add.
type tally []atomic.Uint32

// of returns the word of a hash and where its count begins there.
func (t tally) of(hash uint64) (word *atomic.Uint32, shift uint64) {
	return &t[hash>>2&uint64(len(t)-1)], hash & 3 * 8
}

func (t tally) add(hash uint64) {
	word, shift := t.of(hash)
	for {
		n := word.Load()
		if n>>shift&0xff >= frameLeast || word.CompareAndSwap(n, n+1<<shift) {
			return
		}
	}
}

// many reports whether the count has come to frameLeast.
func (t tally) many(hash uint64) bool {
	word, shift := t.of(hash)
	return word.Load()>>shift&0xff >= frameLeast
}

func (k frameKey) hash() uint64 {
	h := uint64(k.outlet) * mixing[frameRun]
	for i, w := range k.words {
		h += uint64(w) * mixing[i]
	}
	return h>>32 ^ h>>8
}

// mixing are odd numbers whose products with small ones differ in the upper half.
var mixing = [frameRun + 1]uint64{0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9, 0x94d049bb133111eb, 0xd6e8feb86659fd93, 0xff51afd7ed558ccd, 0xc4ceb9fe1a85ec53}

// firstOfTitle lists the first article of each outlet under each title.
func (t *texts) firstOfTitle(outlet []int) []int {
	type headline struct {
		outlet int
		hash   uint64
	}
	seen := make(map[headline]bool, t.len())
	var first []int
	for i := range t.len() {
		h := uint64(0)
		for _, w := range t.head(i) {
			h = (h ^ uint64(w)) * mixing[0]
			h ^= h >> 29
		}
		if k := (headline{outlet[i], h}); !seen[k] {
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
