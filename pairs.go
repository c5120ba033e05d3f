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
	said    []int   // the pairs that a reader has corrected
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
	stories := len(groups)
	e := gathered{inside: make([][]int, stories), shown: make([][]int, stories), outside: make([][]int, stories)}
	for n, p := range g.links.Pairs {
		if g.said.pairs[[2]int32{p.A, p.B}] {
			e.said = append(e.said, n)
		}
		a, b := storyOf[p.A], storyOf[p.B]
		if a == b {
			e.inside[a] = append(e.inside[a], n)
		} else {
			e.outside[a] = g.keepNearest(e.outside[a], n, a, storyOf)
			e.outside[b] = g.keepNearest(e.outside[b], n, b, storyOf)
		}
	}
	shown := make([]bool, len(g.links.Pairs))
	parts := cluster.NewParts(len(g.articles))
	for s := range stories {
		if !g.tells(groups[s]) {
			e.outside[s] = nil
			continue
		}
		e.shown[s] = g.connecting(e.inside[s], parts)
		for _, n := range e.shown[s] {
			shown[n] = true
		}
		for _, n := range e.outside[s] {
			shown[n] = true
		}
	}
	for _, n := range e.said {
		shown[n] = true
	}
	var err error
	g.shown, err = overlap.Align(ctx, g.words, g.links.Pairs, g.opt.Jobs, func(n int) bool { return shown[n] && !g.links.Overlap.Has(n) })
	return e, err
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
	numbers := slices.Clone(e.said)
	for s := range e.inside {
		numbers = append(numbers, e.shown[s]...)
		numbers = append(numbers, e.outside[s]...)
	}
	slices.Sort(numbers)
	numbers = slices.Compact(numbers)
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
	rest := lent(g.loans, storyOf, func(s int) bool { return g.tells(groups[s]) })
	for p := range g.said.pairs {
		rest = append(rest, cluster.Pair{A: p[0], B: p[1]})
	}
	slices.SortFunc(rest, byArticles)
	rest = slices.CompactFunc(rest, func(p, q cluster.Pair) bool { return byArticles(p, q) == 0 })
	rest = slices.DeleteFunc(rest, func(p cluster.Pair) bool {
		_, told := slices.BinarySearchFunc(pairs, p, func(q Pair, p cluster.Pair) int { return byArticles(cluster.Pair{A: int32(q.A), B: int32(q.B)}, p) })
		return told
	})
	if len(rest) == 0 {
		return pairs, nil
	}
	same := make([]float64, len(rest))
	for i, p := range rest {
		if n, linked := slices.BinarySearchFunc(g.links.Pairs, p, byArticles); linked {
			rest[i], same[i] = g.links.Pairs[n], g.links.Same(n)
		}
	}
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

// placer finds where words and facts stand in the stored texts.
type placer struct {
	*description
	of      map[int][]corpus.Span
	factsOf map[int][]fact.Fact
	memory  []corpus.Span // of all articles, used again for the next story
	text    []byte        // likewise, a body that was compressed
}

// pair writes out one pair.
func (p *placer) pair(of cluster.Pair, o *overlap.Overlap, same float64, merged bool) Pair {
	out := Pair{A: int(of.A), B: int(of.B), Cosine: min(of.Sim, 1), Same: same, AInB: o.AInB, BInA: o.BInA}
	out.Decision, out.Why = p.decision(merged, o, same)
	if p.said.of(of, merged) {
		out.Why = WhyCorrection
	}
	if out.Borrowed = borrowed(p.words, of, o); out.Borrowed > 0 {
		out.BorrowOrder = orderByTime(p.articles[of.A], p.articles[of.B], p.crawled)
	}
	for _, run := range o.Runs {
		out.Passages = p.appendPassages(out.Passages, out.A, out.B, run)
	}
	if merged {
		a, b := p.facts(out.A), p.facts(out.B)
		out.OnlyA, out.OnlyB = onlyIn(a, b), onlyIn(b, a)
	}
	return out
}

// facts returns the numbers and dates of an article.
func (p *placer) facts(article int) []fact.Fact {
	facts, ok := p.factsOf[article]
	if !ok {
		facts = fact.Read(p.words, article, &p.articles[article], p.offsets(article), &p.text)
		p.factsOf[article] = facts
	}
	return facts
}

// offsets returns where the words of an article stand.
func (p *placer) offsets(article int) []corpus.Span {
	at, ok := p.of[article]
	if !ok {
		from := len(p.memory)
		p.memory = p.words.Offsets(p.memory, article, len(p.words.All(article)))
		at = p.memory[from:]
		p.of[article] = at
	}
	return at
}

// appendPassages appends a run as passages: one, but for boilerplate inside it in
// either text, which is none.
func (p *placer) appendPassages(to []Passage, a, b int, run cluster.Run) []Passage {
	inA, inB, left := p.offsets(a), p.offsets(b), int(run.Words)
	for left > 0 {
		done := int(run.Words) - left
		firstA, firstB := p.words.Place(a, int(run.A)+done), p.words.Place(b, int(run.B)+done)
		n := left
		for p.words.Place(a, int(run.A)+done+n-1) != firstA+n-1 || p.words.Place(b, int(run.B)+done+n-1) != firstB+n-1 {
			n--
		}
		to = append(to, Passage{A: passage(inA, firstA, n), B: passage(inB, firstB, n), Words: n, Stock: run.Words < overlap.StockWords})
		left -= n
	}
	return to
}

// passage returns the code points from the first to the last of the words.
func passage(offsets []corpus.Span, first, words int) corpus.Span {
	return corpus.Span{offsets[first][0], offsets[first+words-1][1]}
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
