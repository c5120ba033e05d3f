package cluster

import "unsafe"

// common returns the places of the terms that are in a set, which has a bit for
// each, in the memory of found. It has no branch to guess wrong: few terms are
// common, no matter which.
func common(terms []uint32, set []uint64, found []uint32) []uint32 {
	if cap(found) < len(terms) {
		found = make([]uint32, 2*len(terms))
	}
	found = found[:len(terms)]
	n := uint(0)
	for i, t := range terms {
		found[n] = uint32(i)
		n += uint(set[t/64] >> (t % 64) & 1)
	}
	return found[:n]
}

// How many pairs ahead the memory of a row is asked for, and where it starts.
const soon, later = 2, 6

// prefetchStart and prefetchRow ask for the memory of a row, the one later pairs before
// it is read and the other soon.
func (r Rows) prefetchStart(row int32) { prefetch(unsafe.Pointer(&r.Start[row])) }
func (r Rows) prefetchRow(row int32) {
	if at := r.Start[row]; at < len(r.Term) {
		prefetchLines(unsafe.Pointer(&r.Term[at]))
		prefetchLines(unsafe.Pointer(&r.Weight[at]))
	}
}

// A denseRow holds one row with a weight for every term there is, for products with
// many others.
type denseRow struct {
	rows   Rows
	weight []float32 // by term, 0 for those that the row does not have
	has    []uint64  // a bit for each term that it has: these fit where the weights do not
	of     []uint32  // terms of the row
	row    int32     // 1 + its number, 0 for none
	common []uint32  // memory for dot
}

// set makes it the given row of rows that have that many terms.
func (l *denseRow) set(row int32, terms int) {
	if l.row == row+1 {
		return
	}
	if l.weight == nil {
		l.weight, l.has = make([]float32, terms), make([]uint64, terms/64+1)
	}
	for _, t := range l.of {
		l.weight[t], l.has[t/64] = 0, 0
	}
	of, weights := l.rows.row(row)
	l.row, l.of = row+1, of
	for i, t := range of {
		l.weight[t] = weights[i]
		l.has[t/64] |= 1 << (t % 64)
	}
}

// holds reports whether the row has a term.
func (l *denseRow) holds(term uint32) bool { return l.has[term/64]>>(term%64)&1 != 0 }

// dot is the dot product with a row of x. It has the same bits as a product by
// merging: the terms come in the same order.
func (l *denseRow) dot(x Rows, row int32) float64 {
	sum := 0.0
	terms, weights := x.row(row)
	l.common = common(terms, l.has, l.common)
	for _, i := range l.common {
		sum += float64(float64(l.weight[terms[i]]) * float64(weights[i]))
	}
	return sum
}
