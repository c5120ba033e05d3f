package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/unicode/bidi"
)

// Line returns s as one line of at most n characters (grapheme clusters) that
// is safe to print last on a terminal's line: without control characters and
// marks that turn the direction of what follows. If isolated, right-to-left
// text is kept apart from what stands around it.
func Line(s string, n int, isolated bool) string {
	s = cut(plain(s), n)
	if isolated {
		s = isolate(s)
	}
	return s
}

// Harmless makes text that came with the data safe to print within a line: what
// would steer a terminal or turn the direction of what follows (control
// characters of both sets, embeddings, overrides and isolates) is dropped; line
// breaks and tabs become spaces, so that no text can forge a line.
func Harmless(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r), turnsDirection(r):
			return -1
		}
		return r
	}, s)
}

// plain makes data harmless to show on one line: control characters, escape
// codes, marks that turn the direction of what follows, and floods of marks on one
// letter are dropped; line
// breaks and tabs become spaces.
func plain(s string) string {
	if isPlain(s) {
		return s
	}
	marks := 0
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			marks++
		} else {
			marks = 0
		}
		if marks > mostMarks || r == unicode.ReplacementChar || r == '\ufeff' {
			return -1
		}
		return r
	}, Harmless(s))
	return strings.Join(strings.Fields(s), " ")
}

// mostMarks are the marks on one letter that are shown: Arabic has three at most, and a
// flood of them paints over the page.
const mostMarks = 5

// isPlain reports whether s is on one line and harmless already, as nearly all
// data is.
func isPlain(s string) bool {
	before, marks := ' ', 0
	for _, r := range s {
		if r >= 0x300 && unicode.Is(unicode.Mn, r) {
			if marks++; marks > mostMarks {
				return false
			}
		} else {
			marks = 0
		}
		if r != ' ' && unicode.IsSpace(r) || r == ' ' && before == ' ' || r == unicode.ReplacementChar ||
			r < ' ' || r > '\u007e' && (unicode.IsControl(r) || turnsDirection(r) || r == '\ufeff') {
			return false
		}
		before = r
	}
	return s == "" || before != ' '
}

// turnsDirection reports whether r opens or closes a bidirectional embedding,
// override or isolate.
func turnsDirection(r rune) bool {
	return '\u202a' <= r && r <= '\u202e' || '\u2066' <= r && r <= '\u2069'
}

// cut shortens s to at most n grapheme clusters, the last of which is then an
// ellipsis.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n { // no cluster is less than a code point
		return s
	}
	end, count := 0, 0
	for g := uniseg.NewGraphemes(s); g.Next(); count++ {
		from, _ := g.Positions()
		if count == n-1 {
			end = from
		}
		if count == n {
			return strings.TrimRight(s[:end], " ") + "…"
		}
	}
	return s
}

// isolate wraps s so that its direction does not touch what stands around it,
// if it has a letter that is written from right to left.
func isolate(s string) string {
	if direction(s) == "ltr" {
		return s
	}
	return "\u2068" + s + "\u2069"
}

// direction is "rtl" for text with a letter that is written from right to
// left, wherever it stands, and "ltr" for other text.
func direction(s string) string {
	for _, r := range s {
		p, _ := bidi.LookupRune(r)
		if c := p.Class(); c == bidi.R || c == bidi.AL {
			return "rtl"
		}
	}
	return "ltr"
}

// cutAtWord returns at most the first n code points of s, ending with a word.
func cutAtWord(s string, n int) string {
	kept := opening(s, n)
	if len(kept) < len(s) {
		if end := strings.LastIndexFunc(kept, unicode.IsSpace); end > 0 {
			kept = strings.TrimRightFunc(kept[:end], unicode.IsSpace)
		}
	}
	return kept
}
