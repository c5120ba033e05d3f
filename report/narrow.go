package report

import (
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// wide stands before a code unit that takes two bytes.
const wide = 0xFF

// narrow adds UTF-8 text in which a code point of ASCII or the Arabic letters up to
// U+067E takes one byte, and any other code unit of UTF-16 three. Half of the bytes
// of Arabic text say again that it is Arabic: without them it packs in two thirds of
// the time, to six sevenths of the size.
func narrow(to []byte, text []byte) []byte {
	to = slices.Grow(to, 3*len(text))
	n := len(to)
	to = to[:cap(to)]
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			to[n] = c
			n, i = n+1, i+1
			continue
		}
		if c&^1 == 0xD8 && i+1 < len(text) {
			if b := 0x80 | c&1<<6 | text[i+1]&0x3F; b != wide {
				to[n] = b
				n, i = n+1, i+2
				continue
			}
		}
		r, size := utf8.DecodeRune(text[i:])
		for _, unit := range utf16.AppendRune(nil, r) {
			to[n], to[n+1], to[n+2] = wide, byte(unit>>8), byte(unit)
			n += 3
		}
		i += size
	}
	return to[:n]
}
