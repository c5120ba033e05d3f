package arabic

import (
	"iter"
	"slices"
	"strings"
)

// A Word is a word of a text with the place it was found at.
type Word struct {
	Text       string // folded, not stemmed; never empty
	Start, End int    // its place in the text as given, in code points, half open; vowel marks belong to it
}

// Normalize returns the words of s, folded, with one space between them.
// Normalising twice changes nothing.
func Normalize(s string) string {
	var b strings.Builder
	for w := range Words(s) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		} else {
			b.Grow(len(s))
		}
		b.WriteString(w.Text)
	}
	return b.String()
}

// Words returns the words of s in order. Words that one code point stands for
// (ﷺ) share its place. A byte that is not UTF-8 separates words and counts as
// one code point. The texts of all words share one buffer: to keep one word
// for long, clone it.
func Words(s string) iter.Seq[Word] { return new(Reader).Words(s) }

// A Reader cuts one text after the other into words and reuses its memory.
type Reader struct {
	buf []byte
	run []piece
}

// Words is [Words], but the texts of the words are valid only until the next
// call.
func (r *Reader) Words(s string) iter.Seq[Word] {
	return func(yield func(Word) bool) {
		sc := scanner{table: foldTable(), yield: yield, buf: slices.Grow(r.buf[:0], len(s)), run: r.run[:0]}
		sc.scan(s)
		r.buf, r.run = sc.buf, sc.run
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
