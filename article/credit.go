package article

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// agencies are the news agencies whose credit is looked for, each with the ways
// in which outlets write it, folded as creditWords folds. Brief names are also
// other words and count only where a credit stands.
var agencies = [...]struct {
	name        string
	full, brief []string
}{
	{"فرانس برس", []string{"فرانس برس", "ا ف ب", "الصحافة الفرنسية"}, []string{"الفرنسية", "اف ب"}},
	{"رويترز", []string{"رويترز"}, nil},
	{"أسوشيتد برس", []string{"اسوشيتد برس", "اسوشييتد برس", "اسوشيتدبرس", "الاسوشيتد برس"}, []string{"ا ب"}},
	{"الألمانية", []string{"د ب ا"}, []string{"الالمانية"}},
	{"واس", []string{"الانباء السعودية"}, []string{"واس"}},
	{"الأناضول", nil, []string{"الاناضول", "اناضول"}},
	{"تاس", []string{"ايتار تاس"}, []string{"تاس"}},
	{"إنترفاكس", []string{"انترفاكس"}, nil},
	{"سبوتنيك", nil, []string{"سبوتنيك", "نوفوستي"}},
	{"شينخوا", []string{"شينخوا"}, nil},
	{"وام", []string{"انباء الامارات"}, []string{"وام"}},
	{"كونا", []string{"الانباء الكويتية"}, []string{"كونا"}},
	{"بترا", []string{"الانباء الاردنية"}, []string{"بترا"}},
	{"قنا", []string{"الانباء القطرية"}, nil},
	{"بنا", []string{"انباء البحرين"}, nil},
	{"العمانية", []string{"الانباء العمانية"}, nil},
	{"أ ش أ", []string{"ا ش ا", "انباء الشرق الاوسط"}, nil},
	{"سانا", []string{"العربية السورية للانباء"}, []string{"سانا"}},
	{"وفا", []string{"الانباء الفلسطينية", "المعلومات الفلسطينية"}, []string{"وفا"}},
	{"واج", []string{"الانباء الجزائرية"}, []string{"واج"}},
	{"وات", []string{"تونس افريقيا للانباء"}, []string{"وات"}},
	{"و م ع", []string{"و م ع", "المغرب العربي للانباء"}, nil},
}

// A spelling is one way in which an agency is written.
type spelling struct {
	agency int
	words  []string
	brief  bool
}

// spellings are all ways, by their first word.
var spellings = func() map[string][]spelling {
	byFirst := map[string][]spelling{}
	for n, a := range agencies {
		for i, text := range slices.Concat(a.full, a.brief) {
			words := strings.Fields(text)
			byFirst[words[0]] = append(byFirst[words[0]], spelling{n, words, i >= len(a.full)})
		}
	}
	return byFirst
}()

const (
	creditLength  = 600 // bytes at either end of a text that are searched
	datelineWords = 12  // «الرياض 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م واس»
)

// Credit returns the news agencies that a text names as its source, by their
// usual names in the order of a fixed list: in the dateline, in the first
// sentences or at the end, never inside another word. Names that are also other
// words (واس، تاس، الفرنسية) count in brackets, after «وكالة», at the end of a
// dateline, and alone on the last line.
func Credit(body string) []string {
	var found [len(agencies)]bool
	if len(body) <= 2*creditLength {
		findCredits(body, true, true, &found)
	} else {
		findCredits(body[:runeStart(body, creditLength)], true, false, &found)
		findCredits(body[runeStart(body, len(body)-creditLength):], false, true, &found)
	}
	var names []string
	for n, yes := range found {
		if yes {
			names = append(names, agencies[n].name)
		}
	}
	return names
}

// findCredits looks into a part of a text, which may hold its start and its end.
func findCredits(part string, start, end bool, found *[len(agencies)]bool) {
	var memory [2 * creditLength / 8]creditWord // of the stack: nothing is left of it
	words := creditWords(part, memory[:0])
	for i := range words {
		for _, s := range spellings[words[i].text] {
			if found[s.agency] || !spelled(words[i:], s.words) {
				continue
			}
			last := i + len(s.words) - 1
			after := part[words[last].to:]
			switch {
			case !s.brief, bracketed(part[:words[i].from], after), i > 0 && afterAgency(words[:i]):
				found[s.agency] = true
			case start && last < datelineWords && endsDateline(part[:words[i].from], after):
				found[s.agency] = true
			case end && last == len(words)-1 && alone(part[:words[i].from]):
				found[s.agency] = true
			}
		}
	}
}

// A creditWord is a folded word and its place.
type creditWord struct {
	text     string
	from, to int
}

// foldCredit takes the marks out of a word and makes all forms of alef one.
func foldCredit(word string) string {
	var memory [64]byte
	folded := memory[:0]
	for _, r := range word {
		switch {
		case !foldsInCredit(r):
			folded = utf8.AppendRune(folded, r)
		case r < 'ا':
			folded = utf8.AppendRune(folded, 'ا')
		}
	}
	return string(folded)
}

// creditWords adds the words of s without marks, all forms of alef as one.
func creditWords(s string, words []creditWord) []creditWord {
	from, folded := -1, true
	for i := 0; i <= len(s); {
		sign, n := creditSign{}, 1
		switch {
		case i == len(s):
		case s[i] < utf8.RuneSelf:
			sign = creditSigns[s[i]]
		case s[i]&^3 == 0xD8 && i+1 < len(s):
			sign, n = creditSigns[0x600|uint(s[i]&3)<<6|uint(s[i+1]&0x3F)], 2
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			sign, n = newCreditSign(r), size
		}
		switch {
		case sign.word && from < 0:
			from, folded = i, !sign.folds
		case sign.word:
			folded = folded && !sign.folds
		case from >= 0:
			text := s[from:i]
			if !folded {
				text = foldCredit(text)
			}
			words = append(words, creditWord{text, from, i})
			from = -1
		}
		i += n
	}
	return words
}

// A creditSign tells of a code point whether it belongs to a word, and whether
// it is folded there.
type creditSign struct{ word, folds bool }

func foldsInCredit(r rune) bool {
	return r == 'أ' || r == 'إ' || r == 'آ' || r == 'ـ' || r >= 'ً' && r <= 'ْ'
}

func newCreditSign(r rune) creditSign {
	return creditSign{
		word:  r >= 'ء' && r <= 'ْ' || unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r),
		folds: foldsInCredit(r),
	}
}

// creditSigns are the signs of the code points up to U+06FF.
var creditSigns = func() (signs [0x700]creditSign) {
	for r := range signs {
		signs[r] = newCreditSign(rune(r))
	}
	return signs
}()

// spelled reports whether the words begin with a spelling.
func spelled(words []creditWord, spelling []string) bool {
	if len(words) < len(spelling) {
		return false
	}
	for i, w := range spelling {
		if words[i].text != w || i > 0 && words[i].from-words[i-1].to > 2 {
			return false
		}
	}
	return true
}

const creditSpace = " .\u00a0\u200f\u200e"

// bracketed reports whether a name between the two stands in brackets, alone or
// in a list.
func bracketed(before, after string) bool {
	before, after = strings.TrimRight(before, creditSpace), strings.TrimLeft(after, creditSpace)
	return hasAnySuffix(before, "(", "[", "/", "،", ",") && hasAnyPrefix(after, ")", "]", "/", "،", ",") &&
		strings.LastIndexAny(before, "([") > strings.LastIndexAny(before, ")]")
}

// afterAgency reports whether the words end in the word for agency, with or
// without a letter in front of it.
func afterAgency(words []creditWord) bool {
	last := words[len(words)-1].text
	return strings.HasSuffix(last, "وكالة") || last == "الانباء" && len(words) > 1 && strings.HasSuffix(words[len(words)-2].text, "وكالة")
}

// endsDateline reports whether a name between the two stands where a dateline
// ends: behind nothing, a dash or a date, and before a colon, a dash or the end of
// a line.
func endsDateline(before, after string) bool {
	before, after = strings.TrimRight(before, creditSpace), strings.TrimLeft(after, creditSpace)
	lineEnds, dated := hasAnyPrefix(after, "\n", "\r"), strings.ContainsFunc(before, unicode.IsDigit)
	return lineEnds && dated || (before == "" || hasAnySuffix(before, "-", "–", "—", "/", "،")) && hasAnyPrefix(after, ":", "-", "–", "—", "/", "\n", "\r")
}

// alone reports whether nothing but signs stands in the line before a name.
func alone(before string) bool {
	line := before[strings.LastIndexByte(before, '\n')+1:]
	return len(line) < len(before) && !strings.ContainsFunc(line, unicode.IsLetter)
}

func hasAnyPrefix(s string, signs ...string) bool {
	return slices.ContainsFunc(signs, func(sign string) bool { return strings.HasPrefix(s, sign) })
}

func hasAnySuffix(s string, signs ...string) bool {
	return slices.ContainsFunc(signs, func(sign string) bool { return strings.HasSuffix(s, sign) })
}

// runeStart returns the first place from n on where a code point starts.
func runeStart(s string, n int) int {
	for n < len(s) && !utf8.RuneStart(s[n]) {
		n++
	}
	return n
}
