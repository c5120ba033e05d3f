package qissa

import (
	"context"
	"fmt"
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
}

// LeastPassage is the least number of words that a passage may be asked for, and
// UsualPassage what finds hardly a stock phrase.
const (
	LeastPassage = passages.LeastWords
	UsualPassage = 12
)

// StagePassages is when passages are looked for.
const StagePassages Stage = "finding passages"

// FindPassages finds all passages of opt.Words words or more that two articles have in
// common, exactly; how words are written makes no difference. Cost linear in the words and
// the places found. One thing is bounded: where a sequence of words stands in more than 64
// places, the passages around it are listed, those in most places first, until they have 16
// times its places together; how many are not is told. Errors: options out of range, a
// context that ended.
func FindPassages(ctx context.Context, articles []article.Article, opt PassageOptions) (Passages, error) {
	d, found, err := findPassages(ctx, articles, opt)
	if err != nil {
		return Passages{}, err
	}
	all := Passages{Passages: make([]SharedPassage, len(found.Passages)), LeftOut: found.LeftOut}
	for i := range d.words.Len() {
		all.Total += len(d.words.All(i))
	}
	err = parallel.EachWith(ctx, len(found.Passages), parallel.Jobs(opt.Jobs), func(int) func(int) {
		outlets, spans := map[int32]bool{}, []corpus.Span(nil)
		return func(i int) {
			all.Passages[i] = d.describe(found.Passages[i], outlets, &spans)
			found.Passages[i].Places = nil
		}
	})
	return all, err
}

// findPassages finds passages by words of a batch.
func findPassages(ctx context.Context, articles []article.Article, opt PassageOptions) (d describedPassages, found passages.Found, err error) {
	if opt.Words < LeastPassage {
		return d, found, fmt.Errorf("qissa: PassageOptions.Words %d: want %d or more", opt.Words, LeastPassage)
	}
	run := Options{Jobs: parallel.Jobs(opt.Jobs), Spill: opt.Spill, Progress: opt.Progress}
	batch, err := grouping.Read(ctx, articles, run.run())
	if err != nil {
		return d, found, err
	}
	words, _, err := batch.WithoutBoilerplate(ctx)
	if err != nil {
		return d, found, err
	}
	texts := passages.Texts{Len: words.Len(), Words: words.All, Hash: words.Hashes()}
	if texts.Same, err = batch.Words.SameWords(ctx, run.Jobs); err != nil {
		return d, found, err
	}
	if opt.Other != nil {
		texts.Other = make([]bool, texts.Len)
		for i, number := range batch.Order {
			texts.Other[i] = opt.Other(number)
		}
	}
	found, err = passages.Find(ctx, texts, passages.Options{Least: opt.Words, Jobs: run.Jobs, Progress: run.stage(StagePassages)})
	return describedPassages{batch, words, texts.Hash, outletNumbers(batch.Articles)}, found, err
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

// describe describes a passage. It uses outlets and spans as memory.
func (d *describedPassages) describe(p passages.Passage, outlets map[int32]bool, spans *[]corpus.Span) SharedPassage {
	clear(outlets)
	framed := 0
	out := SharedPassage{Words: p.Words, Articles: p.Texts, Earliest: -1, Places: make([]SharedPlace, len(p.Places))}
	first := p.Places[0]
	for _, w := range d.words.All(int(first.Text))[first.Word : first.Word+p.Words] {
		out.ID = (out.ID ^ d.hash[w]) * 1099511628211 // FNV-1a over the words' own
	}
	var earliest time.Time
	for n, at := range p.Places {
		i, from, to := int(at.Text), int(at.Word), int(at.Word+p.Words)
		*spans = d.words.Offsets((*spans)[:0], i, to)
		out.Places[n] = SharedPlace{int32(d.batch.Order[i]), int32((*spans)[from][0]), int32((*spans)[to-1][1])}
		outlets[d.outlet[i]] = true
		if 2*d.words.Framed(i, from, to) > int(p.Words) {
			framed++
		}
		if a := &d.batch.Articles[i]; a.HasClock() && (out.Earliest < 0 || a.Time.Before(earliest)) {
			out.Earliest, earliest = int32(n), a.Time
		}
	}
	out.Outlets, out.Boilerplate = int32(len(outlets)), 2*framed > len(p.Places)
	return out
}
