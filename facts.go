package qissa

import (
	"slices"
	"strconv"
	"strings"

	"qissa/article"
	"qissa/vectorize/arabic"
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

// weekdays are the days of the week as words are folded.
var weekdays = []string{"الاحد", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعه", "السبت"}

// A foundFact is a fact with the form in which it compares equal however it is
// written.
type foundFact struct {
	canonical string
	Fact
}

// factsOf lists the numbers and dates of a text in order.
func factsOf(text string) []foundFact {
	words := slices.Collect(arabic.Words(text))
	codePoints := []rune(text)
	var facts []foundFact
	for i := 0; i < len(words); {
		kind, canonical, n := factAt(words[i:])
		if n == 0 {
			i++
			continue
		}
		at := [2]int{words[i].Start, words[i+n-1].End}
		facts = append(facts, foundFact{canonical, Fact{kind, string(codePoints[at[0]:at[1]]), at}})
		i += n
	}
	return facts
}

// factAt reads the fact that the words begin with. It has n words, 0 if there
// is none.
func factAt(words []arabic.Word) (kind FactKind, canonical string, n int) {
	first := words[0].Text
	if slices.Contains(weekdays, first) {
		return Date, first, 1
	}
	if kindOf(first) == noNumber {
		return "", "", 0
	}
	if day, err := strconv.Atoi(first); err == nil && 1 <= day && day <= 31 {
		for n := 2; n <= min(3, len(words)); n++ {
			name := make([]string, 0, 2)
			for _, w := range words[1:n] {
				name = append(name, w.Text)
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
