package grouping

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"qissa/article"
	"qissa/cluster"
)

// Near are the pairs that are among the most similar ones of their later article.
func TestNearPairs(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 11))
		n := 1 + r.IntN(30)
		var pairs []cluster.Pair
		for a := range int32(n) {
			for b := a + 1; b < int32(n); b++ {
				if r.IntN(3) > 0 {
					pairs = append(pairs, cluster.Pair{A: a, B: b, Sim: float64(1+r.IntN(6)) / 8})
				}
			}
		}
		most := 1 + r.IntN(20)
		want := make([]bool, len(pairs))
		for i := range int32(n) {
			var own []int
			for k, p := range pairs {
				if p.B == i {
					own = append(own, k)
				}
			}
			slices.SortStableFunc(own, func(x, y int) int { return cmp.Compare(pairs[y].Sim, pairs[x].Sim) })
			for _, k := range own[:min(most, len(own))] {
				want[k] = true
			}
		}
		near := nearPairs(n, pairs, most)
		for k := range pairs {
			if got := isNear(near, k); got != want[k] {
				t.Fatalf("seed %d, %d nearest: pair %v near: %v, want %v", seed, most, pairs[k], got, want[k])
			}
		}
	}
}

// notices are n articles with the same words, a time apart, and then one that has some
// of its own.
func notices(n int, apart time.Duration) []article.Article {
	var all []article.Article
	for i := range n + 1 {
		a := article.Article{
			ID: fmt.Sprint("notice ", i), Title: "إعلان عن مناقصة", Time: time.Date(2025, 7, 1, 9, 0, 0, 0, time.UTC).Add(time.Duration(i) * apart), Precision: article.Exact,
			Body: "تعلن بلدية الميناء عن مناقصة لتوريد مضخات للمياه وأنابيب، وعلى الراغبين مراجعة مكتب المشتريات في مبنى البلدية قبل نهاية الشهر",
		}
		if i == n {
			a.Body += "، وتفتح العروض في قاعة المجلس بحضور مندوبي الشركات التي اشترت الشروط"
		}
		all = append(all, a)
	}
	return all
}

// grouped runs all steps under limits.
func grouped(t *testing.T, articles []article.Article, l limits, window time.Duration) (*Facts, cluster.Partition) {
	t.Helper()
	b, err := Read(t.Context(), articles, Options{Jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	b.limits = l
	w, err := b.Weigh(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	f, err := w.FindFacts(t.Context(), window, nil)
	if err != nil {
		t.Fatal(err)
	}
	links, err := f.Decide(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	groups, err := links.Group(t.Context(), 0.35)
	if err != nil {
		t.Fatal(err)
	}
	return f, groups
}

const window = 72 * time.Hour

// none limits nothing.
var none = limits{duplicates: math.MaxInt32, instances: math.MaxInt32, near: math.MaxInt32}

// Limits save pairs. They change no group of articles with the same words, or edited
// ones; instances of a template that are far from one another may part.
func TestLimits(t *testing.T) {
	edited := notices(400, time.Minute)
	for i := range edited {
		edited[i].Body += fmt.Sprintf(" في موقع %c%c%c", 'ا'+rune(i%20), 'ب'+rune(i/20), 'ت')
	}
	numbered := notices(400, time.Minute)
	for i := range numbered {
		numbered[i].Body += fmt.Sprint(" رقم ", 7000+i)
	}
	for _, test := range []struct {
		name     string
		articles []article.Article
		most     int  // pairs
		same     bool // groups as without limits
	}{
		{"the same words", notices(400, time.Minute), 400 + 50*51/2, true},
		{"the same words, undated", undated(notices(400, 0)), 400 + 50*51/2, true},
		{"the same words over weeks", notices(400, time.Hour), 25 * 400, false},
		{"edited", edited, 401 * 400 / 2, true},
		{"numbered", numbered, 50*401 + 401, false},
	} {
		limited, groups := grouped(t, test.articles, defaultLimits, window)
		free, want := grouped(t, test.articles, none, window)
		if test.same && !slices.Equal(groups, want) {
			t.Errorf("%s: other groups than without limits", test.name)
		}
		if len(limited.Pairs) > test.most || len(free.Pairs) < len(limited.Pairs) {
			t.Errorf("%s: %d pairs, at most %d wanted, without limits %d", test.name, len(limited.Pairs), test.most, len(free.Pairs))
		}
		if n := limited.Overlap.Len(); n > 100*len(test.articles) {
			t.Errorf("%s: %d pairs aligned", test.name, n)
		}
	}
}

func undated(articles []article.Article) []article.Article {
	for i := range articles {
		articles[i].Time, articles[i].Precision = time.Time{}, article.None
	}
	return articles
}

// Folded are the articles that the rule names, found by looking at all others.
func TestFoldingEqualsItsDefinition(t *testing.T) {
	folded := 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 21))
		l := limits{duplicates: 1 + r.IntN(6), instances: 50, near: 100}
		hours := 1 + r.IntN(60)
		window := time.Duration(r.IntN(3)*hours) * time.Hour // 0 for no limit
		articles := notices(r.IntN(120), 0)
		for i := range articles {
			articles[i].Time = articles[i].Time.Add(time.Duration(r.IntN(200*3600)) * time.Second)
			if r.IntN(9) == 0 {
				articles[i].Time, articles[i].Precision = time.Time{}, article.None
			}
		}
		f, _ := grouped(t, articles, l, window)
		b := f.weighed
		last := map[string]int32{}
		for i := range b.Articles {
			same := func(k int) bool { return b.Articles[k].Body == b.Articles[i].Body }
			before, total := 0, 0
			for k := range b.Articles {
				if same(k) {
					total++
					if k < i && (window == 0 || b.Time[i] == cluster.Undated || b.Time[i]-b.Time[k] <= Seconds(window)) {
						before++
					}
				}
			}
			part := "undated"
			if b.Time[i] != cluster.Undated {
				part = "all"
				if window > 0 {
					part = fmt.Sprint(math.Floor(float64(b.Time[i]) / float64(max(1, Seconds(window)/int64(l.duplicates)))))
				}
			}
			part += b.Articles[i].Body
			of, seen := last[part]
			want := int32(notFolded)
			if total > l.duplicates && before >= l.duplicates && seen {
				want = of
				folded++
			} else {
				last[part] = int32(i)
			}
			got := int32(notFolded)
			if f.Folded != nil {
				got = f.Folded[i]
			}
			if got != want {
				t.Fatalf("seed %d, article %d of %d: folded into %d, want %d", seed, i, len(b.Articles), got, want)
			}
		}
	}
	if folded < 500 {
		t.Errorf("%d folded: too few to tell anything", folded)
	}
}
