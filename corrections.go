package qissa

import (
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
	return fmt.Sprintf("%s (%s %s %s)", c.Where, kind, c.A, c.B)
}

// numbered is a correction of articles by number. A < B.
type numbered struct {
	Correction
	grouping.Constraint
}

// numberCorrections finds the articles of the corrections. Those of an unknown
// article are returned apart. An error names corrections that contradict each
// other.
func numberCorrections(articles []article.Article, corrections []Correction) (constraints []grouping.Constraint, unknown []Correction, err error) {
	if len(corrections) == 0 {
		return nil, nil, nil
	}
	number := map[string]int32{}
	for i := range articles {
		number[articles[i].ID] = int32(i)
	}
	var known []numbered
	together := cluster.NewParts(len(articles))
	for _, c := range corrections {
		a, okA := number[c.A]
		b, okB := number[c.B]
		if !okA || !okB {
			unknown = append(unknown, c)
			continue
		}
		x := grouping.Constraint{A: min(a, b), B: max(a, b), Together: c.Together}
		known, constraints = append(known, numbered{c, x}), append(constraints, x)
		if c.Together {
			together.Join(a, b)
		}
	}
	for _, c := range known {
		if !c.Constraint.Together && together.Joined(c.Constraint.A, c.Constraint.B) {
			chain := joining(known, c.Constraint.A, c.Constraint.B)
			return nil, nil, fmt.Errorf("corrections contradict each other: %v against %s", c.Correction, strings.Join(chain, ", "))
		}
	}
	return constraints, unknown, nil
}

// joining returns the corrections that put a and b together.
func joining(known []numbered, a, b int32) []string {
	if a == b {
		return []string{"being one article"}
	}
	type step struct {
		to int32
		by Correction
	}
	steps := map[int32][]step{}
	for _, c := range known {
		if c.Constraint.Together {
			x := c.Constraint
			steps[x.A], steps[x.B] = append(steps[x.A], step{x.B, c.Correction}), append(steps[x.B], step{x.A, c.Correction})
		}
	}
	before := map[int32]step{a: {a, Correction{}}} // of each article that was reached, the one before it
	for queue := []int32{a}; len(queue) > 0; queue = queue[1:] {
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
