// Package passages finds the passages that texts have in common: all of so many words or
// more, exactly.
//
// A passage is words in sequence that stand in two or more texts, and that are maximal:
// the word before it is not the same in all its places, nor is the word behind it, where
// the end of each text counts as a word of its own (a maximal repeat: Gusfield, 1997). So
// what two texts share is one passage from its first word to its last, and each passage is
// what some two of its places share. If a third text has a part of it, that part is a
// passage too, which stands in all three.
//
// It is found in three steps. Of each text some sequences of words are chosen, so that two
// that share a passage have one of these in common (package winnow), at the same word of
// the passage. Those that stand once are told apart by bits, the others are collected and
// sorted by their hashes. Places of one hash are then sorted by the words behind them and
// by those before them; which of them agree how far is what passages are.
//
//	passage.go   the passages of texts
//	anchors.go   sequences that stand several times, by hash
//	maximal.go   places of one sequence → passages around it
//	loans.go     places of one sequence → what texts have of earlier ones
//	near.go      passages → those that are changed in some places; extend.go, together.go, groups.go: its steps
package passages

import (
	"cmp"
	"context"
	"slices"

	"qissa/internal/parallel"
)

// A Place is where a passage stands: the number of the text, and of the word in it.
type Place struct{ Text, Word int32 }

// A Passage is words that stand in several texts.
type Passage struct {
	Words  int32
	Texts  int32   // how many texts have it
	Places []Place // ascending
}

// Texts are the texts that passages are looked for in.
type Texts struct {
	Len   int
	Words func(i int) []uint32 // of a text, by number of the word
	Hash  []uint64             // of each word, by its number
	Same  []int32              // of each text the first one with its words; nil if all are different
	Other []bool               // of each text, whether it is of another corpus: passages stand on both sides; nil for one corpus
}

// Options are how passages are looked for.
type Options struct {
	Least    int                   // words of a passage, [LeastWords] or more
	Jobs     int                   // workers, 0 for one per processor; never changes the result
	Progress func(done, total int) // steps done so far; nil for silence
}

// LeastWords is the least number of words that a passage may be asked for: two texts
// share less by chance.
const LeastWords = 4

// Found are the passages of texts.
type Found struct {
	Passages []Passage // those in most texts first, then by their places, the longer first
	LeftOut  int       // longer variants of passages in very many places that were not looked for
}

// Find finds the passages. Cost linear in the words and, but for a logarithm, in the places
// found; passages in more than [manyPlaces] places have as many variants as take no more
// than [variants] times their places.
func Find(ctx context.Context, texts Texts, opt Options) (Found, error) {
	f := newFinder(texts, opt)
	if texts.Same != nil {
		f.fold()
	}
	f.found = make([]collected, f.jobs)
	around := make([]maximal, f.jobs)
	for w := range around {
		around[w] = maximal{finder: f, to: &f.found[w]}
	}
	if err := f.findAnchors(ctx, func(worker int, places []anchor) { around[worker].find(places) }); err != nil {
		return Found{}, err
	}
	found := Found{}
	for w := range f.found {
		found.Passages = append(found.Passages, f.found[w].passages...)
		found.LeftOut += f.found[w].leftOut
		f.found[w] = collected{}
	}
	if f.copies != nil {
		f.unfold(found.Passages)
	}
	slices.SortFunc(found.Passages, func(a, b Passage) int {
		return cmp.Or(cmp.Compare(b.Texts, a.Texts), byPlace(a.Places[0], b.Places[0]), cmp.Compare(b.Words, a.Words))
	})
	return found, nil
}

// gramOf returns how many words are hashed: two thirds of a passage, for longer ones are
// rarer, and the fewer of a passage are, the fewer sequences are chosen. More than 16 are
// no rarer.
func gramOf(least int) int { return min(16, (2*least+2)/3) }

// A finder finds passages.
type finder struct {
	Texts
	least, gram, window int
	jobs                int
	progress            func(done, total int)
	found               []collected // of each worker

	folded []bool            // texts that stand for nothing: two others have their words
	copies map[int32][]int32 // the folded ones, by the first text with their words
}

func newFinder(texts Texts, opt Options) *finder {
	least := max(opt.Least, LeastWords)
	gram := gramOf(least)
	return &finder{Texts: texts, least: least, gram: gram, window: least - gram + 1, jobs: parallel.Jobs(opt.Jobs), progress: opt.Progress}
}

// collected is what a worker found.
type collected struct {
	passages []Passage
	memory   []Place // of the places
	leftOut  int
}

// fold sets texts aside that have the words of two others: these have all passages that
// they have, and their ends differ.
func (f *finder) fold() {
	f.folded, f.copies = make([]bool, f.Len), map[int32][]int32{}
	type key struct {
		first int32
		other bool
	}
	second := map[key]bool{}
	for i, first := range f.Same {
		key := key{first, f.isOther(int32(i))}
		switch {
		case int32(i) == first:
		case !second[key]:
			second[key] = true
		default:
			f.folded[i] = true
			f.copies[first] = append(f.copies[first], int32(i))
		}
	}
}

func (f *finder) isOther(i int32) bool { return f.Other != nil && f.Other[i] }

// unfold adds the places in texts that were set aside.
func (f *finder) unfold(passages []Passage) {
	for n := range passages {
		p := &passages[n]
		var more []Place
		for _, at := range p.Places {
			if at.Text == f.Same[at.Text] {
				for _, other := range f.copies[at.Text] {
					more = append(more, Place{other, at.Word})
				}
			}
		}
		if more == nil {
			continue
		}
		p.Places = append(slices.Clip(p.Places), more...)
		slices.SortFunc(p.Places, byPlace)
		p.Texts = textsOf(p.Places)
	}
}

func byPlace(a, b Place) int {
	return cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.Word, b.Word))
}

// textsOf counts the texts of places, which are ascending.
func textsOf(places []Place) (n int32) {
	for i, p := range places {
		if i == 0 || p.Text != places[i-1].Text {
			n++
		}
	}
	return n
}
