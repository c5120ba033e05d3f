package qissa

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/overlap"
)

// notices are n articles with the same words, ten seconds apart, and then one that has
// some of its own.
func notices(n int) []article.Article {
	var all []article.Article
	for i := range n + 1 {
		a := article.Article{
			ID: fmt.Sprint("notice ", i), Title: "إعلان عن مناقصة", Time: time.Date(2025, 7, 1, 9, 0, 10*i, 0, time.UTC), Precision: article.Exact,
			Body: "تعلن بلدية الميناء عن مناقصة لتوريد مضخات للمياه وأنابيب، وعلى الراغبين مراجعة مكتب المشتريات في مبنى البلدية قبل نهاية الشهر",
		}
		if i == n {
			a.Body += "، وتفتح العروض في قاعة المجلس بحضور مندوبي الشركات التي اشترت الشروط"
		}
		all = append(all, a)
	}
	return all
}

func clustered(t *testing.T, articles []article.Article, correct ...Correction) *Result {
	t.Helper()
	opt := DefaultOptions()
	opt.Corrections = correct
	r, err := Cluster(t.Context(), articles, opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// However many have the same words, they are one story, and each is a copy.
func TestManyDuplicates(t *testing.T) {
	for _, n := range []int{25, 26, 100, 5000} {
		r := clustered(t, notices(n))
		if len(r.Stories) != 1 {
			t.Fatalf("%d notices are %d stories, want 1", n, len(r.Stories))
		}
		s := r.Stories[0]
		for i, m := range s.Members[1:n] {
			if m.Relation != Verbatim || m.Copied != 1 || m.CopyOf < 0 {
				t.Fatalf("member %d of %d: %+v", i+1, n, m)
			}
		}
		if s.Bridge >= 0 || len(s.Review) > 0 && s.Review[0] != Giant || s.Cohesion < 0.95 {
			t.Errorf("%d notices: bridge %d, review %v, cohesion %v", n, s.Bridge, s.Review, s.Cohesion)
		}
	}
}

// Of duplicates within a window some are compared: one a day always is.
func TestDuplicatesOfManyDays(t *testing.T) {
	articles := notices(150)
	for i := range articles {
		articles[i].Time = articles[0].Time.AddDate(0, 0, i)
	}
	n := len(articles)
	if got, want := clustered(t, articles).Counts.SimilarPairs, 3*n-6; got != want { // each with those of three days before
		t.Errorf("%d pairs of %d days, want %d", got, n, want)
	}
}

// What a reader corrects is obeyed, folded or not.
func TestCorrectedDuplicate(t *testing.T) {
	n := 100
	r := clustered(t, notices(n), Correction{A: "notice 3", B: fmt.Sprint("notice ", n-1), Where: "test"})
	if r.StoryOf[3] == r.StoryOf[n-1] || len(r.Stories) != 2 {
		t.Errorf("%d stories, %d and %d are in %d and %d; want two", len(r.Stories), 3, n-1, r.StoryOf[3], r.StoryOf[n-1])
	}
}

// Bulletins of two days are two stories, however many there are.
func TestDuplicateBulletinsOfTwoDays(t *testing.T) {
	articles := notices(100)
	for i := range articles {
		articles[i].Body = "توقعت الأرصاد في تقريرها عن حالة الطقس لهذا اليوم سحبا على الساحل ورياحا نشطة على المرتفعات وأمطارا متفرقة في الداخل مساء"
		articles[i].Time = time.Date(2025, 7, 1, 20, 4*i, 0, 0, time.UTC)
	}
	r := clustered(t, articles)
	for i := range articles {
		if (r.StoryOf[i] == r.StoryOf[0]) != (articles[i].Time.Day() == 1) {
			t.Fatalf("%d of %d stories: bulletin %d of %v", r.StoryOf[i], len(r.Stories), i, articles[i].Time)
		}
	}
}

// Hundreds of edited copies of one text are one story, though not all pairs of them
// are compared word by word or shown; those that are shown hold it together.
func TestManyCopies(t *testing.T) {
	const n = 600
	r := rand.New(rand.NewPCG(1, 12))
	copies := notices(n)[:n]
	for i := range copies {
		copies[i].Body += " في موقع رقم"
		for range 5 {
			copies[i].Body += fmt.Sprint(" ", string(rune('ا'+r.IntN(20))), string(rune('ب'+r.IntN(20))), string(rune('ت'+r.IntN(20))))
		}
	}
	result := clustered(t, copies)
	if len(result.Stories) != 1 {
		t.Fatalf("%d copies are %d stories, want 1", n, len(result.Stories))
	}
	if all := n * (n - 1) / 2; result.Counts.SimilarPairs != all {
		t.Errorf("%d similar pairs, want all %d", result.Counts.SimilarPairs, all)
	}
	if most := 100 * n; result.Counts.AlignedPairs > most || len(result.Pairs) > most {
		t.Errorf("%d pairs compared word by word and %d shown, want at most %d", result.Counts.AlignedPairs, len(result.Pairs), most)
	}
	parts := cluster.NewParts(n)
	for _, p := range result.Pairs {
		parts.Join(int32(p.A), int32(p.B))
	}
	for i, first := range parts.Partition() {
		if first != 0 {
			t.Fatalf("no shown pairs lead from article 0 to %d", i)
		}
	}
	for i, m := range result.Stories[0].Members[1:] {
		if m.CopyOf < 0 || m.Copied < overlap.Edited {
			t.Fatalf("member %d is a copy of none of those before it: %+v", i+1, m)
		}
	}
}
