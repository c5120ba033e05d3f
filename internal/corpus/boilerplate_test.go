package corpus

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"qissa/article"
	"qissa/internal/invented"
)

func TestBoilerplate(t *testing.T) {
	const honour = "صاحب السمو الملكي الأمير فلان"
	for _, test := range []struct {
		name         string
		pages        int
		head, foot   func(n int) string
		elsewhere    string // head of as many articles of another outlet
		oneTitle     bool
		above, below int32
	}{
		{"nothing repeats", 60, none, none, "", false, 0, 0},
		{"share buttons on every page", 60, none, always("شارك هذا الخبر من خلال تويتر"), "", false, 0, 6},
		{"on too few pages", leastPages - 1, none, always("شارك هذا الخبر من خلال تويتر"), "", false, 0, 0},
		{"with a number that changes", 60, none, func(n int) string {
			return fmt.Sprintf("للتواصل مع الكاتب ارسل رسالة تبدأ بالرمز %d ثم نص الرسالة الى هذا الرقم", n)
		}, "", false, 0, 14},
		{"under the author's name", 60, func(n int) string {
			return fmt.Sprint("بقلم كاتب", n, " اقرأ هذا وأكثر على موقعنا")
		}, none, "", false, 8, 0},
		{"an honorific that other outlets use too", 60, always(honour), none, honour, false, 0, 0},
		{"copies under one title", 60, none, always("شارك هذا الخبر من خلال تويتر"), "", true, 0, 0},
		{"dateline with a credit", 2, always("الرياض 25 شوال - واس:"), none, "", false, 4, 0},
		{"credit in letters", 2, always("لندن (أ ف ب) –"), none, "", false, 2, 0},
		{"credit below the text", 2, none, always("(رويترز)"), "", false, 0, 1},
		{"a word that begins like a credit", 2, always("واسع"), none, "", false, 0, 0},
	} {
		var articles []article.Article
		for n := range test.pages {
			a := invented.Page("أ", n, test.head(n), test.foot(n))
			if test.oneTitle {
				a.Title = "عنوان واحد لها كلها"
			}
			articles = append(articles, a)
			articles = append(articles, invented.Page("ب", test.pages+n, test.elsewhere, ""))
		}
		words := withoutBoilerplate(t, articles)
		for i, m := range words.frames.margins {
			want := Margins{Above: test.above, Below: test.below}
			if articles[i].Source == "ب" {
				want = Margins{}
			}
			if m != want {
				t.Errorf("%s: margins of article %d are %+v, want %+v", test.name, i, m, want)
				break
			}
		}
	}
}

// Of an outlet with many articles those with the least hashes of their ids are looked
// at, whatever else is there: a sample of two samples is the sample of all.
func TestSample(t *testing.T) {
	var articles, outlet []int
	for i := range 1000 {
		outlet = append(outlet, min(i%10, 1)) // of ten articles one and nine
		if i%3 > 0 {
			articles = append(articles, i)
		}
	}
	id := func(i int) string { return fmt.Sprint("article ", i) }
	kept, share := sample(articles, outlet, 2, 100, id)
	count := [2]int{}
	for _, i := range kept {
		count[outlet[i]]++
	}
	if want := [2]int{66, 100}; count != want || share[0] != 1 || share[1] != 100.0/600 || !slices.IsSorted(kept) {
		t.Errorf("%v kept, want %v; shares %v", count, want, share)
	}
	if all, _ := sample(articles, outlet, 2, 600, id); !slices.Equal(all, articles) {
		t.Errorf("%d of %d kept where all may be", len(all), len(articles))
	}
	one, _ := sample(articles[:300], outlet, 2, 100, id)
	two, _ := sample(articles[300:], outlet, 2, 100, id)
	if both, _ := sample(slices.Concat(one, two), outlet, 2, 100, id); !slices.Equal(both, kept) {
		t.Error("a sample of two samples is another than the sample of all")
	}
}

// withoutBoilerplate reads articles without their boilerplate.
func withoutBoilerplate(t *testing.T, articles []article.Article) *Corpus {
	t.Helper()
	words := read(t, articles)
	found, _, err := words.FindBoilerplate(t.Context(), articles, 2)
	if err != nil {
		t.Fatal(err)
	}
	words, err = words.WithoutBoilerplate(t.Context(), articles, found, 2)
	if err != nil {
		t.Fatal(err)
	}
	return words
}

func read(t *testing.T, articles []article.Article) *Corpus {
	t.Helper()
	words, err := Read(t.Context(), articles, Options{Jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	return words
}

func none(int) string { return "" }

func always(s string) func(int) string { return func(int) string { return s } }

// A page is all boilerplate where an outlet publishes nothing but its furniture.
func TestBoilerplateIsNeverLongerThanTheBody(t *testing.T) {
	var articles []article.Article
	for n := range 60 {
		a := invented.Page("أ", n, "", "")
		a.Body = "شارك هذا الخبر من خلال تويتر"
		articles = append(articles, a)
	}
	if n := len(withoutBoilerplate(t, articles).Body(0)); n != 0 {
		t.Errorf("%d words are left of a body that is all boilerplate, want 0", n)
	}
}

// The n-grams that are found are those that a plain count of all of them gives.
func TestNGramsEqualPlainCount(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 3))
		letters := []rune("بتجدرسعفكلمن")
		word := func(n int) string { return "كل" + string([]rune{letters[n%12], letters[n/12%12], letters[n/144%12]}) }
		var articles []article.Article
		for n := range 400 {
			var words []string
			for range r.IntN(160) {
				if r.IntN(12) == 0 { // the start of one of a few passages, mostly of the outlet's own
					passage := 3*(n%3) + r.IntN(3)
					if r.IntN(15) == 0 {
						passage = r.IntN(9)
					}
					for k := range 2 + r.IntN(9) {
						words = append(words, word(1000+20*passage+k))
					}
				}
				words = append(words, word(int(800*r.Float64()*r.Float64())))
			}
			articles = append(articles, article.Article{Source: word(n % 3), Title: word(n) + " " + word(n/2), Body: strings.Join(words, " ")})
		}
		words := read(t, articles)
		outlet, names := outlets(articles)
		share, sizes := slices.Repeat([]float64{1}, len(names)), make([]int, len(names))
		for _, o := range outlet {
			sizes[o]++
		}
		first := firstOfTitle(words, outlet)
		found, err := words.repeatedNGrams(t.Context(), outlet, sizes, first, share, 2)
		if err != nil {
			t.Fatal(err)
		}
		of, anywhere := map[outletNGram]int{}, map[nGram]int{}
		for _, i := range first {
			body := words.Body(i)
			last := len(body) - nGramWords
			for at := range last + 1 {
				if at < endWords || at > last-endWords {
					of[outletNGram{outlet[i], nGram(body[at:])}]++
					anywhere[nGram(body[at:])]++
				}
			}
		}
		want := map[outletNGram]bool{}
		for k, n := range of {
			if n >= leastPages && float64(n) >= leastShare*float64(sizes[k.outlet]) && float64(n) >= ownShare*float64(anywhere[k.words]) {
				want[k] = true
			}
		}
		if len(want) == 0 || !maps.Equal(found, want) {
			t.Errorf("seed %d: %d n-grams, a plain count finds %d", seed, len(found), len(want))
		}
	}
}

// Of many runs the tally tells those that came often enough, and others only
// where they share a count with one.
func TestTally(t *testing.T) {
	counts := make(tally, 1<<16)
	run := func(n uint32) nGram { return nGram{n, 1, 2, 3, n} }
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for n := range uint32(256) {
				for range n % 8 {
					counts.add([]nGram{run(n), run(n + 1000)})
				}
			}
		})
	}
	wg.Wait()
	for n := range uint32(256) {
		for _, r := range []nGram{run(n), run(n + 1000)} {
			if got, want := counts.many(r.hash()), 4*(n%8) >= leastPages; got != want {
				t.Errorf("run %v was added %d times: many %v", r, 4*(n%8), got)
			}
		}
	}
}
