package passages

import (
	"cmp"
	"context"
	"slices"

	"qissa/internal/parallel"
)

// SeedWords is the least number of words in sequence that two places of a changed passage
// share: a third of 20 in another order. Of 62,498 articles there are 1.6 times as many
// sequences to begin with as of eight words, which takes 8 % more time, and 5 % more
// passages.
const SeedWords = 6

// mostSeeds is how many texts may have a sequence around which changes are looked for. What
// more of them have is a stock phrase or a notice, and pairs of its places are the square
// of them.
const mostSeeds = 32

// A NearPlace is where a passage stands, changed: its words there, and how many of these
// are equal to those of the first place, in the same order but for whole stretches.
type NearPlace struct {
	Place
	Words, Equal int32
}

// A NearPassage is a passage that is changed in some of its places.
type NearPassage struct {
	Texts  int32
	Places []NearPlace // ascending; what the places of the same text overlap is in the longest only
}

// Same returns the share of equal words in a place: of those of the first place or of
// this one, whichever has more.
func (p NearPassage) Same(place int) float64 {
	at := p.Places[place]
	return float64(at.Equal) / float64(max(at.Words, p.Places[0].Words))
}

// NearOptions are how changed passages are looked for.
type NearOptions struct {
	Least int     // equal words of a passage
	Share float64 // least share of equal words, above 0.5 and below 1
	Jobs  int     // as in [Options]
}

// Near are the passages of texts, those that are changed among them.
type Near struct {
	Changed []NearPassage // those in most texts first, then by their places, the longer first
	Exact   []Passage     // in the order of before: those that no changed one has all places of
	TooMany int           // exact passages in too many texts to look around them
}

// FindNear finds the passages that are changed in some of their places. Exact are all
// passages of the texts from opt.Least or [SeedWords] words on, whichever are fewer, as
// [Find] gives them.
//
// Two places of an exact passage that share no more are a seed. It goes on both ways over
// words exchanged, dropped, or added; stretches that follow each other in both texts, in
// any order, are one. The places of a passage are compared with its first one. Cost linear
// in the seeds and in the words that they go on for.
func FindNear(ctx context.Context, texts Texts, exact []Passage, opt NearOptions) (Near, error) {
	f := &nearFinder{Texts: texts, NearOptions: opt, copies: copiesOf(texts)}
	f.Jobs = parallel.Jobs(f.Jobs)
	seeds, tooMany, err := f.seeds(ctx, exact)
	if err != nil {
		return Near{}, err
	}
	pairs, err := f.extendAll(ctx, seeds)
	if err != nil {
		return Near{}, err
	}
	changed := group(pairs)
	for n := range changed {
		changed[n].Places = f.copies.unfold(changed[n].Places)
		changed[n].Texts = nearTexts(changed[n].Places)
	}
	slices.SortFunc(changed, func(a, b NearPassage) int {
		return cmp.Or(cmp.Compare(b.Texts, a.Texts), byPlace(a.Places[0].Place, b.Places[0].Place), cmp.Compare(b.Places[0].Words, a.Places[0].Words))
	})
	return Near{changed, withoutChanged(exact, changed, opt.Least), tooMany}, nil
}

// A nearFinder finds changed passages.
type nearFinder struct {
	Texts
	NearOptions
	copies copies
}

// A pair is a stretch of two texts that is the same but for differences: where it stands,
// its words in each, and how many are equal.
type pair struct {
	a, b           Place
	wordsA, wordsB int32
	equal          int32
	swapped        bool // several stretches in another order
}

func (p pair) endA() int32 { return p.a.Word + p.wordsA }
func (p pair) endB() int32 { return p.b.Word + p.wordsB }

// isExact reports whether there is no difference.
func (p pair) isExact() bool { return !p.swapped && p.equal == p.wordsA && p.equal == p.wordsB }

// same is the share of equal words.
func (p pair) same() float64 { return float64(p.equal) / float64(max(p.wordsA, p.wordsB)) }

func byPlaces(p, q pair) int {
	return cmp.Or(byPlace(p.a, q.a), byPlace(p.b, q.b), cmp.Compare(p.equal, q.equal))
}

// seeds returns pairs of places of passages that share no more, by text, and how many
// passages stand in too many texts.
func (f *nearFinder) seeds(ctx context.Context, exact []Passage) (all []pair, leftOut int, err error) {
	found, left := make([][]pair, f.Jobs), make([]int, f.Jobs)
	err = parallel.Each(ctx, len(exact), f.Jobs, nil, func(worker, n int) {
		p := exact[n]
		if p.Words < SeedWords {
			return
		}
		var places []Place
		texts := 0
		for _, at := range p.Places {
			if !f.copies.is(at.Text) {
				if len(places) == 0 || places[len(places)-1].Text != at.Text {
					texts++
				}
				places = append(places, at)
			}
		}
		if texts > mostSeeds || len(places) > 2*mostSeeds {
			left[worker]++
			return
		}
		for i, a := range places {
			for _, b := range places[i+1:] {
				if a.Text != b.Text && (f.Other == nil || f.Other[a.Text] != f.Other[b.Text]) && f.isMaximal(a, b, p.Words) {
					found[worker] = append(found[worker], pair{a: a, b: b, wordsA: p.Words, wordsB: p.Words, equal: p.Words})
				}
			}
		}
	})
	for w := range found {
		leftOut += left[w]
	}
	all = slices.Concat(found...)
	slices.SortFunc(all, func(p, q pair) int {
		return cmp.Or(cmp.Compare(p.a.Text, q.a.Text), cmp.Compare(p.b.Text, q.b.Text), byPlaces(p, q))
	})
	return all, leftOut, err
}

// isMaximal reports whether two places share neither the word before nor that behind.
func (f *nearFinder) isMaximal(a, b Place, words int32) bool {
	x, y := f.Words(int(a.Text)), f.Words(int(b.Text))
	endA, endB := int(a.Word+words), int(b.Word+words)
	return (a.Word == 0 || b.Word == 0 || x[a.Word-1] != y[b.Word-1]) && (endA == len(x) || endB == len(y) || x[endA] != y[endB])
}

// extendAll extends the seeds, and returns what is long enough.
func (f *nearFinder) extendAll(ctx context.Context, seeds []pair) ([]pair, error) {
	var starts []int // of the seeds of each two texts
	for i, s := range seeds {
		if i == 0 || s.a.Text != seeds[i-1].a.Text || s.b.Text != seeds[i-1].b.Text {
			starts = append(starts, i)
		}
	}
	starts = append(starts, len(seeds))
	found, workers := make([][]pair, f.Jobs), make([]extender, f.Jobs)
	err := parallel.Each(ctx, len(starts)-1, f.Jobs, nil, func(worker, n int) {
		for _, p := range together(f.stretches(&workers[worker], seeds[starts[n]:starts[n+1]]), f.Share) {
			if int(p.equal) >= f.Least {
				found[worker] = append(found[worker], p)
			}
		}
	})
	return slices.Concat(found...), err
}

// stretches extends the seeds of two texts, each that is in no other stretch.
func (f *nearFinder) stretches(e *extender, seeds []pair) (all []pair) {
	longest := slices.Clone(seeds)
	slices.SortFunc(longest, func(p, q pair) int { return cmp.Or(cmp.Compare(q.equal, p.equal), byPlaces(p, q)) })
	for _, s := range longest {
		if !slices.ContainsFunc(all, func(p pair) bool {
			return p.a.Word <= s.a.Word && s.endA() <= p.endA() && p.b.Word <= s.b.Word && s.endB() <= p.endB()
		}) {
			all = append(all, f.extend(e, s))
		}
	}
	return all
}

// extend extends a seed as far as more words are equal than not; if too few of all are
// then, as far as each stretch at an end has the share that is asked for.
func (f *nearFinder) extend(e *extender, seed pair) pair {
	p := seed
	for _, different := range []float64{1, f.Share / (1 - f.Share)} { // how many equal words a difference costs
		x, y := f.Words(int(seed.a.Text)), f.Words(int(seed.b.Text))
		cost := int32(2 * (1 + different))
		before := e.extend(x[:seed.a.Word], y[:seed.b.Word], true, cost)
		behind := e.extend(x[seed.endA():], y[seed.endB():], false, cost)
		p.a.Word, p.b.Word = seed.a.Word-before.a, seed.b.Word-before.b
		p.wordsA, p.wordsB = seed.wordsA+before.a+behind.a, seed.wordsB+before.b+behind.b
		if p.equal = seed.equal + before.equal + behind.equal; p.same() >= f.Share {
			return p
		}
	}
	return seed // the share was rounded
}
