package grouping

import (
	"context"
	"slices"

	"qissa/cluster"
)

// Where storylines end; measured on the labelled storylines of dense days and everyday
// feeds, see eval/README.md.
const (
	lineReach = 0.15 // least similarity of the links that a storyline is found among
	lineCut   = 0.02 // least similarity of the stories of a storyline, on average
)

// Storylines returns the wider groups that the given stories are parts of: each story
// is in exactly one. Two stories are as similar as half the mean of their articles and
// half the greatest of them; storylines are the groups of average linkage over these.
//
// A storyline is found among the articles that links of 0.15 or more connect, and no
// others have a say. Linkage of stories weighs no article that follows another one.
// Cost l log l in the links.
func (l *Links) Storylines(ctx context.Context, stories cluster.Partition) (cluster.Partition, error) {
	l.opt.stage(StageStorylines)
	d, err := cluster.AverageLinkage(ctx, l.articles, l.betweenStories(stories), lineCut, l.opt.Jobs)
	if err != nil {
		return nil, err
	}
	lines, storyLine := slices.Clone(stories), d.Cut(lineCut)
	first := map[int]int{} // article of each storyline
	for i, story := range stories {
		line := storyLine[story]
		if _, known := first[line]; !known {
			first[line] = i
		}
		lines[i] = first[line]
	}
	return lines, nil
}

// betweenStories returns the pairs of stories that links connect, by their first
// articles, and how similar they are.
func (l *Links) betweenStories(stories cluster.Partition) []cluster.Pair {
	size := make([]int32, l.articles)
	for i, story := range stories {
		if !l.IsFolded(int32(i)) {
			size[story]++
		}
	}
	links := l.links()
	reach := cluster.NewParts(l.articles)
	for _, p := range links {
		if p.Sim >= lineReach {
			reach.Join(p.A, p.B)
		}
	}
	kept := links[:0]
	for _, p := range links {
		if a, b := int32(stories[p.A]), int32(stories[p.B]); a != b && reach.Joined(p.A, p.B) {
			kept = append(kept, cluster.Pair{A: min(a, b), B: max(a, b), Sim: p.Sim})
		}
	}
	slices.SortStableFunc(kept, byArticles)
	pairs := kept[:0]
	for from := 0; from < len(kept); {
		p := kept[from]
		sum, greatest, to := 0.0, 0.0, from
		for ; to < len(kept) && byArticles(kept[to], p) == 0; to++ {
			sum += kept[to].Sim
			greatest = max(greatest, kept[to].Sim)
		}
		p.Sim = (sum/(float64(size[p.A])*float64(size[p.B])) + greatest) / 2
		pairs = append(pairs, p)
		from = to
	}
	return pairs
}
