package qissa

import (
	"cmp"
	"context"
	"slices"

	"qissa/cluster"
	"qissa/internal/parallel"
)

// gathered holds, for each story, the numbers of the pairs that tell about it.
type gathered struct {
	inside  [][]int // both articles in the story
	shown   [][]int // of these, the ones that are near, and as many others as connect the story
	outside [][]int // the nearest pair to each of the nearest other stories, nearest first
}

// gather sorts the pairs by story and aligns those that are shown.
func (g *Grouping) gather(ctx context.Context, storyOf []int, opt Options) (gathered, error) {
	stories := 0
	for _, s := range storyOf {
		stories = max(stories, s+1)
	}
	e := gathered{make([][]int, stories), make([][]int, stories), make([][]int, stories)}
	for n, p := range g.Pairs {
		a, b := storyOf[p.A], storyOf[p.B]
		if a == b {
			e.inside[a] = append(e.inside[a], n)
		} else {
			e.outside[a] = g.keepNearest(e.outside[a], n, a, storyOf)
			e.outside[b] = g.keepNearest(e.outside[b], n, b, storyOf)
		}
	}
	shown := make([]bool, len(g.Pairs))
	parts := cluster.NewParts(len(g.Articles))
	for s := range stories {
		e.shown[s] = g.connecting(e.inside[s], parts)
		for _, n := range e.shown[s] {
			shown[n] = true
		}
		for _, n := range e.outside[s] {
			shown[n] = true
		}
	}
	var err error
	g.shown, err = g.texts.align(ctx, g.Pairs, opt.Jobs, func(n int) bool { return shown[n] && g.shared.At(n) == nil })
	return e, err
}

// connecting returns those pairs of a story that are near, and of the others the
// most similar ones that connect what these leave apart. In parts its articles are
// apart, and are so again.
func (g *Grouping) connecting(inside []int, parts cluster.Parts) []int {
	far := func(n int) bool { return !g.isNear(n) }
	if !slices.ContainsFunc(inside, far) {
		return inside
	}
	join := func(n int) bool { return parts.Join(g.Pairs[n].A, g.Pairs[n].B) }
	shown := slices.DeleteFunc(slices.Clone(inside), far)
	for _, n := range shown {
		join(n)
	}
	rest := slices.DeleteFunc(slices.Clone(inside), func(n int) bool { return parts.Joined(g.Pairs[n].A, g.Pairs[n].B) })
	slices.SortFunc(rest, g.nearer)
	for _, n := range rest {
		if join(n) {
			shown = append(shown, n)
		}
	}
	for _, n := range inside {
		parts.Reset(g.Pairs[n].A)
		parts.Reset(g.Pairs[n].B)
	}
	return shown
}

// keepNearest adds a pair to the best pairs of a story, by their number, of which
// there is one to each of the nearest other stories, nearest first.
func (g *Grouping) keepNearest(best []int, pair, story int, storyOf []int) []int {
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
func (g *Grouping) otherStory(pair, story int, storyOf []int) int {
	p := g.Pairs[pair]
	return storyOf[p.A] + storyOf[p.B] - story
}

// nearer orders pairs, by their number, from the most similar on.
func (g *Grouping) nearer(x, y int) int {
	return cmp.Or(cmp.Compare(g.Same(y), g.Same(x)), cmp.Compare(g.Pairs[y].Sim, g.Pairs[x].Sim), cmp.Compare(x, y))
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
func (g *Grouping) evidence(ctx context.Context, e gathered, storyOf, byTime []int, opt Options) ([]Pair, error) {
	var numbers []int
	for s := range e.inside {
		numbers = append(numbers, e.shown[s]...)
		numbers = append(numbers, e.outside[s]...)
	}
	slices.Sort(numbers)
	numbers = slices.Compact(numbers)
	// By story, so that the words of most articles are placed once.
	byStory := make([][]int, len(e.inside))
	for i, n := range numbers {
		s := storyOf[g.Pairs[n].A]
		byStory[s] = append(byStory[s], i)
	}
	pairs := make([]Pair, len(numbers))
	placers := make([]placer, opt.Jobs)
	err := parallel.Each(ctx, len(byStory), opt.Jobs, opt.stage("describing pairs"), func(worker, n int) {
		story := byTime[n]
		if len(byStory[story]) == 0 {
			return
		}
		p := &placers[worker]
		*p = placer{g: g, of: map[int][]span{}, factsOf: map[int][]foundFact{}, memory: p.memory[:0], text: p.text}
		for _, i := range byStory[story] {
			pairs[i] = p.pair(numbers[i], storyOf[g.Pairs[numbers[i]].B] == story, opt)
		}
	})
	return pairs, err
}

func decision(merged bool, s shared, same float64, opt Options) (decision, why string) {
	switch {
	case merged && s.copied(opt.Copy):
		return "merged", "copy"
	case merged:
		return "merged", "linkage"
	case s.contained():
		return "apart", "contained"
	case same < opt.Story:
		return "apart", "below_threshold"
	}
	return "apart", "linkage_apart"
}

type span = [2]int

// placer finds the places of words and facts in the stored texts.
type placer struct {
	g       *Grouping
	of      map[int][]span
	factsOf map[int][]foundFact
	memory  []span // of all places, used again for the next story
	text    []byte // likewise, a body that was compressed
}

// pair writes out one pair.
func (p *placer) pair(n int, merged bool, opt Options) Pair {
	of, s, same := p.g.Pairs[n], p.g.sharedOf(n), p.g.Same(n)
	out := Pair{A: int(of.A), B: int(of.B), Cosine: min(of.Sim, 1), Same: same, AInB: s.AInB, BInA: s.BInA}
	out.Decision, out.Why = decision(merged, *s, same, opt)
	if slices.ContainsFunc(p.g.corrections, func(c numbered) bool { return c.a == of.A && c.b == of.B }) {
		out.Why = "correction"
	}
	if len(s.runs) > 0 {
		a, b := p.places(out.A), p.places(out.B)
		out.Runs = make([]Run, len(s.runs))
		for i, run := range s.runs {
			out.Runs[i] = Run{A: passage(a, run.A, run.Words), B: passage(b, run.B, run.Words), Words: int(run.Words), Stock: run.Words < stockWords}
		}
	}
	if merged {
		a, b := p.facts(out.A), p.facts(out.B)
		out.OnlyA, out.OnlyB = onlyIn(a, b), onlyIn(b, a)
	}
	return out
}

// facts returns the numbers and dates of an article.
func (p *placer) facts(article int) []foundFact {
	facts, ok := p.factsOf[article]
	if !ok {
		facts = p.g.texts.facts(article, &p.g.Articles[article], p.places(article), &p.text)
		p.factsOf[article] = facts
	}
	return facts
}

// places returns where the words of an article stand.
func (p *placer) places(article int) []span {
	at, ok := p.of[article]
	if !ok {
		from := len(p.memory)
		p.memory = p.g.texts.firstPlaces(p.memory, article, len(p.g.texts.all(article)))
		at = p.memory[from:]
		p.of[article] = at
	}
	return at
}

// passage returns the code points from the first to the last of the words.
func passage(places []span, first, words int32) span {
	return span{places[first][0], places[first+words-1][1]}
}
