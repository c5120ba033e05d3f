package arabic

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// NumberAt returns the length in bytes and code points of the number that s begins
// with, as a reader sees it: with the separators between its digits and a percent
// sign behind, so that 7.35%, 10/8/2015, 15:08, 2-1 and 100–150 are one. It is 0 if
// s does not begin with a digit.
func NumberAt(s string) (bytes, runes int) {
	for n := 0; bytes < len(s); {
		r, size := utf8.DecodeRuneInString(s[bytes:])
		switch {
		case unicode.IsDigit(r):
		case n > 0 && (r == '%' || r == '٪'):
			return bytes + size, runes + 1
		case n == 0 || !joinsDigits(r) || !beginsWithDigit(s[bytes+size:]):
			return bytes, runes
		}
		bytes, runes, n = bytes+size, runes+1, n+1
	}
	return bytes, runes
}

// WholeNumbers returns the places of the numbers of a text, as [NumberAt] reads
// them, in code points, half open and ascending.
func WholeNumbers(s string) [][2]int {
	var all [][2]int
	for at := 0; len(s) > 0; {
		if bytes, runes := NumberAt(s); bytes > 0 {
			all = append(all, [2]int{at, at + runes})
			s, at = s[bytes:], at+runes
			continue
		}
		_, size := utf8.DecodeRuneInString(s)
		s, at = s[size:], at+1
	}
	return all
}

func joinsDigits(r rune) bool { return strings.ContainsRune(".,،٫٬/:-–—−×", r) }

func beginsWithDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsDigit(r)
}

// Sentences returns the places of the sentences of a text in code points, half open
// and ascending, without the space around them. A line break ends a sentence, and so
// do . ! ؟ ? and … but for a point inside a number, an abbreviation («أ.ف.ب») or an
// address (a letter of no Arabic script follows it).
func Sentences(s string) [][2]int {
	var all [][2]int
	from, to := -1, 0 // of the sentence at hand; from is -1 before its first sign
	end := func() {
		if from >= 0 {
			all = append(all, [2]int{from, to})
		}
		from = -1
	}
	before, letters := ' ', 0 // letters of the word at hand
	for at := 0; len(s) > 0; at++ {
		r, size := utf8.DecodeRuneInString(s)
		s = s[size:]
		if !unicode.IsSpace(r) {
			if from < 0 {
				from = at
			}
			to = at + 1
		}
		switch {
		case r == '\n', r == '\r', strings.ContainsRune("!؟?…", r), r == '.' && fullStop(before, letters, s):
			end()
		case unicode.IsLetter(r):
			letters++
		case !unicode.IsMark(r):
			letters = 0
		}
		before = r
	}
	end()
	return all
}

// fullStop tells whether a point between a word of so many letters and the rest of a
// text ends a sentence.
func fullStop(before rune, letters int, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	switch {
	case next == '.', letters == 1, unicode.IsDigit(before) && unicode.IsDigit(next):
		return false
	}
	return !unicode.IsLetter(next) || unicode.Is(unicode.Arabic, next)
}
