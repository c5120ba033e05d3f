package qissa

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"qissa/article"
	"qissa/internal/corpus"
	"qissa/internal/grouping"
	"qissa/internal/parallel"
	"qissa/internal/passages"
)

// A SharedPassage is words in sequence that stand in two or more articles, and that are maximal:
// in its places neither the word before it is always the same nor the one behind it. So
// what two articles share is one passage from its first word to its last; if a third has
// only a part of it, that part is a passage too, which stands in all three.
type SharedPassage struct {
	ID          uint64 // of its words, however they are written
	Words       int32
	Articles    int32 // how many have it
	Outlets     int32 // of how many outlets these are; those of unknown outlet are one
	Earliest    int32 // number of the place that is earliest of those whose time is known; -1 if none is
	Boilerplate bool  // in most of its places it is what the outlet puts on its pages: see [FindRepeats]
	Places      []SharedPlace
	Same        []float32 // of each place the share of its words, or of those of the first place if these are more, that both have, 0 to 1; nil if all places are the same
}

// LeastSame returns the share of equal words in the place that is changed most, 1 if none is.
func (p *SharedPassage) LeastSame() float64 {
	if p.Same == nil {
		return 1
	}
	return float64(slices.Min(p.Same))
}

// A SharedPlace is where a passage stands.
type SharedPlace struct {
	Article  int32 // by its number in the input
	From, To int32 // code points of title, line break and body
}

// Span returns the code points of the place.
func (p SharedPlace) Span() Span { return Span{int(p.From), int(p.To)} }

// PassageOptions are the settings of [FindPassages].
type PassageOptions struct {
	Words    int                 // the least of a passage, 4 or more
	Same     float64             // the least share of equal words, [LeastSame] to 1; 0 for 1, passages that are the same in all places
	Other    func(i int) bool    // tells of an article, by its number in the input, whether it is of another corpus: then passages are those that stand on both sides; nil for one corpus
	Jobs     int                 // as in [Options]
	Spill    func([]byte) []byte // likewise
	Progress func(Progress)      // likewise
}

// Passages are what [FindPassages] found.
type Passages struct {
	Passages []SharedPassage // those in most articles first, then by their earliest places
	Total    int             // words of all articles
	LeftOut  int             // longer variants of passages in very many places that were not looked for: see [FindPassages]
	TooMany  int             // sequences in more than 32 articles, around which no changed passages were looked for
}

// LeastPassage is the least number of words that a passage may be asked for, and
// UsualPassage what finds hardly a stock phrase.
const (
	LeastPassage = passages.LeastWords
	UsualPassage = 12
)

// LeastSame is the least share of equal words that changed passages may be asked for, and
// UsualSame what finds those in which one word in ten is another.
const (
	LeastSame = 0.7
	UsualSame = 0.8
)

// StagePassages is when passages are looked for.
const StagePassages Stage = "finding passages"

// FindPassages finds all passages of opt.Words words or more that two articles have in
// common, exactly; how words are written makes no difference. Cost linear in the words and
// the places found. One thing is bounded: where a sequence of words stands in more than 64
// places, the passages around it are listed, those in most places first, until they have 16
// times its places together; how many are not is told.
//
// With opt.Same below 1 also passages are found that are changed in some of their places:
// words exchanged, dropped or added, stretches in another order, as long as six words in
// sequence are the same, which stand in no more than 32 articles; stretches in another
// order, as long as each has six. Their places are compared
// with the first one. Exact passages are then left out where a changed one has all their
// places. Errors: options out of range, a context that ended.
func FindPassages(ctx context.Context, articles []article.Article, opt PassageOptions) (Passages, error) {
	if opt.Same != 0 && !(opt.Same >= LeastSame && opt.Same <= 1) {
		return Passages{}, fmt.Errorf("qissa: PassageOptions.Same %v: want %v to 1", opt.Same, LeastSame)
	}
	exactly := opt
	if opt.isChanged() {
		exactly.Words = min(opt.Words, passages.SeedWords)
	}
	d, texts, found, err := findPassages(ctx, articles, exactly)
	if err != nil {
		return Passages{}, err
	}
	near := passages.Near{Exact: found.Passages}
	if opt.isChanged() {
		if near, err = passages.FindNear(ctx, texts, found.Passages, passages.NearOptions{Least: opt.Words, Share: opt.Same, Jobs: opt.Jobs}); err != nil {
			return Passages{}, err
		}
	}
	all := Passages{LeftOut: found.LeftOut, TooMany: near.TooMany}
	for i := range d.words.Len() {
		all.Total += len(d.words.All(i))
	}
	all.Passages, err = d.describeAll(ctx, near, opt.Jobs)
	return all, err
}

func (opt PassageOptions) isChanged() bool { return opt.Same != 0 && opt.Same < 1 }

// findPassages finds passages by words of a batch.
func findPassages(ctx context.Context, articles []article.Article, opt PassageOptions) (d describedPassages, texts passages.Texts, found passages.Found, err error) {
	if opt.Words < LeastPassage {
		return d, texts, found, fmt.Errorf("qissa: PassageOptions.Words %d: want %d or more", opt.Words, LeastPassage)
	}
	run := Options{Jobs: parallel.Jobs(opt.Jobs), Spill: opt.Spill, Progress: opt.Progress}
	batch, err := grouping.Read(ctx, articles, run.run())
	if err != nil {
		return d, texts, found, err
	}
	words, _, err := batch.WithoutBoilerplate(ctx)
	if err != nil {
		return d, texts, found, err
	}
	texts = passages.Texts{Len: words.Len(), Words: words.All, Hash: words.Hashes()}
	if texts.Same, err = batch.Words.SameWords(ctx, run.Jobs); err != nil {
		return d, texts, found, err
	}
	if opt.Other != nil {
		texts.Other = make([]bool, texts.Len)
		for i, number := range batch.Order {
			texts.Other[i] = opt.Other(number)
		}
	}
	found, err = passages.Find(ctx, texts, passages.Options{Least: opt.Words, Jobs: run.Jobs, Progress: run.stage(StagePassages)})
	return describedPassages{batch, words, texts.Hash, outletNumbers(batch.Articles)}, texts, found, err
}

// describedPassages turns places by word of a batch into places in the input.
type describedPassages struct {
	batch  *grouping.Batch
	words  *corpus.Corpus // without boilerplate
	hash   []uint64
	outlet []int32 // of each article
}

// outletNumbers numbers the outlets of articles.
func outletNumbers(articles []article.Article) []int32 {
	number, of := map[string]int32{}, make([]int32, len(articles))
	for i := range articles {
		n, ok := number[articles[i].Source]
		if !ok {
			n = int32(len(number))
			number[articles[i].Source] = n
		}
		of[i] = n
	}
	return of
}

// describeAll describes passages, those in most articles first, then by their earliest places.
func (d *describedPassages) describeAll(ctx context.Context, near passages.Near, jobs int) ([]SharedPassage, error) {
	exact, changed := near.Exact, near.Changed
	all := make([]SharedPassage, len(exact)+len(changed))
	err := parallel.EachWith(ctx, len(all), parallel.Jobs(jobs), func(int) func(int) {
		outlets, spans := map[int32]bool{}, []corpus.Span(nil)
		return func(i int) {
			if i < len(changed) {
				all[i] = d.describe(changed[i].Places, outlets, &spans)
				for place := range changed[i].Places {
					all[i].Same = append(all[i].Same, float32(changed[i].Same(place)))
				}
				return
			}
			p := exact[i-len(changed)]
			places := make([]passages.NearPlace, len(p.Places))
			for n, at := range p.Places {
				places[n] = passages.NearPlace{Place: at, Words: p.Words, Equal: p.Words}
			}
			all[i] = d.describe(places, outlets, &spans)
			exact[i-len(changed)].Places = nil
		}
	})
	if len(changed) > 0 { // else they are in this order
		number := make([]int32, d.words.Len()) // of each article of the input the place in the batch
		for i, n := range d.batch.Order {
			number[n] = int32(i)
		}
		slices.SortStableFunc(all, func(a, b SharedPassage) int {
			return cmp.Or(cmp.Compare(b.Articles, a.Articles), cmp.Compare(number[a.Places[0].Article], number[b.Places[0].Article]),
				cmp.Compare(a.Places[0].From, b.Places[0].From), cmp.Compare(b.Words, a.Words))
		})
	}
	return all, err
}

// describe describes a passage by its places. It uses outlets and spans as memory.
func (d *describedPassages) describe(places []passages.NearPlace, outlets map[int32]bool, spans *[]corpus.Span) SharedPassage {
	clear(outlets)
	first, framed := places[0], 0
	out := SharedPassage{Words: first.Words, Earliest: -1, Places: make([]SharedPlace, len(places))}
	for _, w := range d.words.All(int(first.Text))[first.Word : first.Word+first.Words] {
		out.ID = (out.ID ^ d.hash[w]) * 1099511628211 // FNV-1a over the words' own
	}
	var earliest time.Time
	for n, at := range places {
		i, from, to := int(at.Text), int(at.Word), int(at.Word+at.Words)
		if n == 0 || at.Text != places[n-1].Text {
			out.Articles++
		}
		*spans = d.words.Offsets((*spans)[:0], i, to)
		out.Places[n] = SharedPlace{int32(d.batch.Order[i]), int32((*spans)[from][0]), int32((*spans)[to-1][1])}
		outlets[d.outlet[i]] = true
		if 2*d.words.Framed(i, from, to) > int(at.Words) {
			framed++
		}
		if a := &d.batch.Articles[i]; a.HasClock() && (out.Earliest < 0 || a.Time.Before(earliest)) {
			out.Earliest, earliest = int32(n), a.Time
		}
	}
	out.Outlets, out.Boilerplate = int32(len(outlets)), 2*framed > len(places)
	return out
}
