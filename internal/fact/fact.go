// Package fact reads the numbers, dates and names of articles: as they are written,
// and in a form in which they compare equal however they are written.
package fact

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"qissa/article"
	"qissa/internal/corpus"
	"qissa/vectorize/arabic"
)

// A Kind tells dates, numbers and names apart.
type Kind string

// The kinds of facts.
const (
	Date   Kind = "date"
	Number Kind = "number"
	Name   Kind = "name"
)

// A Fact is a number or date of an article.
type Fact struct {
	Kind      Kind
	Canonical string
	Text      string      // as written
	At        corpus.Span // its place in the stored text
	Word, End int         // its words in the article, half open
}

// Read lists the numbers and dates of an article in order. Offsets are those of its
// words.
func Read(c *corpus.Corpus, i int, a *article.Article, offsets []corpus.Span, memory *[]byte) []Fact {
	facts := factsIn(nil, c, c.All(i), 0, c.TitleLen(i), offsets, a.Title, 0)
	return factsIn(facts, c, c.All(i), c.TitleLen(i), len(c.All(i)), offsets, a.LoadBody(memory), utf8.RuneCountInString(a.Title)+1)
}

// factsIn adds the facts of a text, which begins at a code point of the stored one
// and has the words from first up to end. What stands in an address or touches Latin
// letters («4Pc», G20) is none.
func factsIn(facts []Fact, c *corpus.Corpus, words []uint32, first, end int, offsets []corpus.Span, text string, begins int) []Fact {
	done := 0 // bytes of the text before the code point begins
	for i := first; i < end; {
		if c.Kind(words[i]) == corpus.Other {
			i++
			continue
		}
		kind, canonical, n := factAt(c, words[i:end])
		at := corpus.Span{offsets[i][0], offsets[i+n-1][1]}
		// Facts come in order: the text before each is gone over once.
		done += corpus.SkipRunes(text[done:], at[0]-begins)
		begins = at[0]
		if n == 1 && kind == Number {
			_, runes := arabic.NumberAt(text[done:])
			for at[1] = max(at[1], at[0]+runes); i+n < end && offsets[i+n][0] < at[1]; n++ {
			}
			if n > 1 {
				kind, canonical = wholeAt(c, words[i:i+n], text[done:])
			}
		}
		length := corpus.SkipRunes(text[done:], at[1]-at[0])
		if kind != Number || !inAddress(text, done, done+length) {
			facts = append(facts, Fact{kind, canonical, strings.Clone(text[done : done+length]), at, i, i + n})
		}
		i += n
	}
	return facts
}

// wholeAt reads a fact of several numbers, with which a text begins: a date, a time,
// a score, a range. Dates are written day first or year first.
func wholeAt(c *corpus.Corpus, words []uint32, text string) (kind Kind, canonical string) {
	parts := make([]string, len(words))
	numbers := make([]int, len(words))
	for i, w := range words {
		parts[i] = c.Words[w]
		numbers[i], _ = strconv.Atoi(parts[i])
	}
	if len(parts) == 3 {
		if numbers[0] > 31 {
			slices.Reverse(numbers)
		}
		if 1 <= numbers[0] && numbers[0] <= 31 && 1 <= numbers[1] && numbers[1] <= 12 && numbers[2] > 31 {
			return Date, fmt.Sprintf("%d/%d/%d", numbers[0], numbers[1], numbers[2])
		}
	}
	sign := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsDigit(r) })
	r, _ := utf8.DecodeRuneInString(text[max(sign, 0):])
	return Number, strings.Join(parts, string(r))
}

// inAddress tells whether a piece of a text stands in an address or a tag, or touches
// letters of the Latin script.
func inAddress(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	if unicode.Is(unicode.Latin, before) || unicode.Is(unicode.Latin, after) {
		return true
	}
	start := strings.LastIndexFunc(text[:from], unicode.IsSpace) + 1
	word := text[start:from]
	return strings.Contains(word, "://") || strings.Contains(word, "www.") || strings.Contains(word, "t.co/") || strings.ContainsAny(word, "#@")
}

// hijriMonths are the months of the Islamic year, folded, then other spellings.
var hijriMonths = [24]string{
	"محرم", "صفر", "ربيع الاول", "ربيع الثاني", "جمادي الاولي", "جمادي الاخره", "رجب", "شعبان", "رمضان", "شوال", "ذو القعده", "ذو الحجه",
	"المحرم", "", "ربيع اول", "ربيع الاخر", "جمادي الاول", "جمادي الثانيه", "", "", "", "", "ذي القعده", "ذي الحجه",
}

// factAt reads the fact that the words begin with, a number or a day of the
// week. It has n words.
func factAt(c *corpus.Corpus, words []uint32) (kind Kind, canonical string, n int) {
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
			if month := slices.Index(hijriMonths[:], strings.Join(name, " ")); month >= 0 {
				return Date, strconv.Itoa(day) + "/h" + strconv.Itoa(month%12+1), n
			}
		}
	}
	return Number, first, 1
}
