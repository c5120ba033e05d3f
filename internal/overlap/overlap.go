// Package overlap tells how much of their words and numbers two articles share, and
// what the one is to the other.
package overlap

import (
	"context"
	"slices"

	"qissa/cluster"
	"qissa/internal/corpus"
	"qissa/internal/parallel"
	"qissa/internal/sparse"
)

// The shares of words that tell copies apart, 0 to 1. Those without a source are
// chosen by eye.
const (
	Verbatim     = 0.9 // of the later article, from which it is a copy without text of its own
	VerbatimBack = 0.8 // of the earlier one, from which such a copy is whole
	Edited       = 0.6 // of the later article, from which it is a copy with text of its own
	Partly       = 0.2 // of the later article, from which some of it is copied
	OneText      = 0.8 // both ways, from which two are one story whatever else: on the labelled sets 693 of 693 such pairs are
	StockWords   = 6   // a passage of fewer words is a stock phrase

	issueNumbers = 4    // least numbers by which two issues of a template are told
	issueAgree   = 0.25 // share of common numbers under which they are two issues
	issueShare   = 0.4  // share of words from which they are of one template
	LeastNumbers = 0.5  // least share of common numbers of a copy: below, it is a template filled in anew
)

// An Overlap is how much the words of two articles, A and B, have in common.
type Overlap struct {
	AInB, BInA float64 // share of the words of the one that stand in the other in runs of 4 or more, 0 to 1
	Numbers    Agreement
	Amounts    Agreement // of the long numbers that are no years
	Runs       []cluster.Run
}

// An Agreement is how many of the numbers of two articles are the same.
type Agreement struct {
	Share float64 // of those of the article with fewer, 0 to 1; 1 if it has none
	Of    int     // how many it has
}

// OtherIssue reports whether the two are one template filled in twice, as the
// weather or the stock market is told every day: much of the words in common,
// hardly a number. Short numbers agree by chance where there are many.
func (o *Overlap) OtherIssue() bool {
	differ := func(a Agreement) bool { return a.Of >= issueNumbers && a.Share < issueAgree }
	return (differ(o.Numbers) || differ(o.Amounts)) && max(o.AInB, o.BInA) >= issueShare
}

// Copied reports whether the share of each text stands in the other, so that the two
// are one text. A short item inside a round-up is none.
func (o *Overlap) Copied(share float64) bool {
	return o.AInB >= share && o.BInA >= share && o.Numbers.Share >= LeastNumbers
}

// Contained reports whether one text stands in a much longer one.
func (o *Overlap) Contained() bool {
	return max(o.AInB, o.BInA) >= Edited && min(o.AInB, o.BInA) < Edited/2
}

// Align aligns the words of those pairs that are wanted, by their number, on jobs
// workers. The overlaps are by number too.
func Align(ctx context.Context, c *corpus.Corpus, pairs []cluster.Pair, jobs int, wanted func(pair int) bool) (sparse.Values[Overlap], error) {
	found := sparse.New[Overlap](len(pairs))
	aligners := make([]cluster.Aligner, parallel.Jobs(jobs))
	err := parallel.ForBlocks(ctx, parallel.Blocks(len(pairs)), jobs, nil, func(worker, b int) {
		aligner, of := &aligners[worker], int32(-1)
		from, to := parallel.Range(b, len(pairs))
		for n := from; n < to; n++ {
			p := pairs[n]
			if !wanted(n) {
				continue
			}
			if p.A != of {
				of = p.A
				aligner.Start(c.Text(int(of)))
			}
			al := aligner.Align(c.Text(int(p.B)))
			o := Overlap{AInB: al.AInB, BInA: al.BInA, Runs: al.Runs}
			o.Numbers, o.Amounts = CommonNumbers(c, int(p.A), int(p.B))
			found.Add(n, o)
		}
	})
	return found, err
}

// CommonNumbers compares the numbers in two articles, and those that are amounts: of
// the own numbers of the article that has fewer, how many stand anywhere in the other.
// The dateline that an agency puts around its items is text of whoever copies them.
func CommonNumbers(c *corpus.Corpus, a, b int) (numbers, amounts Agreement) {
	x, y := numbersIn(c, a, b), numbersIn(c, b, a)
	for kind := range x {
		if y[kind].of < x[kind].of || y[kind].of == x[kind].of && y[kind].common > x[kind].common {
			x[kind] = y[kind]
		}
	}
	return x[0].agreement(), x[1].agreement()
}

// counts are how many numbers an article has of its own, and how many of these stand in
// another one.
type counts struct{ of, common int }

func (n counts) agreement() Agreement {
	if n.of == 0 {
		return Agreement{Share: 1}
	}
	return Agreement{float64(n.common) / float64(n.of), n.of}
}

// numbersIn counts all own numbers of an article, and the amounts among them.
func numbersIn(c *corpus.Corpus, i, other int) (n [2]counts) {
	for _, w := range c.Numbers(i) {
		kinds := n[:1]
		if c.Kind(w) == corpus.Amount {
			kinds = n[:]
		}
		_, common := slices.BinarySearch(c.AllNumbers(other), w)
		for k := range kinds {
			if kinds[k].of++; common {
				kinds[k].common++
			}
		}
	}
	return n
}
