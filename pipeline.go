package qissa

import (
	"context"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/parallel"
	"qissa/internal/sparse"
)

// Cluster groups the articles into stories. The order of the articles does
// not matter. Cost: linear in the text, and in the pairs that are similar
// within the window.
func Cluster(ctx context.Context, articles []article.Article, opt Options) (*Result, error) {
	c, err := FindCandidates(ctx, articles, opt)
	if err != nil {
		return nil, err
	}
	g, err := c.Decide(ctx, opt)
	if err != nil {
		return nil, err
	}
	g.forget()
	opt.stage("gathering pairs")
	return g.describe(ctx, opt)
}

// A Grouping is the decided pairs of a run and the linkage over them, which
// can be cut at any threshold.
type Grouping struct {
	*Candidates
	Dendrogram cluster.Dendrogram

	near        sparse.Values[struct{}] // pairs that are compared word by word; nil for all
	copies      cluster.Partition       // articles that are one text, where not all pairs are compared so
	same        sparse.Values[float64]  // by pair, where above 0
	shared      sparse.Values[shared]   // by pair, where words were aligned before grouping
	shown       sparse.Values[shared]   // likewise for what is shown
	corrections []numbered
	unknown     []Correction
	copyShare   float64 // share of words from which an article counts as a copy
}

// forget drops what only the decision reads, which is half of the memory of a run.
func (g *Grouping) forget() {
	g.Documents = &cluster.Documents{Rarity: g.Documents.Rarity}
	g.Neighbourhood, g.cosines = nil, nil
}

// isNear tells whether a pair, by its number, is compared word by word and shown.
func (g *Grouping) isNear(pair int) bool { return g.near == nil || g.near.Has(pair) }

// joinCopies joins articles that are surely one text.
func (g *Grouping) joinCopies() cluster.Partition {
	copies := cluster.NewParts(len(g.Articles))
	for n, p := range g.Pairs {
		if s := g.shared.At(n); s != nil && s.copied(surelyCopied) {
			copies.Join(p.A, p.B)
		}
	}
	return copies.Partition()
}

// Same returns the similarity that decides of a pair, given by its number, 0 to 1.
func (g *Grouping) Same(pair int) float64 {
	if same := g.same.At(pair); same != nil {
		return *same
	}
	return 0
}

// sharedOf returns what the words of a pair have in common, once pairs are
// gathered; nil if they were not aligned.
func (g *Grouping) sharedOf(pair int) *shared {
	if s := g.shared.At(pair); s != nil {
		return s
	}
	return g.shown.At(pair)
}

// lowestCut is the least threshold that a dendrogram can be cut at.
const lowestCut = 0.05

// Decide finds copies and decides on every pair, then links the articles.
// Pairs that share nearly all their words have similarity 1, so that they are
// joined first.
func (c *Candidates) Decide(ctx context.Context, opt Options) (*Grouping, error) {
	opt = opt.withJobs()
	g := &Grouping{Candidates: c, same: sparse.New[float64](len(c.Pairs)), copyShare: opt.Copy}
	var err error
	opt.stage("aligning copies")
	g.near = nearPairs(len(c.Articles), c.Pairs, mostNear)
	g.shared, err = c.texts.align(ctx, c.Pairs, opt.Jobs, func(n int) bool {
		return g.isNear(n) && c.Cosines(n)[cluster.Whole] >= alignCosine || c.texts.isTwin(c.Pairs[n].B)
	})
	if err != nil {
		return nil, err
	}
	if g.near != nil {
		g.copies = g.joinCopies()
	}
	deciding := opt.stage("deciding")
	comparers := make([]*cluster.Comparer, opt.Jobs)
	for w := range comparers {
		comparers[w] = c.Documents.Comparer(c.Neighbourhood)
	}
	blocks := parallel.Blocks(len(c.Pairs))
	err = parallel.ForBlocks(ctx, blocks, opt.Jobs, deciding, func(worker, b int) {
		for n := b * parallel.Block; n < min((b+1)*parallel.Block, len(c.Pairs)); n++ {
			sim, fixed := g.Fixed(n)
			if !fixed {
				comparers[worker].Prefetch(c.Pairs[n:])
				sim = cluster.Fitted.Decide(comparers[worker], c.Pairs[n], c.Cosines(n))
			}
			if sim > 0 {
				g.same.Add(n, sim)
			}
		}
	})
	if err != nil {
		return nil, err
	}
	known, unknown, err := numberCorrections(c.Articles, opt.Correct)
	if err != nil {
		return nil, err
	}
	g.corrections, g.unknown = known, unknown
	opt.stage("linking")
	var links []cluster.Pair
	for n, p := range c.Pairs {
		if same := g.Same(n); same > 0 && !c.texts.isTwin(p.B) {
			links = append(links, cluster.Pair{A: p.A, B: p.B, Sim: same})
		}
	}
	g.Dendrogram, err = cluster.AverageLinkage(ctx, len(c.Articles), keepApart(links, known), lowestCut, opt.Jobs)
	g.mergeTwins()
	return g, err
}
