package vectorize

import "math/bits"

// A termSet is a set of terms that lists its members in ascending order without
// sorting them.
type termSet struct {
	has  []uint64 // a bit for each term
	some []uint64 // a bit for each of these words that is not 0
}

func newTermSet(terms int) termSet {
	words := terms/64 + 1
	return termSet{make([]uint64, words), make([]uint64, words/64+1)}
}

func (s *termSet) add(term uint32) {
	word := term / 64
	s.has[word] |= 1 << (term % 64)
	s.some[word/64] |= 1 << (word % 64)
}

// drain appends the terms to to, in ascending order, and empties the set. Cost
// linear in the terms, and in 1/4096 of all there are.
func (s *termSet) drain(to []uint32) []uint32 {
	for i, words := range s.some {
		for ; words != 0; words &= words - 1 {
			word := i*64 + bits.TrailingZeros64(words)
			for has := s.has[word]; has != 0; has &= has - 1 {
				to = append(to, uint32(word*64+bits.TrailingZeros64(has)))
			}
			s.has[word] = 0
		}
		s.some[i] = 0
	}
	return to
}
