package cluster

import (
	"context"
	"math"
	"slices"
	"unsafe"

	"qissa/internal/parallel"
)

// Neighbourhood sums up, for each document, the pairs that it is in.
type Neighbourhood struct {
	near   []neighbour // nearest partners of all documents, by document, then by number; each is its own
	start  []int       // of each document's partners
	kept   []int32     // how many they are
	dense  []float64   // mean mix of the densest partners
	titles []float64   // ln(1 + sum of title cosines)
	norm   []float64   // length of the neighbour profile
}

type neighbour struct {
	doc int32
	sim float32
}

// LeastSim is the least mixed cosine of a pair that the decision looks at: densities
// and profiles are sums over such pairs, and [Fitted] was fitted on them.
const LeastSim = 0.15

const (
	profileBase = LeastSim / 2
	densest     = 50  // partners whose mix is averaged
	titleSim    = 0.1 // least title cosine that counts as dense
)

// mostNear is how many partners of a document its profile holds, the nearest. The
// profiles of n documents that are all similar would else take n³ operations.
const mostNear = 256

// Neighbours computes the neighbourhoods of n documents from all pairs of a run
// and the cosines of their titles, which are asked for by the number of the pair, on
// jobs workers, 0 for one per processor. Cost p log p in the pairs.
func Neighbours(n int, pairs []Pair, title func(pair int) float32, jobs int) *Neighbourhood {
	nb := &Neighbourhood{start: make([]int, n+1), kept: make([]int32, n), dense: make([]float64, n), titles: make([]float64, n), norm: make([]float64, n)}
	eachRange(n, jobs, func(r docRange) { nb.count(r, pairs, title) })
	for d := range n {
		nb.start[d+1] += nb.start[d]
	}
	nb.near = make([]neighbour, nb.start[n])
	eachRange(n, jobs, func(r docRange) {
		nb.collect(r, pairs)
		nb.sumUp(r)
	})
	return nb
}

// A docRange is documents whose neighbourhoods one worker computes: all pairs of
// a document in order, so that sums are the same for any number of workers.
type docRange struct{ from, to int32 }

func (r docRange) has(d int32) bool { return r.from <= d && d < r.to }

// eachRange calls f on one range for each worker and waits.
func eachRange(n, jobs int, f func(docRange)) {
	jobs = parallel.Jobs(jobs)
	parallel.Workers(context.Background(), jobs, func(_ context.Context, w int) {
		f(docRange{int32(n * w / jobs), int32(n * (w + 1) / jobs)})
	})
}

// count counts the near partners of each document and sums its title cosines up.
func (nb *Neighbourhood) count(r docRange, pairs []Pair, title func(pair int) float32) {
	for d := r.from; d < r.to; d++ {
		nb.start[d+1] = 1
	}
	for i, p := range pairs {
		if p.A >= r.to {
			break // so is B
		}
		if !r.has(p.A) && !r.has(p.B) {
			continue
		}
		cos, near := 0.0, 0
		if x := float64(title(i)); x >= titleSim {
			cos = x
		}
		if p.Sim >= LeastSim {
			near = 1
		}
		for _, d := range [2]int32{p.A, p.B} {
			if r.has(d) {
				nb.titles[d] += cos
				nb.start[d+1] += near
			}
		}
	}
}

// collect lists the near partners. Pairs come by (A, B): the earlier partners
// of a document are met before it, then it, then the later ones.
func (nb *Neighbourhood) collect(r docRange, pairs []Pair) {
	next := slices.Clone(nb.start[r.from:r.to])
	add := func(d int32, x neighbour) {
		if r.has(d) {
			nb.near[next[d-r.from]] = x
			next[d-r.from]++
		}
	}
	i := 0
	for d := range r.to {
		add(d, neighbour{d, 1})
		for ; i < len(pairs) && pairs[i].A == d; i++ {
			if p := pairs[i]; p.Sim >= LeastSim {
				add(p.A, neighbour{p.B, float32(p.Sim)})
				add(p.B, neighbour{p.A, float32(p.Sim)})
			}
		}
	}
}

// sumUp sums up what was collected.
func (nb *Neighbourhood) sumUp(r docRange) {
	var sims []float32
	for d := r.from; d < r.to; d++ {
		all := nb.near[nb.start[d]:nb.start[d+1]]
		sims = sims[:0]
		for _, x := range all {
			if x.doc != d {
				sims = append(sims, x.sim)
			}
		}
		slices.Sort(sims)
		for _, s := range sims[max(0, len(sims)-densest):] {
			nb.dense[d] += float64(s) / densest
		}
		nb.kept[d] = int32(len(keepNearest(all, d, sims, mostNear)))
		square := 0.0
		for _, x := range nb.of(d) {
			square += x.weight() * x.weight()
		}
		nb.norm[d] = math.Sqrt(square)
		nb.titles[d] = math.Log1p(nb.titles[d])
	}
}

// keepNearest keeps of the partners of a document, in order, so many that are most
// similar, the earlier of two that are equally so, and itself. Their similarities
// are given in ascending order.
func keepNearest(all []neighbour, d int32, sims []float32, most int) []neighbour {
	if len(sims) <= most {
		return all
	}
	nearest := sims[len(sims)-most:]
	least := nearest[0]
	equal := 0 // how many of the least are kept
	for equal < most && nearest[equal] == least {
		equal++
	}
	return slices.DeleteFunc(all, func(x neighbour) bool {
		if x.sim == least && x.doc != d {
			equal--
			return equal < 0
		}
		return x.sim < least
	})
}

// of returns the nearest partners of a document, and itself.
func (nb *Neighbourhood) of(d int32) []neighbour {
	return nb.near[nb.start[d]:][:nb.kept[d]]
}

// weight is the weight of a partner in the profile.
func (x neighbour) weight() float64 { return float64(x.sim) - profileBase }

// A NeighbourComparer compares what is similar to two documents, best all pairs of
// one document in a row. Every worker has its own.
type NeighbourComparer struct {
	nb     *Neighbourhood
	weight []float64 // of the partners of a document, by document
	a      int32     // that document, -1 at first
}

// Comparer returns a new comparer. Cost linear in the documents.
func (nb *Neighbourhood) Comparer() *NeighbourComparer {
	return &NeighbourComparer{nb: nb, weight: make([]float64, len(nb.norm)), a: -1}
}

// Prefetch asks for the memory that the comparer reads of the pairs to come, from
// the one at hand on.
func (c *NeighbourComparer) Prefetch(pairs []Pair) {
	if len(pairs) > later {
		b := pairs[later].B
		prefetch(unsafe.Pointer(&c.nb.dense[b]))
		prefetch(unsafe.Pointer(&c.nb.titles[b]))
	}
}

// Features returns the features of a pair from [NumOwn] on.
func (c *NeighbourComparer) Features(p Pair) (f [NumFeatures - NumOwn]float64) {
	f = c.densities(p)
	f[0] = c.profile(p.A, p.B)
	return f
}

// densities returns the features but for the first, which takes longest to compute.
func (c *NeighbourComparer) densities(p Pair) (f [NumFeatures - NumOwn]float64) {
	dense, titles := c.nb.dense, c.nb.titles
	f[1] = p.Sim - (dense[p.A]+dense[p.B])/2
	f[2] = math.Log((p.Sim + densityRoom) / math.Sqrt((dense[p.A]+densityRoom)*(dense[p.B]+densityRoom)))
	f[3] = (titles[p.A] + titles[p.B]) / 2
	return f
}

// profile returns the cosine of the neighbour profiles of a and b.
func (c *NeighbourComparer) profile(a, b int32) float64 {
	if a != c.a {
		if c.a >= 0 {
			for _, x := range c.nb.of(c.a) {
				c.weight[x.doc] = 0
			}
		}
		for _, x := range c.nb.of(a) {
			c.weight[x.doc] = x.weight()
		}
		c.a = a
	}
	sum := 0.0
	for _, y := range c.nb.of(b) {
		sum += float64(c.weight[y.doc] * y.weight())
	}
	return sum / (c.nb.norm[a] * c.nb.norm[b])
}
