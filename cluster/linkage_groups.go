package cluster

import (
	"container/heap"
	"slices"
)

// groups are the groups of documents while one component is linked, each at the
// place of its smallest member.
type groups struct {
	size   []int // 0 of one that was joined to another
	sums   sums
	best   []Merge // with the later group that is nearest, as of the last look
	queue  mergeQueue
	minSim float64
}

// link runs average linkage inside one component. place has room for all documents.
// Every group stands in the queue with its nearest later group only (Müllner, 2011):
// the average with a group that has grown is never above what it was with the nearer
// of its parts, so a look is put off until the group comes first. Sums are kept as
// newSums says.
func link(pairs []Pair, place []int32, minSim float64, tableSize int) []Merge {
	documents := number(pairs, place)
	g := groups{
		size: make([]int, len(documents)), best: make([]Merge, len(documents)),
		sums: newSums(len(documents), len(pairs), tableSize), minSim: minSim,
	}
	for _, p := range pairs {
		g.sums.set(place[p.A], place[p.B], p.Sim)
	}
	for i := range g.size {
		g.size[i] = 1
	}
	for i := range g.size {
		g.look(int32(i))
	}
	var merges []Merge
	for len(g.queue) > 0 {
		m := heap.Pop(&g.queue).(Merge)
		switch {
		case g.size[m.A] == 0 || g.best[m.A] != m: // it has looked since
		case g.size[m.B] == 0 || g.average(m.A, m.B, g.sums.at(m.A, m.B)) != m.Sim:
			g.look(m.A)
		default:
			merges = append(merges, Merge{documents[m.A], documents[m.B], m.Sim})
			g.join(m.A, m.B)
		}
	}
	return merges
}

// number lists the documents of pairs, ascending, and writes the place of each.
func number(pairs []Pair, place []int32) (documents []int32) {
	for _, p := range pairs {
		place[p.A], place[p.B] = -1, -1
	}
	for _, p := range pairs {
		for _, d := range [2]int32{p.A, p.B} {
			if place[d] < 0 {
				place[d] = 0
				documents = append(documents, d)
			}
		}
	}
	slices.Sort(documents)
	for i, d := range documents {
		place[d] = int32(i)
	}
	return documents
}

func (g *groups) average(a, b int32, sum float64) float64 { return sum / float64(g.size[a]*g.size[b]) }

// look finds the later group that is nearest to one, and puts it in the queue.
func (g *groups) look(a int32) {
	best := Merge{A: a, B: -1}
	for b, sum := range g.sums.of(a) {
		if m := (Merge{a, b, g.average(a, b, sum)}); b > a && m.Sim >= g.minSim && (best.B < 0 || byAverage(m, best) < 0) {
			best = m
		}
	}
	g.best[a] = best
	if best.B >= 0 {
		heap.Push(&g.queue, best)
	}
}

// join joins b to a.
func (g *groups) join(a, b int32) {
	g.size[a] += g.size[b]
	g.sums.join(a, b)
	g.size[b] = 0
	for other, sum := range g.sums.of(a) {
		if other > a {
			continue
		}
		m := Merge{other, a, g.average(other, a, sum)}
		if m.Sim >= g.minSim && (g.best[other].B < 0 || byAverage(m, g.best[other]) < 0) {
			g.best[other] = m
			heap.Push(&g.queue, m)
		}
	}
	g.look(a)
}
