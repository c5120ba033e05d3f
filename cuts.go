package qissa

import (
	"context"
	"fmt"

	"qissa/article"
	"qissa/internal/corpus"
	"qissa/internal/grouping"
	"qissa/internal/parallel"
)

// What is cut out of an article, and why it is dropped for it; see [FindCuts].
const (
	RepeatPassages    = RepeatKind("passages")    // its sentences stand in others that are kept
	RepeatBoilerplate = RepeatKind("boilerplate") // its sentences are what the outlet puts on its pages; it is cut, never dropped
)

// A Cut is whole sentences of an article's text, with the space behind them, that are not
// written.
type Cut struct {
	Span  Span       // code points of the text alone, without the title
	How   RepeatKind // RepeatPassages, RepeatBoilerplate or Contaminated
	Words int
	Of    int  // the article in which most of the words stand, -1 for boilerplate
	At    Span // and where there: code points of title, line break and text
}

// FoundCuts are what [FindCuts] found.
type FoundCuts struct {
	Cuts    [][]Cut   // of each article that is written, by place; nil for those that are written whole
	Cut     []*Repeat // of each of these, the article in which most of what is cut stands; Of is -1 if it is all boilerplate
	Repeats []*Repeat // of each article that is dropped likewise, as [FindRepeats] returns it
	LeftOut int       // as in [Passages]
}

// CutOptions are the settings of [FindCuts].
type CutOptions struct {
	Words         int                // the least of a run that repeats another, and of what is left of an article; 4 or more
	Passages      bool               // cuts what stands in an article that is kept before
	Boilerplate   bool               // cuts boilerplate
	Contamination []Contamination    // cuts sentences that hold words of these items
	Skip          func(i int) bool   // articles that are not written anyway; nil for none
	Prefer        func(a, b int) int // as in [RepeatOptions]
	Keep          func(i int) bool   // articles that are kept whole, before all others; nil for none
	Jobs          int                // as in [Options]
	Spill         func([]byte) []byte
	Progress      func(Progress)
}

// FindCuts finds what is to be cut out of the texts of articles so that no sentence is left
// of which each word stands in a run of opt.Words words or more that an article has too
// which is kept before it, in the order of preference; a run has to stand in what is left
// of that one. Boilerplate counts as repeated everywhere, the first time too. A sentence
// is cut whole or not at all, but for one with words of a contamination, which is always
// cut; titles are not, so an article with words of one in its title is dropped. An article
// of which fewer words are left than opt.Words is dropped, but if boilerplate alone was
// cut; one with the same words as another is dropped as [RepeatVerbatim]. Cost as
// [FindPassages], and linear in the places found.
func FindCuts(ctx context.Context, articles []article.Article, opt CutOptions) (*FoundCuts, error) {
	if opt.Words < LeastPassage {
		return nil, fmt.Errorf("qissa: CutOptions.Words %d: want %d or more", opt.Words, LeastPassage)
	}
	c := &cutter{opt: opt, marked: markedOf(opt.Contamination, len(articles))}
	c.found = FoundCuts{Cuts: make([][]Cut, len(articles)), Cut: make([]*Repeat, len(articles)), Repeats: make([]*Repeat, len(articles))}
	run := Options{Jobs: parallel.Jobs(opt.Jobs), Spill: opt.Spill, Progress: opt.Progress}
	var err error
	if opt.Passages {
		d, _, found, err := findPassages(ctx, articles, PassageOptions{Words: opt.Words, Jobs: opt.Jobs, Spill: opt.Spill, Progress: opt.Progress})
		if err != nil {
			return nil, err
		}
		c.batch, c.words, c.found.LeftOut = d.batch, d.words, found.LeftOut
		c.held = newHeld(found.Passages, d.words.Len())
		if c.first, err = d.words.SameWords(ctx, run.Jobs); err != nil {
			return nil, err
		}
	} else {
		if c.batch, err = grouping.Read(ctx, articles, run.run()); err != nil {
			return nil, err
		}
		if c.words, _, err = c.batch.WithoutBoilerplate(ctx); err != nil {
			return nil, err
		}
	}
	c.canonical = make([]int32, len(articles))
	for a, number := range c.batch.Order {
		c.canonical[number] = int32(a)
	}
	order := preferred(c.batch.Order, opt.Prefer, opt.Keep)
	step := run.stage(StageCutting)
	for n, a := range order {
		if n%parallel.Block == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if step != nil {
				step(n, len(order))
			}
		}
		c.cut(a)
	}
	return &c.found, nil
}

// StageCutting is when sentences are cut.
const StageCutting Stage = "cutting"

// A marking is words that are to be cut, for they stand in an item.
type marking struct {
	span, at Span // in the article, in the item: code points of title, line break and text
	item     int
}

// markedOf returns for each article what stands in items.
func markedOf(found []Contamination, articles int) [][]marking {
	marked := make([][]marking, articles)
	for _, c := range found {
		for _, h := range c.Holders {
			for _, p := range h.Passages {
				marked[h.Article] = append(marked[h.Article], marking{p.Article, p.Item, c.Item})
			}
		}
	}
	return marked
}

// A cutter decides on one article after the other.
type cutter struct {
	opt    CutOptions
	batch  *grouping.Batch
	words  *corpus.Corpus
	first  []int32 // of each article, the first one with its words; nil without passages
	held   *held   // nil without passages
	marked [][]marking
	whole  map[int32]int // articles that are written whole, by the first with their words
	found  FoundCuts

	canonical []int32 // number of each article of the input

	spans  []corpus.Span // memory
	memory []byte
}

// cut decides on an article.
func (c *cutter) cut(a int) {
	number := c.batch.Order[a]
	switch {
	case c.opt.Skip != nil && c.opt.Skip(number):
		return
	case c.opt.Keep != nil && c.opt.Keep(number), !c.batch.Articles[a].CanCut():
		c.written(a, nil)
		return
	}
	if other, ok := c.same(a); ok {
		c.found.Repeats[number] = &Repeat{Of: other, How: RepeatVerbatim, Copied: 1, Covers: 1}
		return
	}
	why := c.why(a)
	if why == nil {
		c.written(a, nil)
		return
	}
	units := c.units(a)
	cuts, r, left := c.judge(a, units, why)
	switch {
	case c.inTitle(a):
		m := c.marked[number][0]
		c.found.Repeats[number] = &Repeat{Of: m.item, How: Contaminated}
		if r != nil && r.How == Contaminated {
			c.found.Repeats[number] = r
		}
		return
	case r != nil && r.How != RepeatBoilerplate && left < c.opt.Words:
		c.found.Repeats[number] = r
		return
	}
	c.found.Cuts[number], c.found.Cut[number] = cuts, r
	c.written(a, cutWords(units))
}

// same returns an article that is written whole and has the same words.
func (c *cutter) same(a int) (number int, ok bool) {
	if c.first == nil || c.words.TooShort(a) || c.words.Own(a) == 0 {
		return 0, false
	}
	number, ok = c.whole[c.first[a]]
	return number, ok
}

// inTitle reports whether words of an item stand in the title.
func (c *cutter) inTitle(a int) bool {
	title := c.words.TitleLen(a)
	if title == 0 {
		return false
	}
	c.spans = c.words.Offsets(c.spans[:0], a, title)
	for _, m := range c.marked[c.batch.Order[a]] {
		if m.span[0] < c.spans[title-1][1] {
			return true
		}
	}
	return false
}

// written takes down what of an article is written: all but the runs of words that are cut.
func (c *cutter) written(a int, cut []run) {
	if c.held == nil {
		return
	}
	if len(cut) == 0 {
		if c.whole == nil {
			c.whole = map[int32]int{}
		}
		if _, known := c.whole[c.first[a]]; !known {
			c.whole[c.first[a]] = c.batch.Order[a]
		}
	}
	var kept []run
	from, all := int32(0), int32(len(c.words.All(a)))
	for _, r := range append(cut, run{all, all}) {
		if r.from-from >= int32(c.opt.Words) {
			kept = append(kept, run{from, r.from})
		}
		from = r.to
	}
	c.held.add(int32(a), kept, int32(c.opt.Words))
}
