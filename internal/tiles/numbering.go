package tiles

import (
	"cmp"
	"slices"
)

// A numbering numbers the articles at some places, in order.
type numbering struct{ places []Place }

func numbered(places ...[]Place) numbering {
	all := slices.Concat(places...)
	slices.Sort(all)
	return numbering{slices.Compact(all)}
}

// of returns the number of an article that has one.
func (n numbering) of(p Place) int32 {
	i, _ := slices.BinarySearch(n.places, p)
	return int32(i)
}

func (n numbering) times() []int64 {
	times := make([]int64, len(n.places))
	for i, p := range n.places {
		times[i] = p.time()
	}
	return times
}

// inOrder returns the numbers of places in their order.
func inOrder(at []Place) []int {
	order := make([]int, len(at))
	for n := range order {
		order[n] = n
	}
	slices.SortFunc(order, func(x, y int) int { return cmp.Compare(at[x], at[y]) })
	return order
}
