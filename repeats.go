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
	r := newRepeats(c, opt)
	if r.words, err = c.texts.sameWords(ctx, opt.Jobs); err != nil {
		return nil, err
	}
	if opt.Level == LevelStory {
		if err := r.findStories(ctx, articles); err != nil {
			return nil, err
		}
	}
	return r.find(ctx)
}

// apart reports whether two articles are dated and more than d apart.
func (c *Candidates) apart(a, b int32, d time.Duration) bool {
	s, t := c.Time[a], c.Time[b]
	return s != cluster.Undated && t != cluster.Undated && max(s-t, t-s) > int64(d.Seconds())
}

// beyond reports whether two articles are further apart than a window, which is 0
// for no limit.
func (c *Candidates) beyond(a, b int32, window time.Duration) bool {
	return window > 0 && c.apart(a, b, window)
}

// repeats finds repeats among candidates, whose numbers are canonical. Articles
// with the same words are compared once: the first of them stands for all.
type repeats struct {
	c        *Candidates
	opt      RepeatOptions
	words    []int32                  // of each article, the first one with its words
	partners [][]partner              // of each first one
	sameURL  map[wordsAtURL][]partner // those at the same address
	story    []int                    // of each article; used at the level of stories

	order     []int   // of preference
	next      int     // the first in order that is not decided on
	undecided []int32 // of each first one, the articles with its words
	kept      kept
	repeat    []*Repeat // of each article, by its number in the input
}

func newRepeats(c *Candidates, opt RepeatOptions) *repeats {
	n := len(c.Articles)
	r := &repeats{
		c: c, opt: opt, partners: make([][]partner, n), sameURL: map[wordsAtURL][]partner{}, story: make([]int, n),
		undecided: make([]int32, n), kept: newKept(n), repeat: make([]*Repeat, n),
	}
	r.order = r.byPreference()
	return r
}

// wordsAtURL are all articles with the same words at an address.
type wordsAtURL struct {
	words int32
	url   string
}

// A partner is words of which other words may be a repeat.
type partner struct {
	words          int32
	copied, covers float64 // as in [Repeat]
}

// find finds for all words those that they may repeat, and decides on the articles in
// the order of preference as soon as all is known of them: words of which no article
// is kept need no more partners.
func (r *repeats) find(ctx context.Context) ([]*Repeat, error) {
	least := verbatimShare
	if r.opt.Level != LevelVerbatim {
		least = min(r.opt.Copy, verbatimShare)
		if err := r.findPages(ctx); err != nil {
			return nil, err
		}
	}
	compared, place := r.comparedWords()
	decideBelow := func(below int) {
		for ; r.next < len(r.order) && place[r.words[r.order[r.next]]] < below; r.next++ {
			r.decide(r.order[r.next])
		}
	}
	_, err := r.overlaps(ctx, compared, cluster.Containment{
		Least:    least,
		Compared: func(a, b int) bool { return r.mayRepeat(compared[a], compared[b]) },
		Settle: func(below int, found []cluster.Overlap) {
			eachPartner(r.words, compared, found, func(a int32, p partner) { r.partners[a] = append(r.partners[a], p) })
			decideBelow(below)
		},
	})
	if err != nil {
		return nil, err
	}
	decideBelow(len(compared) + 1) // those of words too few to be compared
	return r.repeat, nil
}

// comparedWords lists the words that are compared, in the order of preference, and
// returns the place of each there, 0 for all others.
func (r *repeats) comparedWords() (compared []int32, place []int) {
	place = make([]int, len(r.order))
	for _, a := range r.order {
		words := r.words[a]
		if r.undecided[words]++; r.undecided[words] == 1 && !r.c.texts.tooShort(a) {
			place[words] = len(compared)
			compared = append(compared, words)
		}
	}
	return compared, place
}

// findPages finds for the words at each address those of others at the same one.
func (r *repeats) findPages(ctx context.Context) error {
	urls := map[string]int{}
	for _, a := range r.c.Articles {
		urls[a.URL]++
	}
	var pages []int32
	seen := map[wordsAtURL]bool{}
	for i, a := range r.c.Articles {
		if k := (wordsAtURL{r.words[i], a.URL}); a.URL != "" && urls[a.URL] > 1 && !seen[k] && !r.c.texts.tooShort(i) {
			seen[k] = true
			pages = append(pages, int32(i))
		}
	}
	url := func(i int32) string { return r.c.Articles[i].URL }
	overlaps, err := r.overlaps(ctx, pages, cluster.Containment{Least: partlyShare, Compared: func(a, b int) bool { return url(pages[a]) == url(pages[b]) }})
	eachPartner(r.words, pages, overlaps, func(a int32, p partner) {
		k := wordsAtURL{r.words[a], url(a)}
		r.sameURL[k] = append(r.sameURL[k], p)
	})
	return err
}

// overlaps finds overlaps among the articles numbered.
func (r *repeats) overlaps(ctx context.Context, numbered []int32, c cluster.Containment) ([]cluster.Overlap, error) {
	c.Jobs, c.Progress = r.opt.Jobs, r.opt.stage("comparing")
	text := func(i int) cluster.Text { return r.c.texts.text(int(numbered[i])) }
	overlaps, _, err := cluster.Containments(ctx, len(numbered), text, c)
	return overlaps, err
}

// eachPartner calls add for each of the articles numbered with the words of each
// other one that it overlaps with.
func eachPartner(words, numbered []int32, overlaps []cluster.Overlap, add func(a int32, p partner)) {
	for _, o := range overlaps {
		a, b := numbered[o.A], numbered[o.B]
		add(a, partner{words[b], o.AInB, o.BInA})
		add(b, partner{words[a], o.BInA, o.AInB})
	}
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

// closer reports whether x repeats more than y.
func (x *Repeat) closer(y *Repeat) bool {
	return cmp.Or(cmp.Compare(x.Copied, y.Copied), cmp.Compare(x.Covers, y.Covers), cmp.Compare(y.Of, x.Of)) > 0
}

// how tells in which way an article repeats another, with the words of a partner,
// "" if not at the level asked for.
func (r *repeats) how(a int, other int32, p partner) How {
	s := shared{AInB: p.covers, BInA: p.copied}
	s.numbers, _ = r.c.texts.commonNumbers(a, int(other))
	relation := s.relation()
	far := max(p.copied, p.covers) < repeatFarShare && r.c.apart(int32(a), other, repeatNear)
	headline := r.c.texts.own(a) < repeatWords && !slices.Equal(r.c.texts.head(a), r.c.texts.head(int(other)))
	edited := relation == Edited && p.copied >= r.opt.Copy && !far && !headline
	switch {
	case relation == Verbatim:
		return How(relation)
	case r.opt.Level == LevelVerbatim:
		return ""
	case relation == Shortened, edited:
		return How(relation)
	case r.c.Articles[a].URL != "" && r.c.Articles[a].URL == r.c.Articles[other].URL:
		return SameURL
	}
	return ""
}

// identity is what two records of one article have in common.
func identity(a *article.Article) [3]string { return [3]string{a.Title, a.LoadBody(nil), a.URL} }

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
