package article

import (
	"bufio"
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

var errNotText = Messagef("not_text", "the text is neither UTF-8, UTF-16, windows-1256 nor ISO-8859-6; convert it to UTF-8 first")

// byteOrderMark begins some texts in UTF-8.
var byteOrderMark = []byte("\xef\xbb\xbf")

// decode returns the text as UTF-8 without a byte order mark, and the name of
// the encoding: the given one, or what its first bytes show.
func decode(text *bufio.Reader, given string) (*bufio.Reader, string, error) {
	if given != "" && given != "auto" {
		from, err := htmlindex.Get(given)
		if err != nil {
			return nil, "", fmt.Errorf("no encoding is called %q; want a name such as windows-1256", given)
		}
		return bufio.NewReaderSize(transform.NewReader(text, from.NewDecoder()), headSize), given, nil
	}
	head, _ := text.Peek(headSize) // an error comes again when reading
	starts := func(mark string) bool { return strings.HasPrefix(string(head[:min(3, len(head))]), mark) }
	var from encoding.Encoding
	var name string
	switch {
	case starts(string(byteOrderMark)):
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
	case isBinary(head):
		return nil, "", errBinary
	case mostlyUTF8(head) && encodedTwice(head):
		return bufio.NewReaderSize(transform.NewReader(text, &once{}), headSize), Twice, nil
	case mostlyUTF8(head):
		return text, "UTF-8", nil
	default:
		windows, iso := arabicShare(charmap.Windows1256, head), arabicShare(charmap.ISO8859_6, head)
		from, name = charmap.Windows1256, "windows-1256"
		if iso > windows {
			from, name = charmap.ISO8859_6, "ISO-8859-6"
		}
		if max(windows, iso) < 0.4 {
			// Hardly Arabic: what the text says of itself is the best there is.
			if from, name = declared(head); from == nil {
				return nil, "", errNotText
			}
		}
	}
	return bufio.NewReaderSize(transform.NewReader(text, from.NewDecoder()), headSize), name, nil
}

// declaration is how a page or a feed names its encoding.
var declaration = regexp.MustCompile(`(?i)(?:charset|encoding)\s*=\s*["']?([a-z0-9_:.-]{2,40})`)

// declared returns the encoding that the start of a text declares, nil if it
// declares none that is known, or one that it shows not to have.
func declared(head []byte) (encoding.Encoding, string) {
	found := declaration.FindSubmatch(head[:min(len(head), 2048)])
	if found == nil {
		return nil, ""
	}
	from, err := htmlindex.Get(string(found[1]))
	if err != nil {
		return nil, ""
	}
	name, err := htmlindex.Name(from)
	if err != nil || strings.HasPrefix(name, "utf-") || name == "replacement" {
		return nil, ""
	}
	return from, name
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

// Twice is the name of the encoding of UTF-8 that was taken for Latin text and
// encoded again: «Ø§ÙØ¹Ø±Ø¨».
const Twice = "UTF-8 twice"

// encodedTwice reports whether text is Arabic in UTF-8 that was encoded again.
func encodedTwice(head []byte) bool {
	_, letters, others := decodedOnce(head)
	return letters > 10 && letters > 10*others
}

// repairTwice takes the second of two encodings off a text in UTF-8 that is
// Arabic under it.
func repairTwice(s string) (repaired string, twice bool) {
	if !strings.Contains(s, "Ø") && !strings.Contains(s, "Ù") { // as the commonest letters begin
		return s, false
	}
	decoded, letters, others := decodedOnce([]byte(s))
	if letters < 3 || letters < 2*others || !utf8.Valid(decoded) {
		return s, false
	}
	return string(decoded), true
}

// decodedOnce takes one encoding in UTF-8 off a text and counts the Arabic
// letters that come out, 0 if the text has some already, and the others that are
// not ASCII.
func decodedOnce(text []byte) (decoded []byte, letters, others int) {
	decoded = make([]byte, len(text))
	n, _, _ := (&once{}).Transform(decoded, text, true)
	decoded = decoded[:n]
	isArabic := func(r rune) bool { return r >= 0x600 && r <= 0x6FF }
	for _, r := range string(decoded) {
		switch {
		case isArabic(r):
			letters++
		case r >= utf8.RuneSelf:
			others++
		}
	}
	if bytes.ContainsFunc(text, isArabic) {
		letters = 0
	}
	return decoded, letters, others
}

// once takes one of two encodings in UTF-8 off. Code points that are no byte of
// Latin text stay as they are.
type once struct{ transform.NopResetter }

// Transform implements transform.Transformer.
func (*once) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		r, size := utf8.DecodeRune(src[nSrc:])
		if r == utf8.RuneError && size == 1 && !atEOF && !utf8.FullRune(src[nSrc:]) {
			return nDst, nSrc, transform.ErrShortSrc
		}
		if nDst+size > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		if b, ok := latinByte(r); ok && size > 1 {
			dst[nDst] = b
			nDst++
		} else {
			nDst += copy(dst[nDst:], src[nSrc:nSrc+size])
		}
		nSrc += size
	}
	return nDst, nSrc, nil
}

// latinByte is the byte that r was taken for, in ISO-8859-1 or windows-1252.
func latinByte(r rune) (byte, bool) {
	if r <= 0xFF {
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}
