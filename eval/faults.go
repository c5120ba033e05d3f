package eval

import (
	"cmp"
	"slices"
)

// A Fault is a group of one grouping that the other has in several fragments.
type Fault struct {
	Story     string     // label of the group
	Wrong     int        // pairs of its articles that stand in different fragments
	Fragments []Fragment // largest first, then by first article
}

// A Fragment is the part of a group that stands together in the other grouping.
type Fragment struct {
	Story string // label in the other grouping
	Items []Item // under the label of the group itself, in its order
}

// Errors returns the up to n gold stories that pred splits worst, and the up to
// n predicted stories that mix most, by the number of wrong pairs, ties by the
// smallest id. Articles that stand on one side only are left out. Title, outlet
// and time come from whichever side has them.
func Errors(pred, gold Labels, n int) (split, mixed []Fault) {
	return faults(gold, pred, n), faults(pred, gold, n)
}

// faults returns the up to n groups that other breaks most.
func faults(groups, other Labels, n int) []Fault {
	var all []Fault
	for _, f := range fragments(groups, other) {
		if len(f.Fragments) > 1 {
			slices.SortStableFunc(f.Fragments, func(a, b Fragment) int { return cmp.Compare(len(b.Items), len(a.Items)) })
			f.Wrong = wrongPairs(f.Fragments)
			all = append(all, f)
		}
	}
	slices.SortFunc(all, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(b.Wrong, a.Wrong), cmp.Compare(a.smallestID(), b.smallestID()))
	})
	return all[:min(n, len(all))]
}

// fragments returns every group with its fragments, by first article.
func fragments(groups, other Labels) []Fault {
	at := other.index()
	groupAt := map[string]int{}
	partAt := map[[2]string]int{}
	var out []Fault
	for _, it := range groups.Items {
		i, ok := at[it.ID]
		if !ok {
			continue
		}
		g, ok := groupAt[it.Story]
		if !ok {
			g = len(out)
			groupAt[it.Story] = g
			out = append(out, Fault{Story: it.Story})
		}
		parts := &out[g].Fragments
		key := [2]string{it.Story, other.Items[i].Story}
		p, ok := partAt[key]
		if !ok {
			p = len(*parts)
			partAt[key] = p
			*parts = append(*parts, Fragment{Story: key[1]})
		}
		(*parts)[p].Items = append((*parts)[p].Items, complete(it, other.Items[i]))
	}
	return out
}

// complete returns it with what only the other side knows.
func complete(it, other Item) Item {
	it.Title = cmp.Or(it.Title, other.Title)
	it.Source = cmp.Or(it.Source, other.Source)
	it.Time = cmp.Or(it.Time, other.Time)
	return it
}

func wrongPairs(parts []Fragment) int {
	wrong, before := 0, 0
	for _, f := range parts {
		wrong += before * len(f.Items)
		before += len(f.Items)
	}
	return wrong
}

func (f Fault) smallestID() string {
	id := f.Fragments[0].Items[0].ID
	for _, part := range f.Fragments {
		for _, it := range part.Items {
			id = min(id, it.ID)
		}
	}
	return id
}

// Whole returns how many gold stories have articles of two or more outlets, and
// how many of these pred has whole and pure: a predicted story of just these
// articles. Articles that stand on one side only are left out.
func Whole(pred, gold Labels) (whole, of int) {
	size := map[string]int{} // articles of each predicted story
	for _, story := range fragments(pred, gold) {
		for _, part := range story.Fragments {
			size[story.Story] += len(part.Items)
		}
	}
	for _, story := range fragments(gold, pred) {
		if outlets(story.Fragments) < 2 {
			continue
		}
		of++
		if first := story.Fragments[0]; len(story.Fragments) == 1 && size[first.Story] == len(first.Items) {
			whole++
		}
	}
	return whole, of
}

// outlets returns how many known outlets the articles have.
func outlets(parts []Fragment) int {
	seen := map[string]bool{}
	for _, part := range parts {
		for _, it := range part.Items {
			if it.Source != "" {
				seen[it.Source] = true
			}
		}
	}
	return len(seen)
}
