package passages

import (
	"cmp"
	"slices"
)

// sameSpan is the share of two spans of a text that is common to both from which they are
// one passage: one word in ten at either end may be changed.
const sameSpan = 0.8

// group makes passages of pairs: of the longest stretch of the first text, and of all
// stretches that are the same as it. A text whose stretch is in a passage already begins
// none with others of that passage. Those without a difference are no changed passage.
func group(pairs []pair) (all []NearPassage) {
	slices.SortFunc(pairs, func(p, q pair) int {
		return cmp.Or(cmp.Compare(p.a.Text, q.a.Text), cmp.Compare(q.wordsA, p.wordsA), byPlaces(p, q))
	})
	taken := map[int32][]takenSpan{} // by text
	for from := 0; from < len(pairs); {
		to := from + 1
		for to < len(pairs) && pairs[to].a.Text == pairs[from].a.Text {
			to++
		}
		for rest := pairs[from:to]; len(rest) > 0; {
			var one []pair
			first := rest[0]
			one, rest = part(rest, func(p pair) bool { return alike(first.a.Word, first.wordsA, p.a.Word, p.wordsA) })
			one = slices.DeleteFunc(one, func(p pair) bool { return inOnePassage(taken, p) })
			if !slices.ContainsFunc(one, func(p pair) bool { return !p.isExact() }) {
				continue
			}
			passage := passageOf(first, one)
			for _, at := range passage.Places {
				taken[at.Text] = append(taken[at.Text], takenSpan{len(all), at.Word, at.Words})
			}
			all = append(all, passage)
		}
		from = to
	}
	return all
}

// A takenSpan is a span of a text that is a place of a passage.
type takenSpan struct {
	passage     int
	word, words int32
}

// inOnePassage reports whether both places of a pair are places of a passage.
func inOnePassage(taken map[int32][]takenSpan, p pair) bool {
	return slices.ContainsFunc(taken[p.a.Text], func(x takenSpan) bool {
		return alike(x.word, x.words, p.a.Word, p.wordsA) && slices.ContainsFunc(taken[p.b.Text], func(y takenSpan) bool {
			return x.passage == y.passage && alike(y.word, y.words, p.b.Word, p.wordsB)
		})
	})
}

// alike reports whether two spans of a text are nearly the same.
func alike(at1, words1, at2, words2 int32) bool {
	common := min(at1+words1, at2+words2) - max(at1, at2)
	return float64(common) >= sameSpan*float64(max(at1+words1, at2+words2)-min(at1, at2))
}

// part parts pairs in two, each in the order of before.
func part(of []pair, is func(pair) bool) (yes, no []pair) {
	for _, p := range of {
		if is(p) {
			yes = append(yes, p)
		} else {
			no = append(no, p)
		}
	}
	return yes, no
}

// passageOf returns the passage of a stretch of a text and what is the same as it; of
// places that overlap the one with most equal words.
func passageOf(first pair, of []pair) NearPassage {
	slices.SortFunc(of, func(p, q pair) int { return cmp.Or(cmp.Compare(q.equal, p.equal), byPlaces(p, q)) })
	p := NearPassage{Places: []NearPlace{{first.a, first.wordsA, first.wordsA}}}
	for _, q := range of {
		if !slices.ContainsFunc(p.Places, func(at NearPlace) bool {
			return at.Text == q.b.Text && at.Word < q.endB() && q.b.Word < at.Word+at.Words
		}) {
			p.Places = append(p.Places, NearPlace{q.b, q.wordsB, q.equal})
		}
	}
	slices.SortFunc(p.Places, func(a, b NearPlace) int { return byPlace(a.Place, b.Place) })
	return p
}

func nearTexts(places []NearPlace) (n int32) {
	for i, p := range places {
		if i == 0 || p.Text != places[i-1].Text {
			n++
		}
	}
	return n
}

// copies are texts that have all words of an earlier one on their side.
type copies struct {
	first []int32           // of each text; nil if all are different
	of    map[int32][]int32 // by first text
}

func copiesOf(t Texts) copies {
	c := copies{}
	if t.Same == nil {
		return c
	}
	type key struct {
		first int32
		other bool
	}
	c.first, c.of = make([]int32, t.Len), map[int32][]int32{}
	firsts := map[key]int32{}
	for i, first := range t.Same {
		k := key{first, t.Other != nil && t.Other[i]}
		f, ok := firsts[k]
		if !ok {
			f = int32(i)
			firsts[k] = f
		} else {
			c.of[f] = append(c.of[f], int32(i))
		}
		c.first[i] = f
	}
	return c
}

// is reports whether a text is a copy of an earlier one.
func (c copies) is(i int32) bool { return c.first != nil && c.first[i] != i }

// unfold adds the places in copies.
func (c copies) unfold(places []NearPlace) []NearPlace {
	all := slices.Clone(places)
	for _, at := range places {
		for _, i := range c.of[at.Text] {
			copied := at
			copied.Text = i
			all = append(all, copied)
		}
	}
	slices.SortFunc(all, func(a, b NearPlace) int { return byPlace(a.Place, b.Place) })
	return all
}

// withoutChanged returns the exact passages of so many words that no changed one has all
// places of.
func withoutChanged(exact []Passage, near []NearPassage, least int) (left []Passage) {
	in := map[int32][]takenSpan{}
	for n, p := range near {
		for _, at := range p.Places {
			in[at.Text] = append(in[at.Text], takenSpan{n, at.Word, at.Words})
		}
	}
	holds := func(at Place, words int32, s takenSpan) bool {
		return s.word <= at.Word && at.Word+words <= s.word+s.words
	}
	for _, p := range exact {
		if int(p.Words) < least {
			continue
		}
		inside := slices.ContainsFunc(in[p.Places[0].Text], func(s takenSpan) bool {
			return holds(p.Places[0], p.Words, s) && int(p.Texts) <= int(near[s.passage].Texts) && !slices.ContainsFunc(p.Places, func(at Place) bool {
				return !slices.ContainsFunc(in[at.Text], func(t takenSpan) bool { return t.passage == s.passage && holds(at, p.Words, t) })
			})
		})
		if !inside {
			left = append(left, p)
		}
	}
	return left
}
