package qissa

import (
	"cmp"
	"context"
	"slices"

	"qissa/cluster"
	"qissa/internal/corpus"
	"qissa/internal/fact"
	"qissa/internal/overlap"
	"qissa/internal/parallel"
)

// gathered holds, for each story, the numbers of the pairs that tell about it.
type gathered struct {
	inside  [][]int // both articles in the story
	shown   [][]int // of these, the ones that are near, and as many others as connect the story
	outside [][]int // the nearest pair to each of the nearest other stories, nearest first
	said    []int   // the pairs that a reader has corrected, and those that are asked for
}

// nearOutsiders is how many neighbour stories are listed; chosen by eye.
const nearOutsiders = 3

// overlap returns what the words of a pair have in common; nil if they were not
// aligned.
func (g *description) overlap(pair int) *overlap.Overlap {
	if o := g.links.Overlap.At(pair); o != nil {
		return o
	}
	return g.shown.At(pair)
}

// gather sorts the pairs by story and aligns those that are shown.
func (g *description) gather(ctx context.Context, storyOf []int, groups [][]int) (gathered, error) {
	e := g.sortPairs(storyOf, groups)
	shown := make([]bool, len(g.links.Pairs))
	for _, n := range e.told() {
		shown[n] = true
	}
	var err error
	g.shown, err = overlap.Align(ctx, g.words, g.links.Pairs, g.opt.Jobs, func(n int) bool { return shown[n] && !g.links.Overlap.Has(n) })
	return e, err
}

// told returns the pairs that are told, ascending.
func (e *gathered) told() []int {
	numbers := slices.Clone(e.said)
	for s := range e.inside {
		numbers = append(numbers, e.shown[s]...)
		numbers = append(numbers, e.outside[s]...)
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

// sortPairs sorts the pairs by story.
func (g *description) sortPairs(storyOf []int, groups [][]int) gathered {
	stories, tells := len(groups), make([]bool, len(groups))
	for s := range tells {
		tells[s] = g.tells(groups[s])
	}
	e := gathered{inside: make([][]int, stories), shown: make([][]int, stories), outside: make([][]int, stories)}
	for n, p := range g.links.Pairs {
		if pair := [2]int32{p.A, p.B}; g.said.pairs[pair] || g.asked[pair] {
			e.said = append(e.said, n)
		}
		switch a, b := storyOf[p.A], storyOf[p.B]; {
		case a == b:
			e.inside[a] = append(e.inside[a], n)
		default:
			if tells[a] {
				e.outside[a] = g.keepNearest(e.outside[a], n, a, storyOf)
			}
			if tells[b] {
				e.outside[b] = g.keepNearest(e.outside[b], n, b, storyOf)
			}
		}
	}
	parts := cluster.NewParts(len(g.articles))
	for s := range stories {
		if tells[s] {
			e.shown[s] = g.connecting(e.inside[s], parts)
		}
	}
	return e
}

// connecting returns those pairs of a story that are near, and of the others the
// most similar ones that connect what these leave apart. Parts must hold no joins of
// this story; it is reset before returning.
func (g *description) connecting(inside []int, parts cluster.Parts) []int {
	far := func(n int) bool { return !g.links.IsNear(n) }
	if !slices.ContainsFunc(inside, far) {
		return inside
	}
	join := func(n int) bool { return parts.Join(g.links.Pairs[n].A, g.links.Pairs[n].B) }
	shown := slices.DeleteFunc(slices.Clone(inside), far)
	for _, n := range shown {
		join(n)
	}
	rest := slices.DeleteFunc(slices.Clone(inside), func(n int) bool { return parts.Joined(g.links.Pairs[n].A, g.links.Pairs[n].B) })
	slices.SortFunc(rest, g.nearer)
	for _, n := range rest {
		if join(n) {
			shown = append(shown, n)
		}
	}
	for _, n := range inside {
		parts.Reset(g.links.Pairs[n].A)
		parts.Reset(g.links.Pairs[n].B)
	}
	return shown
}

// keepNearest adds a pair to the best pairs of a story, by their number, of which
// there is one to each of the nearest other stories, nearest first.
func (g *description) keepNearest(best []int, pair, story int, storyOf []int) []int {
	if len(best) == nearOutsiders && g.nearer(pair, best[nearOutsiders-1]) > 0 {
		return best
	}
	other := g.otherStory(pair, story, storyOf)
	at := slices.IndexFunc(best, func(n int) bool { return g.otherStory(n, story, storyOf) == other })
	switch {
	case at >= 0 && g.nearer(pair, best[at]) < 0:
		best = slices.Delete(best, at, at+1)
	case at >= 0:
		return best
	case len(best) == nearOutsiders:
		best = best[:nearOutsiders-1]
	}
	at, _ = slices.BinarySearchFunc(best, pair, g.nearer)
	return slices.Insert(best, at, pair)
}

// otherStory returns the story that a pair joins the story with.
func (g *description) otherStory(pair, story int, storyOf []int) int {
	p := g.links.Pairs[pair]
	return storyOf[p.A] + storyOf[p.B] - story
}

// nearer orders pairs, by their number, from the most similar on.
func (g *description) nearer(x, y int) int {
	return cmp.Or(cmp.Compare(g.links.Same(y), g.links.Same(x)), cmp.Compare(g.links.Pairs[y].Sim, g.links.Pairs[x].Sim), cmp.Compare(x, y))
}

// inTime lists the stories by their first articles: those that are described one
// after the other then read what stands together.
func inTime(storyOf []int, stories int) []int {
	list, listed := make([]int, 0, stories), make([]bool, stories)
	for _, s := range storyOf {
		if !listed[s] {
			list, listed[s] = append(list, s), true
		}
	}
	return list
}

// evidence writes out the gathered pairs, with the places of shared runs in
// the stored texts.
func (g *description) evidence(ctx context.Context, e gathered, storyOf []int, groups [][]int, byTime []int) ([]Pair, error) {
	numbers := e.told()
	// By story, so that the words of most articles are placed once.
	byStory := make([][]int, len(e.inside))
	for i, n := range numbers {
		s := storyOf[g.links.Pairs[n].A]
		byStory[s] = append(byStory[s], i)
	}
	pairs := make([]Pair, len(numbers))
	placers := make([]placer, g.opt.Jobs)
	err := parallel.Each(ctx, len(byStory), g.opt.Jobs, g.opt.stage(StagePairs), func(worker, n int) {
		story := byTime[n]
		if len(byStory[story]) == 0 {
			return
		}
		p := &placers[worker]
		*p = placer{description: g, of: map[int][]corpus.Span{}, factsOf: map[int][]fact.Fact{}, memory: p.memory[:0], text: p.text}
		for _, i := range byStory[story] {
			n := numbers[i]
			pairs[i] = p.pair(g.links.Pairs[n], g.overlap(n), g.links.Same(n), storyOf[g.links.Pairs[n].B] == story)
		}
	})
	if err != nil {
		return nil, err
	}
	return g.addUnlike(ctx, pairs, storyOf, groups)
}

// addUnlike adds the pairs that a reader has corrected and those of loans, unless they are
// told already. Of a pair that no link is of, cosine and similarity are 0: below all that
// is looked at.
func (g *description) addUnlike(ctx context.Context, pairs []Pair, storyOf []int, groups [][]int) ([]Pair, error) {
	rest := g.unlike(storyOf, func(s int) bool { return g.tells(groups[s]) })
	rest = slices.DeleteFunc(rest, func(p cluster.Pair) bool {
		_, told := slices.BinarySearchFunc(pairs, p, func(q Pair, p cluster.Pair) int { return byArticles(cluster.Pair{A: int32(q.A), B: int32(q.B)}, p) })
		return told
	})
	if len(rest) == 0 {
		return pairs, nil
	}
	same := g.linked(rest)
	shared, err := overlap.Align(ctx, g.words, rest, g.opt.Jobs, func(int) bool { return true })
	if err != nil {
		return nil, err
	}
	added := make([]Pair, len(rest))
	err = parallel.EachWith(ctx, len(rest), g.opt.Jobs, func(int) func(int) {
		memory := placer{}
		return func(i int) {
			p := &memory
			*p = placer{description: g, of: map[int][]corpus.Span{}, factsOf: map[int][]fact.Fact{}, memory: p.memory[:0], text: p.text}
			added[i] = p.pair(rest[i], shared.At(i), same[i], storyOf[rest[i].A] == storyOf[rest[i].B])
		}
	})
	pairs = append(pairs, added...)
	slices.SortFunc(pairs, func(p, q Pair) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) })
	return pairs, err
}

// unlike returns the pairs that are told whether or not they are alike, by articles: those
// that a reader has corrected and those of loans of the stories that are told.
func (g *description) unlike(storyOf []int, tells func(story int) bool) []cluster.Pair {
	pairs := lent(g.loans, storyOf, tells)
	for p := range g.said.pairs {
		pairs = append(pairs, cluster.Pair{A: p[0], B: p[1]})
	}
	slices.SortFunc(pairs, byArticles)
	return slices.CompactFunc(pairs, func(p, q cluster.Pair) bool { return byArticles(p, q) == 0 })
}

// linked gives pairs, by articles, the cosines of their links, and returns how similar
// these are; 0 for those that no link is of.
func (g *description) linked(pairs []cluster.Pair) []float64 {
	same := make([]float64, len(pairs))
	for i, p := range pairs {
		if n, linked := slices.BinarySearchFunc(g.links.Pairs, p, byArticles); linked {
			pairs[i], same[i] = g.links.Pairs[n], g.links.Same(n)
		}
	}
	return same
}

func byArticles(p, q cluster.Pair) int {
	return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B))
}

// decision tells what became of a pair, and why.
func (g *description) decision(merged bool, o *overlap.Overlap, same float64) (Decision, Why) {
	switch {
	case merged && o.Copied(g.opt.Copy):
		return Merged, WhyCopy
	case merged:
		return Merged, WhyLinkage
	case o.Contained():
		return Apart, WhyContained
	case same < g.opt.Story:
		return Apart, WhyBelowThreshold
	}
	return Apart, WhyLinkageApart
}

// ties lists for each member the others that it shares words with.
func (g *description) ties(members, inside []int) [][]tie {
	ties := make([][]tie, len(members))
	for _, n := range inside {
		o := g.overlap(n)
		if o == nil {
			continue
		}
		a, _ := slices.BinarySearch(members, int(g.links.Pairs[n].A))
		b, _ := slices.BinarySearch(members, int(g.links.Pairs[n].B))
		ties[a] = append(ties[a], tie{b, o.AInB, o.BInA, o})
		ties[b] = append(ties[b], tie{a, o.BInA, o.AInB, o})
	}
	return ties
}

// mostFacts bounds the differences that are listed for each article of a pair.
const mostFacts = 20

// onlyIn lists the facts of one text that the other does not have, each once.
func onlyIn(text, other []fact.Fact) []Fact {
	has := map[string]bool{}
	for _, f := range other {
		has[f.Canonical] = true
	}
	var only []Fact
	for _, f := range text {
		if !has[f.Canonical] && len(only) < mostFacts {
			has[f.Canonical] = true
			only = append(only, Fact{FactKind(f.Kind), f.Text, f.At})
		}
	}
	return only
}
