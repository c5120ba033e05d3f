package vectorize

import (
	"math"
	"slices"
)

// A Builder writes TF-IDF rows, one document after the other.
//
// The weight of a term is TF(sum of its counts) · IDF, and every row that has
// a term has length 1.
type Builder struct {
	IDF []float64             // by term number
	TF  func(float64) float64 // nil: the count itself; see [Sublinear]

	rows    Rows
	sum     []float64
	touched []uint32
	weight  []float64
}

// Sublinear is 1 + ln(count): the tenth mention of a word says less than the
// first (Salton and Buckley, 1988).
func Sublinear(count float64) float64 { return 1 + math.Log(count) }

// Add counts a term of the current document. The count is positive: 1 for a
// mention, more for one in a place that matters.
func (b *Builder) Add(term uint32, count float64) {
	if b.sum == nil {
		b.sum = make([]float64, len(b.IDF))
	}
	if b.sum[term] == 0 {
		b.touched = append(b.touched, term)
	}
	b.sum[term] += count
}

// End closes the current document: its row is written. Cost n log n in its
// distinct terms.
func (b *Builder) End() {
	slices.Sort(b.touched)
	b.weight = b.weight[:0]
	var square float64
	for _, t := range b.touched {
		w := b.sum[t]
		b.sum[t] = 0
		if b.TF != nil {
			w = b.TF(w)
		}
		w = float64(w * b.IDF[t])
		square += float64(w * w)
		b.weight = append(b.weight, w)
	}
	length := math.Sqrt(square)
	if b.rows.Start == nil {
		b.rows.Start = append(b.rows.Start, 0)
	}
	for i, t := range b.touched {
		b.rows.Term = append(b.rows.Term, t)
		b.rows.Weight = append(b.rows.Weight, float32(b.weight[i]/length))
	}
	b.rows.Start = append(b.rows.Start, len(b.rows.Term))
	b.touched = b.touched[:0]
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
