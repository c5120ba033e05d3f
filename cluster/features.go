package cluster

import (
	"math"
	"sync"
	"unsafe"
)

// Documents is what the decision "same story?" reads of the documents.
type Documents struct {
	Headline  Rows      // titles, weighted by rarity in whole texts
	Opening   Rows      // title and first words, weighted likewise
	Decayed   Rows      // whole texts, early words weigh more
	Rarity    []float64 // inverse document frequency of each term in whole texts
	Number    []bool    // terms that are numbers
	Time      []int64   // Unix seconds or Undated
	Source    []int32   // outlet
	Length    []int32   // index terms
	Direction []int8    // 1: the opening speaks of a rise, -1: of a fall, 0: of neither

	counting sync.Once
	numbers  []int32 // in each opening
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

// countNumbers counts the numbers in each opening.
func (d *Documents) countNumbers() {
	d.numbers = make([]int32, d.Opening.Len())
	for i := range d.numbers {
		for _, t := range d.Opening.Term[d.Opening.Start[i]:d.Opening.Start[i+1]] {
			if d.Number[t] {
				d.numbers[i]++
			}
		}
	}
}

// A Comparer compares documents, best all pairs of one document in a row, whose
// rows are then made dense once. Every worker has its own.
type Comparer struct {
	docs                       *Documents
	nb                         *Neighbourhood
	headline, opening, decayed denseRow
	weight                     []float64 // of the partners of a document, by document
	a                          int32     // that document, -1 at first
}

// Comparer returns a new comparer; the documents must not change any more. Cost linear
// in documents and terms.
func (d *Documents) Comparer(nb *Neighbourhood) *Comparer {
	d.counting.Do(d.countNumbers)
	c := &Comparer{docs: d, nb: nb, weight: make([]float64, len(nb.norm)), a: -1}
	c.headline.rows, c.opening.rows, c.decayed.rows = d.Headline, d.Opening, d.Decayed
	return c
}

// profile returns the cosine of the neighbour profiles of a and b.
func (c *Comparer) profile(a, b int32) float64 {
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

// Features returns the features of one pair with the given cosines.
func (c *Comparer) Features(p Pair, cos Cosines) [NumFeatures]float64 {
	f := c.ownFeatures(p, cos)
	f[neighbourFeature] = c.profile(p.A, p.B)
	return f
}

// Prefetch asks for the memory that the comparer will read. pairs[0] is the pair that
// is compared next.
func (c *Comparer) Prefetch(pairs []Pair) {
	if len(pairs) <= later {
		return
	}
	d, b := c.docs, pairs[later].B
	for _, rows := range [...]Rows{d.Headline, d.Opening, d.Decayed} {
		rows.prefetchRow(pairs[soon].B)
		rows.prefetchStart(b)
	}
	prefetch(unsafe.Pointer(&d.Time[b]))
	prefetch(unsafe.Pointer(&d.Source[b]))
	prefetch(unsafe.Pointer(&d.Length[b]))
	prefetch(unsafe.Pointer(&d.Direction[b]))
	prefetch(unsafe.Pointer(&d.numbers[b]))
	prefetch(unsafe.Pointer(&c.nb.dense[b]))
	prefetch(unsafe.Pointer(&c.nb.titles[b]))
}

// ownFeatures returns all features but the overlap of the neighbours.
func (c *Comparer) ownFeatures(p Pair, cos Cosines) (f [NumFeatures]float64) {
	d, nb, a, b := c.docs, c.nb, p.A, p.B
	terms := len(d.Rarity)
	c.headline.set(a, terms)
	c.opening.set(a, terms)
	c.decayed.set(a, terms)
	f[0], f[1], f[2] = float64(cos[Title]), float64(cos[Whole]), float64(cos[Lead])
	f[3] = max(c.headline.dot(d.Opening, b), c.opening.dot(d.Headline, b))
	f[4], f[5] = c.openings(a, b)
	f[6] = d.hours(a, b)
	if d.Source[a] == d.Source[b] && d.Source[a] >= 0 {
		f[7] = 1
	}
	f[8] = math.Abs(math.Log(float64(d.Length[a]+5)) - math.Log(float64(d.Length[b]+5)))
	f[9] = c.decayed.dot(d.Decayed, b)
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

// openings returns the log of the summed rarity of the words that both
// openings hold, and the share of common numbers of the one with fewer.
func (c *Comparer) openings(a, b int32) (rare, numbers float64) {
	d, common := c.docs, 0
	for _, t := range d.Opening.Term[d.Opening.Start[b]:d.Opening.Start[b+1]] {
		if c.opening.weight[t] == 0 {
			continue
		}
		rare += max(0, d.Rarity[t]-4)
		if d.Number[t] {
			common++
		}
	}
	fewer := min(d.numbers[a], d.numbers[b])
	return math.Log1p(rare), float64(common) / float64(max(fewer, 1))
}

// hours is the distance in time, 0 where either time is unknown.
func (d *Documents) hours(a, b int32) float64 {
	s, t := d.Time[a], d.Time[b]
	if s == Undated || t == Undated {
		return 0
	}
	return math.Abs(float64(s-t)) / 3600
}
