// Package cluster finds similar documents and groups them. It sees rows,
// times and word sequences, never text.
package cluster

import "math"

// Rows are sparse vectors of unit length, one per document, packed by row:
// row i has the terms Term[Start[i]:Start[i+1]], strictly ascending, with
// their weights, all positive, beside them. An empty row is similar to
// nothing. Terms are numbered by falling document frequency, so that the rare
// ones stand last in each row.
type Rows struct {
	Start  []int // length: documents + 1
	Term   []uint32
	Weight []float32
}

// Len returns the number of documents.
func (r Rows) Len() int { return max(len(r.Start)-1, 0) }

// row returns the terms and weights of a document.
func (r Rows) row(d int32) ([]uint32, []float32) {
	from, to := r.Start[d], r.Start[d+1]
	return r.Term[from:to], r.Weight[from:to]
}

// A Pair is two similar documents, A < B, and their cosine similarity, 0 to 1
// up to rounding. It takes 16 bytes.
type Pair struct {
	A, B int32
	Sim  float64
}

// Undated is the time of a document whose time is not known.
const Undated = math.MinInt64

// A Partition is a grouping: p[i] is the smallest number in i's group, so that
// equal groupings are equal slices.
type Partition []int
