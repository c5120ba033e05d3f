package arabic

import (
	"html"
	"iter"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// A Word is a word of a text with the place it was found at.
type Word struct {
	Text       string // folded, not stemmed
	Start, End int    // its place in the text as given, in code points, half open; vowel marks belong to it
}

// Normalize returns the words of s, folded, with one space between them.
// Normalising twice changes nothing.
func Normalize(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for w := range Words(s) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.Text)
	}
	return b.String()
}

// Words returns the words of s in order. The words of a code point that stands
// for several (ﷺ) share its place. A byte that is not UTF-8 separates words and
// counts as one code point. The texts of all words share one buffer.
func Words(s string) iter.Seq[Word] {
	return func(yield func(Word) bool) {
		sc := scanner{yield: yield, fold: table(), buf: make([]byte, 0, len(s)), gap: ' '}
		sc.scan(s)
	}
}

// Terms returns the stems of the words of s that are not stop words.
func Terms(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for w := range Words(s) {
			if !IsStop(w.Text) && !yield(Stem(w.Text)) {
				return
			}
		}
	}
}

// A piece is a run of code points of one class, folded.
type piece struct {
	class      class
	gap        rune // what stands before it: 0 nothing, a point, ' ' anything else
	from, to   int  // its bytes in the buffer
	start, end int  // its place in the text, in code points
}

// A scanner cuts a text into pieces and joins pieces to words.
type scanner struct {
	yield   func(Word) bool
	fold    *[tableSize]folded
	buf     []byte // folded text of all pieces; bytes once yielded are never changed
	piece   piece  // the piece at work, if open
	open    bool
	gap     rune    // what was read since the last piece
	after   class   // class of the piece before the open one
	run     []piece // digits or single letters that may be one word
	stopped bool
}

func (sc *scanner) scan(s string) {
	pos := 0
	for i := 0; i < len(s) && !sc.stopped; {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == '&' {
			if c, n := entity(s[i:]); n > 0 {
				for _, r := range c {
					sc.add(r, pos, pos+n)
				}
				i += n
				pos += n
				continue
			}
		}
		sc.add(r, pos, pos+1)
		i += n
		pos++
	}
	sc.closePiece()
	if len(sc.run) > 0 {
		sc.flush(len(sc.run))
	}
}

// entity returns the characters of the HTML entity that s starts with and its
// length, 0 if there is none. An entity escaped twice (&amp;quot;) is one.
func entity(s string) (string, int) {
	n := 1
	for strings.HasPrefix(s[n:], "amp;") {
		n += len("amp;")
	}
	const longest = 32 // CounterClockwiseContourIntegral;
	end := n
	for end < min(len(s), n+longest) && (s[end] == '#' || isAlphanumeric(s[end])) {
		end++
	}
	if end > n && end < len(s) && s[end] == ';' {
		name := "&" + s[n:end+1]
		if c := html.UnescapeString(name); !strings.HasSuffix(c, ";") || name == "&semi;" {
			return c, end + 1
		}
	}
	if n > 1 {
		return "&", n
	}
	return "", 0
}

func isAlphanumeric(b byte) bool {
	return '0' <= b && b <= '9' || 'A' <= b && b <= 'Z' || 'a' <= b && b <= 'z'
}

// add takes the next code point of the text, whose place is start to end.
func (sc *scanner) add(r rune, start, end int) {
	if r < tableSize {
		if f := sc.fold[r]; f.class() != several {
			sc.addPart(f, start, end)
			return
		}
	}
	for _, d := range decompose(r) {
		sc.addPart(foldPart(d), start, end)
	}
}

func (sc *scanner) addPart(f folded, start, end int) {
	switch c := f.class(); c {
	case letter, foreign, digit:
		if sc.open && sc.piece.class != c {
			sc.closePiece()
		}
		if !sc.open {
			sc.open = true
			sc.piece = piece{class: c, gap: sc.gap, from: len(sc.buf), start: start}
		}
		sc.buf = utf8.AppendRune(sc.buf, f.rune())
		sc.piece.end = end
	case mark:
		switch {
		case sc.open && sc.piece.class == digit && f.rune() == tatweel: // a dash: 15ـ20
			sc.closePiece()
			sc.gap = ' '
		case sc.open:
			sc.piece.end = end
		}
	case space, point:
		sc.closePiece()
		if c == point && sc.gap == 0 {
			sc.gap = f.rune()
		} else {
			sc.gap = ' '
		}
	}
}

// closePiece ends the open piece, if any: it joins the run, or is a word.
func (sc *scanner) closePiece() {
	if !sc.open {
		return
	}
	p := sc.piece
	p.to = len(sc.buf)
	sc.open, sc.gap = false, 0
	joins := p.class == digit || sc.single(p)
	if len(sc.run) > 0 && !(joins && sc.extends(p)) {
		sc.flush(len(sc.run))
	}
	if joins {
		sc.run = append(sc.run, p)
	} else {
		sc.emit(p)
	}
	sc.after = p.class
}

// single reports whether p is one letter that may join others.
func (sc *scanner) single(p piece) bool {
	text := sc.buf[p.from:p.to]
	return len(text) <= utf8.UTFMax && utf8.RuneCount(text) == 1 && string(text) != "و" && sc.after != digit
}

// extends reports whether p may be one word with the run. Letters with points
// between stay together: of «ت أ.ب» the first letter leaves the run.
func (sc *scanner) extends(p piece) bool {
	n := len(sc.run)
	if p.class != sc.run[0].class {
		return false
	}
	if p.class == digit {
		return p.gap != 0 && p.gap != ' '
	}
	dotted := n > 1 && sc.run[1].gap == '.'
	if n > 1 && !dotted && p.gap == '.' {
		sc.flush(n - 1)
	}
	return n == 1 || dotted == (p.gap == '.') || !dotted
}

// flush yields the first n pieces of the run, as one word or each by itself.
func (sc *scanner) flush(n int) {
	run := sc.run[:n]
	joined, decimals := n >= 3 || n == 2 && run[1].gap == '.', false
	if run[0].class == digit {
		joined, decimals = number(run, sc.buf)
	}
	if joined {
		sc.emit(sc.join(run, decimals))
	} else {
		for _, p := range run {
			sc.emit(p)
		}
	}
	sc.run = append(sc.run[:0], sc.run[n:]...)
}

// join copies the pieces of a run together, with a point before the decimals.
func (sc *scanner) join(run []piece, decimals bool) piece {
	if len(run) == 1 {
		return run[0]
	}
	p := run[0]
	from := len(sc.buf)
	for i, g := range run {
		if decimals && i == len(run)-1 {
			sc.buf = append(sc.buf, '.')
		}
		sc.buf = append(sc.buf, sc.buf[g.from:g.to]...)
		p.end = g.end
	}
	p.from, p.to = from, len(sc.buf)
	return p
}

func (sc *scanner) emit(p piece) {
	// The bytes are never changed again: the buffer only grows.
	text := unsafe.String(&sc.buf[p.from], p.to-p.from)
	sc.stopped = sc.stopped || !sc.yield(Word{text, p.start, p.end})
}
