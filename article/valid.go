package article

import (
	"encoding/binary"
	"unicode/utf8"
)

// valid is utf8.ValidString, at more than twice its speed on Arabic: it looks at
// eight bytes at a time as long as no code point in them has more than two.
func valid(s string) bool {
	const (
		each = 0x0101010101010101
		high = 0x80 * each
	)
	i, open := 0, uint64(0) // the high bit of byte 0 if the byte before it leads there
	for i+8 <= len(s) {
		bytes := binary.LittleEndian.Uint64([]byte(s[i : i+8]))
		beyond := bytes & high                       // not ASCII
		leads := beyond & (bytes << 1)               // 11xxxxxx
		follow := beyond &^ (bytes << 1)             // 10xxxxxx
		long := leads & (bytes << 2)                 // 111xxxxx
		least := (bytes & (0x1e * each)) + 0x7e*each // high bit set but in C0 and C1
		if long|leads&^least == 0 && follow == leads<<8|open {
			i, open = i+8, leads>>63<<7
			continue
		}
		i, open = i-int(open>>7), 0
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			return false
		}
		i += n
	}
	return utf8.ValidString(s[i-int(open>>7):])
}
