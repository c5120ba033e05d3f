package passages

import (
	"cmp"
	"context"
	"slices"
)

// A Loan is the longest passage that a text has in common with an earlier one: so many
// words, boilerplate not counted.
type Loan struct{ From, To, Words int32 }

// Compare orders loans by To and From, longer ones first.
func (l Loan) Compare(m Loan) int {
	return cmp.Or(cmp.Compare(l.To, m.To), cmp.Compare(l.From, m.From), cmp.Compare(m.Words, l.Words))
}

// LoanWords is the least number of words of a loan: shorter ones are background that many
// know by heart, names with their titles, and quotations.
const LoanWords = 30

// flooded is in how many earlier texts the beginning of a passage stands at most, for it
// to be a loan from each of them. Of more, nobody can tell whose it is.
const flooded = 64

// LoanOptions are how loans are looked for. The texts are in the order of their times.
type LoanOptions struct {
	Options
	Reach   func(to int32) int32            // the earliest text that one may have words of
	Wanted  func(to int32) bool             // whether loans of a text are wanted; nil for all
	Between func(from, to int32) bool       // whether those of a pair of texts are; nil for all. Of [FindClaims]
	Own     func(text, from, n int32) int32 // how many of n words of a text, from one on, are no boilerplate
}

// FindLoans finds the loans of texts, by To and From, and how many passages were left out
// because they begin with what stands in more than [flooded] texts of their reach. What a
// text has of others depends on those in its reach alone. Cost linear in the words and in
// flooded times the places of what several texts have.
func FindLoans(ctx context.Context, texts Texts, opt LoanOptions) (loans []Loan, leftOut int, err error) {
	opt.Between = nil
	f := newFinder(texts, opt.Options)
	all := make([][]Loan, f.jobs)
	left := make([]int, f.jobs)
	err = f.findAnchors(ctx, func(worker int, places []anchor) {
		f.lend(places, opt, func(_ Place, earlier int) bool {
			if earlier > flooded {
				left[worker]++
			}
			return earlier <= flooded
		}, func(c Claim) { all[worker] = append(all[worker], c.Loan) })
	})
	if err != nil {
		return nil, 0, err
	}
	for w := range all {
		loans, leftOut = append(loans, all[w]...), leftOut+left[w]
		all[w] = nil
	}
	return longest(loans), leftOut, nil
}

// longest returns the longest loan of each two texts, by To and From.
func longest(loans []Loan) []Loan {
	slices.SortFunc(loans, Loan.Compare)
	return slices.CompactFunc(loans, func(a, b Loan) bool { return a.To == b.To && a.From == b.From })
}

// lend calls lent for the passages around an anchor that begin less than a window before
// it: what begins earlier has another anchor. Granted tells of each place, with how many
// earlier texts have it, whether it is looked further.
func (f *finder) lend(places []anchor, opt LoanOptions, granted func(to Place, earlier int) bool, lent func(Claim)) {
	texts := make([]int, len(places)) // how many there are up to each place
	for n, to := range places {
		if n > 0 {
			texts[n] = texts[n-1]
			if to.at.Text != places[n-1].at.Text {
				texts[n]++
			}
		}
		if opt.Wanted != nil && !opt.Wanted(to.at.Text) {
			continue
		}
		reach := opt.Reach(to.at.Text)
		first, _ := slices.BinarySearchFunc(places[:n], reach, func(a anchor, text int32) int { return cmp.Compare(a.at.Text, text) })
		earlier := texts[n] - texts[first]
		if opt.Between != nil {
			earlier = opt.earlier(places[first:n], to.at.Text)
		}
		if !granted(to.at, earlier) {
			continue
		}
		for _, from := range places[first:n] {
			if from.at.Text == to.at.Text {
				break
			}
			if opt.Between != nil && !opt.Between(from.at.Text, to.at.Text) {
				continue
			}
			if words := f.sharedAround(from.at, to.at, opt); words >= int32(f.least) {
				lent(Claim{Loan{from.at.Text, to.at.Text, words}, to.at.Word})
			}
		}
	}
}

// sharedAround returns how many own words the passage around two places has that begins
// less than a window before them, 0 for none.
func (f *finder) sharedAround(from, to Place, opt LoanOptions) int32 {
	before := f.sharesBefore(from, to)
	if before == int32(f.window) {
		return 0
	}
	a, b := from.Word-before, to.Word-before
	words := int32(shared(f.Words(int(from.Text))[a:], f.Words(int(to.Text))[b:]))
	if words < int32(f.least) {
		return 0
	}
	return min(opt.Own(from.Text, a, words), opt.Own(to.Text, b, words))
}
