package qissa

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"qissa/article"
	"qissa/cluster"
)

// A Correction is what a reader knows better: two articles are of one story, or
// are not. Grouping with such constraints follows Wagstaff et al., Constrained
// K-means Clustering with Background Knowledge, 2001.
type Correction struct {
	Together bool
	A, B     string // ids of articles
	Where    string // for messages: "corrections.jsonl:3"
}

func (c Correction) String() string {
	kind := "cannot_link"
	if c.Together {
		kind = "must_link"
	}
	return fmt.Sprintf("%s (%s %s %s)", c.Where, kind, c.A, c.B)
}

// numbered is a correction of articles by number.
type numbered struct {
	Correction
	a, b int32 // a < b
}

// numberCorrections finds the articles of the corrections. Those of an unknown
// article are returned apart. An error names corrections that contradict each
// other.
func numberCorrections(articles []article.Article, corrections []Correction) (known []numbered, unknown []Correction, err error) {
	if len(corrections) == 0 {
		return nil, nil, nil
	}
	number := map[string]int32{}
	for i, a := range articles {
		number[a.ID] = int32(i)
	}
	for _, c := range corrections {
		a, okA := number[c.A]
		b, okB := number[c.B]
		if !okA || !okB {
			unknown = append(unknown, c)
			continue
		}
		known = append(known, numbered{c, min(a, b), max(a, b)})
	}
	for _, c := range known {
		if c.Together {
			continue
		}
		if chain := joining(known, c.a, c.b); chain != nil {
			return nil, nil, fmt.Errorf("corrections contradict each other: %v against %s", c, strings.Join(chain, ", "))
		}
	}
	return known, unknown, nil
}

// joining returns the corrections that put a and b together, nil if none do.
func joining(known []numbered, a, b int32) []string {
	if a == b {
		return []string{"being one article"}
	}
	by := map[int32]numbered{}
	seen := map[int32]bool{a: true}
	for queue := []int32{a}; len(queue) > 0; queue = queue[1:] {
		for _, c := range known {
			next := c.b
			if c.b == queue[0] {
				next = c.a
			} else if c.a != queue[0] {
				continue
			}
			if c.Together && !seen[next] {
				seen[next], by[next] = true, c
				queue = append(queue, next)
			}
		}
	}
	if !seen[b] {
		return nil
	}
	var chain []string
	for at := b; at != a; {
		c := by[at]
		chain = append(chain, c.String())
		if at == c.a {
			at = c.b
		} else {
			at = c.a
		}
	}
	slices.Reverse(chain)
	return chain
}

// keepApart takes the links of articles that are to be apart down to a
// similarity below all, which keeps apart whatever groups hold them.
func keepApart(links []cluster.Pair, corrections []numbered) []cluster.Pair {
	at := map[[2]int32]float64{}
	for _, c := range corrections {
		if !c.Together {
			at[[2]int32{c.a, c.b}] = math.Inf(-1)
		}
	}
	return withLinks(links, at)
}

// withLinks gives pairs another similarity.
func withLinks(links []cluster.Pair, at map[[2]int32]float64) []cluster.Pair {
	if len(at) == 0 {
		return links
	}
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

func byArticles(p, q cluster.Pair) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) }

// cut returns the groups at a threshold, corrections obeyed: the whole groups of
// two articles that belong together become one. Where that would put together
// two that are to be apart, only the two articles are joined for certain, and
// the others of their groups go where they fit.
func (g *Grouping) cut(ctx context.Context, minSim float64) (cluster.Partition, error) {
	p := g.Dendrogram.Cut(minSim)
	joined := slices.Clone(p)
	for _, c := range g.corrections {
		if x, y := joined[c.a], joined[c.b]; c.Together && x != y {
			for i, root := range joined {
				if root == max(x, y) {
					joined[i] = min(x, y)
				}
			}
		}
	}
	for _, c := range g.corrections {
		if !c.Together && joined[c.a] == joined[c.b] {
			if err := g.separate(ctx, joined, joined[c.a], minSim); err != nil {
				return nil, err
			}
		}
	}
	for i, of := range g.texts.twin {
		if of != noTwin {
			joined[i] = joined[of]
		}
	}
	return joined, nil
}

// separate groups the members of one group again, with its corrections.
func (g *Grouping) separate(ctx context.Context, p cluster.Partition, root int, minSim float64) error {
	var members []int32
	at := map[int32]int32{}
	for i, r := range p {
		if r == root {
			at[int32(i)] = int32(len(members))
			members = append(members, int32(i))
		}
	}
	var links []cluster.Pair
	for n, pair := range g.Pairs {
		a, okA := at[pair.A]
		b, okB := at[pair.B]
		if same := g.Same(n); okA && okB && same > 0 && !g.texts.isTwin(pair.B) {
			links = append(links, cluster.Pair{A: a, B: b, Sim: same})
		}
	}
	fixed := map[[2]int32]float64{}
	for _, c := range g.corrections {
		a, okA := at[c.a]
		b, okB := at[c.b]
		if okA && okB && a != b {
			fixed[[2]int32{a, b}] = math.Inf(-1)
			if c.Together {
				fixed[[2]int32{a, b}] = math.Inf(1)
			}
		}
	}
	d, err := cluster.AverageLinkage(ctx, len(members), withLinks(links, fixed), minSim, 1)
	if err != nil {
		return err
	}
	for i, first := range d.Cut(minSim) {
		p[members[i]] = int(members[first])
	}
	return nil
}
