package tiles

import (
	"context"

	"qissa/internal/grouping"
	"qissa/internal/passages"
)

// loans are the passages that articles of a tile have of earlier ones.
type loans struct {
	From, To []Place
	Words    []int32
	Flooded  int // passages that too many have
}

// lend finds the loans of a tile.
func (r *Run) lend(ctx context.Context, i int, w *grouping.Weighed, places []Place, fresh func(int32) bool) error {
	found, flooded, err := w.Loans(ctx, r.Options.Window, fresh)
	if err != nil {
		return err
	}
	out := loans{Flooded: flooded}
	for _, l := range found {
		out.From, out.To, out.Words = append(out.From, places[l.From]), append(out.To, places[l.To]), append(out.Words, l.Words)
	}
	return put(ctx, r.Files, r.name("loans", i), out)
}

// addLoans adds those of a tile for whose later article it is true.
func (r *Run) addLoans(ctx context.Context, all *loans, tile int, wanted func(Place) bool) error {
	l, err := get[loans](ctx, r.Files, r.name("loans", tile))
	for n, to := range l.To {
		if wanted(to) {
			all.From, all.To, all.Words = append(all.From, l.From[n]), append(all.To, to), append(all.Words, l.Words[n])
		}
	}
	return err
}

// numbered returns the loans by the numbers of articles.
func (l *loans) numbered(n numbering) []passages.Loan {
	all := make([]passages.Loan, len(l.To))
	for k := range all {
		all[k] = passages.Loan{From: n.of(l.From[k]), To: n.of(l.To[k]), Words: l.Words[k]}
	}
	return all
}
