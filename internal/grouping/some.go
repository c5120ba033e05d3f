package grouping

import (
	"context"
	"slices"
	"time"

	"qissa/cluster"
)

// FindSome finds the facts of the pairs that are asked for, of articles that are some of
// those of [AroundOf], by their numbers there, ascending. [Together] makes facts of what
// is found of all pairs.
func (w *Weighed) FindSome(ctx context.Context, window time.Duration, around *Around, some []int32, asked func(a, b int32) bool) (*Facts, error) {
	f := &Facts{weighed: w, window: window, asked: asked, some: true}
	return f.find(ctx, around.of(some))
}

// FindFresh is FindSome for the pairs with an article for which it is true.
func (w *Weighed) FindFresh(ctx context.Context, window time.Duration, around *Around, some []int32, fresh func(i int32) bool) (*Facts, error) {
	f := &Facts{weighed: w, window: window, some: true, fresh: fresh}
	f.asked = func(a, b int32) bool { return fresh(a) || fresh(b) }
	return f.find(ctx, around.of(some))
}

// Together returns the facts of articles of the given times, in canonical order, as one
// search for all finds them: of those that [Weighed.FindSome] found under the same epochs, each pair once. What
// is among the nearest partners of an article of all is so of some, and what is to be
// aligned likewise. With an undated article dated ones are aligned whose partners it is,
// so that which are the nearest is known here alone: all of its pairs were aligned.
func Together(times []int64, found []Fact, later ...Epoch) []Fact {
	return defaultLimits.together(times, found, later)
}

func (l limits) together(times []int64, found []Fact, later []Epoch) []Fact {
	slices.SortFunc(found, func(x, y Fact) int { return byArticles(x.Pair, y.Pair) })
	kept := make([]cluster.Pair, 0, len(found))
	for _, e := range (&Batch{Time: times}).eras(nil, later) { // each has nearest partners of its own
		var pairs []cluster.Pair
		for _, f := range found {
			if b := int(f.B); e.from <= b && b < e.to && f.Text != Folded {
				pairs = append(pairs, f.Pair)
			}
		}
		kept = append(kept, l.partners.Of(pairs, times)...)
	}
	slices.SortFunc(kept, byArticles)
	found = slices.DeleteFunc(found, func(f Fact) bool {
		_, is := slices.BinarySearchFunc(kept, f.Pair, byArticles)
		return !is && f.Text != Folded
	})
	pairs := kept[:0]
	for _, f := range found {
		pairs = append(pairs, f.Pair)
	}
	near := nearPairs(len(times), pairs, l.near)
	for n := range found {
		if f := &found[n]; !isNear(near, n) && (f.Text == Aligned || f.Text == OneText || f.Text == OtherIssue) {
			f.Text = Unaligned
		}
	}
	return found
}
