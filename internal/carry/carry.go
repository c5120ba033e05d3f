// Package carry tells which group of a later grouping is which group of an earlier one: it carries identities from one to the other by the articles
// that two groups share. It knows names of articles and nothing else of them.
package carry

import (
	"cmp"
	"slices"
)

// An Overlap is an old and a new group, as positions, and how many articles stand in both: at least one.
type Overlap struct{ Old, New, Shared int }

// A Matching tells what became of old groups in new ones. NewOf[i] is the new group that carries old group i, OldOf[j] the old group that new group j
// carries, each -1 where there is none.
type Matching struct {
	NewOf, OldOf []int
	overlaps     []Overlap // in the order of Old, then New
	starts       []int     // old group i has overlaps[starts[i]:starts[i+1]]
}

// Match carries old groups into new ones, each group at most once: the pairs that share most articles come first, of those that share as many the
// first old group, then the first new one. So whoever wants older groups to win gives them first.
//
// Only pairs that have a group in common compete, and between those the order is the same from both sides: Match(a, b) and Match(b, a) pair the same
// groups. Each name stands at most once in old and at most once in new. It costs names + overlaps · log overlaps.
//
// Source: greedy matching by overlap, the rule by which communities are followed through time (Greene, Doyle and Cunningham, "Tracking the evolution
// of communities in dynamic social networks", 2010), with counts in place of their Jaccard threshold: a story that grows tenfold stays itself.
func Match[Name comparable](before, after [][]Name) Matching {
	m := Matching{NewOf: unmatched(len(before)), OldOf: unmatched(len(after))}
	m.overlaps, m.starts = findOverlaps(before, after)
	ranked := slices.Clone(m.overlaps)
	slices.SortStableFunc(ranked, func(a, b Overlap) int { return cmp.Compare(b.Shared, a.Shared) })
	for _, o := range ranked {
		if m.NewOf[o.Old] < 0 && m.OldOf[o.New] < 0 {
			m.NewOf[o.Old], m.OldOf[o.New] = o.New, o.Old
		}
	}
	return m
}

// Overlaps returns the new groups that hold articles of old group i, in their order. The caller must not change it.
func (m Matching) Overlaps(i int) []Overlap { return m.overlaps[m.starts[i]:m.starts[i+1]] }

// Heir returns the new group that holds most articles of old group i, the first of several, or -1 if none of its articles is left. A group that is
// carried has its carrier as heir: NewOf[i] comes first, even where another group took more articles than it.
func (m Matching) Heir(i int) int {
	if m.NewOf[i] >= 0 {
		return m.NewOf[i]
	}
	heir, most := -1, 0
	for _, o := range m.Overlaps(i) {
		if o.Shared > most {
			heir, most = o.New, o.Shared
		}
	}
	return heir
}

func unmatched(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = -1
	}
	return list
}

// findOverlaps returns the overlaps in the order of Old, then New, and where each old group's begin.
func findOverlaps[Name comparable](before, after [][]Name) (overlaps []Overlap, starts []int) {
	newOf := groupOf(after)
	starts = make([]int, 1, len(before)+1)
	var met []int // the new group of each article of one old group
	for i, names := range before {
		met = met[:0]
		for _, name := range names {
			if j, ok := newOf[name]; ok {
				met = append(met, j)
			}
		}
		slices.Sort(met)
		for from := 0; from < len(met); {
			to := from + 1
			for to < len(met) && met[to] == met[from] {
				to++
			}
			overlaps = append(overlaps, Overlap{i, met[from], to - from})
			from = to
		}
		starts = append(starts, len(overlaps))
	}
	return overlaps, starts
}
