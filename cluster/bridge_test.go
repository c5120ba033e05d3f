package cluster

import (
	"math/rand/v2"
	"testing"
)

func TestBridge(t *testing.T) {
	for _, test := range []struct {
		name  string
		n     int
		edges [][2]int
		want  int
	}{
		{"nothing", 0, nil, -1},
		{"one document", 1, nil, -1},
		{"a pair", 2, [][2]int{{0, 1}}, -1},
		{"a star holds single documents only", 4, [][2]int{{0, 1}, {0, 2}, {0, 3}}, -1},
		{"a chain of four", 4, [][2]int{{0, 1}, {1, 2}, {2, 3}}, -1},
		{"a chain of five hangs on its middle", 5, [][2]int{{0, 1}, {1, 2}, {2, 3}, {3, 4}}, 2},
		{"two triangles over one document", 5, [][2]int{{0, 1}, {0, 2}, {1, 2}, {2, 3}, {2, 4}, {3, 4}}, 2},
		{"a ring", 5, [][2]int{{0, 1}, {1, 2}, {2, 3}, {3, 4}, {0, 4}}, -1},
	} {
		if got := Bridge(test.n, test.edges); got != test.want {
			t.Errorf("%s: Bridge = %d, want %d", test.name, got, test.want)
		}
	}
}

// slowBridge takes each document out and counts what is left.
func slowBridge(n int, edges [][2]int) int {
	best, least := -1, n
	for v := range n {
		group := make([]int, n)
		for i := range group {
			group[i] = i
		}
		for range n {
			for _, e := range edges {
				if e[0] != v && e[1] != v {
					m := min(group[e[0]], group[e[1]])
					group[e[0]], group[e[1]] = m, m
				}
			}
		}
		size := map[int]int{}
		for i, g := range group {
			if i != v {
				size[g]++
			}
		}
		parts, largest := 0, 0
		for _, s := range size {
			largest = max(largest, s)
			if s > 1 {
				parts++
			}
		}
		if parts > 1 && largest < least {
			best, least = v, largest
		}
	}
	return best
}

func TestBridgeEqualsSlowOne(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 1))
		n := 2 + r.IntN(9)
		var edges [][2]int
		for v := 1; v < n; v++ {
			edges = append(edges, [2]int{r.IntN(v), v})
		}
		for range r.IntN(4) {
			if a, b := r.IntN(n), r.IntN(n); a < b {
				edges = append(edges, [2]int{a, b})
			}
		}
		if got, want := Bridge(n, edges), slowBridge(n, edges); got != want {
			t.Fatalf("seed %d: Bridge(%d, %v) = %d, want %d", seed, n, edges, got, want)
		}
	}
}
