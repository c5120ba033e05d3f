package qissa

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/corpus"
	"qissa/internal/grouping"
	"qissa/internal/overlap"
	"qissa/internal/parallel"
)

// A DedupLevel tells how much alike two articles are for one to repeat the other.
type DedupLevel string

// The levels. Each includes those before it.
const (
	LevelVerbatim DedupLevel = "verbatim" // nothing new in the one, nothing lost of the other: see [Verbatim]
	LevelEdited   DedupLevel = "edited"   // also shortened and edited copies
	LevelStory    DedupLevel = "story"    // also reports of the same happening in other words

	LevelStoryline DedupLevel = "storyline" // also reports of what belongs to the same affair: see [Storyline]
)

// A RepeatKind tells in which way a dropped article repeats a kept one.
type RepeatKind string

// The kinds of repeats. The first three are relations of the same name.
const (
	RepeatVerbatim  = RepeatKind(Verbatim)
	RepeatShortened = RepeatKind(Shortened)
	RepeatEdited    = RepeatKind(Edited)
	SameURL         = RepeatKind("same_url")       // one address, and text in common
	SameStory       = RepeatKind("same_story")     // another report of the same happening
	SameStoryline   = RepeatKind("same_storyline") // a report of another happening of the same affair
	Contaminated    = RepeatKind("contaminated")   // it holds an item of another corpus, or stands in one: see [FindContamination]
)

// A Repeat tells what an article repeats.
type Repeat struct {
	Of     int // the article that is kept, by its number in the input
	How    RepeatKind
	Copied float64 // share of its words that stand in the kept one, 0 to 1
	Covers float64 // share of the kept one's words that stand in it, 0 to 1
}

// RepeatOptions are the settings of [FindRepeats]. Start from [DefaultRepeatOptions].
type RepeatOptions struct {
	Level    DedupLevel
	Copy     float64             // share of words from which an edited copy is dropped, 0.2 to 1
	Window   time.Duration       // articles further apart repeat nothing of each other; 0 means no limit, less than a second is one
	Prefer   func(a, b int) int  // orders articles, by their number in the input: of two that repeat each other the first is kept; nil for the order of the input
	Keep     func(i int) bool    // articles that are kept whatever they repeat; nil for none
	Jobs     int                 // as in [Options]
	Spill    func([]byte) []byte // likewise
	Progress func(Progress)      // likewise
}

// Of two articles that are more than repeatNear apart, or not known to be nearer, one is an
// edited copy of the other only if one has repeatFarShare of its words in the other. What
// shares less is, at such a distance, mostly no repeat: congratulations to another country,
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
// article of the input.
func DefaultRepeatOptions() RepeatOptions {
	return RepeatOptions{Level: LevelEdited, Copy: repeatShare}
}

// Validate reports the first field that is out of its range.
func (o RepeatOptions) Validate() error {
	switch {
	case !slices.Contains([]DedupLevel{LevelVerbatim, LevelEdited, LevelStory, LevelStoryline}, o.Level):
		return fmt.Errorf("qissa: RepeatOptions.Level %q: want verbatim, edited, story or storyline", o.Level)
	case !(o.Copy >= overlap.Partly && o.Copy <= 1):
		return fmt.Errorf("qissa: RepeatOptions.Copy %v: want %v to 1", o.Copy, overlap.Partly)
	case o.Window < 0:
		return fmt.Errorf("qissa: RepeatOptions.Window %v: want 0 or more", o.Window)
	}
	return nil
}

// run returns the settings that stories are found with.
func (o RepeatOptions) run() Options {
	opt := DefaultOptions()
	opt.Jobs, opt.Spill, opt.Progress = o.Jobs, o.Spill, o.Progress
	if o.Window > 0 {
		opt.Window = min(o.Window, opt.Window)
	}
	return opt
}

// FindRepeats returns for each article the kept one that it repeats, nil for
// an article that is kept. Articles are gone through in the order of
// preference, and each is kept unless it repeats one that is kept already; so
// whatever is dropped stands in a kept article, not in another dropped one. At
// the level of stories, or of storylines, one article of each is kept as well. Errors: options out of
// range, a context that ended. Cost linear in the text, and in the pairs that share a
// rare run of words; with stories as [Cluster].
func FindRepeats(ctx context.Context, articles []article.Article, opt RepeatOptions) ([]*Repeat, error) {
	if err := opt.Validate(); err != nil {
		return nil, err
	}
	opt.Jobs = parallel.Jobs(opt.Jobs)
	batch, err := grouping.Read(ctx, articles, opt.run().run())
	if err != nil {
		return nil, err
	}
	words, _, err := batch.WithoutBoilerplate(ctx)
	if err != nil {
		return nil, err
	}
	d := newDedup(batch, words, opt)
	if d.first, err = words.SameWords(ctx, opt.Jobs); err != nil {
		return nil, err
	}
	if opt.Level == LevelStory || opt.Level == LevelStoryline {
		if err := d.findStories(ctx); err != nil {
			return nil, err
		}
	}
	return d.find(ctx)
}

// dedup finds repeats in a batch. Articles with the same words are compared once: the
// first of them stands for all.
type dedup struct {
	batch      *grouping.Batch
	words      *corpus.Corpus // without boilerplate
	opt        RepeatOptions
	first      []int32                    // of each article, the first one with its words
	candidates [][]candidate              // of each first one
	sameURL    map[wordsAtURL][]candidate // those at the same address
	story      []int                      // of each article; used at the levels of stories and storylines
	group      []int                      // of each article, its story or storyline: that of which one article is kept

	aligner   cluster.Aligner
	order     []int   // of preference
	next      int     // the first in order that is not decided on
	undecided []int32 // of each first one, the articles with its words
	kept      keptSet
	repeat    []*Repeat // of each article, by its number in the input
}

func newDedup(batch *grouping.Batch, words *corpus.Corpus, opt RepeatOptions) *dedup {
	n := words.Len()
	d := &dedup{
		batch: batch, words: words, opt: opt, candidates: make([][]candidate, n), sameURL: map[wordsAtURL][]candidate{}, story: make([]int, n), group: make([]int, n),
		undecided: make([]int32, n), kept: newKeptSet(n), repeat: make([]*Repeat, n),
	}
	d.order = d.byPreference()
	return d
}

// wordsAtURL are all articles with the same words at an address.
type wordsAtURL struct {
	words int32
	url   string
}

// A candidate is words of which other words may be a repeat.
type candidate struct {
	words          int32
	copied, covers float64 // as in [Repeat]
}

// find finds for all words those that they may repeat, and decides on the articles in
// the order of preference as soon as all is known of them: words of which no article
// is kept need no more candidates.
func (d *dedup) find(ctx context.Context) ([]*Repeat, error) {
	least := overlap.Verbatim
	if d.opt.Level != LevelVerbatim {
		least = min(d.opt.Copy, overlap.Verbatim)
		if err := d.findPages(ctx); err != nil {
			return nil, err
		}
	}
	compared, place := d.comparedWords()
	decideBelow := func(below int) {
		for ; d.next < len(d.order) && place[d.first[d.order[d.next]]] < below; d.next++ {
			d.decide(d.order[d.next])
		}
	}
	_, err := d.overlaps(ctx, compared, cluster.Containment{
		Least:    least,
		Compared: func(a, b int) bool { return d.mayRepeat(compared[a], compared[b]) },
		Settle: func(below int, found []cluster.Overlap) {
			eachCandidate(d.first, compared, found, func(a int32, p candidate) { d.candidates[a] = append(d.candidates[a], p) })
			decideBelow(below)
		},
	})
	if err != nil {
		return nil, err
	}
	decideBelow(len(compared) + 1) // those of words too few to be compared
	return d.repeat, nil
}

// comparedWords lists the words that are compared, in the order of preference, and
// returns the place of each there, 0 for all others.
func (d *dedup) comparedWords() (compared []int32, place []int) {
	place = make([]int, len(d.order))
	for _, a := range d.order {
		words := d.first[a]
		if d.undecided[words]++; d.undecided[words] == 1 && !d.words.TooShort(a) {
			place[words] = len(compared)
			compared = append(compared, words)
		}
	}
	return compared, place
}

// findPages finds for the words at each address those of others at the same one.
func (d *dedup) findPages(ctx context.Context) error {
	urls := map[string]int{}
	for i := range d.batch.Articles {
		urls[d.batch.Articles[i].URL]++
	}
	var pages []int32
	seen := map[wordsAtURL]bool{}
	for i := range d.batch.Articles {
		a := &d.batch.Articles[i]
		if k := (wordsAtURL{d.first[i], a.URL}); a.URL != "" && urls[a.URL] > 1 && !seen[k] && !d.words.TooShort(i) {
			seen[k] = true
			pages = append(pages, int32(i))
		}
	}
	url := func(i int32) string { return d.batch.Articles[i].URL }
	overlaps, err := d.overlaps(ctx, pages, cluster.Containment{Least: overlap.Partly, Compared: func(a, b int) bool { return url(pages[a]) == url(pages[b]) }})
	eachCandidate(d.first, pages, overlaps, func(a int32, p candidate) {
		k := wordsAtURL{d.first[a], url(a)}
		d.sameURL[k] = append(d.sameURL[k], p)
	})
	return err
}

// overlaps finds overlaps among the articles numbered.
func (d *dedup) overlaps(ctx context.Context, numbered []int32, c cluster.Containment) ([]cluster.Overlap, error) {
	c.Jobs, c.Progress = d.opt.Jobs, d.opt.run().stage(StageComparing)
	text := func(i int) cluster.Text { return d.words.Text(int(numbered[i])) }
	overlaps, _, err := cluster.Containments(ctx, len(numbered), text, c)
	return overlaps, err
}

// eachCandidate calls add for each of the articles numbered with the words of each
// other one that it overlaps with.
func eachCandidate(words, numbered []int32, overlaps []cluster.Overlap, add func(a int32, p candidate)) {
	for _, o := range overlaps {
		a, b := numbered[o.A], numbered[o.B]
		add(a, candidate{words[b], o.AInB, o.BInA})
		add(b, candidate{words[a], o.BInA, o.AInB})
	}
}

// findStories groups the articles into stories, and storylines if these are asked for,
// as a run with default options does.
func (d *dedup) findStories(ctx context.Context) error {
	opt := d.opt.run()
	weighed, err := d.batch.Weigh(ctx, nil)
	if err != nil {
		return err
	}
	facts, err := weighed.FindFacts(ctx, opt.Window, nil)
	if err != nil {
		return err
	}
	links, err := facts.Decide(ctx, nil)
	if err != nil {
		return err
	}
	groups, err := links.Group(ctx, opt.Story)
	if err != nil {
		return err
	}
	copy(d.story, groups)
	if d.opt.Level == LevelStoryline {
		groups, err = links.Storylines(ctx, groups, opt.Storyline)
	}
	copy(d.group, groups)
	return err
}

// closer reports whether x repeats more than y.
func (x *Repeat) closer(y *Repeat) bool {
	return cmp.Or(cmp.Compare(x.Copied, y.Copied), cmp.Compare(x.Covers, y.Covers), cmp.Compare(y.Of, x.Of)) > 0
}

// kind tells in which way an article repeats another, with the words of a candidate,
// "" if not at the level asked for.
func (d *dedup) kind(a int, other int32, p candidate) RepeatKind {
	o := overlap.Overlap{AInB: p.covers, BInA: p.copied}
	o.Numbers, _ = overlap.CommonNumbers(d.words, a, int(other))
	far := max(p.copied, p.covers) < repeatFarShare && !d.near(a, int(other))
	headline := d.words.Own(a) < repeatWords && !slices.Equal(d.words.Title(a), d.words.Title(int(other)))
	relation := relation(&o, overlap.Edited)
	whole := (relation == Verbatim || relation == Shortened) && d.sameNumbers(a, int(other))
	edited := relation == Edited && p.copied >= d.opt.Copy && !far && !headline
	url := d.batch.Articles[a].URL
	switch {
	case whole && relation == Verbatim:
		return RepeatVerbatim
	case d.opt.Level == LevelVerbatim:
		return ""
	case whole, edited && d.sameNews(a, int(other)):
		return RepeatKind(relation)
	case url != "" && url == d.batch.Articles[other].URL:
		return SameURL
	}
	return ""
}

// identity is what two records of one article have in common.
func identity(a *article.Article) [3]string { return [3]string{a.Title, a.LoadBody(nil), a.URL} }
