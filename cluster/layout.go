package cluster

// A layout is one row laid out by term, for products with many others.
type layout struct {
	rows   Rows
	weight []float32 // by term, 0 for those that the row does not have
	of     []uint32  // terms of the row
	row    int32     // 1 + its number, 0 for none
}

// lay lays out a row, unless it lies there.
func (l *layout) lay(row int32, terms int) {
	if l.row == row+1 {
		return
	}
	if l.weight == nil {
		l.weight = make([]float32, terms)
	}
	for _, t := range l.of {
		l.weight[t] = 0
	}
	from, to := l.rows.Start[row], l.rows.Start[row+1]
	l.row, l.of = row+1, l.rows.Term[from:to]
	for i, t := range l.of {
		l.weight[t] = l.rows.Weight[from+i]
	}
}

// dot is the dot product with a row of x. It has the same bits as a product by
// merging: the terms come in the same order.
func (l *layout) dot(x Rows, row int32) float64 {
	sum := 0.0
	for i := x.Start[row]; i < x.Start[row+1]; i++ {
		if w := l.weight[x.Term[i]]; w != 0 {
			sum += float64(float64(w) * float64(x.Weight[i]))
		}
	}
	return sum
}
