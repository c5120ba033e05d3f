package carry

// A Kind is what became of a group.
type Kind string

// The kinds. New, Grown and Merged are, seen from the later grouping, Gone, Shrunk and Split.
const (
	Unchanged Kind = "unchanged" // the same articles
	New       Kind = "new"       // of articles that no group had
	Grown     Kind = "grown"     // it has articles more, and none less
	Shrunk    Kind = "shrunk"    // it has articles less, and none more
	Changed   Kind = "changed"   // it has articles more and others less
	Merged    Kind = "merged"    // what is left of it went to groups that are others
	Split     Kind = "split"     // a group beside the one that carries the old one
	Gone      Kind = "gone"      // no group has an article of it
)

// A Moved article is in both groupings, in groups that do not carry each other.
type Moved[Name comparable] struct {
	Article Name
	Group   int // where it comes from, in the old grouping, or goes to, in the new one
}

// A Change is what became of one group.
type Change[Name comparable] struct {
	Kind     Kind
	Old, New int // the group in either grouping; -1 in that which has none
	Other    int // of a merged group the new one that took most of it, of a split one the old one that most of it comes from; else -1

	Added   []Name        // articles that the old grouping has nowhere
	Removed []Name        // articles that the new grouping has nowhere
	In      []Moved[Name] // articles from groups that it does not carry
	Out     []Moved[Name] // articles that went to groups that do not carry it
}

// Compare tells for each group what became of it, unchanged ones too: first the old groups in their order, with those that carry them, then the new
// groups that carry none. Each article that stays with its group counts nowhere, each that moves once in In and once in Out, each other once in Added or
// Removed. Compare(b, a) is Compare(a, b) with each kind, list and side turned. Conditions and cost as [Match].
func Compare[Name comparable](before, after [][]Name) []Change[Name] {
	there := Match(before, after)
	oldOf, newOf := groupOf(before), groupOf(after)
	list := make([]Change[Name], 0, len(before))
	for i := range before {
		c := Change[Name]{Old: i, New: there.NewOf[i], Other: -1}
		c.leave(before[i], newOf)
		switch {
		case c.New >= 0:
			c.enter(after[c.New], oldOf)
			c.Kind = c.carried()
		case len(c.Out) > 0:
			c.Kind, c.Other = Merged, mostOf(c.Out)
		default:
			c.Kind = Gone
		}
		list = append(list, c)
	}
	for j := range after {
		if there.OldOf[j] >= 0 {
			continue
		}
		c := Change[Name]{Kind: New, Old: -1, New: j, Other: -1}
		if c.enter(after[j], oldOf); len(c.In) > 0 {
			c.Kind, c.Other = Split, mostOf(c.In)
		}
		list = append(list, c)
	}
	return list
}

// leave notes the articles of the old group that its carrier has not.
func (c *Change[Name]) leave(names []Name, newOf map[Name]int) {
	for _, name := range names {
		if j, ok := newOf[name]; !ok {
			c.Removed = append(c.Removed, name)
		} else if j != c.New {
			c.Out = append(c.Out, Moved[Name]{name, j})
		}
	}
}

// enter notes the articles of the new group that the one it carries has not.
func (c *Change[Name]) enter(names []Name, oldOf map[Name]int) {
	for _, name := range names {
		if i, ok := oldOf[name]; !ok {
			c.Added = append(c.Added, name)
		} else if i != c.Old {
			c.In = append(c.In, Moved[Name]{name, i})
		}
	}
}

// mostOf returns the group that most of some moved articles are of, the first of several.
func mostOf[Name comparable](moved []Moved[Name]) int {
	count := map[int]int{}
	for _, m := range moved {
		count[m.Group]++
	}
	most := moved[0].Group
	for g, n := range count {
		if n > count[most] || n == count[most] && g < most {
			most = g
		}
	}
	return most
}

// carried is the kind of a group that is carried.
func (c *Change[Name]) carried() Kind {
	more, less := len(c.Added)+len(c.In) > 0, len(c.Removed)+len(c.Out) > 0
	switch {
	case more && less:
		return Changed
	case more:
		return Grown
	case less:
		return Shrunk
	}
	return Unchanged
}

func groupOf[Name comparable](groups [][]Name) map[Name]int {
	total := 0
	for _, names := range groups {
		total += len(names)
	}
	of := make(map[Name]int, total)
	for i, names := range groups {
		for _, name := range names {
			of[name] = i
		}
	}
	return of
}
