package qissa

import (
	"context"
	"slices"

	"qissa/cluster"
	"qissa/internal/parallel"
	"qissa/internal/sparse"
)

const (
	alignCosine   = 0.4 // least cosine of whole texts at which words are aligned before grouping: half a text in common gives more
	verbatimShare = 0.9
	verbatimBack  = 0.8
	surelyCopied  = 0.8 // share of words both ways from which a copy is joined whatever else: on the labelled sets 693 of 693 such pairs are one story
	editedShare   = 0.6
	partlyShare   = 0.2
	stockWords    = 6 // a run of fewer words is a stock phrase
	roundNumbers  = 4 // least numbers by which two rounds of a template are told
	roundAgree    = 0.25
	roundShare    = 0.4
	numberShare   = 0.5 // least share of common numbers of a copy: below, it is a template filled in anew
)

// shared is how much the words of two articles have in common.
type shared struct {
	AInB, BInA float64 // share of the words of the one that stand in the other, 0 to 1
	numbers    agreement
	amounts    agreement // of the long numbers that are no years
	runs       []cluster.Run
}

// An agreement is the share of common numbers of the article with fewer, and how
// many it has.
type agreement struct {
	share float64 // 1 if there are none
	of    int
}

// otherRound tells whether the two are one template filled in twice, as the
// weather or the stock market is told every day: much of the words in common,
// hardly a number. Short numbers agree by chance where there are many.
func (s shared) otherRound() bool {
	differ := func(a agreement) bool { return a.of >= roundNumbers && a.share < roundAgree }
	return (differ(s.numbers) || differ(s.amounts)) && max(s.AInB, s.BInA) >= roundShare
}

// copied tells whether most of each text stands in the other, so that the two
// are one text. A short item inside a round-up is none.
func (s shared) copied(share float64) bool {
	return s.AInB >= share && s.BInA >= share && s.numbers.share >= numberShare
}

// Copy tells whether a pair, by its number, is one text in two articles.
func (g *Grouping) Copy(pair int) bool {
	s := g.shared.At(pair)
	return s != nil && s.copied(g.copyShare)
}

// Fixed returns the similarity of a pair that its words decide alone, whatever
// the decision says: 1 for one text in two articles, if only by way of others where
// not all pairs are compared, 0 for two rounds of a template or bulletins of two
// days. The pair is given by its number.
func (g *Grouping) Fixed(pair int) (sim float64, fixed bool) {
	switch s, p := g.shared.At(pair), g.Pairs[pair]; {
	case g.texts.otherDay(p.A, p.B):
		return 0, true
	case s == nil && g.copies != nil && g.copies[p.A] == g.copies[p.B]:
		return 1, true
	case s == nil:
		return 0, false
	case s.copied(surelyCopied):
		return 1, true
	default:
		return 0, s.otherRound()
	}
}

// contained tells whether one text stands in a much longer one.
func (s shared) contained() bool {
	return max(s.AInB, s.BInA) >= editedShare && min(s.AInB, s.BInA) < editedShare/2
}

// relation names what B is to A, the earlier one. A template filled in with
// other numbers is no copy, whatever its words.
func (s shared) relation() Relation {
	switch c := s.BInA; {
	case c < partlyShare:
		return OwnWording
	case c < editedShare || s.numbers.share < numberShare:
		return PartlyCopied
	case c < verbatimShare:
		return Edited
	case s.AInB < verbatimBack:
		return Shortened
	}
	return Verbatim
}

// align aligns the words of those pairs that are wanted, by their number, on
// several workers. The result is by number too.
func (t *texts) align(ctx context.Context, pairs []cluster.Pair, jobs int, wanted func(int) bool) (sparse.Values[shared], error) {
	found := sparse.New[shared](len(pairs))
	blocks := parallel.Blocks(len(pairs))
	aligners := make([]cluster.Aligner, jobs)
	err := parallel.ForBlocks(ctx, blocks, jobs, nil, func(worker, b int) {
		aligner, of := &aligners[worker], int32(-1)
		for n := b * parallel.Block; n < min((b+1)*parallel.Block, len(pairs)); n++ {
			p := pairs[n]
			if !wanted(n) {
				continue
			}
			if p.A != of {
				of = p.A
				aligner.Start(t.text(int(of)))
			}
			al := aligner.Align(t.text(int(p.B)))
			s := shared{AInB: al.AInB, BInA: al.BInA, runs: al.Runs}
			s.numbers, s.amounts = t.commonNumbers(int(p.A), int(p.B))
			found.Add(n, s)
		}
	})
	return found, err
}

// commonNumbers compares the numbers in two articles, and those that are amounts.
func (t *texts) commonNumbers(a, b int) (numbers, amounts agreement) {
	var x, y, common [2]int // all numbers, amounts
	count := func(of *[2]int, word uint32) {
		of[0]++
		if t.kind[word] == amount {
			of[1]++
		}
	}
	for _, w := range t.numbers(a) {
		count(&x, w)
		if _, ok := slices.BinarySearch(t.numbers(b), w); ok {
			count(&common, w)
		}
	}
	for _, w := range t.numbers(b) {
		count(&y, w)
	}
	agree := func(kind int) agreement {
		fewer := min(x[kind], y[kind])
		if fewer == 0 {
			return agreement{share: 1}
		}
		return agreement{float64(common[kind]) / float64(fewer), fewer}
	}
	return agree(0), agree(1)
}
