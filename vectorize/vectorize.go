// Package vectorize turns documents, given as terms, into TF-IDF rows.
//
// The steps: [DocumentFrequency] counts in how many documents each term
// stands, [IDF] turns that into weights, a [Builder] writes one unit-length
// row a document, and [SideBySide] lays the rows of several sections of the
// same documents into one. Term numbers are the caller's; [ByFrequency] gives
// the order in which rare terms stand last.
package vectorize

import "fmt"

// Rows are sparse vectors of unit length, one per document, packed by row:
// row i has the terms Term[Start[i]:Start[i+1]], strictly ascending, and their
// weights beside them. A document without terms is an empty row.
type Rows struct {
	Start  []int // length: documents + 1
	Term   []uint32
	Weight []float32
}

// Len returns the number of documents.
func (r Rows) Len() int { return max(len(r.Start)-1, 0) }

// Row returns the terms and weights of document i. They are not copies.
func (r Rows) Row(i int) ([]uint32, []float32) {
	lo, hi := r.Start[i], r.Start[i+1]
	return r.Term[lo:hi:hi], r.Weight[lo:hi:hi]
}

// Concat returns the rows of all parts, one part after the other.
func Concat(parts ...Rows) Rows {
	documents, entries := 0, 0
	for _, p := range parts {
		documents += p.Len()
		entries += len(p.Term)
	}
	all := Rows{
		Start:  append(make([]int, 0, documents+1), 0),
		Term:   make([]uint32, 0, entries),
		Weight: make([]float32, 0, entries),
	}
	for _, p := range parts {
		base := len(all.Term)
		for i := range p.Len() {
			all.Start = append(all.Start, base+p.Start[i+1])
		}
		all.Term = append(all.Term, p.Term...)
		all.Weight = append(all.Weight, p.Weight...)
	}
	return all
}

func (r Rows) check(documents int) {
	if r.Len() != documents {
		panic(fmt.Sprintf("vectorize: %d rows beside %d", r.Len(), documents))
	}
}
