package eval

import (
	"math"
	"slices"

	"qissa/cluster"
)

// VMeasure returns homogeneity (as Precision: how little of gold's entropy is
// left within predicted groups), completeness (as Recall: likewise with the
// two swapped), and the V-measure, their harmonic mean (as F1).
//
// Rosenberg and Hirschberg, V-Measure: a conditional entropy-based external
// cluster evaluation measure, EMNLP-CoNLL 2007.
func VMeasure(pred, gold cluster.Partition) Score {
	return newTable(pred, gold).vmeasure()
}

func (t table) vmeasure() Score {
	return score(t.mutual(), entropy(t.gold, t.n), entropy(t.pred, t.n))
}

// AMI returns the adjusted mutual information: the information that the two
// groupings share, over the mean of their entropies, both less what is expected
// of random groupings with groups of these sizes; 0 for a random grouping.
// Its time grows with the products of the distinct group sizes of the two.
//
// Vinh, Epps and Bailey, Information theoretic measures for clusterings
// comparison, Journal of Machine Learning Research 11 (2010).
func AMI(pred, gold cluster.Partition) float64 {
	return newTable(pred, gold).ami()
}

func (t table) ami() float64 {
	if len(t.cells) == len(t.pred) && len(t.cells) == len(t.gold) {
		return 1 // equal groupings; for all single or all one, the quotient is 0/0
	}
	mean := (entropy(t.gold, t.n) + entropy(t.pred, t.n)) / 2
	expected := t.expectedMutual()
	return (t.mutual() - expected) / (mean - expected)
}

// entropy returns the entropy of group sizes that sum to n, in nats.
func entropy(sizes []int, n int) float64 {
	var h float64
	for _, size := range sizes {
		p := float64(size) / float64(n)
		h -= p * math.Log(p)
	}
	return h
}

// mutual returns the mutual information of the two groupings, in nats.
func (t table) mutual() float64 {
	var mi float64
	n := float64(t.n)
	for _, c := range t.cells {
		both, g, p := float64(c.n), float64(t.gold[c.gold]), float64(t.pred[c.pred])
		mi += both / n * math.Log(both*n/(g*p))
	}
	return max(mi, 0)
}

// expectedMutual returns the mutual information expected of random groupings
// with the same group sizes (Vinh et al. 2010, equation 24a). It depends on a
// pair of groups by their sizes only, so each pair of sizes is worked out once.
func (t table) expectedMutual() float64 {
	logFactorial := make([]float64, t.n+1)
	for i := range logFactorial {
		logFactorial[i], _ = math.Lgamma(float64(i + 1))
	}
	golds, preds := countSizes(t.gold), countSizes(t.pred)
	var sum float64
	for _, g := range golds {
		for _, p := range preds {
			sum += float64(g.groups*p.groups) * expectedCell(g.size, p.size, t.n, logFactorial)
		}
	}
	return sum
}

// A sizeCount is how many groups have a size.
type sizeCount struct{ size, groups int }

// countSizes counts the groups of each size, by size.
func countSizes(sizes []int) []sizeCount {
	var counts []sizeCount
	for _, size := range slices.Sorted(slices.Values(sizes)) {
		if k := len(counts) - 1; k >= 0 && counts[k].size == size {
			counts[k].groups++
		} else {
			counts = append(counts, sizeCount{size, 1})
		}
	}
	return counts
}

// expectedCell returns what one pair of groups of sizes a and b is expected to
// add: the terms of the hypergeometric distribution of their common items.
func expectedCell(a, b, n int, logFactorial []float64) float64 {
	f := logFactorial
	fixed := f[a] + f[b] + f[n-a] + f[n-b] - f[n]
	var sum float64
	for k := max(1, a+b-n); k <= min(a, b); k++ {
		share := float64(k) / float64(n)
		information := math.Log(float64(n) * float64(k) / (float64(a) * float64(b)))
		probability := math.Exp(fixed - f[k] - f[a-k] - f[b-k] - f[n-a-b+k])
		sum += share * information * probability
	}
	return sum
}
