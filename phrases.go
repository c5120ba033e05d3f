package qissa

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"qissa/article"
)

const (
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

// keyPhrases returns phrases of two or three words that tell what the members
// are about, as they are written in the text, best first: those that many
// members hold, in titles above all, and whose words are rare. They neither
// begin nor end with a stop word.
func (t *texts) keyPhrases(articles []article.Article, members []int, rarity []float64, found *phrases) []string {
	members = members[:min(phraseMembers, len(members))]
	searched := func(m int) int {
		if len(members) == 1 {
			return t.title[m] // a phrase of the body is nobody's but its own
		}
		return min(len(t.all(m)), t.title[m]+phraseBody)
	}
	most := 0
	for _, m := range members {
		most += (phraseWords - 1) * searched(m)
	}
	found.reset(most)
	for k, m := range members {
		words, end := t.all(m), searched(m)
		for i := range end {
			limit := end
			if i < t.title[m] {
				limit = t.title[m] // no phrase runs from the title into the body
			}
			for n := 2; n <= phraseWords && i+n <= limit; n++ {
				t.see(found, words[i:i+n], k, m, i)
			}
		}
	}
	list := make([]*phrase, 0, len(found.list))
	for n := range found.list {
		if p := &found.list[n]; p.members > 1 || p.titles > 0 {
			p.score = t.score(p, rarity)
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b *phrase) int {
		return cmp.Or(
			cmp.Compare(b.score, a.score), cmp.Compare(b.n, a.n),
			cmp.Compare(a.article, b.article), cmp.Compare(a.first, b.first))
	})
	return t.best(articles, list, found)
}

// phrases are the phrases of a story, each once. The memory is used again for
// the next story.
type phrases struct {
	list   []phrase
	slot   []int32 // by hash: 1 + the number of a phrase in the list, 0 for none
	text   []byte  // a body that was compressed
	places []span  // of the words of an article
}

// reset makes room for so many phrases.
func (f *phrases) reset(most int) {
	slots := 2 << bits.Len(uint(most))
	f.list, f.slot = f.list[:0], slices.Grow(f.slot[:0], slots)[:slots]
	clear(f.slot)
}

// find returns the slot of the words: the one that holds them, else an empty one.
func (f *phrases) find(words [phraseWords]uint32) *int32 {
	h := uint64(words[0])*mixing[0] + uint64(words[1])*mixing[1] + uint64(words[2])*mixing[2]
	for at := h >> 32; ; at++ {
		slot := &f.slot[at&uint64(len(f.slot)-1)]
		if *slot == 0 || f.list[*slot-1].words == words {
			return slot
		}
	}
}

func (t *texts) see(found *phrases, words []uint32, k, m, i int) {
	if !t.content(words[0]) || !t.content(words[len(words)-1]) {
		return
	}
	var key [phraseWords]uint32
	for j := range key {
		key[j] = noTerm
	}
	copy(key[:], words)
	slot := found.find(key)
	if *slot == 0 {
		found.list = append(found.list, phrase{words: key, n: len(words), last: -1, article: m, first: i})
		*slot = int32(len(found.list))
	}
	p := &found.list[*slot-1]
	if p.last != k {
		p.last = k
		p.members++
		if i < t.title[m] {
			p.titles++
		}
	}
}

// content tells whether a word may begin or end a phrase.
func (t *texts) content(word uint32) bool {
	return t.term[word] != noTerm && !t.isNumber(word) && len(t.words[word]) > 4
}

// score is the mentions of a phrase times the rarity of its words.
func (t *texts) score(p *phrase, rarity []float64) float64 {
	sum := 0.0
	for _, w := range p.words[:p.n] {
		if term := t.term[w]; term != noTerm {
			sum += rarity[term]
		}
	}
	return sum * (float64(p.members-p.titles) + titleMention*float64(p.titles))
}

// best takes the best phrases that say something new and writes them as
// they stand in their article.
func (t *texts) best(articles []article.Article, list []*phrase, memory *phrases) []string {
	var out []string
	var used []uint32
	for _, p := range list {
		fresh := 0
		for _, w := range p.words[:p.n] {
			if t.term[w] != noTerm && !slices.Contains(used, t.term[w]) {
				fresh++
			}
		}
		if fresh*2 < p.n || fresh < 2 {
			continue
		}
		text := t.written(&articles[p.article], p, memory)
		if text == "" {
			continue
		}
		out = append(out, text)
		for _, w := range p.words[:p.n] {
			used = append(used, t.term[w])
		}
		if len(out) == keyPhrases {
			break
		}
	}
	return out
}

// written returns the phrase as it stands in the article, "" if a mark inside
// it ends a clause.
func (t *texts) written(a *article.Article, p *phrase, memory *phrases) string {
	memory.places = t.firstPlaces(memory.places[:0], p.article, p.first+p.n)
	from, to := memory.places[p.first][0], memory.places[p.first+p.n-1][1]
	text := a.Title
	if p.first >= t.title[p.article] {
		title := utf8.RuneCountInString(a.Title) + 1
		text, from, to = a.LoadBody(&memory.text), from-title, to-title
	}
	s := text[skipRunes(text, from):]
	s = s[:skipRunes(s, to-from)]
	if strings.ContainsAny(s, ".،؛:!؟?()«»\"“”\n[]|/-–—…#") {
		return ""
	}
	return strings.Clone(strings.Join(strings.Fields(s), " ")) // a single field is in memory
}
