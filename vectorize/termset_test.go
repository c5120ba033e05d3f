package vectorize

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// A set lists its members as sorting would, and is empty afterwards.
func TestTermSet(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, terms := range []int{1, 63, 64, 65, 4095, 4096, 4097, 300_000} {
		s := newTermSet(terms)
		for _, members := range []int{0, 1, 10, 300} {
			var want []uint32
			for range members {
				term := uint32(random.IntN(terms))
				s.add(term)
				want = append(want, term)
			}
			s.add(uint32(terms - 1))
			want = append(want, uint32(terms-1))
			slices.Sort(want)
			want = slices.Compact(want)
			if got := s.drain(nil); !slices.Equal(got, want) {
				t.Fatalf("of %d terms: %v, want %v", terms, got, want)
			}
			if got := s.drain(nil); len(got) != 0 {
				t.Fatalf("of %d terms: %v are left", terms, got)
			}
		}
	}
}
