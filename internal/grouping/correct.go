package grouping

import (
	"cmp"
	"context"
	"math"
	"slices"

	"qissa/cluster"
)

// A Constraint is what a reader said of two articles, by number: that they are together,
// or that A does not belong where B is.
type Constraint struct {
	A, B      int32
	Together  bool
	Storyline bool // of storylines; else of stories
}

// A Conflict is constraints that cannot be obeyed together, by their places in the list:
// one that keeps apart what others put together. Those are obeyed.
type Conflict struct {
	Apart    int
	Together []int
}

// Correct obeys constraints on a finished grouping into stories, and moves nothing but
// what they name:
//
//   - Together unites the whole groups of the two.
//   - Apart takes A out of the group of B. What leaves a group goes to where a constraint
//     puts it; else it stands with others that left the same group, by average linkage of
//     least, or alone. Two storylines are two stories.
//   - Where that unites the groups of two that are to be apart, one of the two leaves
//     with all that it is to be together with: the one that no constraint puts there, A
//     of equals.
//
// The order of the constraints does not count; what is to be apart is not of one class of
// what is to be together. Cost linear in articles and links.
func (l *Links) Correct(ctx context.Context, groups cluster.Partition, constraints []Constraint, least float64) (cluster.Partition, error) {
	c := newCorrector(groups, constraints, func(x Constraint) bool { return !x.Storyline || !x.Together })
	if len(c.constraints) == 0 {
		return groups, nil
	}
	c.separate()
	var links []cluster.Pair
	for n, p := range l.Pairs {
		if same := l.Same(n); same > 0 && groups[p.A] == groups[p.B] && c.isFree(p.A) && c.isFree(p.B) {
			links = append(links, cluster.Pair{A: p.A, B: p.B, Sim: same})
		}
	}
	return c.place(ctx, links, least)
}

// CorrectStorylines obeys the constraints on storylines, as [Links.Correct] those on
// stories, by whole stories. The lines are those of the stories before these were
// corrected: a story is in the one that most of its articles were in, the first of equals.
// Constraints on articles of one story can conflict; see [Conflict].
func CorrectStorylines(ctx context.Context, lines, stories cluster.Partition, constraints []Constraint) (cluster.Partition, []Conflict, error) {
	lines = lineOfMost(lines, stories)
	ofStories := slices.Clone(constraints)
	for i, x := range constraints {
		ofStories[i].A, ofStories[i].B = int32(stories[x.A]), int32(stories[x.B])
	}
	c := newCorrector(lines, ofStories, func(x Constraint) bool { return x.Storyline })
	if len(c.constraints) == 0 {
		return lines, c.conflicts, nil
	}
	c.separate()
	moved, err := c.place(ctx, nil, 1)
	if err != nil {
		return nil, nil, err
	}
	of := make([]int, len(lines))
	for i, story := range stories {
		of[i] = moved[story]
	}
	return numbered(of), c.conflicts, nil
}

// lineOfMost returns the storylines of stories, by those of their articles.
func lineOfMost(lines, stories cluster.Partition) cluster.Partition {
	count := map[[2]int]int{} // articles by story and storyline
	for i, story := range stories {
		count[[2]int{story, lines[i]}]++
	}
	best := map[int]int{} // storyline of each story
	for i, story := range stories {
		line, known := best[story]
		if !known || cmp.Or(count[[2]int{story, lines[i]}]-count[[2]int{story, line}], line-lines[i]) > 0 {
			best[story] = lines[i]
		}
	}
	of := make([]int, len(lines))
	for i, story := range stories {
		of[i] = best[story]
	}
	return numbered(of)
}

// numbered returns a grouping, in which each group is named by its first member.
func numbered(group []int) cluster.Partition {
	first := map[int]int{}
	p := make(cluster.Partition, len(group))
	for i, g := range group {
		if _, known := first[g]; !known {
			first[g] = i
		}
		p[i] = first[g]
	}
	return p
}

// A corrector finds what leaves its group. What is to be together is a class.
type corrector struct {
	groups      cluster.Partition
	constraints []Constraint
	conflicts   []Conflict
	class       cluster.Partition // of each article, by its first
	members     map[int][]int32   // of the classes of what is named
	left        map[int32]bool    // what leaves its group
	united      cluster.Partition // groups, by their first members
}

func newCorrector(groups cluster.Partition, constraints []Constraint, of func(Constraint) bool) *corrector {
	c := &corrector{groups: groups, members: map[int][]int32{}, left: map[int32]bool{}}
	together, named := cluster.NewParts(len(groups)), map[int32]bool{}
	for _, x := range constraints {
		if of(x) && x.Together {
			together.Join(x.A, x.B)
		}
	}
	c.class = together.Partition()
	binding := map[int][]int{} // places of the constraints that make a class
	for i, x := range constraints {
		if of(x) && x.Together {
			binding[c.class[x.A]] = append(binding[c.class[x.A]], i)
		}
	}
	for i, x := range constraints {
		if !of(x) {
			continue
		}
		named[x.A], named[x.B] = true, true
		if !x.Together && c.class[x.A] == c.class[x.B] {
			c.conflicts = append(c.conflicts, Conflict{i, binding[c.class[x.A]]})
			continue
		}
		c.constraints = append(c.constraints, x)
	}
	for i := range named {
		c.members[c.class[i]] = append(c.members[c.class[i]], i)
	}
	return c
}

// separate marks what leaves.
func (c *corrector) separate() {
	for _, x := range c.constraints {
		if !x.Together && c.groups[x.A] == c.groups[x.B] {
			c.leave(x.A, func(m int32) bool { return c.groups[m] == c.groups[x.A] })
		}
	}
	for c.unite(); ; c.unite() {
		next := int32(-1)
		for _, x := range c.constraints {
			if leaver, ok := c.leaver(x); ok && (next < 0 || leaver < next) {
				next = leaver
			}
		}
		if next < 0 {
			return
		}
		c.leave(next, func(int32) bool { return true })
	}
}

// leave marks those of the class of an article for which it is true.
func (c *corrector) leave(i int32, which func(int32) bool) {
	for _, m := range c.members[c.class[i]] {
		if which(m) {
			c.left[m] = true
		}
	}
}

// unite unites the groups that classes connect by what has not left.
func (c *corrector) unite() {
	united := cluster.NewParts(len(c.groups))
	for _, members := range c.members {
		first := -1
		for _, m := range members {
			if !c.left[m] && first < 0 {
				first = c.groups[m]
			}
			if !c.left[m] {
				united.Join(int32(first), int32(c.groups[m]))
			}
		}
	}
	c.united = united.Partition()
}

// at returns the united group in which an article stands, -1 for none: it left its own,
// and nothing puts it into another.
func (c *corrector) at(i int32) int {
	if !c.left[i] {
		return c.united[c.groups[i]]
	}
	for _, m := range c.members[c.class[i]] {
		if !c.left[m] {
			return c.united[c.groups[m]]
		}
	}
	return -1
}

// isFree reports whether an article left its group and nothing puts it into another.
func (c *corrector) isFree(i int32) bool { return c.left[i] && c.at(i) < 0 }

// leaver returns which of two that are to be apart leaves where both stand, if they
// stand in one group.
func (c *corrector) leaver(x Constraint) (int32, bool) {
	at := c.at(x.A)
	if x.Together || at < 0 || at != c.at(x.B) {
		return 0, false
	}
	if len(c.members[c.class[x.A]]) > 1 && len(c.members[c.class[x.B]]) == 1 {
		return x.B, true
	}
	return x.A, true
}

// place returns the groups, those of what is free by links of at least least on average.
func (c *corrector) place(ctx context.Context, links []cluster.Pair, least float64) (cluster.Partition, error) {
	fixed := map[[2]int32]float64{}
	for _, x := range c.constraints {
		if c.isFree(x.A) && c.isFree(x.B) && x.A != x.B {
			sim := math.Inf(-1)
			if x.Together {
				sim = math.Inf(1)
			}
			fixed[[2]int32{min(x.A, x.B), max(x.A, x.B)}] = sim
		}
	}
	d, err := cluster.AverageLinkage(ctx, len(c.groups), withLinks(links, fixed), least, 1)
	if err != nil {
		return nil, err
	}
	free, group := d.Cut(least), make([]int, len(c.groups))
	for i := range group {
		group[i] = c.at(int32(i))
		if group[i] < 0 {
			group[i] = -1 - free[i]
		}
	}
	return numbered(group), nil
}

// withLinks gives pairs another similarity.
func withLinks(links []cluster.Pair, at map[[2]int32]float64) []cluster.Pair {
	links = slices.DeleteFunc(links, func(p cluster.Pair) bool {
		_, ok := at[[2]int32{p.A, p.B}]
		return ok
	})
	for pair, sim := range at {
		links = append(links, cluster.Pair{A: pair[0], B: pair[1], Sim: sim})
	}
	slices.SortFunc(links, byArticles)
	return links
}
