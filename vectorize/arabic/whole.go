package arabic

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A sign is what a code point is to numbers and sentences.
type sign uint8

const (
	isSpace  sign = 1 << iota
	isDigit       // decimal, of any script
	isLetter      // of any script
	isMark        // stands on a letter
	joins         // may stand between the digits of a number
	ends          // ends a sentence, or may
)

// signs has the signs of the code points of one and two bytes, of which nearly all of a
// text is: to look each up in the tables of Unicode takes ten times as long.
var signs = func() (t [0x800]sign) {
	for r := range t {
		t[r] = signOf(rune(r))
	}
	return t
}()

func signOf(r rune) (s sign) {
	switch {
	case unicode.IsSpace(r):
		s = isSpace
	case unicode.IsDigit(r):
		s = isDigit
	case unicode.IsLetter(r):
		s = isLetter
	case unicode.IsMark(r):
		s = isMark
	}
	if strings.ContainsRune(".,،٫٬/:-–—−×", r) {
		s |= joins
	}
	if strings.ContainsRune("\n\r.!؟?…", r) {
		s |= ends
	}
	return s
}

// signAt returns the code point at byte i, its length in bytes, and what it is.
func signAt(s string, i int) (r rune, size int, is sign) {
	if b := s[i]; b < utf8.RuneSelf {
		return rune(b), 1, signs[b]
	} else if i+1 < len(s) && 0xC2 <= b && b < 0xE0 && s[i+1]&0xC0 == 0x80 {
		r = rune(b&0x1F)<<6 | rune(s[i+1]&0x3F)
		return r, 2, signs[r]
	}
	r, size = utf8.DecodeRuneInString(s[i:])
	if r < rune(len(signs)) {
		return r, size, signs[r]
	}
	return r, size, signOf(r)
}

// lettersAt returns the number of letters of the block U+0600 to U+06FF from byte i on;
// each takes two bytes.
func lettersAt(s string, i int) int {
	from := i
	for i+1 < len(s) && s[i]&^3 == 0xD8 && s[i+1]&0xC0 == 0x80 && signs[rune(s[i]&0x1F)<<6|rune(s[i+1]&0x3F)]&isLetter != 0 {
		i += 2
	}
	return (i - from) / 2
}

// NumberAt returns the length in bytes and code points of the number that s begins
// with, as a reader sees it: with the separators between its digits and a percent
// sign behind, so that 7.35%, 10/8/2015, 15:08, 2-1 and 100–150 are one. It is 0 if
// s does not begin with a digit.
func NumberAt(s string) (bytes, runes int) {
	for bytes < len(s) {
		r, size, is := signAt(s, bytes)
		switch {
		case is&isDigit != 0:
		case runes > 0 && (r == '%' || r == '٪'):
			return bytes + size, runes + 1
		case runes == 0 || is&joins == 0 || !beginsWithDigit(s[bytes+size:]):
			return bytes, runes
		}
		bytes, runes = bytes+size, runes+1
	}
	return bytes, runes
}

// WholeNumbers returns the places of the numbers of a text, as [NumberAt] reads
// them, in code points, half open and ascending.
func WholeNumbers(s string) [][2]int {
	var all [][2]int
	for i, at := 0, 0; i < len(s); {
		if n := lettersAt(s, i); n > 0 {
			i, at = i+2*n, at+n
			continue
		}
		_, size, is := signAt(s, i)
		if is&isDigit == 0 {
			i, at = i+size, at+1
			continue
		}
		bytes, runes := NumberAt(s[i:])
		all = append(all, [2]int{at, at + runes})
		i, at = i+bytes, at+runes
	}
	return all
}

func beginsWithDigit(s string) bool {
	if s == "" {
		return false
	}
	_, _, is := signAt(s, 0)
	return is&isDigit != 0
}

// A Sentence is a place in a text, in code points, half open.
type Sentence struct {
	From, To int
	Words    int // that space parts
}

// Sentences yields the sentences of a text in order, without the space around them. A
// line break ends a sentence, and so do . ! ؟ ? and … but for a point inside a number,
// an abbreviation («أ.ف.ب») or an address (a letter of no Arabic script follows it).
func Sentences(s string) iter.Seq[Sentence] {
	return func(yield func(Sentence) bool) {
		var this Sentence // without words before its first sign
		var before sign
		letters := 0 // of the word at hand
		for i, at := 0, 0; i < len(s); {
			r, size, is := signAt(s, i)
			n := lettersAt(s, i) // letters go together, for they are most of a text
			if n == 0 {
				i, n = i+size, 1
			} else {
				i += 2 * n
			}
			if is&isSpace == 0 {
				if this.Words == 0 {
					this.From = at
				}
				if this.Words == 0 || before&isSpace != 0 {
					this.Words++
				}
				this.To = at + n
			}
			at += n
			switch {
			case is&ends != 0 && (r != '.' || fullStop(before, letters, s[i:])):
				if this.Words > 0 && !yield(this) {
					return
				}
				this = Sentence{}
			case is&isLetter != 0:
				letters += n
			case is&isMark == 0:
				letters = 0
			}
			before = is
		}
		if this.Words > 0 {
			yield(this)
		}
	}
}

// fullStop tells whether a point between a word of so many letters and the rest of a
// text ends a sentence.
func fullStop(before sign, letters int, rest string) bool {
	if rest == "" {
		return letters != 1
	}
	next, _, is := signAt(rest, 0)
	switch {
	case next == '.', letters == 1, before&is&isDigit != 0:
		return false
	}
	return is&isLetter == 0 || unicode.Is(unicode.Arabic, next)
}
