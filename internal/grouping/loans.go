package grouping

import (
	"context"
	"sort"
	"time"

	"qissa/cluster"
	"qissa/internal/passages"
)

// Loans finds the passages of [passages.LoanWords] words or more that articles have of
// earlier ones within a window, as [passages.FindLoans] does; fresh tells of which
// articles, nil for all. What an article has of others depends on those in the window
// before it alone.
func (w *Weighed) Loans(ctx context.Context, window time.Duration, fresh func(i int32) bool) ([]passages.Loan, int, error) {
	texts, opt := w.loans(window)
	opt.Wanted = fresh
	return passages.FindLoans(ctx, texts, opt)
}

// Claims finds what [passages.Granted] makes loans of, between two articles for which it is
// true, the earlier one first.
func (w *Weighed) Claims(ctx context.Context, window time.Duration, between func(from, to int32) bool) ([]passages.Claim, []passages.Crowd, error) {
	texts, opt := w.loans(window)
	opt.Between = between
	return passages.FindClaims(ctx, texts, opt)
}

// loans returns the texts in which loans are looked for, and how.
func (w *Weighed) loans(window time.Duration) (passages.Texts, passages.LoanOptions) {
	words, of := w.Words, make([][]uint32, w.Words.Len())
	for i := range of {
		of[i] = words.Text(i).Words
	}
	texts := passages.Texts{Len: len(of), Words: func(i int) []uint32 { return of[i] }, Hash: words.Hashes()}
	return texts, passages.LoanOptions{
		Options: passages.Options{Least: passages.LoanWords, Jobs: w.opt.Jobs},
		Reach: func(to int32) int32 {
			if window <= 0 || w.Time[to] == cluster.Undated {
				return 0
			}
			return int32(sort.Search(int(to), func(i int) bool { return w.Time[i] >= w.Time[to]-Seconds(window) }))
		},
		Own: func(text, from, n int32) int32 { return int32(words.OwnIn(int(text), int(from), int(n))) },
	}
}
