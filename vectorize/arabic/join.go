package arabic

import (
	"unicode"
	"unicode/utf8"
	"unsafe"
)

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

// single reports whether p is one letter that may join others: not و (and), and
// not the letter of a year or an hour, as in 2015 م, 1436 هـ, 8 ص.
func (sc *scanner) single(p piece) bool {
	if p.to-p.from > utf8.UTFMax { // nearly all words
		return false
	}
	r, n := utf8.DecodeRune(sc.buf[p.from:p.to])
	if n < p.to-p.from || !unicode.IsLetter(r) {
		return false
	}
	switch r {
	case 'و':
		return false
	case 'م', 'ه', 'ص':
		return sc.after != digit
	}
	return true
}

// extends reports whether p may be one word with the run. Letters with points
// between them stay together: of «ت أ.ب» the first letter leaves the run.
func (sc *scanner) extends(p piece) bool {
	if p.class != sc.run[0].class {
		return false
	}
	n := len(sc.run)
	if p.class == digit {
		return p.gap != 0 && p.gap != ' '
	}
	if n == 1 {
		return true
	}
	if dotted := sc.run[1].gap == '.'; dotted || p.gap != '.' {
		return dotted == (p.gap == '.')
	}
	sc.flush(n - 1)
	return true
}

// flush yields the first n pieces of the run, as one word or each by itself.
func (sc *scanner) flush(n int) {
	if n == 0 {
		return
	}
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
	from := len(sc.buf)
	for i, p := range run {
		if decimals && i == len(run)-1 {
			sc.buf = append(sc.buf, '.')
		}
		sc.buf = append(sc.buf, sc.buf[p.from:p.to]...)
	}
	return piece{from: from, to: len(sc.buf), start: run[0].start, end: run[len(run)-1].end}
}

func (sc *scanner) emit(p piece) {
	// The buffer only grows, so the bytes of the word stay as they are.
	text := unsafe.String(&sc.buf[p.from], p.to-p.from)
	sc.stopped = sc.stopped || !sc.yield(Word{text, p.start, p.end})
}
