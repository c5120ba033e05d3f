package cluster

import (
	"context"
	"math"
	"slices"

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

const (
	nearSim     = 0.15 // least mix of a near partner
	profileBase = nearSim / 2
	densest     = 50  // partners whose mix is averaged
	titleSim    = 0.1 // least title cosine that counts as dense
)

// mostNear is how many partners of a document its profile holds, the nearest. The
// profiles of n documents that are all similar would else take n³ operations.
const mostNear = 256

// Neighbours computes the neighbourhoods of n documents from all pairs of a run, on
// jobs workers, 0 or less for one per processor. cosines returns the cosines by section of a
// pair, given its number. Cost p log p in the pairs.
func Neighbours(n int, pairs []Pair, cosines func(pair int) Cosines, jobs int) *Neighbourhood {
	nb := &Neighbourhood{start: make([]int, n+1), kept: make([]int32, n), dense: make([]float64, n), titles: make([]float64, n), norm: make([]float64, n)}
	eachRange(n, jobs, func(r docRange) { nb.count(r, pairs, cosines) })
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
func (nb *Neighbourhood) count(r docRange, pairs []Pair, cosines func(pair int) Cosines) {
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
		if x := float64(cosines(i)[Title]); x >= titleSim {
			cos = x
		}
		if p.Sim >= nearSim {
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
			if p := pairs[i]; p.Sim >= nearSim {
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

// keepNearest keeps the most partners of document d that are most similar, of equally
// similar ones the earlier, and d itself, in order. sims are the similarities of all
// partners but d, ascending.
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
