// Package grouping decides which articles report one story. It knows no title page and
// no file: articles go in, groups of their numbers come out.
//
//	Read         articles → a [Batch]: canonical order, numbered words
//	Batch.Weigh  under a [Model], or one built from the batch itself → [Weighed]
//	FindFacts    similar pairs, and what is true of each by itself → [Facts]
//	Decide       one similarity for each pair, from its facts and neighbourhood → [Links]
//	Group        average linkage over the links → a partition
//	Correct      what readers know better → the partition with that alone changed
//
// Every step is a function of values and looks no further than the time window. So a
// part of the articles, with enough of what was published before and after it, gives
// the same facts, links and groups, bit for bit, as all of them together, if the model
// is the same: 72 hours before for a fact, 216 for a link.
package grouping

import (
	"context"
	"math"
	"slices"
	"time"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/corpus"
	"qissa/internal/parallel"
)

// The stages that tell how far they are.
const (
	StageWords      = "reading words"
	StageWeighing   = "weighing words"
	StageComparing  = "comparing"
	StageSections   = "comparing sections"
	StageFirstWords = "comparing first words"
	StageAligning   = "aligning copies"
	StageNeighbours = "summing up neighbours"
	StageDeciding   = "deciding"
	StageLinking    = "linking"
	StageStorylines = "linking storylines"
)

// Options are how the steps run; they never change a result.
type Options struct {
	Jobs     int                                      // workers, 0 for one per processor
	Spill    func([]byte) []byte                      // moves bytes that are seldom read out of memory and returns them where they stand, at a multiple of 8; nil leaves them
	Stage    func(stage string) func(done, total int) // starts a stage and returns what is told of it, nil for silence
	Features func(a, b int32) bool                    // pairs whose features are kept, to fit a decision on; nil for none
}

func (o Options) stage(name string) func(done, total int) {
	if o.Stage == nil {
		return nil
	}
	return o.Stage(name)
}

// A Batch is articles as words.
type Batch struct {
	Articles []article.Article // in canonical order: by time (undated last), then by content
	Order    []int             // number of each in the input
	Time     []int64           // Unix seconds or cluster.Undated
	Words    *corpus.Corpus    // boilerplate included

	opt    Options
	limits limits
}

// Read reads the words of articles. Ids are made unique; see [article.Identify].
func Read(ctx context.Context, articles []article.Article, opt Options) (*Batch, error) {
	articles = slices.Clone(articles)
	article.Identify(articles)
	opt.Jobs = parallel.Jobs(opt.Jobs)
	b := &Batch{Order: article.CanonicalOrder(articles), Articles: make([]article.Article, 0, len(articles)), opt: opt, limits: defaultLimits}
	for _, i := range b.Order {
		b.Articles = append(b.Articles, articles[i])
		b.Time = append(b.Time, unixTime(&articles[i]))
	}
	words, err := corpus.Read(ctx, b.Articles, corpus.Options{Jobs: opt.Jobs, Spill: opt.Spill, Progress: opt.stage(StageWords)})
	b.Words = words
	return b, err
}

// unixTime is the time by which an article pairs. A time that is only relative
// to an unknown moment is none.
func unixTime(a *article.Article) int64 {
	if a.Time.IsZero() {
		return cluster.Undated
	}
	return a.Time.Unix()
}

// WithoutBoilerplate returns the words without what their outlets put on every page,
// and the n-grams that tell it, found in the batch.
func (b *Batch) WithoutBoilerplate(ctx context.Context) (*corpus.Corpus, corpus.Boilerplate, error) {
	b.opt.stage(StageWeighing)
	found, words, err := b.Words.FindBoilerplate(ctx, b.Articles, b.opt.Jobs)
	return words, found, err
}

// Apart reports whether two articles, by their numbers, are dated and more than d
// apart.
func (b *Batch) Apart(x, y int32, d time.Duration) bool {
	s, t := b.Time[x], b.Time[y]
	return s != cluster.Undated && t != cluster.Undated && max(s-t, t-s) > Seconds(d)
}

// Beyond is Apart for a window, which is 0 for no limit.
func (b *Batch) Beyond(x, y int32, window time.Duration) bool {
	return window > 0 && b.Apart(x, y, window)
}

// Seconds returns a duration in seconds, rounded up: a window of half a second is
// one, not none.
func Seconds(d time.Duration) int64 { return int64(math.Ceil(d.Seconds())) }

// Four bounds keep thousands of articles that are all alike from taking the square
// of their number: duplicates are folded, instances of a template are compared with
// those near by, an article keeps its nearest partners, and words are aligned for the
// nearest of these. Each looks no further than the window.
type limits struct {
	// duplicates is how many articles with the same words are compared with others, of
	// those in a window, before others are folded: the page of an error, a notice that
	// stands under every address. Of the later ones one in each of as many parts of the
	// window is compared.
	duplicates int

	// instances is how many instances of a template before and after it an article is
	// compared with, those that have its words but for numbers: pages of an error, each
	// with its code.
	instances int32

	// partners is how many earlier articles an article is paired with, the most
	// similar: thousands of one day may share half of their words. In the dumps none
	// that is dated has more than 306, and none without a date more than 4,309. Pairs
	// from a cosine of 0.5 on are kept however many they are: thousands of edited
	// copies hold together by them.
	partners cluster.Nearest

	// near is how many pairs of an article with earlier ones are compared word by word
	// and shown, the most similar.
	near int
}

// Without the limits n such articles would need n²/2 pairs. Half and twice the others
// than partners give every article of saudinewsnet (30,973) and hespress-jazeera the same story.
var defaultLimits = limits{duplicates: 25, instances: 50, partners: cluster.Nearest{Dated: 400, Undated: 5000, Alike: 0.5}, near: 100}
