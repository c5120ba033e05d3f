package cluster

import (
	"math"
	"unsafe"

	"qissa/internal/parallel"
)

// Documents is what the decision "same story?" reads of the documents.
type Documents struct {
	Headline Rows      // titles, weighted by rarity in whole texts
	Opening  Rows      // title and first words, weighted likewise
	Decayed  Rows      // whole texts, early words weigh more
	Rarity   []float64 // inverse document frequency of each term in whole texts
	Number   []bool    // terms that are numbers
	Time     []int64   // Unix seconds or Undated
	Source   []int32   // outlet
	Length   []int32   // index terms
	Trend    []int8    // 1: the opening speaks of a rise, -1: of a fall, 0: of neither
	Place    []bool    // terms that are places
	Cues     []Cues    // of the title, and the days of the week that the opening names
}

// NumFeatures is the length of a feature vector. The first [NumOwn] are of the two
// documents themselves, the others of what is similar to them.
const (
	NumFeatures = NumOwn + 4
	NumOwn      = 23
)

// FeatureNames names the features in order.
var FeatureNames = [NumFeatures]string{
	"title cosine", "whole cosine", "lead cosine", "title in opening", "rare words", "numbers", "hours",
	"same source", "length", "decayed cosine", "same trend", "opposite trend",
	"title words missing", "template", "other place", "same place", "same weekday", "other weekday", "other steps",
	"same source other steps", "other round", "same source missing", "same source whole",
	"neighbours", "density difference",
	"density ratio", "title density",
}

// A Comparer compares documents, best all pairs of one document in a row, whose
// rows are then made dense once.
type Comparer struct {
	docs                       *Documents
	numbers                    []int32 // in each opening
	titles                     []title
	headline, opening, decayed denseRow
}

// Comparers returns a comparer for each of jobs workers, 0 for one per processor.
// Cost linear in documents and terms.
func (d *Documents) Comparers(jobs int) []*Comparer {
	numbers, titles := d.countNumbers(), d.readTitles()
	all := make([]*Comparer, parallel.Jobs(jobs))
	for w := range all {
		all[w] = &Comparer{docs: d, numbers: numbers, titles: titles, headline: denseRow{rows: d.Headline}, opening: denseRow{rows: d.Opening}, decayed: denseRow{rows: d.Decayed}}
	}
	return all
}

// countNumbers counts the numbers in each opening.
func (d *Documents) countNumbers() []int32 {
	numbers := make([]int32, d.Opening.Len())
	for i := range numbers {
		for _, t := range d.Opening.Term[d.Opening.Start[i]:d.Opening.Start[i+1]] {
			if d.Number[t] {
				numbers[i]++
			}
		}
	}
	return numbers
}

// Prefetch asks for the memory that the comparer reads of the pairs to come, from
// the one at hand on.
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
	prefetch(unsafe.Pointer(&d.Trend[b]))
	prefetch(unsafe.Pointer(&c.numbers[b]))
}

// Own returns the features of a pair with the given cosines that the two documents
// have by themselves, whatever else there is.
func (c *Comparer) Own(p Pair, cos Cosines) (f [NumOwn]float64) {
	d, a, b := c.docs, p.A, p.B
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
	f[8] = math.Abs(math.Log(float64(d.Length[a]+lengthRoom)) - math.Log(float64(d.Length[b]+lengthRoom)))
	f[9] = c.decayed.dot(d.Decayed, b)
	switch d.Trend[a] * d.Trend[b] {
	case 1:
		f[10] = 1
	case -1:
		f[11] = 1
	}
	c.cues(p, &f)
	return f
}

// Chosen by eye, before the decision was fitted on them.
const (
	lengthRoom   = 5    // index terms added to a length: of short texts one more says little
	commonplace  = 4    // inverse document frequency that a rare word exceeds: of a word in one of twenty texts
	undatedHours = 12   // between two articles of one outlet without dates
	densityRoom  = 0.02 // added to a similarity before its logarithm
)

// openings returns the log of the summed rarity of the words that both
// openings hold, and the share of common numbers of the one with fewer.
func (c *Comparer) openings(a, b int32) (rare, numbers float64) {
	d, common := c.docs, 0
	for _, t := range d.Opening.Term[d.Opening.Start[b]:d.Opening.Start[b+1]] {
		if c.opening.weight[t] == 0 {
			continue
		}
		rare += max(0, d.Rarity[t]-commonplace)
		if d.Number[t] {
			common++
		}
	}
	fewer := min(c.numbers[a], c.numbers[b])
	return math.Log1p(rare), float64(common) / float64(max(fewer, 1))
}

// hours is the distance in time. Where either time is unknown it is 0, or 12 in one
// outlet, unless both name one day of the week.
func (d *Documents) hours(a, b int32) float64 {
	s, t := d.Time[a], d.Time[b]
	if s == Undated || t == Undated {
		if d.Source[a] == d.Source[b] && d.Source[a] >= 0 && d.Cues[a]&d.Cues[b]&Weekdays == 0 {
			return undatedHours
		}
		return 0
	}
	return math.Abs(float64(s-t)) / 3600
}
