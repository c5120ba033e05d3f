package sparse

import (
	"math/rand/v2"
	"testing"
)

func TestValues(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, numbers := range []int{0, 1, 63, 64, 255, 256, 257, 2000} {
		for _, often := range []int{1, 2, 50} {
			s, want := New[int](numbers), map[int]int{}
			for n := range numbers {
				if r.IntN(often) == 0 {
					want[n] = r.Int()
					s.Add(n, want[n])
				}
			}
			if s.Len() != len(want) {
				t.Fatalf("%d numbers have a value, want %d", s.Len(), len(want))
			}
			for n := range numbers {
				value, ok := want[n]
				if got := s.At(n); (got != nil) != ok || ok && *got != value {
					t.Fatalf("number %d of %d: %v, want %d, %v", n, numbers, got, value, ok)
				}
			}
		}
	}
}
