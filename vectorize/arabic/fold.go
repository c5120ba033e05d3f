package arabic

import (
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A class says what a code point does to the word it stands in.
type class uint8

const (
	space     class = iota // separates words
	point                  // separates words, but may stand inside a number
	mark                   // belongs to the letter before it, and is dropped
	invisible              // is dropped
	letter                 // of Arabic script
	foreign                // letter of another script
	digit
	several // decomposes to more than one code point, or lies beyond the table
)

// A folded is a code point after folding and its class.
type folded uint32

func fold1(r rune, c class) folded { return folded(r)<<4 | folded(c) }

func (f folded) rune() rune   { return rune(f >> 4) }
func (f folded) class() class { return class(f & 15) }

// tableSize covers Arabic, Latin with marks, Greek, Cyrillic and general
// punctuation. Code points beyond are 0.1 % of the text and folded one by one.
const tableSize = 0x2070

// table returns the folding of the first code points, made at first use.
func table() *[tableSize]folded { return makeTable() }

var makeTable = sync.OnceValue(func() *[tableSize]folded {
	var t [tableSize]folded
	for r := range rune(tableSize) {
		t[r] = fold1(r, several)
		if d := []rune(decompose(r)); len(d) == 1 {
			t[r] = foldPart(d[0])
		}
	}
	return &t
})

// decompose returns the parts of a code point that are folded each by itself.
// Vowel marks drawn alone are just marks, and ² or ½ is apart from digits
// before it.
func decompose(r rune) string {
	switch {
	case 0xFC5E <= r && r <= 0xFC63, 0xFE70 <= r && r <= 0xFE7F:
		return "\u064E"
	case unicode.Is(unicode.No, r):
		return " " + norm.NFKD.String(string(r))
	}
	return norm.NFKD.String(string(r))
}

// foldPart folds a code point that decomposes no further.
func foldPart(r rune) folded {
	r = lookAlike(unicode.ToLower(r))
	switch {
	case r == '.', r == ',', r == '،', r == '٫', r == '٬':
		return fold1(r, point)
	case '0' <= r && r <= '9':
		return fold1(r, digit)
	case '٠' <= r && r <= '٩':
		return fold1(r-'٠'+'0', digit)
	case '۰' <= r && r <= '۹':
		return fold1(r-'۰'+'0', digit)
	case unicode.Is(unicode.M, r), 0x06D6 <= r && r <= 0x06ED, r == tatweel, r == 'ٴ':
		return fold1(r, mark)
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Cc, r) && !unicode.IsSpace(r):
		return fold1(r, invisible)
	case unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r):
		return fold1(r, letter)
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return fold1(r, foreign)
	}
	return fold1(' ', space)
}

const tatweel = 'ـ'

// lookAlike returns the Arabic letter that r is written for.
func lookAlike(r rune) rune {
	switch r {
	case 'ٱ', 'ٲ', 'ٳ':
		return 'ا'
	case 'ى', 'ی', 'ے', 'ې', 'ۍ':
		return 'ي'
	case 'ة', 'ہ', 'ھ', 'ە', 'ۃ':
		return 'ه'
	case 'ک', 'ڪ':
		return 'ك'
	}
	return r
}
