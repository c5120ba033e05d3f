package qissa

import (
	"context"
	"hash/maphash"
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
	own, all, err := t.repeatedRuns(ctx, outlet, jobs)
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
		framed := func(words []uint32) bool {
			k := frameKey{outlet[i], [frameRun]uint32(words)}
			n := float64(own[k])
			return n >= frameLeast && n >= frameShare*float64(sizes[outlet[i]]) && n >= frameOwn*float64(all[k.words])
		}
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

// repeatedRuns counts the articles that have words in sequence at an end of
// their body: of one outlet, if they are at least frameLeast, and of all
// outlets. Of several articles of an outlet under one title the first counts:
// the others may be copies.
func (t *texts) repeatedRuns(ctx context.Context, outlet []int, jobs int) (own map[frameKey]int, all map[[frameRun]uint32]int, err error) {
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
	often := make(tally, 1<<bits.Len(uint(2*t.len())))
	each(func(_ int, k frameKey) { often.add(k.hash()) })
	own = countRuns(each, jobs, func(k frameKey) (frameKey, bool) { return k, often.many(k.hash()) })
	wanted := make([]bool, 1<<16) // by hash of the words alone
	want := func(words [frameRun]uint32) *bool { return &wanted[frameKey{0, words}.hash()%(1<<16)] }
	for k, n := range own {
		if n >= frameLeast {
			*want(k.words) = true
		}
	}
	all = countRuns(each, jobs, func(k frameKey) ([frameRun]uint32, bool) { return k.words, *want(k.words) })
	return own, all, err
}

// countRuns counts those runs that key wants, by the key that it gives them.
func countRuns[K comparable](each func(func(worker int, k frameKey)), jobs int, key func(frameKey) (K, bool)) map[K]int {
	counts := make([]map[K]int, jobs)
	for w := range counts {
		counts[w] = map[K]int{}
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
	h := uint64(k.outlet)
	for _, w := range k.words {
		h = (h ^ uint64(w)) * 0x9e3779b97f4a7c15
		h ^= h >> 29
	}
	return h
}

// firstOfTitle lists the first article of each outlet under each title.
func (t *texts) firstOfTitle(outlet []int) []int {
	type headline struct {
		outlet int
		hash   uint64
	}
	seed, seen := maphash.MakeSeed(), map[headline]bool{}
	var first []int
	for i := range t.len() {
		var h maphash.Hash
		h.SetSeed(seed)
		for _, w := range t.head(i) {
			maphash.WriteComparable(&h, w)
		}
		if k := (headline{outlet[i], h.Sum64()}); !seen[k] {
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
