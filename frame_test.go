package qissa

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"qissa/article"
)

// page makes an article of words that no other has, between a head and a foot.
func page(source string, n int, head, foot string) article.Article {
	r := rand.New(rand.NewPCG(uint64(n), uint64(len(source))))
	letters := []rune("بتجدرسعفكلمن")
	words := make([]string, 60)
	for i := range words {
		word := make([]rune, 6)
		for j := range word {
			word[j] = letters[r.IntN(len(letters))]
		}
		words[i] = string(word)
	}
	return article.Article{
		Source: source, Title: strings.Join(words[:5], " "),
		Body: strings.TrimSpace(head + " " + strings.Join(words[5:], " ") + " " + foot),
	}
}

func TestFrames(t *testing.T) {
	const honour = "صاحب السمو الملكي الأمير فلان"
	for _, test := range []struct {
		name         string
		pages        int
		head, foot   func(n int) string
		elsewhere    string // head of as many articles of another outlet
		oneTitle     bool
		above, below int
	}{
		{"nothing repeats", 60, none, none, "", false, 0, 0},
		{"share buttons on every page", 60, none, always("شارك هذا الخبر من خلال تويتر"), "", false, 0, 6},
		{"on too few pages", frameLeast - 1, none, always("شارك هذا الخبر من خلال تويتر"), "", false, 0, 0},
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
			a := page("أ", n, test.head(n), test.foot(n))
			if test.oneTitle {
				a.Title = "عنوان واحد لها كلها"
			}
			articles = append(articles, a)
			articles = append(articles, page("ب", test.pages+n, test.elsewhere, ""))
		}
		words, err := readTexts(t.Context(), articles, 2, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := words.findFrames(t.Context(), articles, 2); err != nil {
			t.Fatal(err)
		}
		for i, f := range words.frame {
			want := frame{test.above, test.below}
			if articles[i].Source == "ب" {
				want = frame{}
			}
			if f != want {
				t.Errorf("%s: frame of article %d is %+v, want %+v", test.name, i, f, want)
				break
			}
		}
	}
}

// Of an outlet with many articles so many are looked at, spread over all.
func TestSpread(t *testing.T) {
	var articles, outlet []int
	for i := range 1000 {
		outlet = append(outlet, min(i%10, 1)) // of ten articles one and nine
		if i%3 > 0 {
			articles = append(articles, i)
		}
	}
	kept, share := spread(articles, outlet, 2, 100)
	count, last, widest := [2]int{}, 0, 0
	for _, i := range kept {
		count[outlet[i]]++
		if outlet[i] == 1 {
			last, widest = i, max(widest, i-last)
		}
	}
	if want := [2]int{66, 100}; count != want || share[0] != 1 || share[1] != 100.0/600 || widest > 13 {
		t.Errorf("%v kept, want %v; shares %v, at most %d apart", count, want, share, widest)
	}
	if all, _ := spread(articles, outlet, 2, 600); !slices.Equal(all, articles) {
		t.Errorf("%d of %d kept where all may be", len(all), len(articles))
	}
}

func none(int) string { return "" }

func always(s string) func(int) string { return func(int) string { return s } }

// A page is all frame where an outlet publishes nothing but its furniture.
func TestFrameIsNeverLongerThanTheBody(t *testing.T) {
	var articles []article.Article
	for n := range 60 {
		a := page("أ", n, "", "")
		a.Body = "شارك هذا الخبر من خلال تويتر"
		articles = append(articles, a)
	}
	words, err := readTexts(t.Context(), articles, 1, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := words.findFrames(t.Context(), articles, 1); err != nil {
		t.Fatal(err)
	}
	if n := len(words.body(0)); n != 0 {
		t.Errorf("%d words are left of a body that is all frame, want 0", n)
	}
}

// Two pages of one site are not one story for its furniture, and another
// dateline and credit are no new text.
func TestFramesInStories(t *testing.T) {
	var articles []article.Article
	for n := range 60 {
		articles = append(articles, page("أ", n, "", "شارك هذا الخبر من خلال تويتر وفيسبوك وجوجل بلس واكتب رأيك في خانة التعليقات أدناه"))
	}
	a, b := page("ب", 100, "الرياض - واس:", ""), page("ب", 100, "جدة (رويترز) –", "(أ ف ب)")
	a.Source, b.Source = "ج", "د"
	articles = append(articles, a, b)
	r, err := Cluster(t.Context(), articles, DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	if r.Counts.Multiple != 1 || r.Counts.Largest != 2 {
		t.Fatalf("stories of several articles: %d, largest %d, want 1 of 2", r.Counts.Multiple, r.Counts.Largest)
	}
	if m := r.Stories[0].Members[1]; m.Relation != Verbatim || m.Copied != 1 {
		t.Errorf("the copy with another credit is %s, share %v, want verbatim, 1", m.Relation, m.Copied)
	}
}

// The runs that are found are those that a plain count of all of them gives.
func TestFrameRunsEqualPlainCount(t *testing.T) {
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
		words, err := readTexts(t.Context(), articles, 2, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		outlet, sizes := outlets(articles)
		found, err := words.frameRuns(t.Context(), outlet, sizes, 2)
		if err != nil {
			t.Fatal(err)
		}
		of, anywhere := map[frameKey]int{}, map[endRun]int{}
		for _, i := range words.firstOfTitle(outlet) {
			body := words.body(i)
			last := len(body) - frameRun
			for at := range last + 1 {
				if at < frameWords || at > last-frameWords {
					of[frameKey{outlet[i], endRun(body[at:])}]++
					anywhere[endRun(body[at:])]++
				}
			}
		}
		want := map[frameKey]bool{}
		for k, n := range of {
			if n >= frameLeast && float64(n) >= frameShare*float64(sizes[k.outlet]) && float64(n) >= frameOwn*float64(anywhere[k.words]) {
				want[k] = true
			}
		}
		if len(want) == 0 || !maps.Equal(found.runs, want) {
			t.Errorf("seed %d: %d runs, a plain count finds %d", seed, len(found.runs), len(want))
		}
	}
}

// Of many runs the tally tells those that came often enough, and others only
// where they share a count with one.
func TestTally(t *testing.T) {
	counts := make(tally, 1<<16)
	run := func(n uint32) endRun { return endRun{n, 1, 2, 3, n} }
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for n := range uint32(256) {
				for range n % 8 {
					counts.add([]endRun{run(n), run(n + 1000)})
				}
			}
		})
	}
	wg.Wait()
	for n := range uint32(256) {
		for _, r := range []endRun{run(n), run(n + 1000)} {
			if got, want := counts.many(r.hash()), 4*(n%8) >= frameLeast; got != want {
				t.Errorf("run %v was added %d times: many %v", r, 4*(n%8), got)
			}
		}
	}
}
