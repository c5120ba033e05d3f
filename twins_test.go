package qissa

import (
	"fmt"
	"math"
	"testing"
	"time"

	"qissa/article"
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
	opt.Correct = correct
	r, err := Cluster(t.Context(), articles, opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// However many have the same words, they are one story, each a copy, and its
// means are those of all its pairs but for what time makes of these.
func TestTwins(t *testing.T) {
	for _, n := range []int{mostTwins, mostTwins + 1, 4 * mostTwins, 5000} {
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
		if most := mostTwins*(mostTwins+1)/2 + n; r.Counts.SimilarPairs > most {
			t.Errorf("%d notices take %d pairs, more than %d", n, r.Counts.SimilarPairs, most)
		}
		if s.Bridge >= 0 || len(s.Review) > 0 && s.Review[0] != "giant" {
			t.Errorf("%d notices: bridge %d, review %v", n, s.Bridge, s.Review)
		}
		if n > 1000 {
			continue
		}
		twins, rounds := mostTwins, mostRounds
		mostTwins, mostRounds = n+1, int32(n+1)
		without := clustered(t, notices(n)).Stories[0]
		mostTwins, mostRounds = twins, rounds
		if math.Abs(s.Cohesion-without.Cohesion) > 0.01 || math.Abs(s.WeakestLink-without.WeakestLink) > 0.3 {
			t.Errorf("%d notices: cohesion %v, weakest link %v, without twins %v, %v", n, s.Cohesion, s.WeakestLink, without.Cohesion, without.WeakestLink)
		}
	}
}

// Only so many within a window are compared: one a day is.
func TestTwinsAreWithinTheWindow(t *testing.T) {
	articles := notices(3 * mostTwins)
	for i := range articles {
		articles[i].Time = articles[0].Time.AddDate(0, 0, i)
	}
	n := len(articles)
	if got, want := clustered(t, articles).Counts.SimilarPairs, 3*n-6; got != want { // each with those of three days before
		t.Errorf("%d pairs of %d days, want %d", got, n, want)
	}
}

// What a reader corrects is obeyed, twin or not.
func TestCorrectedTwin(t *testing.T) {
	n := 2 * mostTwins
	r := clustered(t, notices(n), Correction{A: "notice 3", B: fmt.Sprint("notice ", n-1), Where: "test"})
	if r.StoryOf[3] == r.StoryOf[n-1] || len(r.Stories) != 2 {
		t.Errorf("%d stories, %d and %d are in %d and %d; want two", len(r.Stories), 3, n-1, r.StoryOf[3], r.StoryOf[n-1])
	}
}

// Bulletins of two days are two stories, however many there are.
func TestTwinsOfTwoDays(t *testing.T) {
	articles := notices(2 * mostTwins)
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
