package keyphrase

import (
	"slices"

	"qissa/internal/corpus"
)

const (
	wholeWords = 5   // words of the longest phrase once it is whole: «الرئيس الأميركي دونالد ترامب» has 4; chosen by eye
	wholeBody  = 200 // words of a body that tell how a phrase goes on; 100 and 400 change 1 phrase in 60
)

// A context is the word before some words and the one behind them; NoTerm at an end of a title or text.
type context struct{ before, behind uint32 }

// An occurrence is where words stand.
type occurrence struct{ article, first int }

// whole adds to a phrase the words without which it would end inside a name: «المبعوث الأميركي كيث» goes on with «كيلوغ» where the story speaks of him.
// It returns the words, and where they stand together: the phrase as it was first seen if nothing is added, or if it goes on for longer than a phrase is.
func (f *Finder) whole(p *phrase, members []int) ([]uint32, occurrence) {
	first := occurrence{p.article, p.first}
	words, at := slices.Clone(p.words[:p.n]), first
	for more := f.goesOn(words, members); more != corpus.NoTerm; more = f.goesOn(words, members) {
		next, found := f.occurrence(append(words, more), members)
		switch {
		case !found: // its last words go on so elsewhere
			return f.upToContent(words, p.n), at
		case len(words) == wholeWords:
			return p.words[:p.n], first
		}
		words, at = append(words, more), next
	}
	return f.upToContent(words, p.n), at
}

// upToContent returns the words without those at the end that may not end a phrase, but at least n.
func (f *Finder) upToContent(words []uint32, n int) []uint32 {
	for len(words) > n && !f.content(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return words
}

// writtenUp writes the words as they stand at a place, and where a clause ends inside them, those up to there, but at least n.
func (f *Finder) writtenUp(words []uint32, at occurrence, n int) (string, []uint32) {
	for ; len(words) > n; words = f.upToContent(words[:len(words)-1], n) {
		if text := f.written(at, len(words)); text != "" {
			return text, words
		}
	}
	return f.written(at, n), words
}

// goesOn returns the word that stands behind the words in most places, NoTerm if none does or nothing tells. Copies of one text are one place: what
// counts are different words before or behind. Where the words stand in one place alone, their last ones tell;
// of the last word alone three of four places must agree.
func (f *Finder) goesOn(words []uint32, members []int) uint32 {
	for ; len(words) > 0; words = words[1:] {
		f.contexts = f.contexts[:0]
		f.places(words, members, func(_ occurrence, c context) bool {
			if !slices.Contains(f.contexts, c) {
				f.contexts = append(f.contexts, c)
			}
			return true
		})
		if len(f.contexts) < 2 {
			continue
		}
		for _, c := range f.contexts {
			same := 0
			for _, other := range f.contexts {
				if other.behind == c.behind {
					same++
				}
			}
			if len(words) > 1 && 2*same > len(f.contexts) || 4*same >= 3*len(f.contexts) {
				if c.behind != corpus.NoTerm && (f.content(c.behind) || isParticle(f.Corpus.Words[c.behind])) {
					return c.behind
				}
				break
			}
		}
		return corpus.NoTerm
	}
	return corpus.NoTerm
}

// occurrence returns the first place of the words.
func (f *Finder) occurrence(words []uint32, members []int) (at occurrence, found bool) {
	f.places(words, members, func(o occurrence, _ context) bool {
		at, found = o, true
		return false
	})
	return at, found
}

// places calls visit with each place of the words until it returns false: in titles, and in the first words of bodies.
func (f *Finder) places(words []uint32, members []int, visit func(occurrence, context) bool) {
	for _, m := range members {
		all, title := f.Corpus.All(m), f.Corpus.TitleLen(m)
		all = all[:min(len(all), title+wholeBody)]
		for i := 0; i+len(words) <= len(all); i++ {
			end := i + len(words)
			if all[i] != words[0] || i < title && end > title || !slices.Equal(all[i:end], words) {
				continue
			}
			c := context{corpus.NoTerm, corpus.NoTerm}
			if i > 0 && i != title {
				c.before = all[i-1]
			}
			if end < len(all) && end != title {
				c.behind = all[end]
			}
			if !visit(occurrence{m, i}, c) {
				return
			}
		}
	}
}

// isParticle tells whether a name goes on behind the word: «محمد بن سلمان».
func isParticle(word string) bool {
	switch word {
	case "بن", "ابن", "بنت", "ال", "ابو", "ابي", "ام", "عبد":
		return true
	}
	return false
}
