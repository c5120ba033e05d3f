package qissa

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"qissa/article"
	"qissa/internal/corpus"
	"qissa/internal/parallel"
	"qissa/internal/passages"
)

// A Contamination is an item of another corpus, a test, of which words stand in articles.
type Contamination struct {
	Item    int     // by its number in the input
	Words   int     // of its text, of its title if it has no text
	Share   float64 // the greatest share of these that stand in one article, 0 to 1
	Holders []Holder
}

// A Holder is an article that holds an item, or is held by it.
type Holder struct {
	Article  int
	Holds    float64       // share of the item's words that stand in the article, 0 to 1
	Held     float64       // share of the article's words that stand in the item, 0 to 1
	Passages []HeldPassage // by place in the item
}

// A HeldPassage is words that an item and an article have in common.
type HeldPassage struct {
	Item, Article Span
	Words         int
}

// ContaminationOptions are the settings of [FindContamination]. Start from
// [DefaultContaminationOptions].
type ContaminationOptions struct {
	Share float64 // of the words of the one that stand in the other, from which it counts as found there
	Words int     // the least of a passage that counts, 4 or more
	PassageOptions
}

// Items shorter than itemWords count as found only where all their words stand: as many
// stand in other texts by chance. A passage of contaminationWords or more counts: one word
// in ten of an item may be another, and shorter ones are stock phrases.
const (
	itemWords          = 20
	contaminationWords = 8
)

// DefaultContaminationOptions find an item from the share on from which an edited copy
// repeats an article.
func DefaultContaminationOptions() ContaminationOptions {
	return ContaminationOptions{Share: repeatShare, Words: contaminationWords}
}

// FindContamination finds the items of another corpus, those that opt.Other tells, that
// stand in articles, and the articles that stand in items: at least opt.Share of the words
// of the one, in passages of opt.Words words or more that the two have in common. Items
// are in the order of the input, holders by share. Cost as [FindPassages], and linear in
// the pairs of an item and an article that have a passage in common.
func FindContamination(ctx context.Context, articles []article.Article, opt ContaminationOptions) ([]Contamination, error) {
	if opt.Other == nil || !(opt.Share > 0 && opt.Share <= 1) {
		return nil, fmt.Errorf("qissa: ContaminationOptions: want Other, and a Share above 0 and at most 1, not %v", opt.Share)
	}
	opt.PassageOptions.Words = opt.Words
	d, _, found, err := findPassages(ctx, articles, opt.PassageOptions)
	if err != nil {
		return nil, err
	}
	c := contaminated{describedPassages: d, opt: opt, passages: found.Passages, in: map[int32][]itemPlace{}}
	for n, p := range found.Passages {
		for _, at := range p.Places {
			if opt.Other(d.batch.Order[at.Text]) {
				c.in[at.Text] = append(c.in[at.Text], itemPlace{int32(n), at.Word})
			}
		}
	}
	var items []int32
	for i := range c.in {
		items = append(items, i)
	}
	slices.SortFunc(items, func(a, b int32) int { return cmp.Compare(d.batch.Order[a], d.batch.Order[b]) })
	all := make([]Contamination, len(items))
	err = parallel.Each(ctx, len(items), parallel.Jobs(opt.Jobs), nil, func(_, n int) { all[n] = c.item(items[n]) })
	return slices.DeleteFunc(all, func(c Contamination) bool { return len(c.Holders) == 0 }), err
}

// contaminated tells of items what holds them.
type contaminated struct {
	describedPassages
	opt      ContaminationOptions
	passages []passages.Passage
	in       map[int32][]itemPlace // by item
}

// An itemPlace is a passage of an item, and its first word there.
type itemPlace struct{ passage, word int32 }

// A match is words that an item and an article have in common.
type match struct{ article, item, at, words int32 }

// item returns who holds an item, or is held by it.
func (c *contaminated) item(i int32) Contamination {
	var all []match
	for _, in := range c.in[i] {
		p := c.passages[in.passage]
		for _, at := range p.Places {
			if !c.opt.Other(c.batch.Order[at.Text]) {
				all = append(all, match{at.Text, in.word, at.Word, p.Words})
			}
		}
	}
	slices.SortFunc(all, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.article, b.article), cmp.Compare(a.item, b.item), cmp.Compare(b.words, a.words), cmp.Compare(a.at, b.at))
	})
	from, to := c.text(i)
	out := Contamination{Item: c.batch.Order[i], Words: int(to - from)}
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].article == all[0].article {
			n++
		}
		h, ok := c.holder(i, all[:n])
		if out.Share = max(out.Share, h.Holds); ok {
			out.Holders = append(out.Holders, h)
		}
		all = all[n:]
	}
	slices.SortStableFunc(out.Holders, func(a, b Holder) int {
		return cmp.Or(cmp.Compare(b.Holds, a.Holds), cmp.Compare(b.Held, a.Held))
	})
	return out
}

// holder tells how much of an item and of an article stands in the other, and whether that
// is enough.
func (c *contaminated) holder(i int32, matches []match) (h Holder, enough bool) {
	a := matches[0].article
	h.Article = c.batch.Order[a]
	h.Holds, h.Held = c.covered(i, matches, func(m match) int32 { return m.item }), c.covered(a, matches, func(m match) int32 { return m.at })
	enough = c.isFound(i, h.Holds) || c.isFound(a, h.Held)
	if !enough {
		return h, false
	}
	var x, y []corpus.Span
	x = c.words.Offsets(x, int(i), len(c.words.All(int(i))))
	y = c.words.Offsets(y, int(a), len(c.words.All(int(a))))
	end := int32(0)
	for _, m := range matches {
		if m.item+m.words <= end {
			continue // inside a longer one
		}
		end = m.item + m.words
		h.Passages = append(h.Passages, HeldPassage{Span{x[m.item][0], x[m.item+m.words-1][1]}, Span{y[m.at][0], y[m.at+m.words-1][1]}, int(m.words)})
	}
	return h, true
}

// isFound reports whether a share of the words of a text is enough.
func (c *contaminated) isFound(i int32, share float64) bool {
	from, to := c.text(i)
	return share >= c.opt.Share && (to-from >= itemWords || share == 1)
}

// text returns from which word up to which one an article is compared: its text, its title
// if it has no other.
func (c *contaminated) text(i int32) (from, to int32) {
	title, words := int32(c.words.TitleLen(int(i))), int32(len(c.words.All(int(i))))
	if title == words {
		return 0, words
	}
	return title, words
}

// covered returns the share of the words of a text that stand in matches.
func (c *contaminated) covered(i int32, matches []match, at func(match) int32) float64 {
	from, to := c.text(i)
	in := make([]bool, to)
	for _, m := range matches {
		for w := at(m); w < at(m)+m.words; w++ {
			if w < to {
				in[w] = true
			}
		}
	}
	n := 0
	for _, is := range in[from:] {
		if is {
			n++
		}
	}
	return float64(n) / float64(max(1, to-from))
}
