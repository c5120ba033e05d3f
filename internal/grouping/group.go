package grouping

import (
	"context"
	"math"
	"slices"

	"qissa/cluster"
)

// LowestCut is the least threshold that a linkage of all links can be cut at.
const LowestCut = 0.05

// Linkage returns the average linkage over all links, folded articles first, to be cut
// at [LowestCut] or more. Pairs with a constraint to be apart are never merged.
func (l *Links) Linkage(ctx context.Context, constraints []Constraint) (cluster.Dendrogram, error) {
	d, err := cluster.AverageLinkage(ctx, l.articles(), keepApart(l.links(l.Same), constraints), LowestCut, l.opt.Jobs)
	var merges []cluster.Merge
	for i, of := range l.Folded {
		if of != notFolded {
			merges = append(merges, cluster.Merge{A: of, B: int32(i), Sim: math.Inf(1)})
		}
	}
	d.Merges = append(merges, d.Merges...)
	return d, err
}

// links returns the pairs that linkage averages over, by their similarity: folded
// articles share the groups of those that they follow, and weigh nothing.
func (l *Links) links(of func(pair int) float64) []cluster.Pair {
	var links []cluster.Pair
	for n, p := range l.Pairs {
		if sim := of(n); sim > 0 && !l.IsFolded(p.B) {
			links = append(links, cluster.Pair{A: p.A, B: p.B, Sim: sim})
		}
	}
	return links
}

// Group returns the groups of articles whose mean similarity is at least least,
// constraints obeyed: the whole groups of two articles that belong together become
// one. Where that would put together two that are to be apart, only the two articles
// are joined for certain, and the others of their groups go where they fit.
//
// A mean of least or more needs a link of least or more, so linkage runs in the
// components of such links alone, which are short in time; links between them enter no
// mean that counts.
func (l *Links) Group(ctx context.Context, constraints []Constraint, least float64) (cluster.Partition, error) {
	l.opt.stage(StageLinking)
	links := l.links(l.Same)
	strong := cluster.NewParts(l.articles())
	for _, p := range links {
		if p.Sim >= least {
			strong.Join(p.A, p.B)
		}
	}
	links = slices.DeleteFunc(keepApart(links, constraints), func(p cluster.Pair) bool { return !strong.Joined(p.A, p.B) })
	d, err := cluster.AverageLinkage(ctx, l.articles(), links, least, l.opt.Jobs)
	if err != nil {
		return nil, err
	}
	joined, err := l.join(ctx, d.Cut(least), constraints, least)
	if err != nil {
		return nil, err
	}
	for i, of := range l.Folded {
		if of != notFolded {
			joined[i] = joined[of]
		}
	}
	return joined, nil
}

// Parts returns for each article the first one of its part: of those that a chain
// connects of links of least or more, of folded articles and what they follow, or of
// constraints that join. What stories the articles of a part form depends on no other
// part.
func (l *Links) Parts(constraints []Constraint, least float64) cluster.Partition {
	parts := cluster.NewParts(l.articles())
	for n, p := range l.Pairs {
		if l.IsFolded(p.B) || l.Same(n) >= least {
			parts.Join(p.A, p.B)
		}
	}
	for _, c := range constraints {
		if c.Together {
			parts.Join(c.A, c.B)
		}
	}
	return parts.Partition()
}

// join puts together the groups of articles that belong together.
func (l *Links) join(ctx context.Context, groups cluster.Partition, constraints []Constraint, least float64) (cluster.Partition, error) {
	together := cluster.NewParts(len(groups)) // of groups, by their first members
	for _, c := range constraints {
		if c.Together {
			together.Join(int32(groups[c.A]), int32(groups[c.B]))
		}
	}
	joined := slices.Clone(groups)
	for i, first := range together.Partition() {
		if first != i {
			joined[i] = first
		}
	}
	for i, first := range groups {
		joined[i] = joined[first]
	}
	for _, c := range constraints {
		if !c.Together && joined[c.A] == joined[c.B] {
			if err := l.separate(ctx, joined, joined[c.A], constraints, least); err != nil {
				return nil, err
			}
		}
	}
	return joined, nil
}

// separate groups the members of one group again, with its constraints.
func (l *Links) separate(ctx context.Context, p cluster.Partition, root int, constraints []Constraint, least float64) error {
	var members []int32
	at := map[int32]int32{}
	for i, r := range p {
		if r == root {
			at[int32(i)] = int32(len(members))
			members = append(members, int32(i))
		}
	}
	var links []cluster.Pair
	for n, pair := range l.Pairs {
		a, okA := at[pair.A]
		b, okB := at[pair.B]
		if same := l.Same(n); okA && okB && same > 0 && !l.IsFolded(pair.B) {
			links = append(links, cluster.Pair{A: a, B: b, Sim: same})
		}
	}
	fixed := map[[2]int32]float64{}
	for _, c := range constraints {
		a, okA := at[c.A]
		b, okB := at[c.B]
		if okA && okB && a != b {
			fixed[[2]int32{a, b}] = math.Inf(-1)
			if c.Together {
				fixed[[2]int32{a, b}] = math.Inf(1)
			}
		}
	}
	d, err := cluster.AverageLinkage(ctx, len(members), withLinks(links, fixed), least, 1)
	if err != nil {
		return err
	}
	for i, first := range d.Cut(least) {
		p[members[i]] = int(members[first])
	}
	return nil
}

// keepApart gives every pair that is to be apart the similarity -Inf, which keeps apart
// whatever groups hold the two.
func keepApart(links []cluster.Pair, constraints []Constraint) []cluster.Pair {
	at := map[[2]int32]float64{}
	for _, c := range constraints {
		if !c.Together {
			at[[2]int32{c.A, c.B}] = math.Inf(-1)
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
