package qissa

import (
	"context"
	"hash/maphash"
	"iter"
	"math/bits"
	"slices"

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
	own, all := t.repeatedRuns(outlet)
	credit := map[uint32]bool{}
	for n, w := range t.words {
		if slices.Contains(agencyCredits, w) {
			credit[uint32(n)] = true
		}
	}
	frames := make([]frame, t.len())
	err := forEach(ctx, t.len(), jobs, func(i int) {
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
func (t *texts) repeatedRuns(outlet []int) (own map[frameKey]int, all map[[frameRun]uint32]int) {
	runs := t.endRuns(outlet)
	// Most runs are rare. Slots that several runs share sort them out cheaply.
	seed := maphash.MakeSeed()
	slots := make([]uint8, 1<<bits.Len(uint(8*t.len())))
	slot := func(k frameKey) *uint8 { return &slots[maphash.Comparable(seed, k)&uint64(len(slots)-1)] }
	for k := range runs {
		if n := slot(k); *n < frameLeast {
			*n++
		}
	}
	own, all = map[frameKey]int{}, map[[frameRun]uint32]int{}
	for k := range runs {
		if *slot(k) == frameLeast {
			own[k]++
		}
	}
	for k, n := range own {
		if n >= frameLeast {
			all[k.words] = 0
		}
	}
	for k := range runs {
		if _, ok := all[k.words]; ok {
			all[k.words]++
		}
	}
	return own, all
}

// endRuns yields the words in sequence at both ends of the bodies that count.
func (t *texts) endRuns(outlet []int) iter.Seq[frameKey] {
	type headline struct {
		outlet int
		hash   uint64
	}
	seed, seen := maphash.MakeSeed(), map[headline]bool{}
	var counted []int
	for i := range t.len() {
		var h maphash.Hash
		h.SetSeed(seed)
		for _, w := range t.head(i) {
			maphash.WriteComparable(&h, w)
		}
		if k := (headline{outlet[i], h.Sum64()}); !seen[k] {
			seen[k] = true
			counted = append(counted, i)
		}
	}
	return func(yield func(frameKey) bool) {
		for _, i := range counted {
			body := t.body(i)
			for at := range len(body) - frameRun + 1 {
				if at < frameWords || at+frameRun > len(body)-frameWords {
					if !yield(frameKey{outlet[i], [frameRun]uint32(body[at:])}) {
						return
					}
				}
			}
		}
	}
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
