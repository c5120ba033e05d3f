package cluster

import (
	"cmp"
	"context"
	"slices"
	"sync/atomic"

	"qissa/internal/parallel"
)

// A Merge is one step of a linkage: the groups whose smallest members are A
// and B, A < B, became one at average similarity Sim.
type Merge struct {
	A, B int32
	Sim  float64
}

// A Dendrogram is the history of a linkage, from single documents on, by
// falling similarity. It can be cut at many thresholds without a second run.
type Dendrogram struct {
	Documents int
	Merges    []Merge
}

// Cut returns the groups whose average similarity is at least minSim.
func (d Dendrogram) Cut(minSim float64) Partition {
	p := make(Partition, d.Documents)
	for i := range p {
		p[i] = i
	}
	for _, m := range d.Merges {
		if m.Sim < minSim {
			break
		}
		p[m.B] = int(m.A)
	}
	// A group's smallest member points to itself and every other to a smaller.
	for i := range p {
		p[i] = p[p[i]]
	}
	return p
}

// AverageLinkage joins the two groups with the greatest average similarity,
// again and again, down to minSim (UPGMA; Sokal and Michener, 1958). A pair
// that is not listed has similarity 0, so one strong pair does not chain two
// large groups together; one listed with the similarity +Inf is joined before all
// others, and groups with a pair of -Inf between them are never joined. Ties go
// to the groups with the smallest members.
//
// Pairs are sorted by (A, B), each listed once. Cost p log p in the pairs of a
// component; components do not meet, so jobs workers take one each, 0 or less for one per processor.
func AverageLinkage(ctx context.Context, documents int, pairs []Pair, minSim float64, jobs int) (Dendrogram, error) {
	d := Dendrogram{Documents: documents}
	parts := components(documents, pairs)
	merges := make([][]Merge, len(parts))
	place := make([]int32, documents) // of a document in its component
	var next atomic.Int64
	parallel.Workers(ctx, jobs, func(ctx context.Context, _ int) {
		for i := int(next.Add(1)) - 1; i < len(parts) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
			merges[i] = link(parts[i], place, minSim, tableSize)
		}
	})
	if err := ctx.Err(); err != nil {
		return Dendrogram{}, err
	}
	d.Merges = slices.Concat(merges...)
	slices.SortStableFunc(d.Merges, byAverage)
	return d, nil
}

// components returns the pairs of each connected component, the component
// with the smallest document first.
func components(documents int, pairs []Pair) [][]Pair {
	joined := NewParts(documents)
	for _, p := range pairs {
		joined.Join(p.A, p.B)
	}
	count := make([]int, documents) // of pairs, by root
	for _, p := range pairs {
		count[joined.root(p.A)]++
	}
	all := make([]Pair, len(pairs))
	var parts [][]Pair
	number := make([]int32, documents) // of the component, by root
	for d, n := range count {
		if n > 0 {
			number[d] = int32(len(parts))
			parts = append(parts, all[:0:n])
			all = all[n:]
		}
	}
	for _, p := range pairs {
		n := number[joined.root(p.A)]
		parts[n] = append(parts[n], p)
	}
	return parts
}

// byAverage orders merges, the most similar first.
func byAverage(a, b Merge) int {
	return cmp.Or(cmp.Compare(b.Sim, a.Sim), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
}

// A mergeQueue is a heap of merges to come, the most similar first.
type mergeQueue []Merge

func (q mergeQueue) Len() int           { return len(q) }
func (q mergeQueue) Less(i, j int) bool { return byAverage(q[i], q[j]) < 0 }
func (q mergeQueue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *mergeQueue) Push(x any)        { *q = append(*q, x.(Merge)) }
func (q *mergeQueue) Pop() any {
	old := *q
	m := old[len(old)-1]
	*q = old[:len(old)-1]
	return m
}
