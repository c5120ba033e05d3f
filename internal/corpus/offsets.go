package corpus

import (
	"encoding/binary"
	"unicode/utf8"

	"qissa/internal/parallel"
)

// A Span is a half-open range of code points of a stored text: the title, one line
// break, and the body.
type Span = [2]int

// Offsets appends to spans where the first words of an article stand, as many as
// words.
func (c *Corpus) Offsets(spans []Span, i, words int) []Span {
	packed := c.packed[i/parallel.Block][c.packedStart[i]:]
	last := 0
	for range words {
		var gap, length int
		if len(packed) > 1 && packed[0]|packed[1] < 0x80 { // nearly always
			gap, length = int(packed[0]>>1)^-int(packed[0]&1), int(packed[1])
			packed = packed[2:]
		} else {
			g, n := binary.Varint(packed)
			l, m := binary.Uvarint(packed[n:])
			gap, length = int(g), int(l)
			packed = packed[n+m:]
		}
		at := Span{last + gap, last + gap + length}
		spans = append(spans, at)
		last = at[1]
	}
	return spans
}

// SkipRunes returns the length of the first n code points of s in bytes.
func SkipRunes(s string, n int) int {
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
