package passages

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Claims and crowds of parts of the texts, two at a time, come to the loans of all, and to
// as many passages left out.
func TestClaimsEqualLoans(t *testing.T) {
	found, out := 0, 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 4))
		texts := random(r)
		if seed%10 == 0 { // what stands in many
			passage := texts[0][:min(len(texts[0]), 12)]
			for range flooded + r.IntN(60) {
				texts = append(texts, slices.Concat([]uint32{uint32(r.IntN(3))}, passage, random(r)[0]))
			}
		}
		opt := LoanOptions{Options: Options{Least: LeastWords + r.IntN(12), Jobs: 1 + r.IntN(2)}}
		reach := int32(1 + r.IntN(len(texts)))
		opt.Reach = func(to int32) int32 { return max(0, to-reach) }
		opt.Own = func(_, from, n int32) int32 { return min(n, max(0, from+n-3)) }
		opt.Wanted = func(to int32) bool { return to > 1 }
		want, left, err := FindLoans(t.Context(), textsFrom(texts), opt)
		if err != nil {
			t.Fatal(err)
		}
		part, parts := make([]int, len(texts)), 3+r.IntN(3)
		for i := range part {
			part[i] = r.IntN(parts)
		}
		var claims []Claim
		var crowds []Crowd
		for p := range parts {
			for q := range p + 1 {
				var of []int32 // the texts of two parts
				var some [][]uint32
				for i := range texts {
					if part[i] == p || part[i] == q {
						of, some = append(of, int32(i)), append(some, texts[i])
					}
				}
				two := opt
				two.Reach = func(to int32) int32 { n, _ := slices.BinarySearch(of, of[to]-reach); return int32(n) }
				two.Wanted = func(to int32) bool { return of[to] > 1 }
				two.Between = func(a, b int32) bool { return p == q || part[of[a]] != part[of[b]] }
				c, n, err := FindClaims(t.Context(), textsFrom(some), two)
				if err != nil {
					t.Fatal(err)
				}
				for _, c := range c {
					claims = append(claims, Claim{Loan{of[c.From], of[c.To], c.Words}, c.At})
				}
				for _, n := range n {
					crowds = append(crowds, Crowd{of[n.To], n.At, n.Texts})
				}
			}
		}
		got, gotLeft := Granted(claims, crowds)
		if !slices.Equal(got, want) || gotLeft != left {
			t.Fatalf("seed %d, %d parts: %v, %d left out, want %v, %d", seed, parts, got, gotLeft, want, left)
		}
		found, out = found+len(want), out+left
	}
	if found < 1000 || out < 100 {
		t.Errorf("%d loans, %d left out: nothing is tested", found, out)
	}
}
