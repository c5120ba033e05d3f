package vectorize

import "math"

// A Builder writes TF-IDF rows, one document after the other.
//
// The weight of a term is TF(sum of its counts) · IDF, and every row that has
// a term has length 1.
type Builder struct {
	IDF []float64             // by term number
	TF  func(float64) float64 // nil: the count itself; see [Sublinear]

	rows   Rows
	sum    []float64 // by term
	set    termSet   // terms of the current document
	terms  []uint32
	raw    []float64
	weight []float32
}

// Sublinear is 1 + ln(count): the tenth mention of a word says less than the
// first (Salton and Buckley, 1988).
func Sublinear(count float64) float64 {
	if count == 1 { // most words of a document
		return 1
	}
	return 1 + math.Log(count)
}

// Add counts a term of the current document. The count is positive: 1 for a
// mention, more for one in a place that matters.
func (b *Builder) Add(term uint32, count float64) {
	if b.sum == nil {
		b.sum, b.set = make([]float64, len(b.IDF)), newTermSet(len(b.IDF))
	}
	b.set.add(term)
	b.sum[term] += count
}

// Row closes the current document and returns its row, which is valid until the
// next call.
func (b *Builder) Row() (terms []uint32, weights []float32) {
	b.terms, b.raw, b.weight = b.set.drain(b.terms[:0]), b.raw[:0], b.weight[:0]
	var square float64
	for _, t := range b.terms {
		w := b.sum[t]
		b.sum[t] = 0
		if b.TF != nil {
			w = b.TF(w)
		}
		w = float64(w * b.IDF[t])
		square += float64(w * w)
		b.raw = append(b.raw, w)
	}
	length := math.Sqrt(square)
	for _, w := range b.raw {
		b.weight = append(b.weight, float32(w/length))
	}
	return b.terms, b.weight
}

// End closes the current document and adds its row to [Builder.Rows].
func (b *Builder) End() {
	terms, weights := b.Row()
	if b.rows.Start == nil {
		b.rows.Start = append(b.rows.Start, 0)
	}
	b.rows.Term = append(b.rows.Term, terms...)
	b.rows.Weight = append(b.rows.Weight, weights...)
	b.rows.Start = append(b.rows.Start, len(b.rows.Term))
}

// Rows returns the rows written so far and forgets them.
func (b *Builder) Rows() Rows {
	rows := b.rows
	if rows.Start == nil {
		rows.Start = []int{0}
	}
	b.rows = Rows{}
	return rows
}
