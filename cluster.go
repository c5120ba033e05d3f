package qissa

import (
	"context"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/grouping"
)

// Cluster groups the articles into stories, and these into storylines. The order of the articles does not matter;
// ids are made unique, see [article.Identify]. Errors: options out of range,
// corrections that contradict each other, a context that ended. Cost linear in the
// text, and in the pairs that are similar within the window.
func Cluster(ctx context.Context, articles []article.Article, opt Options) (*Result, error) {
	return clusterAll(ctx, articles, opt, nil)
}

// Found is what a run found out on its way to stories: all that [Part] needs to group the
// same articles, and more of them, without a look at their texts.
type Found struct {
	Weighed *grouping.Weighed
	Facts   *grouping.Facts
	Part    *Part // the whole
}

// ClusterAndKeep is [Cluster], and returns what it found out.
func ClusterAndKeep(ctx context.Context, articles []article.Article, opt Options) (*Result, *Found, error) {
	f := &Found{}
	r, err := clusterAll(ctx, articles, opt, f)
	return r, f, err
}

// clusterAll is Cluster; found is filled unless it is nil.
func clusterAll(ctx context.Context, articles []article.Article, opt Options, found *Found) (*Result, error) {
	opt = opt.withJobs()
	d, err := decide(ctx, articles, opt)
	if err != nil {
		return nil, err
	}
	if found == nil {
		d.facts = nil // which takes memory
	}
	g, err := d.corrected.group(ctx, d.links, opt)
	if err != nil {
		return nil, err
	}
	loans, flooded, err := d.weighed.Loans(ctx, opt.Window, nil)
	if err != nil {
		return nil, err
	}
	result, err := (&description{links: d.links, said: d.corrected.said(g), loans: loans, opt: opt}).describe(ctx, d.weighed, g.stories)
	if err != nil {
		return nil, err
	}
	result.Counts.Flooded = flooded
	result.tellStorylines(g.lines)
	result.links.Corrections = d.corrected.known
	result.Unknown, result.Drawn, result.Unobeyed = d.corrected.unknown, d.corrected.drawn(g), g.conflicts
	result.Parts = d.links.Parts(d.corrected.constraints, opt.Story)
	if found != nil {
		*found = Found{d.weighed, d.facts, &Part{Articles: d.weighed.Articles, Links: d.links, Loans: loans, Parts: result.Parts}}
		found.Part.take(d.corrected, g)
	}
	if opt.Count {
		result.counted, err = d.weighed.Batch.Model(ctx)
	}
	return result, err
}

// Linkage returns the articles in canonical order and the average linkage over them,
// which can be cut at many thresholds of 0.05 or more. Else as [Cluster]; Story, Copy and
// Corrections of the options do not count.
func Linkage(ctx context.Context, articles []article.Article, opt Options) ([]article.Article, cluster.Dendrogram, error) {
	d, err := decide(ctx, articles, opt.withJobs())
	if err != nil {
		return nil, cluster.Dendrogram{}, err
	}
	linkage, err := d.links.Linkage(ctx)
	return d.weighed.Articles, linkage, err
}

// decided is articles under a model and the decided pairs of them.
type decided struct {
	weighed   *grouping.Weighed
	facts     *grouping.Facts
	links     *grouping.Links
	corrected corrected
}

// decide reads the words of articles, weighs them, finds the facts of similar pairs, and
// decides on each.
func decide(ctx context.Context, articles []article.Article, opt Options) (*decided, error) {
	if err := opt.Validate(); err != nil {
		return nil, err
	}
	batch, err := grouping.Read(ctx, articles, opt.run())
	if err != nil {
		return nil, err
	}
	corrected, err := numberCorrections(batch.Articles, opt.Corrections)
	if err != nil {
		return nil, err
	}
	weighed, err := opt.weigh(ctx, batch)
	if err != nil {
		return nil, err
	}
	facts, err := weighed.FindFacts(ctx, opt.Window, nil)
	if err != nil {
		return nil, err
	}
	links, err := facts.Decide(ctx, nil)
	return &decided{weighed, facts, links, corrected}, err
}
