package qissa

import (
	"cmp"
	"slices"

	"qissa/cluster"
	"qissa/internal/corpus"
	"qissa/internal/overlap"
	"qissa/internal/passages"
)

// mostLenders is from how many other stories an article is told to have passages. A
// round-up of the week has one of each: these are listed by qissa passages.
const mostLenders = 3

// lent returns pairs of articles of which the later has a passage of the earlier one: of
// each article the longest of its own story, and the longest of each of three other
// stories, those with longer ones first; of these the pairs with an article of the stories
// that are told.
func lent(loans []passages.Loan, storyOf []int, tells func(story int) bool) (pairs []cluster.Pair) {
	for from := 0; from < len(loans); {
		to, at := loans[from].To, from
		for from < len(loans) && loans[from].To == to {
			from++
		}
		longest := slices.Clone(loans[at:from])
		slices.SortStableFunc(longest, func(a, b passages.Loan) int { return cmp.Compare(b.Words, a.Words) })
		var lenders []int
		own := false
		for _, l := range longest {
			s := storyOf[l.From]
			switch {
			case s == storyOf[to] && own, s != storyOf[to] && (len(lenders) == mostLenders || slices.Contains(lenders, s)):
				continue
			case s == storyOf[to]:
				own = true
			default:
				lenders = append(lenders, s)
			}
			if tells(storyOf[to]) || tells(s) {
				pairs = append(pairs, cluster.Pair{A: l.From, B: to})
			}
		}
	}
	return pairs
}

// borrowed returns how many words the longest passage that two articles share has without
// boilerplate, 0 if it is too short to tell.
func borrowed(words *corpus.Corpus, of cluster.Pair, o *overlap.Overlap) (most int) {
	for _, run := range o.Runs {
		if run.Words >= passages.LoanWords {
			most = max(most, min(words.OwnIn(int(of.A), int(run.A), int(run.Words)), words.OwnIn(int(of.B), int(run.B), int(run.Words))))
		}
	}
	if most < passages.LoanWords {
		return 0
	}
	return most
}
