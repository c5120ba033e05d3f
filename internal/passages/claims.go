package passages

import (
	"cmp"
	"context"
	"slices"
)

// A Claim is a loan as far as some of the texts tell: that of the passage whose first
// chosen sequence begins at a word of the later text. Whether it is one depends on how
// many others have this sequence.
type Claim struct {
	Loan
	At int32 // word of To
}

// A Crowd is how many earlier texts have what begins at a word of a text, of more than
// [flooded] one more.
type Crowd struct{ To, At, Texts int32 }

// FindClaims finds in some of the texts what loans are made of by [Granted]: claims and
// crowds of the pairs of texts that are asked for.
func FindClaims(ctx context.Context, texts Texts, opt LoanOptions) (claims []Claim, crowds []Crowd, err error) {
	f := newFinder(texts, opt.Options)
	claimed, crowded := make([][]Claim, f.jobs), make([][]Crowd, f.jobs)
	err = f.findAnchors(ctx, func(worker int, places []anchor) {
		f.lend(places, opt, func(to Place, earlier int) bool {
			if earlier > 0 {
				crowded[worker] = append(crowded[worker], Crowd{to.Text, to.Word, int32(earlier)})
			}
			return earlier <= flooded
		}, func(c Claim) { claimed[worker] = append(claimed[worker], c) })
	})
	claims, crowds = slices.Concat(claimed...), slices.Concat(crowded...)
	slices.SortFunc(claims, func(a, b Claim) int {
		return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.From, b.From), cmp.Compare(a.At, b.At), cmp.Compare(b.Words, a.Words))
	})
	claims = slices.CompactFunc(claims, func(a, b Claim) bool { return a.To == b.To && a.From == b.From && a.At == b.At })
	slices.SortFunc(crowds, Crowd.compare)
	return claims, crowds, err
}

func (c Crowd) compare(d Crowd) int { return cmp.Or(cmp.Compare(c.To, d.To), cmp.Compare(c.At, d.At)) }

// earlier counts the texts of the places before one that are compared with it, up to one
// more than [flooded].
func (opt *LoanOptions) earlier(before []anchor, to int32) (n int) {
	last := to
	for _, from := range before {
		if from.at.Text == to || n > flooded {
			break
		}
		if from.at.Text != last && opt.Between(from.at.Text, to) {
			n++
		}
		last = from.at.Text
	}
	return n
}

// Granted returns the loans of claims, and how many passages were left out, as [FindLoans]
// does: of claims and crowds of all pairs of texts, each pair asked for once.
func Granted(claims []Claim, crowds []Crowd) (loans []Loan, leftOut int) {
	slices.SortFunc(crowds, Crowd.compare)
	type place struct{ to, at int32 }
	out := map[place]bool{}
	for from := 0; from < len(crowds); {
		to, texts := from, int32(0)
		for to < len(crowds) && crowds[to].compare(crowds[from]) == 0 {
			texts += crowds[to].Texts
			to++
		}
		if texts > flooded {
			out[place{crowds[from].To, crowds[from].At}] = true
		}
		from = to
	}
	for _, c := range claims {
		if !out[place{c.To, c.At}] {
			loans = append(loans, c.Loan)
		}
	}
	return longest(loans), len(out)
}
