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
	SameURL   How = "same_url"   // one address, and text in common
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

// Of two dated articles more than repeatNear apart, one is an edited copy of the
// other only if one has repeatFarShare of its words in the other. What shares less
// is, at such a distance, mostly no repeat: congratulations to another country,
// another rocket shot down, an old background to a new turn.
const (
	repeatNear     = 72 * time.Hour
	repeatFarShare = 0.8
)

// repeatShare is the share of words from which an edited copy is dropped. Below,
// bulletins of two days and congratulations to two countries have as much.
const repeatShare = 0.72

// repeatWords is the least number of words of an edited copy under a headline of
// its own. A headline stands in many articles but for a word: the fire was in
// another town.
const repeatWords = 20

// DefaultRepeatOptions find copies at any distance in time, and keep the earlier
// article.
func DefaultRepeatOptions() RepeatOptions {
	opt := RepeatOptions{Options: DefaultOptions(), Level: LevelEdited}
	opt.Window, opt.Copy = 0, repeatShare
	return opt
}

// FindRepeats returns for each article the kept one that it repeats, nil for
// an article that is kept. Articles are gone through in the order of
// preference, and each is kept unless it repeats one that is kept already; so
// whatever is dropped stands in a kept article, not in another dropped one. At
// the level of stories, one article of each is kept as well. Cost linear in the
// text, and in the pairs that share a rare run of words; with stories as [Cluster].
func FindRepeats(ctx context.Context, articles []article.Article, opt RepeatOptions) ([]*Repeat, error) {
	opt.Options = opt.withJobs()
	c, err := readCandidates(ctx, articles, opt.Options)
	if err != nil {
		return nil, err
	}
	r := repeats{c: c, opt: opt, story: make([]int, len(articles)), partners: make([][]partner, len(articles))}
	if err := r.findPartners(ctx); err != nil {
		return nil, err
	}
	if opt.Level == LevelStory {
		if err := r.findStories(ctx, articles); err != nil {
			return nil, err
		}
	}
	return r.find(), nil
}

// apart reports whether two articles are dated and more than d apart.
func (c *Candidates) apart(a, b int32, d time.Duration) bool {
	s, t := c.Time[a], c.Time[b]
	return s != cluster.Undated && t != cluster.Undated && max(s-t, t-s) > int64(d.Seconds())
}

// repeats finds repeats among candidates, whose numbers are canonical.
type repeats struct {
	c        *Candidates
	opt      RepeatOptions
	partners [][]partner // of each article
	story    []int       // of each article; used at the level of stories
}

// A partner is an article of which another may be a repeat.
type partner struct {
	of             int32
	copied, covers float64 // as in [Repeat]
}

// findPartners finds for each article those that it may repeat.
func (r *repeats) findPartners(ctx context.Context) error {
	var long, sameURL []int32 // articles to compare
	urls := map[string]int{}
	for i, a := range r.c.Articles {
		if !r.c.texts.tooShort(i) {
			long = append(long, int32(i))
			urls[a.URL]++
		}
	}
	for _, i := range long {
		if url := r.c.Articles[i].URL; url != "" && urls[url] > 1 {
			sameURL = append(sameURL, i)
		}
	}
	within := func(a, b int32) bool { return r.opt.Window == 0 || !r.c.apart(a, b, r.opt.Window) }
	if r.opt.Level == LevelVerbatim {
		return r.addPartners(ctx, long, verbatimShare, within)
	}
	err := r.addPartners(ctx, sameURL, partlyShare, func(a, b int32) bool {
		return r.c.Articles[a].URL == r.c.Articles[b].URL && within(a, b)
	})
	if err != nil {
		return err
	}
	return r.addPartners(ctx, long, min(r.opt.Copy, verbatimShare), within)
}

// addPartners adds those of the articles numbered that share so much of the words
// of one and that are to be compared.
func (r *repeats) addPartners(ctx context.Context, numbered []int32, least float64, compared func(a, b int32) bool) error {
	found, _, err := cluster.Containments(ctx, len(numbered), func(i int) cluster.Text { return r.c.texts.text(int(numbered[i])) }, cluster.Containment{
		Least: least, Jobs: r.opt.Jobs, Progress: r.opt.stage("comparing"),
		Compared: func(a, b int) bool { return compared(numbered[a], numbered[b]) },
	})
	for _, o := range found {
		a, b := numbered[o.A], numbered[o.B]
		r.partners[a] = append(r.partners[a], partner{b, o.AInB, o.BInA})
		r.partners[b] = append(r.partners[b], partner{a, o.BInA, o.AInB})
	}
	return err
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
	found := make([]*Repeat, len(number))
	kept := make([]bool, len(number))
	firstOf := map[int]int{} // the kept article of each story
	exact := map[[3]string]int{}
	for _, a := range order {
		var best *Repeat
		if !r.always(a) {
			best = r.bestOf(a, kept, exact, firstOf)
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

// bestOf returns the kept article that a repeats most, by its canonical number,
// nil if it repeats none.
func (r *repeats) bestOf(a int, kept []bool, exact map[[3]string]int, firstOf map[int]int) *Repeat {
	var best *Repeat
	for _, p := range r.partners[a] {
		if !kept[p.of] {
			continue
		}
		how := r.how(a, p)
		if x := (Repeat{int(p.of), how, p.copied, p.covers}); how != "" && (best == nil || x.closer(best)) {
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
		x := Repeat{Of: other, How: SameStory}
		var aligner cluster.Aligner
		aligner.Start(r.c.texts.text(a))
		x.Copied, x.Covers = aligner.Shares(r.c.texts.text(other))
		return &x
	}
	return nil
}

// closer reports whether x repeats more than y.
func (x *Repeat) closer(y *Repeat) bool {
	return cmp.Or(cmp.Compare(x.Copied, y.Copied), cmp.Compare(x.Covers, y.Covers), cmp.Compare(y.Of, x.Of)) > 0
}

// how tells in which way an article repeats a partner, "" if not at the level
// asked for.
func (r *repeats) how(a int, p partner) How {
	s := shared{AInB: p.covers, BInA: p.copied}
	s.numbers, _ = r.c.texts.commonNumbers(a, int(p.of))
	relation := s.relation()
	far := max(p.copied, p.covers) < repeatFarShare && r.c.apart(int32(a), p.of, repeatNear)
	headline := r.c.texts.own(a) < repeatWords && !slices.Equal(r.c.texts.head(a), r.c.texts.head(int(p.of)))
	edited := relation == Edited && p.copied >= r.opt.Copy && !far && !headline
	switch {
	case relation == Verbatim:
		return How(relation)
	case r.opt.Level == LevelVerbatim:
		return ""
	case relation == Shortened, edited:
		return How(relation)
	case r.c.Articles[a].URL != "" && r.c.Articles[a].URL == r.c.Articles[p.of].URL:
		return SameURL
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
