package qissa

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"qissa/article"
	"qissa/internal/corpus"
)

// mostFacts bounds the differences that are listed for each article of a pair.
const mostFacts = 20

// A foundFact is a fact with the form in which it compares equal however it is
// written.
type foundFact struct {
	canonical string
	Fact
}

// readFacts lists the numbers and dates of an article in order. Offsets are those of its
// words.
func readFacts(c *corpus.Corpus, i int, a *article.Article, offsets []corpus.Span, memory *[]byte) []foundFact {
	facts := factsIn(nil, c, c.Title(i), offsets, a.Title, 0)
	title := c.TitleLen(i)
	return factsIn(facts, c, c.All(i)[title:], offsets[title:], a.LoadBody(memory), utf8.RuneCountInString(a.Title)+1)
}

// factsIn adds the facts of a text, which begins at a code point of the stored one.
func factsIn(facts []foundFact, c *corpus.Corpus, words []uint32, offsets []corpus.Span, text string, begins int) []foundFact {
	for i := 0; i < len(words); {
		if c.Kind(words[i]) == corpus.Other {
			i++
			continue
		}
		kind, canonical, n := factAt(c, words[i:])
		at := corpus.Span{offsets[i][0], offsets[i+n-1][1]}
		// Facts come in order: the text before each is gone over once.
		before := corpus.SkipRunes(text, at[0]-begins)
		text, begins = text[before:], at[0]
		facts = append(facts, foundFact{canonical, Fact{kind, strings.Clone(text[:corpus.SkipRunes(text, at[1]-at[0])]), at}})
		i += n
	}
	return facts
}

// factAt reads the fact that the words begin with, a number or a day of the
// week. It has n words.
func factAt(c *corpus.Corpus, words []uint32) (kind FactKind, canonical string, n int) {
	first := c.Words[words[0]]
	if c.Kind(words[0]) == corpus.Weekday {
		return Date, first, 1
	}
	if day, err := strconv.Atoi(first); err == nil && 1 <= day && day <= 31 {
		for n := 2; n <= min(3, len(words)); n++ {
			name := make([]string, 0, 2)
			for _, w := range words[1:n] {
				name = append(name, c.Words[w])
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
