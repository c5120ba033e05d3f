package qissa

import (
	"context"
	"math"
	"slices"
	"time"

	"qissa/cluster"
)

// mostTwins is how many articles with the same words are compared with others, of
// those within a window: half of them whenever they come, the others evenly over
// the window. More of them are no news: the page of an error, a notice that stands
// under every address. Each of the others is a twin of the one compared before it,
// shares its story, and is compared with none. A story of n articles would else
// take n² pairs.
var mostTwins = 50

// findTwins finds the articles that are set aside as twins. Those that a reader has
// corrected are none, nor are bulletins of another day. The templates of all are
// known: with the same words they have the same one.
func (c *Candidates) findTwins(ctx context.Context, template []int32, opt Options) error {
	if !slices.ContainsFunc(countAlike(template), func(n int) bool { return n > mostTwins }) {
		return nil
	}
	first, err := c.texts.sameWords(ctx, opt.Jobs)
	if err != nil {
		return err
	}
	alike := countAlike(first)
	corrected := map[string]bool{}
	for _, x := range opt.Correct {
		corrected[x.A], corrected[x.B] = true, true
	}
	twin := make([]int32, len(first))
	compared := map[int32][]int32{} // articles with the words of each, earliest first
	for i, f := range first {
		twin[i] = noTwin
		if alike[f] <= mostTwins || c.texts.tooShort(i) {
			continue
		}
		list, half := compared[f], mostTwins/2
		if n := len(list); n < half || corrected[c.Articles[i].ID] || c.texts.otherDay(list[n-1], int32(i)) ||
			c.beyond(list[n-half], int32(i), opt.Window) || c.beyond(list[n-1], int32(i), opt.Window/time.Duration(half)) {
			compared[f] = append(list, int32(i))
		} else {
			twin[i] = list[n-1]
		}
	}
	c.texts.twin = twin
	return nil
}

// countAlike counts for each first article those that are the same.
func countAlike(first []int32) []int {
	alike := make([]int, len(first))
	for _, f := range first {
		alike[f]++
	}
	return alike
}

const noTwin = -1

// isTwin tells whether an article is set aside as the twin of an earlier one.
func (t *texts) isTwin(i int32) bool { return t.twin != nil && t.twin[i] != noTwin }

// pairTwins adds the pairs of twins with those whose twins they are.
func (c *Candidates) pairTwins() {
	found := len(c.Pairs)
	for i, of := range c.texts.twin {
		if of != noTwin {
			c.Pairs = append(c.Pairs, cluster.Pair{A: of, B: int32(i), Sim: 1})
		}
	}
	if len(c.Pairs) > found {
		slices.SortFunc(c.Pairs, byArticles)
	}
}

// mergeTwins joins twins with those whose twins they are, before all others.
func (g *Grouping) mergeTwins() {
	var merges []cluster.Merge
	for i, of := range g.texts.twin {
		if of != noTwin {
			merges = append(merges, cluster.Merge{A: of, B: int32(i), Sim: math.Inf(1)})
		}
	}
	g.Dendrogram.Merges = append(merges, g.Dendrogram.Merges...)
}

// alike counts for each member the members that it stands for: itself and its twins.
func (t *texts) alike(members []int) []float64 {
	count := make([]float64, len(members))
	for i, m := range members {
		if t.isTwin(int32(m)) {
			at, _ := slices.BinarySearch(members, int(t.twin[m]))
			count[at]++
		} else {
			count[i]++
		}
	}
	return count
}
