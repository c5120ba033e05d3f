package arabic

import (
	"html"
	"slices"
	"strings"
	"unicode/utf8"
)

// A scanner cuts a text into pieces in one pass over its bytes, and joins
// pieces to words.
type scanner struct {
	table   *table
	yield   func(Word) bool
	stopped bool   // yield wants no more
	buf     []byte // folded text of all pieces; what was yielded is never changed
	open    bool   // whether piece is still growing
	piece   piece
	gap     rune    // what was read since the last piece: 0 nothing, a point, ' ' anything else
	after   class   // class of the last piece
	run     []piece // digits or single letters that may be one word
}

// A piece is a run of code points of one class: letter, foreign or digit.
type piece struct {
	class      class
	gap        rune // what stands before it, as in scanner
	from, to   int  // its folded bytes in the buffer
	start, end int  // its place in the text, in code points
}

func (sc *scanner) scan(s string) {
	for i, pos := 0, 0; i < len(s) && !sc.stopped; {
		f, n := folded(other), 1
		if b := s[i]; b < utf8.RuneSelf {
			f = sc.table[b]
		} else if i+1 < len(s) && 0xC2 <= b && b < 0xE0 && s[i+1]&0xC0 == 0x80 {
			f, n = sc.table[uint(b&0x1F)<<6|uint(s[i+1]&0x3F)], 2
		}
		if f.class() == other {
			n, width := sc.look(s[i:], pos)
			i, pos = i+n, pos+width
			continue
		}
		if f.class() == letter && s[i]&^3 == 0xD8 {
			sc.openPiece(letter, pos)
			i, pos = sc.letters(s, i, pos)
			continue
		}
		sc.add(f.rune(), f.class(), pos, pos+1)
		i, pos = i+n, pos+1
	}
	sc.closePiece()
	sc.flush(len(sc.run))
}

// letters takes the letters and marks of the block U+0600 to U+06FF, from byte i
// and code point pos on, into the open piece, and returns where it stopped. All
// but a thousandth of the letters come through here.
func (sc *scanner) letters(s string, i, pos int) (int, int) {
	sc.buf = slices.Grow(sc.buf, len(s)-i)
	buf, w := sc.buf[:cap(sc.buf)], len(sc.buf)
	for ; i+1 < len(s) && s[i]&^3 == 0xD8 && s[i+1]&0xC0 == 0x80; i += 2 {
		f := sc.table[uint(s[i]&0x1F)<<6|uint(s[i+1]&0x3F)]
		if c := f.class(); c == letter {
			buf[w], buf[w+1] = 0xC0|byte(f.rune()>>6), 0x80|byte(f.rune()&0x3F)
			w += 2
		} else if c != mark {
			break
		}
		pos++
	}
	sc.buf, sc.piece.end = buf[:w], pos
	return i, pos
}

// look takes a code point that the table does not fold, or an HTML entity. It
// returns their length in bytes and in code points.
func (sc *scanner) look(s string, pos int) (n, width int) {
	if s[0] == '&' {
		if text, n := entity(s); n > 0 {
			for _, r := range text {
				sc.addRune(r, pos, pos+n)
			}
			return n, n
		}
	}
	r, n := utf8.DecodeRuneInString(s)
	sc.addRune(r, pos, pos+1)
	return n, 1
}

// entity returns the text of the HTML entity that s starts with, and its
// length, 0 if there is none. One escaped twice (&amp;quot;) is still one.
func entity(s string) (string, int) {
	start := 1
	for strings.HasPrefix(s[start:], "amp;") {
		start += len("amp;")
	}
	const longest = len("CounterClockwiseContourIntegral;")
	n := strings.IndexByte(s[start:min(start+longest, len(s))], ';')
	if n > 0 && strings.IndexFunc(s[start:start+n], notEntity) < 0 {
		name := "&" + s[start:start+n+1]
		if text := html.UnescapeString(name); text == ";" || !strings.HasSuffix(text, ";") {
			return text, start + n + 1
		}
	}
	if start > 1 {
		return "&", start
	}
	return "", 0
}

func notEntity(r rune) bool {
	return !('0' <= r && r <= '9' || 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' || r == '#')
}

func (sc *scanner) addRune(r rune, start, end int) {
	if r < tableSize && sc.table[r].class() != other {
		f := sc.table[r]
		sc.add(f.rune(), f.class(), start, end)
		return
	}
	for _, part := range decompose(r) {
		to, c := fold(part)
		sc.add(to, c, start, end)
	}
}

// openPiece makes sure that a piece of class c is open.
func (sc *scanner) openPiece(c class, start int) {
	if sc.open && sc.piece.class != c {
		sc.closePiece()
	}
	if !sc.open {
		sc.open = true
		sc.piece = piece{class: c, gap: sc.gap, from: len(sc.buf), start: start}
	}
}

// add takes a folded code point, whose place in the text is start to end.
func (sc *scanner) add(r rune, c class, start, end int) {
	switch c {
	case letter, foreign, digit:
		sc.openPiece(c, start)
		sc.buf = utf8.AppendRune(sc.buf, r)
		sc.piece.end = end
	case mark:
		if sc.open && sc.piece.class == digit && r == tatweel { // a dash, as in 15ـ20
			sc.closePiece()
			sc.gap = ' '
		} else if sc.open {
			sc.piece.end = end
		}
	case space, point:
		sc.closePiece()
		if c == point && sc.gap == 0 {
			sc.gap = r
		} else {
			sc.gap = ' '
		}
	}
}
