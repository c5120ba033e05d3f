package report

import (
	"cmp"
	"slices"

	"qissa"
)

// shownBorrowed is how many articles of other stories are listed that have a passage of a
// story, as on the page with scripts.
const shownBorrowed = 20

// A borrowedView is an article of another story that has a passage of this one, or lends it one.
type borrowedView struct {
	storyRow        // of the other story, with the article's headline
	How      string // how many words, and who has them of whom
}

// borrowings lists, by story, the pairs of articles of it and of others that share a passage,
// as [qissa.Pair] numbers.
func borrowings(r *qissa.Result) map[int][]int {
	of := map[int][]int{}
	for n, p := range r.Pairs {
		if a, b := r.StoryOf[p.A], r.StoryOf[p.B]; p.Borrowed > 0 && a != b {
			of[a], of[b] = append(of[a], n), append(of[b], n)
		}
	}
	return of
}

// borrowed lists the articles of other stories that share a passage with a story, each
// once, the longest passage first, and says how many are left out.
func (v *view) borrowed(story int) (rows []borrowedView, more string) {
	if v.borrowings == nil {
		v.borrowings = borrowings(v.r)
	}
	type row struct {
		other, words int
		how          string
	}
	var all []row
	for _, n := range v.borrowings[story] {
		p := v.r.Pairs[n]
		own, x := p.A, row{p.B, p.Borrowed, "borrowed_by"}
		if v.r.StoryOf[p.B] == story {
			own, x.other, x.how = p.B, p.A, "borrows_from"
		}
		switch {
		case v.r.Articles[own].Source == v.r.Articles[x.other].Source:
			x.how = "borrow_same"
		case p.BorrowOrder == qissa.Unknown:
			x.how = "borrow_unknown"
		}
		all = append(all, x)
	}
	slices.SortFunc(all, func(x, y row) int { return cmp.Or(cmp.Compare(y.words, x.words), cmp.Compare(x.other, y.other)) })
	listed := map[int]bool{}
	for _, x := range all {
		if listed[x.other] {
			continue
		}
		if listed[x.other] = true; len(listed) > shownBorrowed {
			continue
		}
		title := v.title(x.other)
		of := v.row(v.r.StoryOf[x.other])
		of.Title, of.Dir = title, direction(title)
		rows = append(rows, borrowedView{of, v.say(x.how, "words", v.count("words", x.words), "outlet", isolate(v.source(x.other)))})
	}
	if n := len(listed) - len(rows); n > 0 {
		more = v.say("borrowed_more", "n", number(n))
	}
	return rows, more
}
