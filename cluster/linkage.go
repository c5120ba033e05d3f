package cluster

import (
	"cmp"
	"container/heap"
	"context"
	"slices"
	"sync/atomic"
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
// component; components do not meet, and several workers take them, as many as jobs.
func AverageLinkage(ctx context.Context, documents int, pairs []Pair, minSim float64, jobs int) (Dendrogram, error) {
	d := Dendrogram{Documents: documents}
	parts := components(documents, pairs)
	merges := make([][]Merge, len(parts))
	var next atomic.Int64
	workers(jobs, func() {
		for i := int(next.Add(1)) - 1; i < len(parts) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
			merges[i] = link(parts[i], minSim)
		}
	})
	if err := ctx.Err(); err != nil {
		return Dendrogram{}, err
	}
	d.Merges = slices.Concat(merges...)
	slices.SortStableFunc(d.Merges, func(a, b Merge) int {
		return cmp.Or(cmp.Compare(b.Sim, a.Sim), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return d, nil
}

// components returns the pairs of each connected component, the component
// with the smallest document first.
func components(documents int, pairs []Pair) [][]Pair {
	parent := make([]int32, documents)
	for i := range parent {
		parent[i] = int32(i)
	}
	root := func(i int32) int32 {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for _, p := range pairs {
		if a, b := root(p.A), root(p.B); a != b {
			parent[max(a, b)] = min(a, b)
		}
	}
	number := map[int32]int{}
	var all [][]Pair
	for _, p := range pairs {
		r := root(p.A)
		n, ok := number[r]
		if !ok {
			n = len(all)
			number[r] = n
			all = append(all, nil)
		}
		all[n] = append(all[n], p)
	}
	return all
}

// group is a group of documents while a component is linked.
type group struct {
	size int
	sum  map[int32]float64 // similarity summed over all pairs with a document of another group
}

// link runs average linkage inside one component.
func link(pairs []Pair, minSim float64) []Merge {
	groups := map[int32]*group{}
	at := func(i int32) *group {
		g := groups[i]
		if g == nil {
			g = &group{size: 1, sum: map[int32]float64{}}
			groups[i] = g
		}
		return g
	}
	var queue mergeQueue
	for _, p := range pairs {
		at(p.A).sum[p.B] = p.Sim
		at(p.B).sum[p.A] = p.Sim
		if p.Sim >= minSim {
			queue = append(queue, Merge(p))
		}
	}
	heap.Init(&queue)
	var merges []Merge
	for len(queue) > 0 {
		m := heap.Pop(&queue).(Merge)
		a, b := groups[m.A], groups[m.B]
		if a == nil || b == nil || average(a, b, m.B) != m.Sim {
			continue // a group of it has changed since
		}
		merges = append(merges, m)
		delete(groups, m.B)
		delete(a.sum, m.B)
		delete(b.sum, m.A)
		a.size += b.size
		for other, sum := range b.sum {
			a.sum[other] += sum
			o := groups[other]
			delete(o.sum, m.B)
			o.sum[m.A] = a.sum[other]
		}
		for other := range a.sum {
			if sim := average(a, groups[other], other); sim >= minSim {
				heap.Push(&queue, Merge{min(m.A, other), max(m.A, other), sim})
			}
		}
	}
	return merges
}

func average(a, b *group, bNumber int32) float64 {
	return a.sum[bNumber] / float64(a.size*b.size)
}

// mergeQueue is a heap of merges to come, the most similar first.
type mergeQueue []Merge

func (q mergeQueue) Len() int { return len(q) }
func (q mergeQueue) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(q[j].Sim, q[i].Sim), cmp.Compare(q[i].A, q[j].A), cmp.Compare(q[i].B, q[j].B)) < 0
}
func (q mergeQueue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *mergeQueue) Push(x any)   { *q = append(*q, x.(Merge)) }
func (q *mergeQueue) Pop() any {
	old := *q
	m := old[len(old)-1]
	*q = old[:len(old)-1]
	return m
}
