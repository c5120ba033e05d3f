package cluster

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"testing"
)

// simplePairs is the join in its simplest form that is not hopeless, and the
// second opinion on Pairs where brute force would take too long.
func simplePairs(tb testing.TB, rows Rows, times []int64, j Join) ([]Pair, JoinCounts) {
	if err := checkJoin(tb.Context(), rows, times, j); err != nil {
		tb.Fatal(err)
	}
	s := newSimpleIndex(rows, times, j)
	acc := make([]float64, rows.Len())
	apart := func(p Pair) bool { return j.Compared != nil && !j.Compared(p.A, p.B) }
	var pairs []Pair
	var counts JoinCounts
	for x := range rows.Len() {
		pairs = s.join(x, acc, pairs, &counts)
	}
	pairs = slices.DeleteFunc(pairs, apart)
	slices.SortFunc(pairs, byDocuments)
	return pairs, counts
}

func byDocuments(p, q Pair) int {
	if c := cmp.Compare(p.A, q.A); c != 0 {
		return c
	}
	return cmp.Compare(p.B, q.B)
}

// A simpleIndex lists, for each term, the documents whose indexed part has it.
// Documents are called by their place in order of time, undated first. The head
// of a row, its most frequent terms up to a length just below MinSim, is not
// indexed: two rows that share no indexed term are less similar than that.
type simpleIndex struct {
	rows   Rows
	minSim float64
	doc    []int32   // document at each place
	head   []int     // where the indexed part of each place's row starts
	norm   []float64 // length of each place's head
	near   []int     // first dated place within the window before each place
	dated  int       // first dated place
	posts  [][]simplePosting
}

type simplePosting struct {
	place  int32
	weight float32
}

func newSimpleIndex(rows Rows, times []int64, j Join) *simpleIndex {
	n := rows.Len()
	s := &simpleIndex{
		rows: rows, minSim: j.MinSim,
		doc: make([]int32, n), head: make([]int, n), norm: make([]float64, n), near: make([]int, n),
	}
	at := func(d int32) int64 {
		if times == nil {
			return Undated
		}
		return times[d]
	}
	for i := range s.doc {
		s.doc[i] = int32(i)
	}
	slices.SortStableFunc(s.doc, func(a, b int32) int { return cmp.Compare(at(a), at(b)) })
	s.dated = sort.Search(n, func(p int) bool { return at(s.doc[p]) != Undated })
	var terms uint32
	for _, t := range rows.Term {
		terms = max(terms, t+1)
	}
	s.posts = make([][]simplePosting, terms)
	near := s.dated
	for p, d := range s.doc {
		if j.Window > 0 && p >= s.dated {
			for uint64(at(d))-uint64(at(s.doc[near])) > uint64(j.Window) {
				near++
			}
		}
		s.near[p] = near
		square, i := 0.0, rows.Start[d]
		for ; i < rows.Start[d+1]; i++ {
			w := float64(rows.Weight[i])
			if math.Sqrt(square+w*w)*longest >= j.MinSim*(1-1e-9) {
				break
			}
			square += w * w
		}
		s.head[p], s.norm[p] = i, math.Sqrt(square)
		for ; i < rows.Start[d+1]; i++ {
			t := rows.Term[i]
			s.posts[t] = append(s.posts[t], simplePosting{int32(p), rows.Weight[i]})
		}
	}
	return s
}

// join appends the pairs of place x with the places before it. acc has a zero
// for every place, and again when join returns.
func (s *simpleIndex) join(x int, acc []float64, found []Pair, c *JoinCounts) []Pair {
	d := int(s.doc[x])
	var touched []int32
	for i := s.head[x]; i < s.rows.Start[d+1]; i++ {
		posts, w := s.posts[s.rows.Term[i]], float64(s.rows.Weight[i])
		for part, p := range [2]int{0, max(s.dated, s.near[x])} {
			end := x
			if part == 0 {
				end = min(x, s.dated)
			}
			k := sort.Search(len(posts), func(k int) bool { return int(posts[k].place) >= p })
			for ; k < len(posts) && int(posts[k].place) < end; k++ {
				c.Postings++
				y := posts[k].place
				if acc[y] == 0 {
					touched = append(touched, y)
				}
				acc[y] += w * float64(posts[k].weight)
			}
		}
	}
	for _, y := range touched {
		c.Swept++
		rest := max(s.norm[x], s.norm[y]) * longest
		if acc[y]+rest >= s.minSim-1e-9 {
			c.Verified++
			e := int(s.doc[y])
			if sim := Dot(s.rows, d, e); sim >= s.minSim {
				c.Pairs++
				found = append(found, Pair{A: int32(min(d, e)), B: int32(max(d, e)), Sim: sim})
			}
		}
		acc[y] = 0
	}
	return found
}
