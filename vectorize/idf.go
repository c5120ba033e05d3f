package vectorize

import (
	"cmp"
	"slices"

	"github.com/james-bowman/nlp"
	"github.com/james-bowman/sparse"
	"gonum.org/v1/gonum/mat"
)

// A DocumentFrequency counts, for each term number, the documents that hold
// it. The zero value is ready; it grows as terms are seen.
type DocumentFrequency struct {
	Documents int
	Of        []int // by term number

	last []int // number, from 1, of the last document that held the term
}

// Document starts the next document.
func (d *DocumentFrequency) Document() { d.Documents++ }

// Term tells that the current document holds the term. It reports whether that
// was not known yet.
func (d *DocumentFrequency) Term(t uint32) (first bool) {
	if int(t) >= len(d.Of) {
		d.grow(int(t) + 1)
	}
	if d.last[t] == d.Documents {
		return false
	}
	d.last[t] = d.Documents
	d.Of[t]++
	return true
}

func (d *DocumentFrequency) grow(terms int) {
	d.Of = append(d.Of, make([]int, terms-len(d.Of))...)
	d.last = append(d.last, make([]int, terms-len(d.last))...)
}

// Merge adds the counts of other documents.
func (d *DocumentFrequency) Merge(other *DocumentFrequency) {
	if len(other.Of) > len(d.Of) {
		d.grow(len(other.Of))
	}
	for t, n := range other.Of {
		d.Of[t] += n
	}
	d.Documents += other.Documents
}

// IDF returns the smooth inverse document frequency of each term,
// 1 + ln((1+n)/(1+df)), for n documents: 1 for a term that all of them hold.
// The logarithm is that of [nlp.TfidfTransformer], which reads no more of a
// matrix than how many entries each term has.
func IDF(df []int, documents int) []float64 {
	terms := len(df)
	if terms == 0 {
		return nil
	}
	start, column, ones := make([]int, terms+1), make([]int, terms+1), make([]float64, terms)
	for t, n := range df {
		start[t+1] = start[t] + n
		column[t+1] = t + 1
		ones[t] = 1
	}
	transform := nlp.NewTfidfTransformer().Fit(sparse.NewCSR(terms, documents, start, nil, nil))
	product, err := transform.Transform(sparse.NewCSR(terms, 1, column, make([]int, terms), ones))
	if err != nil {
		panic("vectorize: " + err.Error()) // shapes agree by construction
	}
	idf := make([]float64, terms)
	for t := range idf {
		idf[t] = 1 + mat.Matrix(product).At(t, 0)
	}
	return idf
}

// ByFrequency returns the numbers of the terms by falling document frequency,
// then by their bytes, so that the order does not depend on who saw a term
// first.
func ByFrequency(df []int, term []string) []uint32 {
	order := make([]uint32, len(df))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(df[b], df[a]), cmp.Compare(term[a], term[b]))
	})
	return order
}
