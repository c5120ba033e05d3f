package qissa

import (
	"cmp"
	"context"
	"slices"

	"qissa/article"
	"qissa/vectorize/arabic"
)

// A TextMatch is an article that has passages in common with a text.
type TextMatch struct {
	Article  int           // by its number in the input
	Holds    float64       // share of the words of the text that stand in the article's passages, 0 to 1
	Held     float64       // likewise of the words of the article
	Passages []HeldPassage // by place in the text, which is the item
}

// FindMatches finds the articles that have passages of opt.Words words or more in common
// with a text, those that hold most of its words first. Opt.Other does not count. Cost as
// [FindPassages].
func FindMatches(ctx context.Context, text string, articles []article.Article, opt PassageOptions) ([]TextMatch, error) {
	item := article.Article{Body: text}
	all := append([]article.Article{item}, articles...)
	opt.Other = func(i int) bool { return i == 0 }
	found, err := FindPassages(ctx, all, opt)
	if err != nil {
		return nil, err
	}
	of := map[int32]*TextMatch{}
	for _, p := range found.Passages {
		for _, at := range p.Places {
			if at.Article != 0 {
				continue
			}
			for _, there := range p.Places {
				if there.Article == 0 {
					continue
				}
				m := of[there.Article]
				if m == nil {
					m = &TextMatch{Article: int(there.Article) - 1}
					of[there.Article] = m
				}
				here := Span{int(at.From) - 1, int(at.To) - 1} // without the line break behind a title
				m.Passages = append(m.Passages, HeldPassage{here, there.Span(), int(p.Words)})
			}
		}
	}
	var matches []TextMatch
	for _, m := range of {
		a := &articles[m.Article]
		m.Holds = heldShare(text, m.Passages, func(p HeldPassage) Span { return p.Item })
		m.Held = heldShare(a.Title+"\n"+a.LoadBody(nil), m.Passages, func(p HeldPassage) Span { return p.Article })
		m.Passages = outermost(m.Passages)
		matches = append(matches, *m)
	}
	slices.SortFunc(matches, func(a, b TextMatch) int {
		return cmp.Or(cmp.Compare(b.Holds, a.Holds), cmp.Compare(b.Held, a.Held), cmp.Compare(a.Article, b.Article))
	})
	return matches, nil
}

// heldShare returns the share of the words of a text that stand in passages.
func heldShare(text string, passages []HeldPassage, at func(HeldPassage) Span) float64 {
	words, held := 0, 0
	for w := range arabic.Words(text) {
		words++
		if slices.ContainsFunc(passages, func(p HeldPassage) bool { return at(p)[0] <= w.Start && w.End <= at(p)[1] }) {
			held++
		}
	}
	return float64(held) / float64(max(1, words))
}

// outermost returns the passages by place in the item, without those inside another one.
func outermost(passages []HeldPassage) (left []HeldPassage) {
	slices.SortFunc(passages, func(a, b HeldPassage) int {
		return cmp.Or(cmp.Compare(a.Item[0], b.Item[0]), cmp.Compare(b.Item[1], a.Item[1]), cmp.Compare(a.Article[0], b.Article[0]))
	})
	end := -1
	for _, p := range passages {
		if p.Item[1] > end {
			left, end = append(left, p), p.Item[1]
		}
	}
	return left
}
