// Package vectorize turns documents, given as terms, into TF-IDF rows.
//
// The steps: [DocumentFrequency] counts in how many documents each term
// stands, [IDF] turns that into weights, a [Builder] writes one unit-length
// row a document, and a [Mix] lays the rows of several sections of the same
// documents into one. Term numbers are the caller's; [ByFrequency] gives
// the order in which rare terms stand last.
package vectorize

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

// NewRows returns rows of the given lengths, to be filled.
func NewRows(lengths []uint32) Rows {
	rows := Rows{Start: make([]int, len(lengths)+1)}
	for i, n := range lengths {
		rows.Start[i+1] = rows.Start[i] + int(n)
	}
	entries := rows.Start[len(lengths)]
	rows.Term, rows.Weight = make([]uint32, entries), make([]float32, entries)
	return rows
}
