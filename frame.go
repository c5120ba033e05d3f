package qissa

import (
	"context"
	"slices"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/parallel"
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
	err = parallel.Each(ctx, t.len(), jobs, nil, func(_, i int) {
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
