package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"qissa/article"
)

// agencies are the news agencies whose credit is looked for, with the ways in
// which outlets write them. Brief names are also words, or parts of words, and
// count only in brackets or after «وكالة» (agency).
var agencies = [...]struct {
	name  string
	full  []string
	brief []string
}{
	{"فرانس برس", []string{"فرانس برس", "أ ف ب", "أ.ف.ب", "ا ف ب", "ا.ف.ب"}, []string{"الفرنسية", "أف ب"}},
	{"رويترز", []string{"رويترز"}, nil},
	{"أسوشيتد برس", []string{"أسوشيتد برس", "اسوشيتد برس", "أسوشييتد برس", "أسوشيتدبرس"}, []string{"أ ب", "أ.ب"}},
	{"الألمانية", []string{"د ب أ", "د.ب.أ", "د ب ا"}, []string{"الألمانية"}},
	{"واس", nil, []string{"واس", "الأنباء السعودية"}},
	{"الأناضول", nil, []string{"الأناضول", "أناضول"}},
	{"تاس", nil, []string{"تاس"}},
	{"سبوتنيك", nil, []string{"سبوتنيك", "نوفوستي"}},
	{"شينخوا", []string{"شينخوا"}, nil},
	{"وام", nil, []string{"وام", "أنباء الإمارات"}},
	{"كونا", nil, []string{"كونا", "الأنباء الكويتية"}},
	{"بترا", nil, []string{"بترا"}},
}

// creditLength is how many bytes at either end of an article are searched:
// credits stand in the dateline, in the first sentences, or at the end.
const creditLength = 600

// credits returns the agencies that an article names as its source.
func credits(a article.Article) []string {
	text := a.Body
	if len(text) > 2*creditLength {
		text = text[:boundary(text, creditLength)] + "\n" + text[boundary(text, len(text)-creditLength):]
	}
	var names []string
	brief := strings.Contains(text, "(") || strings.Contains(text, "وكالة")
	for _, agency := range agencies {
		if named(text, agency.full, aWord) || brief && named(text, agency.brief, asCredit) {
			names = append(names, agency.name)
		}
	}
	return names
}

// named reports whether one of the spellings stands in the text as the rule,
// which sees what is before and after it, wants it.
func named(text string, spellings []string, rule func(before, after string) bool) bool {
	for _, s := range spellings {
		for from := 0; ; {
			i := strings.Index(text[from:], s)
			if i < 0 {
				break
			}
			i += from
			from = i + len(s)
			if rule(text[:i], text[from:]) {
				return true
			}
		}
	}
	return false
}

// aWord accepts what is no part of a longer word.
func aWord(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	return !ofWord(last) && !ofWord(next)
}

// asCredit accepts a word in brackets or after the word for agency.
func asCredit(before, after string) bool {
	if !aWord(before, after) {
		return false
	}
	before = strings.TrimRight(before, " «\"“:")
	if strings.HasSuffix(before, "وكالة") || strings.HasSuffix(before, "وكالة الأنباء") {
		return true
	}
	after = strings.TrimLeft(after, " ")
	return strings.HasSuffix(before, "(") && strings.HasPrefix(after, ")")
}

func ofWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || r == 'ـ' }

// boundary returns the first place from n on where a code point starts.
func boundary(s string, n int) int {
	for n < len(s) && !utf8.RuneStart(s[n]) {
		n++
	}
	return n
}
