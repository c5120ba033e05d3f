package grouping

import (
	"context"
	"slices"
	"time"

	"qissa/cluster"
)

// Where storylines end; measured on the labelled storylines of dense days and everyday
// feeds, see eval/README.md.
const (
	lineReach = 6   // tenths: least probability of the links that a storyline is found among
	LineCut   = 0.2 // least similarity of the stories of a storyline, on average; flat from .15 to .3
)

// LineSpan is how far apart the articles of a storyline come at most, but for those of
// one story. Chosen by eye: the news of an affair seldom pause and go on for longer, and
// what is longer is a topic. Labelled sets are of two to five days.
const LineSpan = 7 * 24 * time.Hour

// Storylines returns the wider groups that the given stories are parts of: each story
// is in exactly one. Two stories are as similar as half the mean of the probabilities of
// their articles and half the greatest of them; storylines are the groups of average
// linkage over these, down to least, [LineCut] by default.
//
// A storyline is found among the articles that links of 0.6 or more connect, see reach,
// and no others have a say. Linkage of stories weighs no article that follows another
// one. Cost l log l in the links.
func (l *Links) Storylines(ctx context.Context, stories cluster.Partition, least float64) (cluster.Partition, error) {
	d, err := l.StorylineLinkage(ctx, stories, least)
	if err != nil {
		return nil, err
	}
	return CutStorylines(d, stories, least), nil
}

// StorylineLinkage returns the average linkage of stories by their first articles, down to
// least, to be cut by [CutStorylines] at that or more.
func (l *Links) StorylineLinkage(ctx context.Context, stories cluster.Partition, least float64) (cluster.Dendrogram, error) {
	l.opt.stage(StageStorylines)
	return cluster.AverageLinkage(ctx, l.articles(), l.betweenStories(stories), least, l.opt.Jobs)
}

// CutStorylines returns the storylines of articles, cut at a similarity of stories.
func CutStorylines(d cluster.Dendrogram, stories cluster.Partition, least float64) cluster.Partition {
	storyLine := d.Cut(least)
	of := make([]int, len(stories))
	for i, story := range stories {
		of[i] = storyLine[story]
	}
	return numbered(of)
}

// betweenStories returns the pairs of stories that links connect, by their first
// articles, and how similar they are.
func (l *Links) betweenStories(stories cluster.Partition) []cluster.Pair {
	size := make([]int32, l.articles())
	for i, story := range stories {
		if !l.IsFolded(int32(i)) {
			size[story]++
		}
	}
	links := l.links(l.Line)
	reach := l.reach(stories, links)
	kept := links[:0]
	for _, p := range links {
		if a, b := int32(stories[p.A]), int32(stories[p.B]); a != b && reach[p.A] == reach[p.B] {
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

// reach returns within what each article's storyline is found: the stories that links of
// 0.6 or more connect, if no two articles of them stand further apart than [LineSpan];
// else those of 0.7 or more, and so on to 0.9; else its story. Undated articles are near
// to all.
//
// So what stands further from an article than LineSpan and one window has no say in its
// storyline: a chain of links that leaves that stretch is too long whatever follows.
func (l *Links) reach(stories cluster.Partition, links []cluster.Pair) cluster.Partition {
	reach, open := slices.Clone(stories), make([]bool, len(stories))
	for i := range open {
		open[i] = true
	}
	for tenths := lineReach; tenths < 10; tenths++ {
		parts := cluster.NewParts(len(stories))
		for i, story := range stories {
			parts.Join(int32(i), int32(story))
		}
		for _, p := range links {
			if open[p.A] && p.Sim >= float64(tenths)/10 {
				parts.Join(p.A, p.B)
			}
		}
		part := parts.Partition()
		long := l.longParts(part)
		for i, first := range part {
			if open[i] && !long[first] {
				reach[i], open[i] = first, false
			}
		}
	}
	return reach
}

// longParts returns which parts, by their first articles, are longer than [LineSpan].
func (l *Links) longParts(part cluster.Partition) map[int]bool {
	type stretch struct{ from, to int64 }
	stretches, long := map[int]stretch{}, map[int]bool{}
	for i, first := range part {
		t := l.time[i]
		if t == cluster.Undated {
			continue
		}
		s, known := stretches[first]
		if !known {
			s = stretch{t, t}
		}
		s = stretch{min(s.from, t), max(s.to, t)}
		stretches[first] = s
		if s.to-s.from > Seconds(LineSpan) {
			long[first] = true
		}
	}
	return long
}
