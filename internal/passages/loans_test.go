package passages

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
)

// simpleLoans compares all pairs of texts within a reach, word by word.
func simpleLoans(t Texts, opt LoanOptions) (all []Loan) {
	for to := range int32(t.Len) {
		for from := opt.Reach(to); from < to; from++ {
			a, b, most := t.Words(int(from)), t.Words(int(to)), int32(0)
			for i := range a {
				for j := range b {
					if i > 0 && j > 0 && a[i-1] == b[j-1] {
						continue
					}
					if n := int32(shared(a[i:], b[j:])); n >= int32(opt.Least) {
						most = max(most, min(opt.Own(from, int32(i), n), opt.Own(to, int32(j), n)))
					}
				}
			}
			if most >= int32(opt.Least) {
				all = append(all, Loan{from, to, most})
			}
		}
	}
	return all
}

// On random texts FindLoans equals its simple twin, for any number of workers, whatever
// is boilerplate, and of some texts alone.
func TestLoansEqualTheirTwin(t *testing.T) {
	found := 0
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 2))
		texts := random(r)
		opt := LoanOptions{Options: Options{Least: LeastWords + r.IntN(12)}}
		reach := int32(1 + r.IntN(len(texts)))
		opt.Reach = func(to int32) int32 { return max(0, to-reach) }
		frame := int32(r.IntN(8)) // the first words of each text are boilerplate
		opt.Own = func(_, from, n int32) int32 { return min(n, max(0, from+n-frame)) }
		want := simpleLoans(textsFrom(texts), opt)
		found += len(want)
		for opt.Jobs = 1; opt.Jobs <= 2; opt.Jobs++ {
			got, left, err := FindLoans(context.Background(), textsFrom(texts), opt)
			if err != nil || left > 0 || !slices.Equal(got, want) {
				t.Fatalf("seed %d, %d words, jobs %d, %d left out, %v: %v\nFindLoans = %v\nsimple = %v", seed, opt.Least, opt.Jobs, left, err, texts, got, want)
			}
		}
		last := int32(len(texts) - 1)
		opt.Wanted = func(to int32) bool { return to == last }
		want = slices.DeleteFunc(want, func(l Loan) bool { return l.To != last })
		if got, _, _ := FindLoans(context.Background(), textsFrom(texts), opt); !slices.Equal(got, want) {
			t.Fatalf("seed %d: of the last text %v, want %v", seed, got, want)
		}
	}
	if found < 1000 {
		t.Errorf("only %d loans were there to find", found)
	}
}

// What stands in more than 64 texts of a reach is no loan of a later one, and is counted;
// the first that have it, and those far enough behind them, have it of each other.
func TestFloodedLoans(t *testing.T) {
	passage := make([]uint32, LoanWords)
	for i := range passage {
		passage[i] = uint32(i)
	}
	texts := make([][]uint32, 200)
	for i := range texts {
		texts[i] = slices.Concat([]uint32{uint32(100 + i)}, passage, []uint32{uint32(1000 + i)})
	}
	opt := LoanOptions{Options: Options{Least: LoanWords}, Own: func(_, _, n int32) int32 { return n }}
	for _, test := range []struct{ reach, loans, leftOut int }{
		{200, flooded * (flooded + 1) / 2, 200 - flooded - 1},
		{flooded, flooded*(flooded-1)/2 + flooded*(200-flooded), 0},
		{flooded + 1, flooded * (flooded + 1) / 2, 200 - flooded - 1},
	} {
		opt.Reach = func(to int32) int32 { return max(0, to-int32(test.reach)) }
		loans, left, err := FindLoans(t.Context(), textsFrom(texts), opt)
		if chosen := max(1, left/(200-flooded-1)); err != nil || len(loans) != test.loans || left != chosen*test.leftOut {
			t.Errorf("reach %d: %d loans, %d left out, %v; want %d, %d", test.reach, len(loans), left, err, test.loans, test.leftOut)
		}
	}
}
