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
	return put(ctx, r.Files, r.name("loans", i), loansOf(found, flooded, places))
}

func loansOf(found []passages.Loan, flooded int, places []Place) loans {
	out := loans{Flooded: flooded}
	for _, l := range found {
		out.From, out.To, out.Words = append(out.From, places[l.From]), append(out.To, places[l.To]), append(out.Words, l.Words)
	}
	return out
}

// claims are what loans are made of, of pairs between two parts of a tile; see
// [passages.Granted].
type claims struct {
	From, To  []Place
	Words, At []int32

	Crowd            []Place
	CrowdAt, Earlier []int32
}

// claim finds the claims of the pairs that are asked for.
func (r *Run) claim(ctx context.Context, w *grouping.Weighed, places []Place, asked func(a, b int32) bool) (out claims, err error) {
	found, crowds, err := w.Claims(ctx, r.Options.Window, asked)
	for _, c := range found {
		out.From, out.To = append(out.From, places[c.From]), append(out.To, places[c.To])
		out.Words, out.At = append(out.Words, c.Words), append(out.At, c.At)
	}
	for _, c := range crowds {
		out.Crowd, out.CrowdAt, out.Earlier = append(out.Crowd, places[c.To]), append(out.CrowdAt, c.At), append(out.Earlier, c.Texts)
	}
	return out, err
}

func (c *claims) addAll(of claims) {
	c.From, c.To, c.Words, c.At = append(c.From, of.From...), append(c.To, of.To...), append(c.Words, of.Words...), append(c.At, of.At...)
	c.Crowd, c.CrowdAt, c.Earlier = append(c.Crowd, of.Crowd...), append(c.CrowdAt, of.CrowdAt...), append(c.Earlier, of.Earlier...)
}

// granted returns the loans of all claims of a tile.
func (c *claims) granted() loans {
	number := numbered(c.From, c.To, c.Crowd)
	all, crowds := make([]passages.Claim, len(c.To)), make([]passages.Crowd, len(c.Crowd))
	for k := range all {
		all[k] = passages.Claim{Loan: passages.Loan{From: number.of(c.From[k]), To: number.of(c.To[k]), Words: c.Words[k]}, At: c.At[k]}
	}
	for k := range crowds {
		crowds[k] = passages.Crowd{To: number.of(c.Crowd[k]), At: c.CrowdAt[k], Texts: c.Earlier[k]}
	}
	found, flooded := passages.Granted(all, crowds)
	return loansOf(found, flooded, number.places)
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
