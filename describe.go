package qissa

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"unsafe"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/parallel"
)

const (
	keyPhrases    = 5
	nearOutsiders = 3   // neighbour stories that are listed
	lowCohesion   = 0.5 // mean similarity under which a story is marked for review
	giantShare    = 0.05
	giantSize     = 50
)

// describe cuts the linkage and tells what each story is.
func (g *Grouping) describe(ctx context.Context, opt Options) (*Result, error) {
	opt = opt.withJobs()
	partition, err := g.cut(ctx, opt.Story)
	if err != nil {
		return nil, err
	}
	r := &Result{Articles: g.Articles, Unknown: g.unknown, StoryOf: make([]int, len(g.Articles))}
	for i := range g.Articles {
		r.Words = append(r.Words, len(g.texts.all(i)))
		if !slices.ContainsFunc(g.texts.all(i), func(w uint32) bool { return g.texts.term[w] != noTerm }) {
			r.Termless = append(r.Termless, i)
		} else if g.texts.tooShort(i) {
			r.TooShort = append(r.TooShort, i)
		}
	}
	groups := order(g.Articles, groupsOf(partition))
	for s, members := range groups {
		for _, m := range members {
			r.StoryOf[m] = s
		}
	}
	e, err := g.gather(ctx, r.StoryOf, opt)
	if err != nil {
		return nil, err
	}
	r.Stories = make([]Story, len(groups))
	memory := make([]phrases, opt.Jobs)
	byTime := inTime(r.StoryOf, len(groups))
	err = parallel.Each(ctx, len(groups), opt.Jobs, opt.stage("describing stories"), func(worker, n int) {
		s := byTime[n]
		r.Stories[s] = g.story(groups[s], e.inside[s], e.outside[s], r.StoryOf, opt.Story, &memory[worker])
		r.Stories[s].ID = storyID(&g.Articles[groups[s][0]], &memory[worker].text)
	})
	if err != nil {
		return nil, err
	}
	tellApart(r.Stories)
	r.Pairs, err = g.evidence(ctx, e, r.StoryOf, byTime, opt)
	r.Counts = count(r, g)
	return r, err
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
func order(articles []article.Article, groups [][]int) [][]int {
	slices.SortStableFunc(groups, func(a, b []int) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a[0], b[0]))
	})
	return groups
}

// storyID returns the id of a story, which is made from the text of its first
// member: the same story keeps its id whatever else was read.
func storyID(first *article.Article, memory *[]byte) string {
	hash := sha256.New()
	for _, s := range []string{first.Title, "\n", first.LoadBody(memory)} {
		hash.Write(unsafe.Slice(unsafe.StringData(s), len(s))) // which does not change it
	}
	return "s_" + hex.EncodeToString(hash.Sum(nil)[:6])
}

// tellApart numbers the stories whose first members have the same text.
func tellApart(stories []Story) {
	seen := make(map[string]int, len(stories))
	for s := range stories {
		id := stories[s].ID
		seen[id]++
		if n := seen[id]; n > 1 {
			stories[s].ID = fmt.Sprintf("%s-%d", id, n)
		}
	}
}

// story describes one story from the pairs inside it and those that leave it,
// given as pair numbers. Pairs of similarity least or more hold it together.
func (g *Grouping) story(members []int, inside, outside []int, storyOf []int, least float64, memory *phrases) Story {
	s := Story{First: -1, Last: -1, Bridge: -1, Cohesion: 1, WeakestLink: 1, Representative: members[0], Reason: OnlyArticle}
	seen := map[string]bool{}
	for _, m := range members {
		a := g.Articles[m]
		if a.Source != "" && !seen[a.Source] {
			seen[a.Source] = true
			s.Sources = append(s.Sources, a.Source)
		}
		if placed(a) {
			if s.First < 0 {
				s.First = m
			}
			s.Last = m
		}
	}
	if len(members) > 1 {
		g.cohesion(&s, members, inside)
	}
	if b := cluster.Bridge(len(members), g.edges(members, inside, least)); b >= 0 {
		s.Bridge = members[b]
	}
	g.relations(&s, members, inside, &memory.text)
	s.KeyPhrases = g.texts.keyPhrases(g.Articles, members, g.Documents.Rarity, memory)
	s.Neighbours = g.neighbours(outside, storyOf[members[0]], storyOf)
	if len(members) > 1 && s.Cohesion < lowCohesion {
		s.Review = append(s.Review, "low_cohesion")
	}
	if s.Bridge >= 0 {
		s.Review = append(s.Review, "bridge")
	}
	if len(members) >= giantSize && float64(len(members)) > giantShare*float64(len(g.Articles)) {
		s.Review = append(s.Review, "giant")
	}
	return s
}

// placed tells whether an article's time can say who was first.
func placed(a article.Article) bool {
	return !a.Time.IsZero() && a.Precision != article.Relative && a.Precision != article.None
}

// cohesion finds how close the members are, and the most central one.
func (g *Grouping) cohesion(s *Story, members, inside []int) {
	sum := make([]float64, len(members))
	alike := g.texts.alike(members)
	total := 0.0
	for _, n := range inside {
		p := g.Pairs[n]
		if g.texts.isTwin(p.B) {
			continue
		}
		a, _ := slices.BinarySearch(members, int(p.A))
		b, _ := slices.BinarySearch(members, int(p.B))
		same := g.Same(n)
		sum[a] += same * alike[b]
		sum[b] += same * alike[a]
		total += same * alike[a] * alike[b]
	}
	for i, n := range alike {
		if n > 1 { // its twins
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

// edges are the pairs that hold a story together, by place in members.
func (g *Grouping) edges(members, inside []int, least float64) [][2]int {
	var edges [][2]int
	for _, n := range inside {
		if g.Same(n) >= least {
			a, _ := slices.BinarySearch(members, int(g.Pairs[n].A))
			b, _ := slices.BinarySearch(members, int(g.Pairs[n].B))
			edges = append(edges, [2]int{a, b})
		}
	}
	return edges
}

// relations labels each member by the earlier member that it shares most with.
func (g *Grouping) relations(s *Story, members, inside []int, memory *[]byte) {
	s.Members = make([]Member, len(members))
	source := make([]*shared, len(members))
	for i, m := range members {
		s.Members[i] = Member{Article: m, Relation: OwnWording, CopyOf: -1, Credit: article.Credit(g.Articles[m].LoadBody(memory))}
	}
	s.Members[0].Relation = First
	for _, n := range inside {
		shared := g.sharedOf(n)
		if shared == nil {
			continue
		}
		i, _ := slices.BinarySearch(members, int(g.Pairs[n].B))
		m := &s.Members[i]
		if shared.BInA > m.Copied || shared.BInA == m.Copied && source[i] != nil && shared.AInB > source[i].AInB {
			m.Copied, m.CopyOf, source[i] = shared.BInA, int(g.Pairs[n].A), shared
		}
	}
	words, repeated := 0, 0.0
	for i := range s.Members {
		m := &s.Members[i]
		n := len(g.texts.all(m.Article))
		words += n
		repeated += m.Copied * float64(n)
		if source[i] != nil {
			m.Relation = source[i].relation()
		}
	}
	if words > 0 {
		s.RepeatedText = repeated / float64(words)
	}
}

// neighbours lists the nearest stories outside, nearest first.
func (g *Grouping) neighbours(outside []int, self int, storyOf []int) []Neighbour {
	var list []Neighbour
	for _, n := range outside {
		p := g.Pairs[n]
		other := storyOf[p.A]
		if other == self {
			other = storyOf[p.B]
		}
		nb := Neighbour{Story: other, Sim: g.Same(n)}
		if s := g.sharedOf(n); s != nil {
			nb.Shared = max(s.AInB, s.BInA)
		}
		list = append(list, nb)
	}
	return list
}

func count(r *Result, g *Grouping) Counts {
	c := Counts{Articles: len(r.Articles), Stories: len(r.Stories), Termless: len(r.Termless), TooShort: len(r.TooShort), SimilarPairs: len(g.Pairs), AlignedPairs: g.shared.Len() + g.shown.Len()}
	sources := map[string]bool{}
	words, repeated := 0, 0.0
	for i, a := range r.Articles {
		if a.Source != "" {
			sources[a.Source] = true
		}
		if !placed(a) {
			c.Undated++
		}
		if a.Precision == article.Relative {
			c.Relative++
		}
		words += r.Words[i]
	}
	c.Sources = len(sources)
	for _, s := range r.Stories {
		c.Largest = max(c.Largest, len(s.Members))
		if len(s.Members) == 1 {
			c.Single++
		} else {
			c.Multiple++
		}
		if len(s.Review) > 0 {
			c.ToReview++
		}
		for _, m := range s.Members {
			repeated += m.Copied * float64(r.Words[m.Article])
			switch m.Relation {
			case Verbatim, Shortened, Edited:
				c.Copies++
			}
		}
	}
	if words > 0 {
		c.RepeatedText = repeated / float64(words)
	}
	return c
}
