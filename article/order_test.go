package article

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func TestIdentify(t *testing.T) {
	at := func(h int) time.Time { return time.Date(2025, 7, 14, h, 0, 0, 0, time.UTC) }
	articles := []Article{
		{ID: "5521", Title: "ب", Time: at(3), Precision: Exact},
		{ID: "5521", Title: "أ", Time: at(2), Precision: Exact},
		{ID: "5521", Title: "ج"}, // undated: last
		{ID: "5521#2", Title: "د", Time: at(1), Precision: Exact},
		{ID: "7", Title: "ه"},
	}
	Identify(articles)
	for i, want := range []string{"5521#3", "5521", "5521#4", "5521#2", "7"} {
		if articles[i].ID != want {
			t.Errorf("article %d got the id %q, want %q", i, articles[i].ID, want)
		}
	}
}

func TestDerivedIDsComeFromTheContent(t *testing.T) {
	base := Article{Title: "خبر", Body: "نص", Source: "الوسط", URL: "u", Precision: Relative, TimeRaw: "منذ ساعتين"}
	placed := base
	placed.Time = time.Date(2025, 7, 14, 0, 0, 0, 0, time.UTC)
	placed.Origin = Origin{"other.jsonl", 9, 9}
	if a, b := contentID(&base), contentID(&placed); a != b || len(a) != 12 {
		t.Errorf("ids %q and %q of one page read at two times, want one of 12 digits", a, b)
	}
	seen := map[string]int{contentID(&base): -1}
	for i, change := range []func(*Article){
		func(a *Article) { a.Title, a.Body = "خ", "برنص" },
		func(a *Article) { a.Body = "نص آخر" },
		func(a *Article) { a.Source = "" },
		func(a *Article) { a.URL = "v" },
		func(a *Article) { a.TimeRaw = "منذ ساعة" },
		func(a *Article) { a.Precision, a.Time = Exact, placed.Time },
	} {
		a := base
		change(&a)
		if j, ok := seen[contentID(&a)]; ok {
			t.Errorf("change %d has the id of %d", i, j)
		}
		seen[contentID(&a)] = i
	}
}

// randomArticles returns n articles that share ids, times and texts often.
func randomArticles(r *rand.Rand, n int) []Article {
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	articles := make([]Article, n)
	for i := range articles {
		a := Article{ID: pick("", "", "1", "1#2", "2"), Source: pick("", "أ", "ب"), URL: pick("", "u"), Title: pick("", "خبر", "عاجل"), Body: pick("نص", "نص آخر")}
		if hour := r.IntN(4); hour > 0 {
			a.Time, a.Precision = time.Date(2025, 7, 14, hour, 0, 0, 0, time.UTC), Exact
		}
		articles[i] = a
	}
	return articles
}

func TestOrderOfInputDoesNotMatter(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		articles := randomArticles(r, r.IntN(40))
		shuffled := slices.Clone(articles)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		for _, list := range []*[]Article{&articles, &shuffled} {
			Identify(*list)
			var sorted []Article
			for _, i := range CanonicalOrder(*list) {
				sorted = append(sorted, (*list)[i])
			}
			*list = sorted
		}
		ids := map[string]bool{}
		for i := range articles {
			if articles[i] != shuffled[i] {
				t.Fatalf("seed %d: place %d holds %+v, and when shuffled %+v", seed, i, articles[i], shuffled[i])
			}
			if articles[i].ID == "" || ids[articles[i].ID] {
				t.Fatalf("seed %d: id %q is empty or not the only one", seed, articles[i].ID)
			}
			ids[articles[i].ID] = true
		}
		if !slices.IsSortedFunc(articles, func(a, b Article) int { return compare(&a, &b) }) {
			t.Fatalf("seed %d: not in order", seed)
		}
	}
}

func BenchmarkIdentify(b *testing.B) {
	articles := randomArticles(rand.New(rand.NewPCG(1, 1)), 100_000)
	for i := range articles {
		articles[i].Title += fmt.Sprint(i)
	}
	for b.Loop() {
		list := slices.Clone(articles)
		Identify(list)
		CanonicalOrder(list)
	}
}
