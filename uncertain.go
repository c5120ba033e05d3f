package qissa

import (
	"cmp"
	"context"

	"qissa/cluster"
	"qissa/internal/grouping"
)

// Uncertain are the articles of a run about which its questions are, with all that is
// needed to ask them elsewhere: on a page. Articles are named by their places in IDs.
type Uncertain struct {
	IDs     []string       // in canonical order
	Follows []int          // the earlier article that has the words of each, else itself
	Before  []int          // the first article of the story of each, before corrections
	Pairs   []cluster.Pair // all of them that may be one story, and how probable that is; by (A, B)
	Rest    float64        // no question about other articles has a greater Difference
	Story   float64        // the cut of the run
}

// firstUncertain is how many questions are looked at first when it is chosen whose
// articles there is room for.
const firstUncertain = 10

// Uncertain returns the articles that as many questions are about as links have room for:
// all that are similar to others, or the stories of the first questions and those near
// them. Where there is not even room for those of ten questions, there are none.
// Cost as of [Reader.Questions], and linear in all links for each doubling.
func (l *Links) Uncertain(ctx context.Context, links int) (*Uncertain, error) {
	r, err := l.Ask(ctx)
	if err != nil {
		return nil, err
	}
	q, all, err := r.all(ctx, l.Corrections)
	if err != nil {
		return nil, err
	}
	var in map[int]bool // stories
	for n := firstUncertain; ; n *= 2 {
		more := q.around(all[:min(n, len(all))])
		if q.count(more) > links {
			break
		}
		if in = more; n >= len(all) {
			break
		}
	}
	return q.uncertain(in, all), nil
}

// around returns the stories that questions are about, and all that have links to them.
func (q *questions) around(asked []Question) map[int]bool {
	of, in := map[int]bool{}, map[int]bool{}
	for _, x := range asked {
		of[q.stories[x.A[0]]], of[q.stories[x.B[0]]] = true, true
	}
	for p := range q.links.of.Weighty() {
		if a, b := q.stories[p.A], q.stories[p.B]; of[a] || of[b] {
			in[a], in[b] = true, true
		}
	}
	return in
}

// count returns how many links there are among stories.
func (q *questions) count(in map[int]bool) (n int) {
	for p := range q.links.of.Weighty() {
		if in[q.stories[p.A]] && in[q.stories[p.B]] {
			n++
		}
	}
	return n
}

func (q *questions) uncertain(in map[int]bool, all []Question) *Uncertain {
	u := &Uncertain{Story: q.links.Story}
	place, first := map[int]int{}, map[int]int{}
	for i, id := range q.links.IDs {
		if !in[q.stories[i]] {
			continue
		}
		place[i] = len(u.IDs)
		if _, ok := first[q.before[i]]; !ok {
			first[q.before[i]] = place[i]
		}
		follows := place[i]
		if of, ok := place[int(q.links.of.Follows(int32(i)))]; ok {
			follows = of
		}
		u.IDs, u.Follows, u.Before = append(u.IDs, id), append(u.Follows, follows), append(u.Before, first[q.before[i]])
	}
	for n, p := range q.links.of.Pairs {
		a, okA := place[int(p.A)]
		b, okB := place[int(p.B)]
		if same := q.links.of.Same(n); same > 0 && okA && okB {
			u.Pairs = append(u.Pairs, cluster.Pair{A: int32(a), B: int32(b), Sim: same})
		}
	}
	for _, x := range all {
		if !in[q.stories[x.A[0]]] || !in[q.stories[x.B[0]]] {
			u.Rest = cmp.Or(u.Rest, x.Difference)
		}
	}
	return u
}

// Cuts are the merges of the articles of a run into stories, before corrections, down to a
// similarity of 0.05, and what lower cuts do to the storylines of its stories. Articles are
// named by their places in IDs.
type Cuts struct {
	IDs       []string // in canonical order
	Story     float64  // the cuts of the run
	Storyline float64
	cluster.Dendrogram
	Lines []LineCut // from the highest to the lowest cut
}

// A LineCut is a cut of storylines, corrections obeyed, as it differs from the next higher
// one of a list: at the highest from each story by itself.
type LineCut struct {
	Cut   float64
	Moved [][2]int // first articles of a story, and of the storyline that it is of
}

// lineCuts are the cuts of storylines that are tried: their quality is flat over .15.
const lineCuts = 19 // from .95 down to .05

// Cuts returns the merges of a run. Cost l log l in the links of a story, and linear in the
// articles for each cut of the storylines.
func (l *Links) Cuts(ctx context.Context) (*Cuts, error) {
	c := &Cuts{IDs: l.IDs, Story: l.Story, Storyline: l.Storyline}
	var err error
	if c.Dendrogram, err = l.of.Linkage(ctx); err != nil {
		return nil, err
	}
	corrected, err := numberCorrections(l.articles(), l.Corrections)
	if err != nil {
		return nil, err
	}
	before, err := l.of.Group(ctx, l.Story)
	if err != nil {
		return nil, err
	}
	stories, err := l.of.Correct(ctx, before, corrected.constraints, l.Story)
	if err != nil {
		return nil, err
	}
	d, err := l.of.StorylineLinkage(ctx, before, grouping.LowestCut)
	if err != nil {
		return nil, err
	}
	last := stories
	for n := lineCuts; n > 0; n-- {
		x := LineCut{Cut: float64(n) / (lineCuts + 1)}
		lines := grouping.CutStorylines(d, before, x.Cut)
		if len(corrected.constraints) > 0 {
			if lines, _, err = grouping.CorrectStorylines(ctx, lines, stories, corrected.constraints); err != nil {
				return nil, err
			}
		}
		for i, story := range stories {
			if story == i && lines[i] != last[i] {
				x.Moved = append(x.Moved, [2]int{i, lines[i]})
			}
		}
		c.Lines, last = append(c.Lines, x), lines
	}
	return c, nil
}
