package cluster

import (
	"math"
	"slices"
)

// Neighbourhood sums up, for each document, the pairs that it is in.
type Neighbourhood struct {
	near   []neighbour // partners of all documents with mix ≥ nearSim, by document, then by number; each is its own partner
	start  []int       // of each document's partners
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

// Neighbours computes the neighbourhoods of n documents from all pairs of a run
// and their cosines by section, which are asked for by the number of the pair, in
// order. Cost p log p in the pairs.
func Neighbours(n int, pairs []Pair, cosines func(pair int) Cosines) *Neighbourhood {
	nb := &Neighbourhood{dense: make([]float64, n), titles: make([]float64, n), norm: make([]float64, n)}
	for i, p := range pairs {
		if cos := float64(cosines(i)[Title]); cos >= titleSim {
			nb.titles[p.A] += cos
			nb.titles[p.B] += cos
		}
	}
	nb.collect(n, pairs)
	var sims []float64
	for d := range n {
		sims = sims[:0]
		square := 0.0
		for _, x := range nb.of(int32(d)) {
			if int(x.doc) != d {
				sims = append(sims, float64(x.sim))
			}
			square += x.weight() * x.weight()
		}
		slices.Sort(sims)
		for _, s := range sims[max(0, len(sims)-densest):] {
			nb.dense[d] += s / densest
		}
		nb.norm[d] = math.Sqrt(square)
		nb.titles[d] = math.Log1p(nb.titles[d])
	}
	return nb
}

// collect lists the near partners. Pairs come by (A, B): the earlier partners
// of a document are met before it, then it, then the later ones.
func (nb *Neighbourhood) collect(documents int, pairs []Pair) {
	nb.start = make([]int, documents+1)
	for d := range documents {
		nb.start[d+1] = 1
	}
	for _, p := range pairs {
		if p.Sim >= nearSim {
			nb.start[p.A+1]++
			nb.start[p.B+1]++
		}
	}
	for d := range documents {
		nb.start[d+1] += nb.start[d]
	}
	nb.near = make([]neighbour, nb.start[documents])
	next := slices.Clone(nb.start[:documents])
	add := func(d int32, x neighbour) {
		nb.near[next[d]] = x
		next[d]++
	}
	i := 0
	for d := range int32(documents) {
		add(d, neighbour{d, 1})
		for ; i < len(pairs) && pairs[i].A == d; i++ {
			if p := pairs[i]; p.Sim >= nearSim {
				add(p.A, neighbour{p.B, float32(p.Sim)})
				add(p.B, neighbour{p.A, float32(p.Sim)})
			}
		}
	}
}

func (nb *Neighbourhood) of(d int32) []neighbour { return nb.near[nb.start[d]:nb.start[d+1]] }

// weight is the weight of a partner in the profile.
func (x neighbour) weight() float64 { return float64(x.sim) - profileBase }
