package report

import (
	"strings"
	"unicode"

	"qissa/vectorize/arabic"
)

// foldingRanges are the characters whose folding the page knows. Others stand
// for themselves, in lower case, if they are letters or digits, and separate
// words otherwise.
var foldingRanges = [...][2]rune{
	{0x0000, 0x024F}, {0x0300, 0x036F}, {0x0600, 0x06FF}, {0x0750, 0x077F}, {0x08A0, 0x08FF},
	{0x2000, 0x206F}, {0xFB50, 0xFDFF}, {0xFE70, 0xFEFF},
}

// foldingTable tells what the engine makes of a character between two Arabic
// letters: "" if it drops it, " " if words are parted by it, and spaces around
// what begins a word of its own. The key is that, the value all characters
// with it, except those with which the page does the same without a table.
func foldingTable() map[string]string {
	groups := map[string]*strings.Builder{}
	for _, in := range foldingRanges {
		for r := in[0]; r <= in[1]; r++ {
			to := foldBetween(r)
			if to == untabled(r) {
				continue
			}
			if groups[to] == nil {
				groups[to] = new(strings.Builder)
			}
			groups[to].WriteRune(r)
		}
	}
	table := make(map[string]string, len(groups))
	for to, from := range groups {
		table[to] = from.String()
	}
	return table
}

func foldBetween(r rune) string {
	const edge = "بب" // of one letter, a point would make an abbreviation
	s := arabic.Normalize(edge + string(r) + edge)
	return strings.TrimSuffix(strings.TrimPrefix(s, edge), edge)
}

// untabled is what the page makes of a character that is not in its table.
func untabled(r rune) string {
	switch {
	case 0x0600 <= r && r <= 0x06FF:
		return string(r)
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return " " + string(unicode.ToLower(r)) + " "
	}
	return " "
}
