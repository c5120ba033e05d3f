package qissa

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"unsafe"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/corpus"
	"qissa/internal/fact"
	"qissa/internal/grouping"
	"qissa/internal/keyphrase"
	"qissa/internal/overlap"
	"qissa/internal/parallel"
	"qissa/internal/passages"
	"qissa/internal/sparse"
)

// A description is what stories are described from: articles as words, and links.
type description struct {
	articles []article.Article
	words    *corpus.Corpus
	rarity   func(article int) []float64 // of each term, under the model of an article
	links    *grouping.Links
	shown    sparse.Values[overlap.Overlap] // of pairs that are aligned only to be shown
	opt      Options
	said     said
	asked    map[[2]int32]bool // other pairs that are told, A < B, where links are of them
	loans    []passages.Loan
	crawled  map[string]bool      // outlets whose clock is a crawler's
	heads    []contentHash        // of each article
	told     func(first int) bool // which stories are described, by their first articles; nil for all
}

// describe tells what each group of articles is, of those that are told.
func (g *description) describe(ctx context.Context, w *grouping.Weighed, groups cluster.Partition) (*Result, error) {
	g.articles, g.words, g.rarity, g.heads = w.Articles, w.Words, w.Rarity(), make([]contentHash, len(w.Articles))
	r := &Result{words: g.words, Articles: g.articles, StoryOf: make([]int, len(g.articles)), links: &Links{Story: g.opt.Story, Storyline: g.opt.Storyline, heads: g.heads, of: g.links.Kept()}}
	for i := range g.articles {
		if g.opt.Model != nil && g.told == nil {
			all, unknown := w.Mentions(i)
			r.Mentions = append(r.Mentions, Mentions{all, unknown})
		}
		r.links.IDs = append(r.links.IDs, g.articles[i].ID)
		r.Words = append(r.Words, len(g.words.All(i)))
		if g.words.Indexed(i) == 0 {
			r.Termless = append(r.Termless, i)
		} else if g.words.TooShort(i) {
			r.TooShort = append(r.TooShort, i)
		}
	}
	return r, g.stories(ctx, r, order(groupsOf(groups)))
}

// stories describes the stories, whose members are given, and the pairs that tell of
// them.
func (g *description) stories(ctx context.Context, r *Result, groups [][]int) error {
	for s, members := range groups {
		for _, m := range members {
			r.StoryOf[m] = s
		}
	}
	g.opt.stage(StageGathering)
	e, err := g.gather(ctx, r.StoryOf, groups)
	if err != nil {
		return err
	}
	r.Stories = make([]Story, len(groups))
	tellers := make([]teller, g.opt.Jobs)
	readers := fact.Readers(g.articles, g.words, g.opt.Jobs)
	if g.crawled = g.opt.Crawled; g.crawled == nil {
		g.crawled = article.CrawlClocks(g.articles)
	}
	for i := range tellers {
		tellers[i] = teller{description: g, origins: origination{g.articles, g.words, g.crawled, g.opt.Copy}, values: &readers[i], phrases: keyphrase.Finder{Corpus: g.words, Articles: g.articles}}
	}
	byTime := inTime(r.StoryOf, len(groups))
	err = parallel.Each(ctx, len(groups), g.opt.Jobs, g.opt.stage(StageStories), func(worker, n int) {
		s := byTime[n]
		if !g.tells(groups[s]) {
			return
		}
		r.Stories[s] = tellers[worker].story(groups[s], e.inside[s], e.outside[s], r.StoryOf)
	})
	if err != nil {
		return err
	}
	if r.Pairs, err = g.evidence(ctx, e, r.StoryOf, groups, byTime); err != nil || g.told != nil {
		return err
	}
	tellApart(r.Stories)
	r.Recount()
	r.Counts.SimilarPairs, r.Counts.AlignedPairs = len(g.links.Pairs), g.links.Overlap.Len()+g.shown.Len()
	return nil
}

// tells reports whether a story is described.
func (g *description) tells(members []int) bool { return g.told == nil || g.told(members[0]) }

// A teller describes one story after the other. Every worker has its own: its memory
// is used again.
type teller struct {
	*description
	phrases keyphrase.Finder
	text    []byte // a body that was compressed
	origins origination
	values  *fact.Reader
}

// groupsOf lists the members of each group, ascending.
func groupsOf(p cluster.Partition) [][]int {
	number := make([]int, len(p))
	var groups [][]int
	for i, first := range p {
		if first == i {
			number[i] = len(groups)
			groups = append(groups, nil)
		}
		n := number[first]
		groups[n] = append(groups[n], i)
	}
	return groups
}

// order puts the largest group first, then the earliest; articles are in
// canonical order, so the smallest member is the earliest.
func order(groups [][]int) [][]int {
	slices.SortStableFunc(groups, func(a, b []int) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a[0], b[0]))
	})
	return groups
}

// hashContent hashes the text of an article. A story is named by that of its first
// member: it keeps its id whatever else was read.
func hashContent(a *article.Article, memory *[]byte) (h contentHash) {
	hash := sha256.New()
	for _, s := range []string{a.Title, "\n", a.LoadBody(memory)} {
		hash.Write(unsafe.Slice(unsafe.StringData(s), len(s))) // which does not change it
	}
	copy(h[:], hash.Sum(nil))
	return h
}

// NameByContent gives the stories and storylines of a result the ids that [Cluster]
// gives them, whatever ids they have.
func (r *Result) NameByContent() {
	var memory []byte
	for i := range r.Stories {
		r.Stories[i].ID = hashContent(&r.Articles[r.Stories[i].Members[0].Article], &memory).story()
	}
	tellApart(r.Stories)
	for n := range r.Storylines {
		line := &r.Storylines[n]
		line.ID = lineID(r.Stories[line.Stories[0]].ID)
	}
}

// tellApart numbers the stories whose first members have the same text.
func tellApart(stories []Story) {
	seen := make(map[string]int, len(stories))
	for s := range stories {
		id := stories[s].ID
		seen[id]++
		stories[s].ID = NumberedID(id, seen[id])
	}
}

// NumberedID returns the id of the nth story, from 1, of those whose first articles have
// the same text, in the order of a result.
func NumberedID(id string, n int) string {
	if n == 1 {
		return id
	}
	return fmt.Sprintf("%s-%d", id, n)
}

// story describes one story from the pairs inside it and those that leave it, given as
// pair numbers.
func (g *teller) story(members []int, inside, outside []int, storyOf []int) Story {
	for _, m := range members {
		g.heads[m] = hashContent(&g.articles[m], &g.text)
	}
	s := Story{ID: g.heads[members[0]].story(), First: -1, Earliest: -1, Last: -1, Bridge: -1, Cohesion: 1, WeakestLink: 1, Trust: 1, Representative: members[0], Reason: OnlyArticle}
	seen := map[string]bool{}
	for _, m := range members {
		a := &g.articles[m]
		if a.Source != "" && !seen[a.Source] {
			seen[a.Source] = true
			s.Sources = append(s.Sources, a.Source)
		}
		if a.HasClock() {
			if s.Earliest < 0 {
				s.Earliest = m
			}
			s.Last = m
		}
	}
	if len(members) > 1 {
		g.cohesion(&s, members, inside)
		s.Trust = Trust(s.Cohesion, len(members), g.oneOutlet(members))
	}
	if b := cluster.Bridge(len(members), g.edges(members, inside)); b >= 0 {
		s.Bridge = members[b]
	}
	g.origins.tell(&s, members, g.ties(members, inside), &g.text)
	s.Figures = figures(g.values, members)
	g.phrases.Rarity = g.rarity(members[len(members)-1])
	s.KeyPhrases = g.phrases.Phrases(members)
	s.Neighbours = g.neighbours(outside, storyOf[members[0]], storyOf)
	if s.Trust < leastTrust {
		s.Review = append(s.Review, LowTrust)
	}
	if s.Bridge >= 0 {
		s.Review = append(s.Review, BridgeArticle)
	}
	return s
}

// cohesion finds how close the members are, and the most central one.
func (g *description) cohesion(s *Story, members, inside []int) {
	sum := make([]float64, len(members))
	alike := g.alike(members)
	total := 0.0
	for _, n := range inside {
		p := g.links.Pairs[n]
		if g.links.IsFolded(p.B) {
			continue
		}
		a, _ := slices.BinarySearch(members, int(p.A))
		b, _ := slices.BinarySearch(members, int(p.B))
		same := g.links.Same(n)
		sum[a] += same * alike[b]
		sum[b] += same * alike[a]
		total += same * alike[a] * alike[b]
	}
	for i, n := range alike {
		if n > 1 { // the folded ones that follow it
			sum[i] += n - 1
			total += n * (n - 1) / 2
		}
	}
	others := float64(len(members) - 1)
	s.Cohesion = total / (others * float64(len(members)) / 2)
	s.Reason = MostCentral
	best := 0
	for i := range members {
		if sum[i] > sum[best] {
			best = i
		}
		if alike[i] > 0 {
			s.WeakestLink = min(s.WeakestLink, sum[i]/others)
		}
	}
	s.Representative = members[best]
}

// oneOutlet returns the share of pairs of members that are of one outlet. Those whose
// outlet is unknown are of none.
func (g *description) oneOutlet(members []int) float64 {
	count, pairs := map[string]int{}, 0
	for _, m := range members {
		if source := g.articles[m].Source; source != "" {
			pairs += count[source]
			count[source]++
		}
	}
	return float64(pairs) / (float64(len(members)) * float64(len(members)-1) / 2)
}

// alike counts for each member the members that it stands for: itself and the folded
// ones that follow it.
func (g *description) alike(members []int) []float64 {
	count := make([]float64, len(members))
	for i, m := range members {
		if g.links.IsFolded(int32(m)) {
			at, _ := slices.BinarySearch(members, int(g.links.Folded[m]))
			count[at]++
		} else {
			count[i]++
		}
	}
	return count
}

// edges are the pairs that hold a story together, by place in members.
func (g *description) edges(members, inside []int) [][2]int {
	var edges [][2]int
	for _, n := range inside {
		if g.links.Same(n) >= g.opt.Story {
			a, _ := slices.BinarySearch(members, int(g.links.Pairs[n].A))
			b, _ := slices.BinarySearch(members, int(g.links.Pairs[n].B))
			edges = append(edges, [2]int{a, b})
		}
	}
	return edges
}

// neighbours lists the nearest stories outside, nearest first.
func (g *description) neighbours(outside []int, self int, storyOf []int) []Neighbour {
	var list []Neighbour
	for _, n := range outside {
		p := g.links.Pairs[n]
		other := storyOf[p.A]
		if other == self {
			other = storyOf[p.B]
		}
		nb := Neighbour{Story: other, Sim: g.links.Same(n)}
		if o := g.overlap(n); o != nil {
			nb.Shared = max(o.AInB, o.BInA)
		}
		list = append(list, nb)
	}
	return list
}
