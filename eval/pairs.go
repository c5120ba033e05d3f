package eval

import "qissa/cluster"

// Pairwise returns the precision and recall of the pairs that pred puts
// together: right pairs / pairs of pred, right pairs / pairs of gold. Big
// groups weigh with the square of their size.
func Pairwise(pred, gold cluster.Partition) Score {
	return newTable(pred, gold).pairwise()
}

func (t table) pairwise() Score {
	both, p, g, _ := t.pairCounts()
	return score(both, p, g)
}

// ARI returns the adjusted Rand index: the agreement over all pairs, corrected
// for chance; 0 for a random grouping, below 0 for a worse one.
//
// Hubert and Arabie, Comparing partitions, Journal of Classification 2 (1985),
// doi:10.1007/BF01908075.
func ARI(pred, gold cluster.Partition) float64 {
	return newTable(pred, gold).ari()
}

func (t table) ari() float64 {
	tp, p, g, all := t.pairCounts()
	fp, fn := p-tp, g-tp
	if fp == 0 && fn == 0 {
		return 1
	}
	tn := all - tp - fp - fn
	return 2 * (tp*tn - fn*fp) / (g*(fn+tn) + p*(fp+tn))
}

// Kappa returns Cohen's kappa of two readers over all pairs of items, each of which one
// puts together or not: agreement beyond that of chance, 1 where they are equal. It is the
// adjusted Rand index by another way (Warrens, On the equivalence of Cohen's kappa and the
// Hubert-Arabie adjusted Rand index, 2008, doi:10.1007/s00357-008-9023-7).
func Kappa(a, b cluster.Partition) float64 { return newTable(a, b).kappa() }

func (t table) kappa() float64 {
	both, p, g, all := t.pairCounts()
	if all == 0 {
		return 1
	}
	p, g, both = p/all, g/all, both/all
	chance := p*g + (1-p)*(1-g)
	if chance == 1 {
		return 1
	}
	return (1 - (p - both) - (g - both) - chance) / (1 - chance)
}

// pairCounts returns how many pairs both groupings put together, how many each
// does, and how many there are. The counts are exact up to 2^53.
func (t table) pairCounts() (both, pred, gold, all float64) {
	for _, c := range t.cells {
		both += pairs(c.n)
	}
	return both, sumPairs(t.pred), sumPairs(t.gold), pairs(t.n)
}

// BCubed returns B-cubed precision and recall: for each item, the share of its
// predicted group that belongs to its gold group, and the share of its gold
// group that stands in its predicted group, averaged over all items, items
// themselves included.
//
// Bagga and Baldwin, Algorithms for scoring coreference chains (1998); Amigó,
// Gonzalo, Artiles and Verdejo, A comparison of extrinsic clustering
// evaluation metrics based on formal constraints, Information Retrieval 12
// (2009), doi:10.1007/s10791-008-9066-8.
func BCubed(pred, gold cluster.Partition) Score {
	return newTable(pred, gold).bcubed()
}

func (t table) bcubed() Score {
	var p, r float64
	for _, c := range t.cells {
		n := float64(c.n)
		p += n * n / float64(t.pred[c.pred])
		r += n * n / float64(t.gold[c.gold])
	}
	return harmonic(ratio(p, float64(t.n)), ratio(r, float64(t.n)))
}
