package qissa

import (
	"cmp"
	"context"
	"slices"
	"time"

	"qissa/article"
	"qissa/cluster"
)

// A Level tells how much alike two articles are for one to repeat the other.
type Level string

// The levels. Each includes those before it.
const (
	LevelVerbatim Level = "verbatim" // nothing new in the one, nothing lost of the other: see [Verbatim]
	LevelEdited   Level = "edited"   // also shortened and edited copies
	LevelStory    Level = "story"    // also reports of the same happening in other words
)

// A How tells in which way a dropped article repeats a kept one: a [Relation],
// or one of these.
type How string

const (
	SameURL   How = "same_url"   // one address, and similar text
	SameStory How = "same_story" // another report of the same happening
)

// A Repeat tells what an article repeats.
type Repeat struct {
	Of     int // the article that is kept, by its number in the input
	How    How
	Copied float64 // share of its words that stand in the kept one, 0 to 1
	Covers float64 // share of the kept one's words that stand in it, 0 to 1
}

// RepeatOptions are the settings of [FindRepeats].
type RepeatOptions struct {
	Options
	Level  Level
	Prefer func(a, b int) int // orders articles, by their number in the input: of two that repeat each other the first is kept; nil for the order of the input
	Keep   func(i int) bool   // articles that are kept whatever they repeat; nil for none
}

// repeatSim is the least cosine of title, lead and full text at which an
// article may repeat another: a third of a text under its own headline has more.
const repeatSim = 0.3

// Of two dated articles more than repeatNear apart, one may repeat the other only
// if the cosine of their full texts is at least repeatFarSim, and as an edited copy
// only if one has repeatFarShare of its words in the other. What is less alike is,
// at such a distance, mostly no repeat: congratulations to another country, another
// rocket shot down, an old background to a new turn.
const (
	repeatNear     = 72 * time.Hour
	repeatFarSim   = 0.6
	repeatFarShare = 0.8
)

// repeatShare is the share of words from which an edited copy is dropped. Below,
// bulletins of two days and congratulations to two countries have as much.
const repeatShare = 0.72

// DefaultRepeatOptions find copies at any distance in time, those far apart by
// their full texts, and keep the earlier article.
func DefaultRepeatOptions() RepeatOptions {
	opt := RepeatOptions{Options: DefaultOptions(), Level: LevelEdited}
	opt.Window, opt.MinSim, opt.Copy = 0, repeatSim, repeatShare
	return opt
}

// FindRepeats returns for each article the kept one that it repeats, nil for
// an article that is kept. Articles are gone through in the order of
// preference, and each is kept unless it repeats one that is kept already; so
// whatever is dropped stands in a kept article, not in another dropped one. At
// the level of stories, one article of each is kept as well. Cost as [Cluster].
func FindRepeats(ctx context.Context, articles []article.Article, opt RepeatOptions) ([]*Repeat, error) {
	opt.Options = opt.withJobs()
	c, err := newCandidates(ctx, articles, opt.Options)
	if err != nil {
		return nil, err
	}
	if err := c.pairRepeats(ctx, opt.Options); err != nil {
		return nil, err
	}
	opt.stage("aligning copies")
	shared, err := c.texts.align(ctx, c.Pairs, opt.Jobs, func(int) bool { return true })
	if err != nil {
		return nil, err
	}
	r := repeats{c: c, shared: shared, opt: opt, story: make([]int, len(articles))}
	if opt.Level == LevelStory {
		if err := r.findStories(ctx, articles); err != nil {
			return nil, err
		}
	}
	return r.find(), nil
}

// pairRepeats pairs the articles of which one may repeat the other. It uses up
// the rows.
func (c *Candidates) pairRepeats(ctx context.Context, opt Options) (err error) {
	near, far := opt, opt
	if opt.Window == 0 || opt.Window > repeatNear {
		near.Window = repeatNear
	}
	if c.Pairs, _, err = c.join(ctx, c.Sections.Rows, near); err != nil {
		return err
	}
	sections := c.Sections
	c.Sections = nil
	if near.Window == far.Window {
		return nil
	}
	far.MinSim = max(opt.MinSim, repeatFarSim)
	more, _, err := c.join(ctx, sections.Only(cluster.Whole), far)
	if err != nil {
		return err
	}
	for _, p := range more {
		if c.apart(p.A, p.B, near.Window) {
			c.Pairs = append(c.Pairs, p)
		}
	}
	slices.SortFunc(c.Pairs, func(p, q cluster.Pair) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) })
	return nil
}

// apart reports whether two articles are dated and more than d apart.
func (c *Candidates) apart(a, b int32, d time.Duration) bool {
	s, t := c.Time[a], c.Time[b]
	return s != cluster.Undated && t != cluster.Undated && max(s-t, t-s) > int64(d.Seconds())
}

// repeats finds repeats among candidates, whose numbers are canonical.
type repeats struct {
	c      *Candidates
	shared sparse[shared]
	opt    RepeatOptions
	story  []int // of each article; used at the level of stories
}

// findStories groups the articles as a run with default options does.
func (r *repeats) findStories(ctx context.Context, articles []article.Article) error {
	opt := DefaultOptions()
	opt.Jobs, opt.Progress = r.opt.Jobs, r.opt.Progress
	if w := r.opt.Window; w > 0 {
		opt.Window = min(w, opt.Window)
	}
	c, err := FindCandidates(ctx, articles, opt)
	if err != nil {
		return err
	}
	g, err := c.Decide(ctx, opt)
	if err == nil {
		copy(r.story, g.Dendrogram.Cut(opt.Story))
	}
	return err
}

// find goes through the articles in the order of preference.
func (r *repeats) find() []*Repeat {
	number := r.c.Order
	order := make([]int, len(number))
	for i := range order {
		order[i] = i
	}
	prefer := func(a, b int) int {
		if r.opt.Prefer == nil {
			return cmp.Compare(number[a], number[b])
		}
		return cmp.Or(r.opt.Prefer(number[a], number[b]), cmp.Compare(a, b))
	}
	slices.SortFunc(order, func(a, b int) int {
		if keepA, keepB := r.always(a), r.always(b); keepA != keepB {
			if keepA {
				return -1
			}
			return 1
		}
		return prefer(a, b)
	})
	partners := r.partners()
	found := make([]*Repeat, len(number))
	kept := make([]bool, len(number))
	firstOf := map[int]int{} // the kept article of each story
	exact := map[[3]string]int{}
	for _, a := range order {
		var best *Repeat
		if !r.always(a) {
			best = r.bestOf(a, partners[a], kept, exact, firstOf)
		}
		if best != nil {
			best.Of = number[best.Of]
			found[number[a]] = best
			continue
		}
		kept[a] = true
		exact[identity(r.c.Articles[a])] = a
		if _, ok := firstOf[r.story[a]]; !ok {
			firstOf[r.story[a]] = a
		}
	}
	return found
}

func (r *repeats) always(a int) bool { return r.opt.Keep != nil && r.opt.Keep(r.c.Order[a]) }

// partners lists the pairs of each article.
func (r *repeats) partners() [][]int32 {
	partners := make([][]int32, len(r.c.Articles))
	for n, p := range r.c.Pairs {
		partners[p.A] = append(partners[p.A], int32(n))
		partners[p.B] = append(partners[p.B], int32(n))
	}
	return partners
}

// bestOf returns the kept article that a repeats most, by its canonical number,
// nil if it repeats none.
func (r *repeats) bestOf(a int, pairs []int32, kept []bool, exact map[[3]string]int, firstOf map[int]int) *Repeat {
	var best *Repeat
	for _, n := range pairs {
		p, s := r.c.Pairs[n], *r.shared.at(int(n))
		other := int(p.A)
		if other == a {
			other = int(p.B)
			s.AInB, s.BInA = s.BInA, s.AInB
		}
		if !kept[other] {
			continue
		}
		how := r.how(a, other, s)
		if x := (Repeat{other, how, s.BInA, s.AInB}); how != "" && (best == nil || x.closer(best)) {
			best = &x
		}
	}
	if best != nil {
		return best
	}
	if other, ok := exact[identity(r.c.Articles[a])]; ok { // too short to compare
		return &Repeat{other, How(Verbatim), 1, 1}
	}
	if other, ok := firstOf[r.story[a]]; ok && r.opt.Level == LevelStory {
		return &Repeat{Of: other, How: SameStory}
	}
	return nil
}

// closer reports whether x repeats more than y.
func (x *Repeat) closer(y *Repeat) bool {
	return cmp.Or(cmp.Compare(x.Copied, y.Copied), cmp.Compare(x.Covers, y.Covers), cmp.Compare(y.Of, x.Of)) > 0
}

// how tells in which way a repeats another, "" if not at the level asked for.
func (r *repeats) how(a, other int, s shared) How {
	relation := s.relation()
	otherNews := r.c.apart(int32(a), int32(other), repeatNear) && max(s.AInB, s.BInA) < repeatFarShare
	switch {
	case relation == Verbatim:
		return How(relation)
	case r.opt.Level == LevelVerbatim:
		return ""
	case relation == Shortened, relation == Edited && s.BInA >= r.opt.Copy && !otherNews:
		return How(relation)
	case r.c.Articles[a].URL != "" && r.c.Articles[a].URL == r.c.Articles[other].URL:
		return SameURL
	case r.opt.Level == LevelStory && r.story[a] == r.story[other]:
		return SameStory
	}
	return ""
}

// identity is what two records of one article have in common.
func identity(a article.Article) [3]string { return [3]string{a.Title, a.Body, a.URL} }

// Earlier orders articles by time, undated ones last, for [RepeatOptions].
func Earlier(a, b article.Article) int {
	return cmp.Compare(unixOrLast(a), unixOrLast(b))
}

func unixOrLast(a article.Article) int64 {
	if !placed(a) {
		return time.Unix(1<<40, 0).Unix()
	}
	return a.Time.Unix()
}
