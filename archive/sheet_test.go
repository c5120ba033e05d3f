package archive

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"qissa"
	"qissa/cluster"
	"qissa/internal/grouping"
)

// someSheet returns a sheet of made-up articles, and their ties.
func someSheet(r *rand.Rand, articles int) (s *sheet, facts, loans [][]tie) {
	s = &sheet{day: r.Int64N(40000) - 20000, facts: []byte{sheetFormat}, lendings: []byte{sheetFormat}}
	at := time.Unix(s.day*secondsOfDay, 0).UTC()
	for range articles {
		at = at.Add(time.Duration(r.Int64N(int64(time.Minute))))
		a := noted{n: r.Int64N(1 << 40), at: at, name: string(rune('a' + r.IntN(26))), outlet: []string{"", "الأفق", "ofoq"}[r.IntN(3)], story: r.Int64N(1000)}
		a.mark = grouping.Mark{Words: strange(r.IntN(1 << 30)), Template: strange(r.IntN(1 << 30)), Day: int32(r.IntN(3) - 1), TooShort: r.IntN(2) == 0}
		a.print = qissa.Print{byte(r.IntN(256)), 7: byte(r.IntN(256))}
		a.facts, a.loans = r.IntN(4), r.IntN(2)
		facts, loans = append(facts, make([]tie, a.facts)), append(loans, make([]tie, a.loans))
		last := len(facts) - 1
		for k := range facts[last] {
			t := tie{n: r.Int64N(1 << 40), fact: grouping.Fact{
				Pair: cluster.Pair{Sim: r.Float64()}, Own: cluster.Levels{Story: r.NormFloat64(), Storyline: r.NormFloat64()}, Title: r.Float32(), Text: grouping.Text(r.IntN(8)),
			}}
			facts[last][k], s.facts = t, appendFact(s.facts, a.n, t)
		}
		for k := range loans[last] {
			t := tie{n: r.Int64N(1 << 40), words: r.Int32()}
			loans[last][k], s.lendings = t, appendLoan(s.lendings, a.n, t)
		}
		s.articles = append(s.articles, a)
	}
	return s, facts, loans
}

// TestSheet writes sheets and reads them: nothing is lost, to the bit.
func TestSheet(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for articles := range 40 {
		want, facts, loans := someSheet(r, articles)
		got, err := readHeads(want.day, want.heads())
		if err != nil {
			t.Fatal(err)
		}
		if err := got.readState(want.state()); err != nil {
			t.Fatal(err)
		}
		if articles > 0 && !reflect.DeepEqual(got.articles, want.articles) {
			t.Fatalf("%+v, want %+v", got.articles, want.articles)
		}
		for of, b := range map[*[]byte][]byte{&got.facts: want.facts, &got.lendings: want.lendings} {
			if *of, err = opened(sealed(slices.Clone(b))); err != nil {
				t.Fatal(err)
			}
		}
		gotFacts, gotLoans := make([][]tie, articles), make([][]tie, articles)
		for i := range articles {
			gotFacts[i], gotLoans[i] = []tie{}, []tie{}
		}
		err = got.eachFact(func(int) bool { return true }, func(i int, x tie) { gotFacts[i] = append(gotFacts[i], x) })
		if err == nil {
			err = got.eachLoan(func(i int, x tie) { gotLoans[i] = append(gotLoans[i], x) })
		}
		if err != nil || articles > 0 && (!reflect.DeepEqual(gotFacts, facts) || !reflect.DeepEqual(gotLoans, loans)) {
			t.Fatalf("%v, %v, %v; want %v, %v", gotFacts, gotLoans, err, facts, loans)
		}
	}
}

// FuzzSheet reads what is no sheet: an error, and no more memory than the bytes allow for.
func FuzzSheet(f *testing.F) {
	s, _, _ := someSheet(rand.New(rand.NewPCG(3, 4)), 5)
	for _, b := range [][]byte{s.heads(), s.state(), s.facts, s.lendings, nil} {
		f.Add(b, s.state(), s.facts)
	}
	f.Fuzz(func(t *testing.T, heads, state, ties []byte) {
		for _, b := range [][]byte{heads, sealed(append([]byte{sheetFormat}, heads...))} {
			s, err := readHeads(0, b)
			if err != nil {
				continue
			}
			_, _ = s.readState(state), s.readState(sealed(append([]byte{sheetFormat}, state...)))
			s.facts, s.lendings = ties, ties
			count := 0
			if err := s.eachFact(func(int) bool { return true }, func(int, tie) { count++ }); err == nil && count != s.count() {
				t.Errorf("%d facts were read, want %d", count, s.count())
			}
			_ = s.eachLoan(func(int, tie) {})
		}
	})
}
