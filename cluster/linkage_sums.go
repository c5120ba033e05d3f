package cluster

import "iter"

// sums are the summed similarities of all pairs of documents of two groups: a table
// where most groups are similar, else a map for each group.
type sums struct {
	groups int
	table  []float64
	gone   []bool // in the table: joined to another
	rows   []map[int32]float64
}

// tableSize is how many entries of a table take as much room as a pair in two maps.
const tableSize = 8

// newSums returns sums in a table where that has at most tableSize entries for each
// pair, else in maps.
func newSums(groups, pairs, tableSize int) sums {
	s := sums{groups: groups}
	if groups*groups <= tableSize*pairs {
		s.table = make([]float64, groups*groups)
		s.gone = make([]bool, groups)
		return s
	}
	s.rows = make([]map[int32]float64, groups)
	for i := range s.rows {
		s.rows[i] = map[int32]float64{}
	}
	return s
}

func (s *sums) at(a, b int32) float64 {
	if s.table != nil {
		return s.table[int(a)*s.groups+int(b)]
	}
	return s.rows[a][b]
}

func (s *sums) set(a, b int32, sum float64) {
	if s.table != nil {
		s.table[int(a)*s.groups+int(b)] = sum
		s.table[int(b)*s.groups+int(a)] = sum
		return
	}
	s.rows[a][b], s.rows[b][a] = sum, sum
}

// of yields the groups that a group has pairs with, in any order.
func (s *sums) of(a int32) iter.Seq2[int32, float64] {
	return func(yield func(int32, float64) bool) {
		if s.table == nil {
			for b, sum := range s.rows[a] {
				if !yield(b, sum) {
					return
				}
			}
			return
		}
		for b, sum := range s.table[int(a)*s.groups:][:s.groups] {
			if sum != 0 && !s.gone[b] && !yield(int32(b), sum) {
				return
			}
		}
	}
}

// join adds the sums of b to those of a, and drops b.
func (s *sums) join(a, b int32) {
	s.drop(a, b)
	for other, sum := range s.of(b) {
		s.set(a, other, s.at(a, other)+sum)
	}
	if s.table != nil {
		s.gone[b] = true
		return
	}
	for other := range s.rows[b] {
		delete(s.rows[other], b)
	}
	s.rows[b] = nil
}

// drop drops the sum of a pair.
func (s *sums) drop(a, b int32) {
	if s.table != nil {
		s.set(a, b, 0)
		return
	}
	delete(s.rows[a], b)
	delete(s.rows[b], a)
}
