// Package eval scores a grouping of articles against a labelled one.
//
// All measures look at the same items under two groupings, pred and gold, and
// are 1 where the two are equal, groupings of nothing included. They come from
// the sparse contingency table of the two, in time O(n log n) unless said
// otherwise. Groupings of different length are a caller's bug and panic.
package eval

import (
	"cmp"
	"slices"

	"qissa/cluster"
)

// A Score is a precision and a recall, 0 to 1, with their harmonic mean.
type Score struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// score returns the Score of the right ones among those claimed and wanted.
func score(right, claimed, wanted float64) Score {
	return harmonic(ratio(right, claimed), ratio(right, wanted))
}

// ratio returns right / all. A share of nothing is 1: who claims no pair
// claims no wrong one.
func ratio(right, all float64) float64 {
	if all == 0 {
		return 1
	}
	return right / all
}

func harmonic(p, r float64) Score {
	if p+r == 0 {
		return Score{}
	}
	return Score{p, r, 2 * p * r / (p + r)}
}

// Group returns the partition of items that carry equal labels.
func Group[L comparable](labels []L) cluster.Partition {
	first := make(map[L]int, len(labels))
	p := make(cluster.Partition, len(labels))
	for i, l := range labels {
		g, ok := first[l]
		if !ok {
			g = i
			first[l] = i
		}
		p[i] = g
	}
	return p
}

// A table is the contingency table of two groupings of n items. Groups are
// numbered by their first item.
type table struct {
	n          int
	pred, gold []int  // sizes of the groups
	cells      []cell // the non-empty cells, by (gold, pred)
}

// A cell counts the items that a gold and a predicted group share.
type cell struct{ gold, pred, n int }

func newTable(pred, gold cluster.Partition) table {
	if len(pred) != len(gold) {
		panic("eval: groupings of different length")
	}
	t := table{n: len(gold)}
	p, g := number(pred, &t.pred), number(gold, &t.gold)
	t.cells = make([]cell, len(gold))
	for i := range t.cells {
		t.cells[i] = cell{g[i], p[i], 1}
	}
	slices.SortFunc(t.cells, func(a, b cell) int {
		return cmp.Or(cmp.Compare(a.gold, b.gold), cmp.Compare(a.pred, b.pred))
	})
	t.cells = countRuns(t.cells)
	return t
}

// number numbers the groups of p from 0, by their first item, and counts their
// items into sizes.
func number(p cluster.Partition, sizes *[]int) []int {
	num := make([]int, len(p))
	for i, first := range p {
		if first == i {
			num[i] = len(*sizes)
			*sizes = append(*sizes, 0)
		} else {
			num[i] = num[first]
		}
		(*sizes)[num[i]]++
	}
	return num
}

// countRuns joins equal neighbours into one cell with their count, in place.
func countRuns(cells []cell) []cell {
	out := cells[:0]
	for _, c := range cells {
		if k := len(out) - 1; k >= 0 && out[k].gold == c.gold && out[k].pred == c.pred {
			out[k].n++
		} else {
			out = append(out, c)
		}
	}
	return out
}

// pairs returns the number of pairs among n items.
func pairs(n int) float64 { return float64(n) * float64(n-1) / 2 }

func sumPairs(sizes []int) float64 {
	var sum float64
	for _, n := range sizes {
		sum += pairs(n)
	}
	return sum
}
