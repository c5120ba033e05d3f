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
// at [LowestCut] or more.
func (l *Links) Linkage(ctx context.Context) (cluster.Dendrogram, error) {
	d, err := cluster.AverageLinkage(ctx, l.articles(), l.links(l.Same), LowestCut, l.opt.Jobs)
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
	links := make([]cluster.Pair, 0, max(l.same.Len(), l.line.Len())) // as many as there are at most
	for n, p := range l.Pairs {
		if sim := of(n); sim > 0 && !l.IsFolded(p.B) {
			links = append(links, cluster.Pair{A: p.A, B: p.B, Sim: sim})
		}
	}
	return links
}

// Group returns the groups of articles whose mean similarity is at least least.
//
// A mean of least or more needs a link of least or more, so linkage runs in the
// components of such links alone, which are short in time; links between them enter no
// mean that counts.
func (l *Links) Group(ctx context.Context, least float64) (cluster.Partition, error) {
	l.opt.stage(StageLinking)
	links := l.links(l.Same)
	strong := cluster.NewParts(l.articles())
	for _, p := range links {
		if p.Sim >= least {
			strong.Join(p.A, p.B)
		}
	}
	links = slices.DeleteFunc(links, func(p cluster.Pair) bool { return !strong.Joined(p.A, p.B) })
	d, err := cluster.AverageLinkage(ctx, l.articles(), links, least, l.opt.Jobs)
	if err != nil {
		return nil, err
	}
	groups := d.Cut(least)
	for i, of := range l.Folded {
		if of != notFolded {
			groups[i] = groups[of]
		}
	}
	return groups, nil
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
