package qissa

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/grouping"
	"qissa/internal/invented"
	"qissa/internal/overlap"
)

// patchwork makes articles of pieces of a few texts and of words of their own, among them
// copies, pieces alone, and captions too short to be compared.
func patchwork(n int, r *rand.Rand) (all []article.Article) {
	var texts [][]string
	for i := range 5 {
		texts = append(texts, invented.Report(r, i, 90, 2))
	}
	for i := range n {
		var words []string
		for range 1 + r.IntN(3) {
			text := texts[r.IntN(len(texts))]
			from := r.IntN(len(text) - 30)
			words = append(words, text[from:min(len(text), from+20+r.IntN(40))]...)
			words = append(words, invented.Report(r, 100+i, r.IntN(30), 6)...)
		}
		if r.IntN(10) == 0 {
			words = words[:2]
		}
		a := article.Article{ID: fmt.Sprint(i), Body: strings.Join(words, " ")}
		a.Time, a.Precision = time.Unix(1_600_000_000+3600*r.Int64N(200), 0), article.Exact
		all = append(all, a)
	}
	return append(all, all[:n/10]...)
}

// simpleSurplus is the oracle of FindSurplus: shares of all pairs, and at each step what
// all dropped ones lose if this one goes too, or that one.
func simpleSurplus(t *testing.T, articles []article.Article, opt SurplusOptions) (dropped []int) {
	batch, err := grouping.Read(t.Context(), articles, DefaultOptions().run())
	if err != nil {
		t.Fatal(err)
	}
	words, _, err := batch.WithoutBoilerplate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	number := batch.Order
	of := map[[2]int]int64{}
	var aligner cluster.Aligner
	var kept []int
	already := opt.Skip // is dropped
	for a := range articles {
		if !already(number[a]) {
			kept = append(kept, a)
		}
		aligner.Start(words.Text(a))
		for b := range articles {
			share, _ := aligner.Shares(words.Text(b))
			if a != b && share >= overlap.Partly && !words.TooShort(a) && !words.TooShort(b) && !batch.Beyond(int32(a), int32(b), opt.Window) {
				of[[2]int{a, b}] = int64(share*whole + 0.5)
			}
		}
	}
	gone := []int{}
	lost := func(one int) (sum int64) {
		for _, a := range append(slices.Clone(gone), one) {
			most := int64(0)
			for _, b := range kept {
				if b != one {
					most = max(most, of[[2]int{a, b}])
				}
			}
			sum += whole - most
		}
		return sum
	}
	for {
		var may []int
		for _, a := range kept {
			if !opt.Keep(number[a]) {
				may = append(may, a)
			}
		}
		if len(may) <= opt.Max {
			break
		}
		next := slices.MinFunc(may, func(a, b int) int {
			return cmp.Or(cmp.Compare(lost(a), lost(b)), cmp.Compare(words.Own(a), words.Own(b)), cmp.Compare(opt.Prefer(number[b], number[a]), 0), cmp.Compare(b, a))
		})
		gone, kept = append(gone, next), slices.DeleteFunc(kept, func(a int) bool { return a == next })
	}
	for _, a := range gone {
		dropped = append(dropped, number[a])
	}
	slices.Sort(dropped)
	return dropped
}

// What is dropped equals what a simple greedy choice over all pairs drops, for any number
// of workers, with articles that are kept anyway or dropped already, and within a window.
func TestSurplusEqualsSimpleChoice(t *testing.T) {
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 22))
		articles := patchwork(40, r)
		for _, most := range []int{0, 3, 20, 35, 44} {
			already := func(i int) bool { return i%11 == 4 }
			opt := SurplusOptions{
				Max: most, Jobs: 1 + r.IntN(3), Window: time.Duration(r.IntN(2)) * 90 * time.Hour,
				Keep: func(i int) bool { return i%13 == 5 }, Skip: already,
				Prefer: func(a, b int) int { return article.Earlier(&articles[a], &articles[b]) },
			}
			repeats, err := FindSurplus(t.Context(), articles, opt)
			if err != nil {
				t.Fatal(err)
			}
			var got []int
			for i, r := range repeats {
				if r == nil {
					continue
				}
				got = append(got, i)
				if r.Of >= 0 && (repeats[r.Of] != nil || already(r.Of) || r.Copied < overlap.Partly) || r.How != RepeatMax {
					t.Errorf("seed %d, %d left: article %d: %+v", seed, most, i, *r)
				}
			}
			if want := simpleSurplus(t, articles, opt); !slices.Equal(got, want) {
				t.Errorf("seed %d, %d left: dropped %v, want %v", seed, most, got, want)
			}
		}
	}
}

// What is held most goes first, what shares nothing last and the shortest of it first, and
// a long chain of pieces is not lost whole because each stands in the next.
func TestSurplus(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	words := func(event, n int) string { return strings.Join(invented.Report(r, event, n, 6), " ") }
	whole, other, short := words(1, 100), words(2, 60), words(3, 40)
	half := whole[:len(whole)/2] + " " + words(4, 30)
	articles := []article.Article{{ID: "whole", Body: whole}, {ID: "other", Body: other}, {ID: "short", Body: short}, {ID: "half", Body: half}}
	for most, want := range []string{"whole other short half", "other short half", "short half", "half", ""} {
		repeats, err := FindSurplus(t.Context(), articles, SurplusOptions{Max: most})
		if err != nil {
			t.Fatal(err)
		}
		var dropped []string
		for i, r := range repeats {
			if r != nil {
				dropped = append(dropped, articles[i].ID)
			}
		}
		if got := strings.Join(dropped, " "); got != want {
			t.Errorf("%d left: %q dropped, want %q", most, got, want)
		}
	}
	if _, err := FindSurplus(t.Context(), nil, SurplusOptions{Max: -1}); err == nil {
		t.Error("-1 left: no error")
	}
}
