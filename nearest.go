package qissa

import (
	"cmp"
	"context"
	"slices"
)

// Nearest returns for each story of a result the n stories nearest to it, nearest first: by
// the similarity of their most similar articles, as [Story].Neighbours, of which there are
// few. Stories of which no two articles are similar are left out. The articles of r are
// compared anew, with texts, under opt; Shared is not told. Cost as of [Cluster] up to the
// decision of pairs.
func Nearest(ctx context.Context, r *Result, opt Options, n int) ([][]Neighbour, error) {
	d, err := decide(ctx, slices.Clone(r.Articles), opt.withJobs())
	if err != nil {
		return nil, err
	}
	storyOf := map[string]int{}
	for i, a := range r.Articles {
		storyOf[a.ID] = r.StoryOf[i]
	}
	closest := map[[2]int]float64{} // pairs of stories
	for i, p := range d.links.Pairs {
		a, b := storyOf[d.weighed.Articles[p.A].ID], storyOf[d.weighed.Articles[p.B].ID]
		if pair := [2]int{min(a, b), max(a, b)}; a != b {
			closest[pair] = max(closest[pair], d.links.Same(i))
		}
	}
	near := make([][]Neighbour, len(r.Stories))
	for pair, sim := range closest {
		near[pair[0]] = append(near[pair[0]], Neighbour{Story: pair[1], Sim: sim})
		near[pair[1]] = append(near[pair[1]], Neighbour{Story: pair[0], Sim: sim})
	}
	for s := range near {
		slices.SortFunc(near[s], func(x, y Neighbour) int { return cmp.Or(cmp.Compare(y.Sim, x.Sim), cmp.Compare(x.Story, y.Story)) })
		near[s] = near[s][:min(n, len(near[s]))]
	}
	return near, nil
}
