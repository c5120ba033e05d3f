package qissa

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/grouping"
)

func (c Correction) String() string {
	kind := "cannot_link"
	if c.Together {
		kind = "must_link"
	}
	if c.Storyline {
		kind += " storyline"
	}
	said := fmt.Sprintf("%s %s %s", kind, c.A, c.B)
	if c.Where == "" {
		return said // by a reader, just now
	}
	return fmt.Sprintf("%s (%s)", c.Where, said)
}

// Contradiction returns an error that names corrections that cannot all be obeyed, nil
// if there are none.
func Contradiction(corrections []Correction) error {
	for _, storyline := range []bool{false, true} {
		number := map[string]int32{}
		for _, c := range corrections {
			for _, id := range []string{c.A, c.B} {
				if _, ok := number[id]; !ok {
					number[id] = int32(len(number))
				}
			}
		}
		binding := func(c Correction) bool { return c.Together && (storyline || !c.Storyline) }
		together := cluster.NewParts(len(number))
		for _, c := range corrections {
			if binding(c) {
				together.Join(number[c.A], number[c.B])
			}
		}
		for _, c := range corrections {
			if !c.Together && c.Storyline == storyline && together.Joined(number[c.A], number[c.B]) {
				return contradicts(c, joining(slices.DeleteFunc(slices.Clone(corrections), func(c Correction) bool { return !binding(c) }), c.A, c.B))
			}
		}
	}
	return nil
}

func contradicts(c Correction, chain []string) error {
	return fmt.Errorf("corrections contradict each other: %v against %s", c, strings.Join(chain, ", "))
}

// joining returns which of the corrections, that all join, put a and b together.
func joining(corrections []Correction, a, b string) []string {
	if a == b {
		return []string{"being one article"}
	}
	type step struct {
		to string
		by Correction
	}
	steps := map[string][]step{}
	for _, c := range corrections {
		steps[c.A], steps[c.B] = append(steps[c.A], step{c.B, c}), append(steps[c.B], step{c.A, c})
	}
	before := map[string]step{a: {}} // of each article that was reached, the one before it
	for queue := []string{a}; len(queue) > 0; queue = queue[1:] {
		for _, s := range steps[queue[0]] {
			if _, seen := before[s.to]; !seen {
				before[s.to] = step{queue[0], s.by}
				queue = append(queue, s.to)
			}
		}
	}
	var chain []string
	for at := b; at != a; at = before[at].to {
		chain = append(chain, before[at].by.String())
	}
	slices.Reverse(chain)
	return chain
}

// corrected are the corrections of a run by the numbers of its articles.
type corrected struct {
	known       []Correction
	constraints []grouping.Constraint // likewise
	unknown     []Correction          // of articles that are not there
}

// numberCorrections finds the articles of the corrections. An error names corrections
// that contradict each other.
func numberCorrections(articles []article.Article, corrections []Correction) (corrected, error) {
	var n corrected
	if len(corrections) == 0 {
		return n, nil
	}
	number := map[string]int32{}
	for i := range articles {
		number[articles[i].ID] = int32(i)
	}
	for _, c := range corrections {
		a, okA := number[c.A]
		b, okB := number[c.B]
		if !okA || !okB {
			n.unknown = append(n.unknown, c)
			continue
		}
		n.known = append(n.known, c)
		n.constraints = append(n.constraints, grouping.Constraint{A: a, B: b, Together: c.Together, Storyline: c.Storyline})
	}
	return n, Contradiction(n.known)
}

// A grouped run is the stories and storylines that links and corrections make.
type grouped struct {
	stories, lines cluster.Partition
	before         cluster.Partition // stories without corrections
	conflicts      []error
}

func (n *corrected) group(ctx context.Context, links *grouping.Links, opt Options) (g grouped, err error) {
	if g.before, err = links.Group(ctx, opt.Story); err != nil {
		return g, err
	}
	if g.lines, err = links.Storylines(ctx, g.before, opt.Storyline); err != nil {
		return g, err
	}
	err = n.obey(ctx, &g, links, opt.Story)
	return g, err
}

// obey moves what the corrections name, in stories and storylines without them.
func (n *corrected) obey(ctx context.Context, g *grouped, links *grouping.Links, least float64) (err error) {
	if g.stories, err = links.Correct(ctx, g.before, n.constraints, least); err != nil {
		return err
	}
	var conflicts []grouping.Conflict
	g.lines, conflicts, err = grouping.CorrectStorylines(ctx, g.lines, g.stories, n.constraints)
	for _, c := range conflicts {
		var chain []string
		for _, i := range c.Together {
			chain = append(chain, n.known[i].String())
		}
		g.conflicts = append(g.conflicts, contradicts(n.known[c.Apart], chain))
	}
	return err
}

// said is what corrections say of pairs of articles.
type said struct {
	before cluster.Partition // stories without corrections
	pairs  map[[2]int32]bool // that are named, A < B
}

func (n *corrected) said(g grouped) said {
	s := said{g.before, map[[2]int32]bool{}}
	for _, c := range n.constraints {
		if !c.Storyline && c.A != c.B {
			s.pairs[[2]int32{min(c.A, c.B), max(c.A, c.B)}] = true
		}
	}
	return s
}

// of reports whether a correction says of two articles that they are merged, or apart.
func (s said) of(p cluster.Pair, merged bool) bool {
	return s.pairs[[2]int32{p.A, p.B}] || merged != (s.before[p.A] == s.before[p.B])
}

// drawn returns how many articles that no correction names have other articles beside
// them than before: they share a story with one that a correction joins to another.
func (n *corrected) drawn(g grouped) (drawn int) {
	type pair struct{ story, before int }
	named, parts := map[int]bool{}, map[int]map[int]bool{}
	for _, c := range n.constraints {
		named[int(c.A)], named[int(c.B)] = true, true
	}
	unnamed := map[pair]int{}
	for i, story := range g.stories {
		if parts[story] == nil {
			parts[story] = map[int]bool{}
		}
		if !named[i] {
			parts[story][g.before[i]] = true
			unnamed[pair{story, g.before[i]}]++
		}
	}
	for p, count := range unnamed {
		if len(parts[p.story]) > 1 {
			drawn += count
		}
	}
	return drawn
}
