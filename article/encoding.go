package article

import (
	"bufio"
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

var errNotText = errors.New("the text is neither UTF-8, UTF-16, windows-1256 nor ISO-8859-6; convert it to UTF-8 first")

// decode returns the text as UTF-8 without a byte order mark, and the name of
// the encoding that its first bytes show.
func decode(text *bufio.Reader) (*bufio.Reader, string, error) {
	head, _ := text.Peek(headSize) // an error comes again when reading
	starts := func(mark string) bool { return strings.HasPrefix(string(head[:min(3, len(head))]), mark) }
	var from encoding.Encoding
	var name string
	switch {
	case starts("\xef\xbb\xbf"):
		text.Discard(3)
		return text, "UTF-8", nil
	case starts("\xff\xfe"):
		from, name = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), "UTF-16LE"
	case starts("\xfe\xff"):
		from, name = unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM), "UTF-16BE"
	case halfNUL(head, 1):
		from, name = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "UTF-16LE"
	case halfNUL(head, 0):
		from, name = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "UTF-16BE"
	case mostlyUTF8(head):
		return text, "UTF-8", nil
	default:
		windows, iso := arabicShare(charmap.Windows1256, head), arabicShare(charmap.ISO8859_6, head)
		from, name = charmap.Windows1256, "windows-1256"
		if iso > windows {
			from, name = charmap.ISO8859_6, "ISO-8859-6"
		}
		if max(windows, iso) < 0.4 {
			return nil, "", errNotText
		}
	}
	return bufio.NewReaderSize(transform.NewReader(text, from.NewDecoder()), headSize), name, nil
}

// halfNUL reports whether NUL stands often at places of the given parity and
// nowhere else, as it does in UTF-16, where space and punctuation have one.
func halfNUL(head []byte, parity int) bool {
	count := [2]int{}
	for i, b := range head {
		if b == 0 {
			count[i&1]++
		}
	}
	return count[parity]*20 > len(head) && count[1-parity] == 0
}

// mostlyUTF8 reports whether the bytes are UTF-8, up to damage: of those
// beyond ASCII at most a tenth is wrong.
func mostlyUTF8(head []byte) bool {
	wrong, high := 0, 0
	for i := 0; i < len(head); {
		if head[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(head[i:])
		if r == utf8.RuneError && size == 1 {
			if !utf8.FullRune(head[i:]) {
				break // the last character is cut
			}
			wrong++
		}
		high += size
		i += size
	}
	return wrong*10 <= high
}

// arabicShare returns the share of the ten commonest Arabic letters among the
// bytes beyond ASCII when c reads them, 0 to 1. In Arabic prose they are about
// two thirds of all letters.
func arabicShare(c *charmap.Charmap, head []byte) float64 {
	common, high := 0, 0
	for _, b := range head {
		if b < utf8.RuneSelf {
			continue
		}
		high++
		if strings.ContainsRune("اليمنوترب", c.DecodeByte(b)) {
			common++
		}
	}
	return float64(common) / float64(max(high, 1))
}
