package eval

import (
	"container/heap"
	"math"

	"qissa/cluster"
)

// CEAF returns the entity-based CEAF: groups of pred and gold are matched one
// to one so that the sum of 2·|both| / (|pred group| + |gold group|) is
// greatest; precision is that sum over the number of predicted groups, recall
// over the number of gold groups.
//
// The matching is exact. Only groups that share items are looked at, so that
// its time is that of the knots of groups that overlap one another, as a rule
// small; at worst O(groups · cells · log cells).
//
// Luo, On coreference resolution performance metrics, HLT-EMNLP 2005 (φ4).
func CEAF(pred, gold cluster.Partition) Score {
	return newTable(pred, gold).ceaf()
}

func (t table) ceaf() Score {
	return score(t.bestMatch(), float64(len(t.pred)), float64(len(t.gold)))
}

// bestMatch returns the greatest sum of similarities of groups matched one to
// one.
//
// It is the method of shortest augmenting paths over sparse costs: gold groups
// are matched one after the other, each along the cheapest chain of
// rematchings, found by Dijkstra's algorithm over costs that prices keep
// non-negative. Staying unmatched costs 0; a match costs minus its similarity.
// Jonker and Volgenant, A shortest augmenting path algorithm for dense and
// sparse linear assignment problems, Computing 38 (1987).
func (t table) bestMatch() float64 {
	m := newMatching(t)
	for g := range m.predOf {
		m.augment(g)
	}
	var sum float64
	for g, p := range m.predOf {
		if p >= 0 {
			sum -= m.cost(g, p)
		}
	}
	return sum
}

// A matching pairs gold groups with predicted ones.
type matching struct {
	edges  [][]edge  // of each gold group
	predOf []int     // the predicted group matched to a gold group, -1 if none
	goldOf []int     // and back
	price  []float64 // of each predicted group

	// The search of the round: a predicted group counts as seen, or settled,
	// where its mark is the round's.
	round         int
	seen, settled []int
	dist          []float64 // cheapest way to each predicted group
	from          []int     // gold group from which that way comes
	heap          minHeap
}

type edge struct {
	pred int
	cost float64
}

func newMatching(t table) *matching {
	m := &matching{
		edges:   make([][]edge, len(t.gold)),
		predOf:  make([]int, len(t.gold)),
		goldOf:  make([]int, len(t.pred)),
		price:   make([]float64, len(t.pred)),
		seen:    make([]int, len(t.pred)),
		settled: make([]int, len(t.pred)),
		dist:    make([]float64, len(t.pred)),
		from:    make([]int, len(t.pred)),
	}
	for i := range m.goldOf {
		m.goldOf[i] = -1
	}
	for i := range m.predOf {
		m.predOf[i] = -1
	}
	for _, c := range t.cells {
		similarity := 2 * float64(c.n) / float64(t.gold[c.gold]+t.pred[c.pred])
		m.edges[c.gold] = append(m.edges[c.gold], edge{c.pred, -similarity})
	}
	return m
}

func (m *matching) cost(gold, pred int) float64 {
	for _, e := range m.edges[gold] {
		if e.pred == pred {
			return e.cost
		}
	}
	panic("eval: no such match")
}

// augment matches gold group start, or leaves one group of its chain
// unmatched, whichever is cheapest.
func (m *matching) augment(start int) {
	m.round++
	m.heap = m.heap[:0]
	var order []int // settled groups
	// The cheapest end with a gold group left unmatched: start itself at first.
	loser, least := start, 0.0
	gold, base := start, 0.0
	for {
		m.relax(gold, base)
		pred, dist, ok := m.next()
		if !ok || dist >= least {
			m.reprice(order, least)
			if loser != start {
				p := m.predOf[loser]
				m.predOf[loser] = -1
				m.flip(p, start)
			}
			return
		}
		if m.goldOf[pred] < 0 {
			m.reprice(order, dist)
			m.flip(pred, start)
			return
		}
		m.settled[pred] = m.round
		order = append(order, pred)
		gold = m.goldOf[pred]
		base = dist - (m.cost(gold, pred) - m.price[pred])
		if base < least {
			loser, least = gold, base
		}
	}
}

// relax looks at the ways over gold, which is reached at cost base.
func (m *matching) relax(gold int, base float64) {
	for _, e := range m.edges[gold] {
		d := base + e.cost - m.price[e.pred]
		if m.settled[e.pred] == m.round || m.seen[e.pred] == m.round && m.dist[e.pred] <= d {
			continue
		}
		m.seen[e.pred], m.dist[e.pred], m.from[e.pred] = m.round, d, gold
		heap.Push(&m.heap, way{d, e.pred})
	}
}

// next returns the nearest predicted group that is not settled.
func (m *matching) next() (pred int, dist float64, ok bool) {
	for len(m.heap) > 0 {
		w := heap.Pop(&m.heap).(way)
		if m.settled[w.pred] != m.round {
			return w.pred, w.dist, true
		}
	}
	return 0, math.Inf(1), false
}

// reprice lowers the prices of the settled groups by what they are nearer than
// the end of the chain, which keeps all costs less prices non-negative.
func (m *matching) reprice(settled []int, end float64) {
	for _, p := range settled {
		m.price[p] += m.dist[p] - end
	}
}

// flip matches pred to the gold group from which it was reached, whose old
// match goes to the one before, until start is matched.
func (m *matching) flip(pred, start int) {
	for {
		gold := m.from[pred]
		old := m.predOf[gold]
		m.predOf[gold], m.goldOf[pred] = pred, gold
		if gold == start {
			return
		}
		pred = old
	}
}

// A way leads to a predicted group at a cost.
type way struct {
	dist float64
	pred int
}

// minHeap has the nearest first, ties by number.
type minHeap []way

func (h minHeap) Len() int { return len(h) }
func (h minHeap) Less(i, j int) bool {
	return h[i].dist < h[j].dist || h[i].dist == h[j].dist && h[i].pred < h[j].pred
}
func (h minHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *minHeap) Push(w any)   { *h = append(*h, w.(way)) }
func (h *minHeap) Pop() any {
	last := len(*h) - 1
	w := (*h)[last]
	*h = (*h)[:last]
	return w
}
