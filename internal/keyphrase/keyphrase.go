// Package keyphrase finds the phrases that name a story.
package keyphrase

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"qissa/article"
	"qissa/internal/corpus"
)

// Chosen by eye.
const (
	mostPhrases   = 5   // of a story
	phraseWords   = 3   // words of the longest phrase
	phraseBody    = 60  // words of the body that are searched for phrases
	phraseMembers = 25  // members that are searched
	titleMention  = 3.0 // mentions in bodies that one in a title is worth
)

// phrase is a sequence of words, and where it was first seen.
type phrase struct {
	words   [phraseWords]uint32
	n       int
	members int // that hold it
	titles  int // that hold it in the title
	last    int // member that held it last
	article int
	first   int // number of its first word there
	score   float64
}

// A Finder finds the phrases of one story after the other. Every worker has its own:
// its memory is used again.
type Finder struct {
	Corpus   *corpus.Corpus
	Articles []article.Article
	Rarity   []float64 // inverse document frequency of each term in whole texts

	list     []phrase
	slot     []int32 // by hash: 1 + the number of a phrase in the list, 0 for none
	text     []byte  // a body that was compressed
	offsets  []corpus.Span
	contexts []context
}

// Phrases returns at most 5 phrases of two or three words that tell what the members
// are about, as they are written in the text, best first: those that many members
// hold, in titles above all, and whose words are rare. They neither begin nor end
// with a stop word, and have up to 5 words where they would end inside a name. Of a single article only the title is searched, for a phrase of
// its body is shared by nobody.
func (f *Finder) Phrases(members []int) []string {
	members = members[:min(phraseMembers, len(members))]
	searched := func(m int) int {
		if len(members) == 1 {
			return f.Corpus.TitleLen(m)
		}
		return min(len(f.Corpus.All(m)), f.Corpus.TitleLen(m)+phraseBody)
	}
	most := 0
	for _, m := range members {
		most += (phraseWords - 1) * searched(m)
	}
	f.reset(most)
	for k, m := range members {
		words, end := f.Corpus.All(m), searched(m)
		for i := range end {
			limit := end
			if i < f.Corpus.TitleLen(m) {
				limit = f.Corpus.TitleLen(m) // no phrase runs from the title into the body
			}
			for n := 2; n <= phraseWords && i+n <= limit; n++ {
				f.see(words[i:i+n], k, m, i)
			}
		}
	}
	list := make([]*phrase, 0, len(f.list))
	for n := range f.list {
		if p := &f.list[n]; p.members > 1 || p.titles > 0 {
			p.score = f.score(p)
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b *phrase) int {
		return cmp.Or(
			cmp.Compare(b.score, a.score), cmp.Compare(b.n, a.n),
			cmp.Compare(a.article, b.article), cmp.Compare(a.first, b.first))
	})
	return f.best(list, members)
}

// reset makes room for as many phrases as most.
func (f *Finder) reset(most int) {
	slots := 2 << bits.Len(uint(most))
	f.list, f.slot = f.list[:0], slices.Grow(f.slot[:0], slots)[:slots]
	clear(f.slot)
}

// mixing are odd numbers whose products with small ones differ in the upper half.
var mixing = [phraseWords]uint64{0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9, 0x94d049bb133111eb}

// find returns the slot of the words: the one that holds them, else an empty one.
func (f *Finder) find(words [phraseWords]uint32) *int32 {
	h := uint64(words[0])*mixing[0] + uint64(words[1])*mixing[1] + uint64(words[2])*mixing[2]
	for at := h >> 32; ; at++ {
		slot := &f.slot[at&uint64(len(f.slot)-1)]
		if *slot == 0 || f.list[*slot-1].words == words {
			return slot
		}
	}
}

// see counts the words, which begin at word i of member k, article m.
func (f *Finder) see(words []uint32, k, m, i int) {
	if !f.content(words[0]) || !f.content(words[len(words)-1]) {
		return
	}
	var key [phraseWords]uint32
	for j := range key {
		key[j] = corpus.NoTerm
	}
	copy(key[:], words)
	slot := f.find(key)
	if *slot == 0 {
		f.list = append(f.list, phrase{words: key, n: len(words), last: -1, article: m, first: i})
		*slot = int32(len(f.list))
	}
	p := &f.list[*slot-1]
	if p.last != k {
		p.last = k
		p.members++
		if i < f.Corpus.TitleLen(m) {
			p.titles++
		}
	}
}

// content tells whether a word may begin or end a phrase.
func (f *Finder) content(word uint32) bool {
	return f.Corpus.Term[word] != corpus.NoTerm && !f.Corpus.IsNumber(word) && len(f.Corpus.Words[word]) > 4
}

// score is the mentions of a phrase times the rarity of its words.
func (f *Finder) score(p *phrase) float64 {
	sum := 0.0
	for _, w := range p.words[:p.n] {
		if term := f.Corpus.Term[w]; term != corpus.NoTerm {
			sum += f.Rarity[term]
		}
	}
	return sum * (float64(p.members-p.titles) + titleMention*float64(p.titles))
}

// best takes the best phrases that say something new, makes them whole and writes
// them as they stand in an article.
func (f *Finder) best(list []*phrase, members []int) []string {
	var out []string
	var used []uint32
	for _, p := range list {
		fresh := 0
		for _, w := range p.words[:p.n] {
			if f.Corpus.Term[w] != corpus.NoTerm && !slices.Contains(used, f.Corpus.Term[w]) {
				fresh++
			}
		}
		if fresh*2 < p.n || fresh < 2 {
			continue
		}
		words, at := f.whole(p, members)
		text, words := f.writtenUp(words, at, p.n)
		if text == "" {
			continue
		}
		out = append(out, text)
		for _, w := range words {
			used = append(used, f.Corpus.Term[w])
		}
		if len(out) == mostPhrases {
			break
		}
	}
	return out
}

// written returns n words as they stand in an article, "" if a mark inside them
// ends a clause.
func (f *Finder) written(at occurrence, n int) string {
	a := &f.Articles[at.article]
	f.offsets = f.Corpus.Offsets(f.offsets[:0], at.article, at.first+n)
	from, to := f.offsets[at.first][0], f.offsets[at.first+n-1][1]
	text := a.Title
	if at.first >= f.Corpus.TitleLen(at.article) {
		title := utf8.RuneCountInString(a.Title) + 1
		text, from, to = a.LoadBody(&f.text), from-title, to-title
	}
	s := text[corpus.SkipRunes(text, from):]
	s = s[:corpus.SkipRunes(s, to-from)]
	if strings.ContainsAny(s, ".،؛:!؟?()«»\"“”\n[]|/-–—…#") {
		return ""
	}
	return strings.Clone(strings.Join(strings.Fields(s), " ")) // a single field is in memory
}
