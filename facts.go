package qissa

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"qissa/article"
)

// A Fact is a number or date that stands in one article of a pair only.
type Fact struct {
	Kind FactKind
	Text string // as written
	At   [2]int // its place in the stored text, in code points, half open
}

// FactKind tells a date from a number.
type FactKind string

// The kinds of facts.
const (
	Date   FactKind = "date"   // a day of the week, or a day and month in any of the four traditions of month names
	Number FactKind = "number" // anything else in digits
)

// mostFacts bounds the differences that are listed for each article of a pair.
const mostFacts = 20

// A foundFact is a fact with the form in which it compares equal however it is
// written.
type foundFact struct {
	canonical string
	Fact
}

// facts lists the numbers and dates of an article in order. The places are those
// of its words.
func (t *texts) facts(i int, a *article.Article, places []span, memory *[]byte) []foundFact {
	facts := t.factsIn(nil, t.head(i), places, a.Title, 0)
	title := t.title[i]
	return t.factsIn(facts, t.all(i)[title:], places[title:], a.LoadBody(memory), utf8.RuneCountInString(a.Title)+1)
}

// factsIn adds the facts of a text, which begins at a code point of the stored one.
func (t *texts) factsIn(facts []foundFact, words []uint32, places []span, text string, begins int) []foundFact {
	for i := 0; i < len(words); {
		if t.kind[words[i]] == other {
			i++
			continue
		}
		kind, canonical, n := t.factAt(words[i:])
		at := span{places[i][0], places[i+n-1][1]}
		// Facts come in order: the text before each is gone over once.
		before := skipRunes(text, at[0]-begins)
		text, begins = text[before:], at[0]
		facts = append(facts, foundFact{canonical, Fact{kind, strings.Clone(text[:skipRunes(text, at[1]-at[0])]), at}})
		i += n
	}
	return facts
}

// skipRunes returns the length of the first n code points in bytes.
func skipRunes(s string, n int) int {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		switch c := s[i]; {
		case c < utf8.RuneSelf:
			i++
		case c >= 0xC2 && c <= 0xDF && i+1 < len(s) && s[i+1]&0xC0 == 0x80: // nearly all others
			i += 2
		default:
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
		}
	}
	return i
}

// factAt reads the fact that the words begin with, a number or a day of the
// week. It has n words.
func (t *texts) factAt(words []uint32) (kind FactKind, canonical string, n int) {
	first := t.words[words[0]]
	if t.kind[words[0]] == weekday {
		return Date, first, 1
	}
	if day, err := strconv.Atoi(first); err == nil && 1 <= day && day <= 31 {
		for n := 2; n <= min(3, len(words)); n++ {
			name := make([]string, 0, 2)
			for _, w := range words[1:n] {
				name = append(name, t.words[w])
			}
			if month := article.Month(strings.Join(name, " ")); month > 0 {
				return Date, strconv.Itoa(day) + "/" + strconv.Itoa(month), n
			}
		}
	}
	return Number, first, 1
}

// onlyIn lists the facts of one text that the other does not have, each once.
func onlyIn(text, other []foundFact) []Fact {
	has := map[string]bool{}
	for _, f := range other {
		has[f.canonical] = true
	}
	var only []Fact
	for _, f := range text {
		if !has[f.canonical] && len(only) < mostFacts {
			has[f.canonical] = true
			only = append(only, f.Fact)
		}
	}
	return only
}
