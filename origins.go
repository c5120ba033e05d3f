package qissa

import (
	"cmp"
	"slices"

	"qissa/article"
	"qissa/internal/corpus"
	"qissa/internal/overlap"
)

// ownShare is the share of words in another article from which an article has no
// text of its own: that of [Edited].
const ownShare = overlap.Edited

// An origination is what the origins of stories are told from.
type origination struct {
	articles []article.Article
	words    *corpus.Corpus
	crawled  map[string]bool // outlets whose clock is a crawler's
	copy     float64         // share of words from which an article counts as a copy
}

// tie is one article seen from another of its story.
type tie struct {
	to   int     // index into the members
	in   float64 // share of the words of the one that stand in the other, 0 to 1
	back float64 // and of the other's in the one
	s    *overlap.Overlap
}

// tell labels each member by the earlier one that it shares most with, finds the
// texts that the story goes back to, and says who was first if the data can. The members
// are in canonical order. Cost linear in the pairs.
func (g *origination) tell(s *Story, members []int, ties [][]tie, memory *[]byte) {
	s.Members = make([]Member, len(members))
	agency := make([]string, len(members))
	for i, m := range members {
		a := &g.articles[m]
		agency[i] = article.Agency(a.Source, a.URL)
		s.Members[i] = Member{Article: m, Relation: OwnWording, CopyOf: -1, Credit: article.Credit(a.LoadBody(memory))}
	}
	credited := creditedMembers(s.Members, agency, ties)
	s.FirstReason = g.firstReason(members)
	rank := g.ranks(members, credited, s.FirstReason)
	g.relations(s, rank, credited, ties)
	g.goBack(s, agency, credited, ties)
	if s.FirstReason == "" {
		s.First = g.firstOf(s, members)
	}
}

// relation names what B is to A, the earlier one, where B counts as a copy from the
// share edited of its words on. A template filled in with other numbers is no copy,
// whatever its words.
func relation(o *overlap.Overlap, edited float64) Relation {
	switch c := o.BInA; {
	case c < overlap.Partly:
		return OwnWording
	case c < edited || o.Numbers.Share < overlap.LeastNumbers:
		return PartlyCopied
	case c < overlap.Verbatim:
		return Edited
	case o.AInB < overlap.VerbatimBack:
		return Shortened
	}
	return Verbatim
}

// creditedMembers tells which members are agencies' own that another one copies and
// credits.
func creditedMembers(members []Member, agency []string, ties [][]tie) []bool {
	credited := make([]bool, len(members))
	for i := range members {
		for _, t := range ties[i] {
			if to := agency[t.to]; to != "" && agency[i] != to && t.in >= overlap.Partly && slices.Contains(members[i].Credit, to) {
				credited[t.to] = true
			}
		}
	}
	return credited
}

// firstReason tells why the times cannot say which member was first, "" if they can.
func (g *origination) firstReason(members []int) FirstReason {
	first := slices.IndexFunc(members, func(m int) bool { return g.articles[m].HasClock() })
	switch {
	case first < 0:
		return FirstUndated
	case slices.ContainsFunc(members, func(m int) bool { return g.articles[m].HasClock() && g.crawled[g.articles[m].Source] }):
		return FirstByCrawl
	}
	earliest := g.articles[members[first]]
	for _, m := range members[first+1:] {
		if a := g.articles[m]; a.HasClock() && a.Source != earliest.Source && sameTime(earliest, a) {
			return FirstTied
		}
	}
	return ""
}

// sameTime tells whether of two times, each as exactly as it is known, neither is
// earlier.
func sameTime(a, b article.Article) bool {
	if a.Precision == article.Day || b.Precision == article.Day {
		zone := b.Time.Location()
		if a.Precision == article.Day {
			zone = a.Time.Location()
		}
		x, y := a.Time.In(zone), b.Time.In(zone)
		return x.YearDay() == y.YearDay() && x.Year() == y.Year()
	}
	return a.Time.Equal(b.Time)
}

// ranks gives each member its place in the order in which texts are taken over: first
// the agencies that are credited; then by time, or from the longest on where times
// say nothing.
func (g *origination) ranks(members []int, credited []bool, reason FirstReason) []int {
	order := make([]int, len(members))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int {
		if credited[x] != credited[y] {
			if credited[x] {
				return -1
			}
			return 1
		}
		if reason != FirstByCrawl && reason != FirstUndated {
			return cmp.Compare(x, y)
		}
		return cmp.Or(cmp.Compare(len(g.words.All(members[y])), len(g.words.All(members[x]))), cmp.Compare(x, y))
	})
	rank := make([]int, len(members))
	for n, i := range order {
		rank[i] = n
	}
	return rank
}

// relations labels each member by the one before it that it shares most with.
func (g *origination) relations(s *Story, rank []int, credited []bool, ties [][]tie) {
	words, repeated := 0, 0.0
	for i := range s.Members {
		m := &s.Members[i]
		var best *tie
		for k := range ties[i] {
			t := &ties[i][k]
			if rank[t.to] > rank[i] || t.in == 0 {
				continue
			}
			if best == nil || t.in > best.in || t.in == best.in && cmp.Or(-cmp.Compare(t.back, best.back), cmp.Compare(t.to, best.to)) < 0 {
				best = t
			}
		}
		if best != nil {
			m.Copied, m.CopyOf = best.in, s.Members[best.to].Article
			m.Relation = relation(&overlap.Overlap{AInB: best.back, BInA: best.in, Numbers: best.s.Numbers}, g.copy)
			m.Order = g.orderOf(s, i, best.to, credited)
		}
		n := len(g.words.All(m.Article))
		words += n
		repeated += m.Copied * float64(n)
	}
	if s.FirstReason == "" || len(s.Members) == 1 {
		s.Members[slices.Index(rank, 0)].Relation = First
	}
	if words > 0 {
		s.RepeatedText = repeated / float64(words)
	}
}

// orderOf tells how it is known that one member came before another.
func (g *origination) orderOf(s *Story, later, earlier int, credited []bool) Order {
	a, b := g.articles[s.Members[earlier].Article], g.articles[s.Members[later].Article]
	if credited[earlier] {
		return ByCredit
	}
	return orderByTime(a, b, g.crawled)
}

// orderByTime tells whether the times of two articles, of which the first has the earlier
// one, say which came first.
func orderByTime(a, b article.Article, crawled map[string]bool) Order {
	if !a.HasClock() || !b.HasClock() || crawled[a.Source] || crawled[b.Source] || sameTime(a, b) {
		return Unknown
	}
	return ByTime
}

// goBack finds the texts that the story goes back to. Members are taken in turn,
// agencies' own that are credited first, then from the longest on: one without text
// of its own joins the text of the one that has most of its words, and one that
// credits a single agency joins that agency's.
func (g *origination) goBack(s *Story, agency []string, credited []bool, ties [][]tie) {
	members := make([]int, len(s.Members))
	for i, m := range s.Members {
		members[i] = m.Article
	}
	rank := g.ranks(members, credited, FirstUndated)
	order := make([]int, len(members))
	for i, n := range rank {
		order[n] = i
	}
	of, byAgency := make([]int, len(members)), map[string]int{}
	names := []string{} // of the agencies, by origin
	for _, i := range order {
		of[i] = -1
		most := ownShare
		for _, t := range ties[i] {
			if rank[t.to] < rank[i] && t.in >= most && t.s.Numbers.Share >= overlap.LeastNumbers {
				of[i], most = of[t.to], t.in
			}
		}
		name := agency[i]
		if credit := s.Members[i].Credit; name == "" && len(credit) == 1 {
			name = credit[0]
		}
		known, ok := byAgency[name]
		if of[i] < 0 && ok {
			of[i] = known
		} else if of[i] < 0 {
			of[i] = len(names)
			names = append(names, "")
		}
		if name != "" && !ok && names[of[i]] == "" {
			byAgency[name], names[of[i]] = of[i], name
		}
	}
	g.sumOrigins(s, names, of, agency)
}

// sumOrigins lists the origins, given by their agencies and the origin of each member,
// those with most articles first.
func (g *origination) sumOrigins(s *Story, names []string, of []int, agency []string) {
	origins, holder := make([]Origin, len(names)), make([]int, len(names))
	sources := make([]map[string]bool, len(names))
	for n, name := range names {
		origins[n].Agency, holder[n], sources[n] = name, -1, map[string]bool{}
	}
	words := func(i int) int { return len(g.words.All(s.Members[i].Article)) }
	for i, m := range s.Members {
		o, h := of[i], holder[of[i]]
		origins[o].Articles++
		sources[o][g.articles[m.Article].Source] = true
		own := agency[i] != "" && agency[i] == names[o]
		if h < 0 || own && agency[h] != names[o] || s.FirstReason != "" && own == (agency[h] == names[o]) && words(i) > words(h) {
			holder[o] = i
		}
	}
	order := make([]int, len(names))
	for n := range origins {
		order[n], origins[n].Article, origins[n].Sources = n, s.Members[holder[n]].Article, len(sources[n])
	}
	slices.SortFunc(order, func(x, y int) int {
		return cmp.Or(cmp.Compare(origins[y].Articles, origins[x].Articles), cmp.Compare(origins[x].Article, origins[y].Article))
	})
	for _, n := range order {
		s.Origins = append(s.Origins, origins[n])
	}
	for i := range s.Members {
		s.Members[i].Origin = slices.Index(order, of[i])
	}
}

// firstOf returns the article that was first: the earliest, or the agency's that it
// goes back to by its own credit.
func (g *origination) firstOf(s *Story, members []int) int {
	for i, m := range members {
		if g.articles[m].HasClock() {
			if s.Members[i].Order == ByCredit {
				return s.Members[i].CopyOf
			}
			return m
		}
	}
	return -1
}
