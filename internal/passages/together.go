package passages

import (
	"cmp"
	"slices"
)

// together joins stretches of two texts that follow each other in both, in any order, with
// no more than mostInRow words between them (gene teams: Béal, Bergeron, Corteel and
// Raffinot, 2004), where enough words of all are equal. The others stay alone.
func together(stretches []pair, same float64) (all []pair) {
	for _, team := range teams(stretches) {
		if joined, ok := join(team, same); ok {
			all = append(all, joined)
		} else {
			all = append(all, team...)
		}
	}
	slices.SortFunc(all, byPlaces)
	return all
}

// teams splits stretches where words of either text lie between them, until none do.
func teams(of []pair) [][]pair {
	if len(of) < 2 {
		return [][]pair{of}
	}
	inA := split(of, func(p pair) (int32, int32) { return p.a.Word, p.endA() })
	var parts [][]pair
	for _, part := range inA {
		parts = append(parts, split(part, func(p pair) (int32, int32) { return p.b.Word, p.endB() })...)
	}
	if len(parts) == 1 {
		return parts
	}
	var all [][]pair
	for _, part := range parts {
		all = append(all, teams(part)...)
	}
	return all
}

// split splits stretches where words lie between them.
func split(of []pair, span func(pair) (from, to int32)) (parts [][]pair) {
	of = slices.Clone(of)
	slices.SortFunc(of, func(p, q pair) int {
		x, _ := span(p)
		y, _ := span(q)
		return cmp.Or(cmp.Compare(x, y), byPlaces(p, q))
	})
	from, end := 0, int32(0)
	for i, p := range of {
		first, behind := span(p)
		if i > 0 && first > end+mostInRow {
			parts = append(parts, of[from:i])
			from = i
		}
		end = max(end, behind)
	}
	return append(parts, of[from:])
}

// join makes one stretch of several, if enough words are equal. What they overlap counts
// once.
func join(of []pair, same float64) (pair, bool) {
	p := of[0]
	endA, endB, wordsA, wordsB := p.endA(), p.endB(), p.wordsA, p.wordsB
	for _, q := range of[1:] {
		p.a.Word, p.b.Word = min(p.a.Word, q.a.Word), min(p.b.Word, q.b.Word)
		endA, endB = max(endA, q.endA()), max(endB, q.endB())
		wordsA, wordsB, p.equal = wordsA+q.wordsA, wordsB+q.wordsB, p.equal+q.equal
	}
	p.swapped = len(of) > 1
	p.wordsA, p.wordsB = endA-p.a.Word, endB-p.b.Word
	p.equal -= max(0, wordsA-p.wordsA, wordsB-p.wordsB)
	return p, p.same() >= same
}
