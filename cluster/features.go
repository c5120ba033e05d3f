package cluster

import (
	"math"
	"slices"
)

// Sections of the mixed rows, in the order in which they lie side by side.
const (
	Title = iota // the title
	Whole        // title and text
	Lead         // title, weighted, and the first words of the text
)

// Documents is what the decision "same story?" reads of the documents.
type Documents struct {
	Mixed     Rows       // sections side by side; the dot product is the mixed cosine
	Section   []uint8    // of each mixed term
	Share     [3]float64 // of each section in the mix
	Headline  Rows       // titles, weighted by rarity in whole texts
	Opening   Rows       // title and first words, weighted likewise
	Decayed   Rows       // whole texts, early words weigh more
	Rarity    []float64  // inverse document frequency of each term in whole texts
	Number    []bool     // terms that are numbers
	Time      []int64    // Unix seconds or Undated
	Source    []int32    // outlet
	Length    []int32    // index terms
	Direction []int8     // 1: the opening speaks of a rise, -1: of a fall, 0: of neither
}

// NumFeatures is the length of a feature vector.
const NumFeatures = 16

// FeatureNames names the features in order.
var FeatureNames = [NumFeatures]string{
	"title cosine", "whole cosine", "lead cosine", "title in opening", "rare words", "numbers", "hours",
	"same source", "length", "decayed cosine", "same direction", "opposite direction", "neighbours", "density difference",
	"density ratio", "title density",
}

// neighbourFeature is the one that takes longest to compute.
const neighbourFeature = 12

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

// Neighbours computes the neighbourhoods from all pairs of a run and their
// cosines by section. Cost p log p in the pairs.
func Neighbours(docs *Documents, pairs []Pair, cosines []Cosines) *Neighbourhood {
	n := docs.Mixed.Len()
	nb := &Neighbourhood{dense: make([]float64, n), titles: make([]float64, n), norm: make([]float64, n)}
	for i, p := range pairs {
		if cos := float64(cosines[i][Title]); cos >= titleSim {
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

// A Profiler compares the neighbours of documents, best all pairs of one
// document in a row. Every worker has its own.
type Profiler struct {
	nb     *Neighbourhood
	a      int32
	weight []float64 // of a's partners, by document
}

// Profiler returns a new profiler. Cost linear in the documents.
func (nb *Neighbourhood) Profiler() *Profiler {
	return &Profiler{nb: nb, a: -1, weight: make([]float64, len(nb.norm))}
}

// profile returns the cosine of the neighbour profiles of a and b.
func (p *Profiler) profile(a, b int32) float64 {
	if a != p.a {
		if p.a >= 0 {
			for _, x := range p.nb.of(p.a) {
				p.weight[x.doc] = 0
			}
		}
		for _, x := range p.nb.of(a) {
			p.weight[x.doc] = x.weight()
		}
		p.a = a
	}
	sum := 0.0
	for _, y := range p.nb.of(b) {
		sum += float64(p.weight[y.doc] * y.weight())
	}
	return sum / (p.nb.norm[a] * p.nb.norm[b])
}

// Cosines are the cosines of a pair in each section.
type Cosines [3]float32

// Cosines returns the cosines of a pair. Every later step reads them, so that
// the rows are read once.
func (d *Documents) Cosines(p Pair) Cosines {
	var cos [3]float64
	a, b := p.A, p.B
	i, endA := d.Mixed.Start[a], d.Mixed.Start[a+1]
	j, endB := d.Mixed.Start[b], d.Mixed.Start[b+1]
	for i < endA && j < endB {
		switch s, t := d.Mixed.Term[i], d.Mixed.Term[j]; {
		case s < t:
			i++
		case s > t:
			j++
		default:
			cos[d.Section[s]] += float64(float64(d.Mixed.Weight[i]) * float64(d.Mixed.Weight[j]))
			i++
			j++
		}
	}
	var c Cosines
	for s := range cos {
		c[s] = float32(min(cos[s]/d.Share[s], 1))
	}
	return c
}

// Features returns the features of one pair with the given cosines.
func (d *Documents) Features(prof *Profiler, p Pair, cos Cosines) [NumFeatures]float64 {
	f := d.ownFeatures(prof.nb, p, cos)
	f[neighbourFeature] = prof.profile(p.A, p.B)
	return f
}

// ownFeatures returns all features but the overlap of the neighbours.
func (d *Documents) ownFeatures(nb *Neighbourhood, p Pair, cos Cosines) (f [NumFeatures]float64) {
	a, b := p.A, p.B
	f[0], f[1], f[2] = float64(cos[Title]), float64(cos[Whole]), float64(cos[Lead])
	f[3] = max(cross(d.Headline, a, d.Opening, b), cross(d.Headline, b, d.Opening, a))
	f[4], f[5] = d.openings(a, b)
	f[6] = d.hours(a, b)
	if d.Source[a] == d.Source[b] && d.Source[a] >= 0 {
		f[7] = 1
	}
	f[8] = math.Abs(math.Log(float64(d.Length[a]+5)) - math.Log(float64(d.Length[b]+5)))
	f[9] = cross(d.Decayed, a, d.Decayed, b)
	switch d.Direction[a] * d.Direction[b] {
	case 1:
		f[10] = 1
	case -1:
		f[11] = 1
	}
	f[13] = p.Sim - (nb.dense[a]+nb.dense[b])/2
	f[14] = math.Log((p.Sim + 0.02) / math.Sqrt((nb.dense[a]+0.02)*(nb.dense[b]+0.02)))
	f[15] = (nb.titles[a] + nb.titles[b]) / 2
	return f
}

// cross is the dot product of a row of x and a row of y.
func cross(x Rows, a int32, y Rows, b int32) float64 {
	i, endA := x.Start[a], x.Start[a+1]
	j, endB := y.Start[b], y.Start[b+1]
	sum := 0.0
	for i < endA && j < endB {
		switch s, t := x.Term[i], y.Term[j]; {
		case s < t:
			i++
		case s > t:
			j++
		default:
			sum += float64(float64(x.Weight[i]) * float64(y.Weight[j]))
			i++
			j++
		}
	}
	return sum
}

// openings returns the log of the summed rarity of the words that both
// openings hold, and the share of common numbers of the one with fewer.
func (d *Documents) openings(a, b int32) (rare, numbers float64) {
	x, y := d.Opening.Term[d.Opening.Start[a]:d.Opening.Start[a+1]], d.Opening.Term[d.Opening.Start[b]:d.Opening.Start[b+1]]
	common := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] < y[j]:
			i++
		case x[i] > y[j]:
			j++
		default:
			rare += max(0, d.Rarity[x[i]]-4)
			if d.Number[x[i]] {
				common++
			}
			i++
			j++
		}
	}
	fewer := min(d.countNumbers(x), d.countNumbers(y))
	return math.Log1p(rare), float64(common) / float64(max(fewer, 1))
}

func (d *Documents) countNumbers(terms []uint32) (n int) {
	for _, t := range terms {
		if d.Number[t] {
			n++
		}
	}
	return n
}

// hours is the distance in time, 0 where either time is unknown.
func (d *Documents) hours(a, b int32) float64 {
	s, t := d.Time[a], d.Time[b]
	if s == Undated || t == Undated {
		return 0
	}
	return math.Abs(float64(s-t)) / 3600
}
