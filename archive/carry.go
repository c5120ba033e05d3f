package archive

import (
	"cmp"
	"slices"

	"qissa/internal/carry"
)

// An identified is a story, or storyline, that has an id.
type identified struct {
	n    int64
	born int64 // batch
	id   string
	home string // name of its first article when the id was new
}

// A succession tells which group of articles carries on which identified one.
type succession struct {
	old     []identified // the older first, then by id: of equal claims they win in this order
	carried carry.Matching
}

// succeed matches identified ones, with the names of their articles, with groups.
func succeed(members map[identified][]string, groups []candidate) succession {
	s := succession{}
	for old := range members {
		s.old = append(s.old, old)
	}
	slices.SortFunc(s.old, func(x, y identified) int { return cmp.Or(cmp.Compare(x.born, y.born), cmp.Compare(x.id, y.id)) })
	before, after := make([][]string, len(s.old)), make([][]string, len(groups))
	for i, old := range s.old {
		before[i] = members[old]
	}
	for i := range groups {
		after[i] = groups[i].members
	}
	s.carried = carry.Match(before, after)
	s.goHome(after)
	return s
}

// goHome has an identified one that was taken apart into groups of equal claims go on
// with the one that holds its home, so that what was put together and is taken apart
// again has the ids that it had.
func (s succession) goHome(groups [][]string) {
	for i, old := range s.old {
		now := s.carried.NewOf[i]
		if now < 0 || slices.Contains(groups[now], old.home) {
			continue
		}
		shared := 0
		for _, o := range s.carried.Overlaps(i) {
			if o.New == now {
				shared = o.Shared
			}
		}
		for _, o := range s.carried.Overlaps(i) {
			if o.Shared == shared && s.carried.OldOf[o.New] < 0 && slices.Contains(groups[o.New], old.home) {
				s.carried.NewOf[i], s.carried.OldOf[o.New], s.carried.OldOf[now] = o.New, i, -1
				break
			}
		}
	}
}

// keeps returns the identified one that a group carries on, if there is one.
func (s succession) keeps(group int) (identified, bool) {
	if i := s.carried.OldOf[group]; i >= 0 {
		return s.old[i], true
	}
	return identified{}, false
}

// were returns for each of n groups the identified ones that its articles were of, the
// one with most of them first.
func (s succession) were(n int) [][]int64 {
	list := make([][]carry.Overlap, n)
	for i := range s.old {
		for _, o := range s.carried.Overlaps(i) {
			list[o.New] = append(list[o.New], o)
		}
	}
	were := make([][]int64, n)
	for group, overlaps := range list {
		slices.SortStableFunc(overlaps, func(x, y carry.Overlap) int { return cmp.Compare(y.Shared, x.Shared) })
		for _, o := range overlaps {
			were[group] = append(were[group], s.old[o.Old].n)
		}
	}
	return were
}

// eachRetired names the identified ones that no group carries on, and the group that
// has most of their articles, -1 for none.
func (s succession) eachRetired(use func(old identified, heir int) error) error {
	for i, old := range s.old {
		if s.carried.NewOf[i] >= 0 {
			continue
		}
		if err := use(old, s.carried.Heir(i)); err != nil {
			return err
		}
	}
	return nil
}
