package grouping

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qissa/article"
	"qissa/internal/invented"
	"qissa/internal/needs"
)

// withCopies puts copies of articles in: of some the same words a hundred times, of
// some edited ones, within days.
func withCopies(articles []article.Article) []article.Article {
	all := slices.Clone(articles)
	for i, times := range []int{120, 60, 130} {
		original := articles[(i+1)*len(articles)/5]
		original.Body = original.LoadBody(nil)
		for n := range times {
			a := original
			a.ID, a.Source = fmt.Sprint("copy ", i, " ", n), fmt.Sprint("outlet ", n%7)
			a.Time = a.Time.Add(time.Duration(n) * time.Hour)
			if i == 2 { // 20 minutes apart, so that more than 100 stand in a window
				a.Time = original.Time.Add(time.Duration(n) * 20 * time.Minute)
				a.Body += fmt.Sprintf(" %c%c%c", 'ا'+rune(n%20), 'ب'+rune(n/20), 'ت')
			}
			all = append(all, a)
		}
	}
	return all
}

// A testCorpus is dated articles and how many seconds a batch of them is long.
type testCorpus struct {
	name     string
	articles []article.Article
	batch    int64
}

// corpora returns articles of our own and, but for -short, of the dumps.
func corpora(t *testing.T) []testCorpus {
	t.Helper()
	all := []testCorpus{{"made up", madeUp(1500), 30 * hour}}
	const folder = "../../../shared/data/dumps"
	if testing.Short() {
		return all
	}
	if _, err := os.Stat(folder); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Logf("%s with the dumps is not there: only articles of our own are compared", folder)
		return all
	}
	turn := needs.Turn(2)
	for k, dump := range []testCorpus{{"ant", nil, 48 * hour}, {"saudinewsnet", nil, 96 * hour}} {
		if !turn(k) {
			continue
		}
		dump.articles = dated(t, filepath.Join(folder, dump.name+".jsonl.gz"))
		if dump.name == "ant" { // 46 days of eight months
			from := time.Date(2018, 4, 1, 0, 0, 0, 0, time.UTC)
			dump.articles = slices.DeleteFunc(dump.articles, func(a article.Article) bool {
				return a.Time.Before(from) || a.Time.After(from.AddDate(0, 0, 46))
			})
		}
		all = append(all, dump)
	}
	return all
}

// dated reads the articles of a dump that have a date.
func dated(t *testing.T, name string) []article.Article {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []article.Article
	for a, err := range article.SkipBad(article.Read(f, name, article.Options{}), func(*article.RecordError) {}) {
		if err != nil {
			t.Fatal(err)
		}
		if a.HasClock() {
			all = append(all, a)
		}
	}
	return all
}

// madeUp returns reports on a few hundred events of three weeks, in words of few
// letters: some copied, some edited, some on the same event in other words.
func madeUp(n int) []article.Article {
	r := rand.New(rand.NewPCG(4, 5))
	start := time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC)
	all := make([]article.Article, n)
	for i := range all {
		event := r.IntN(n / 4)
		at := start.Add(time.Duration(event*21*24*3600/(n/4)) * time.Second).Add(time.Duration(r.IntN(60*3600)) * time.Second)
		body := invented.Report(r, event, 40+r.IntN(60), 2)
		if i > 0 && r.IntN(5) == 0 { // a copy, but for a word
			of := all[r.IntN(i)]
			at = of.Time.Add(time.Duration(r.IntN(90*3600)) * time.Second)
			body = strings.Fields(of.Body)
			body[r.IntN(len(body))] = invented.Common(r)
		}
		all[i] = article.Article{
			ID: fmt.Sprint(i), Source: fmt.Sprint("outlet ", r.IntN(6)), Title: strings.Join(body[:6], " "), Body: strings.Join(body, " "),
			Time: at, Precision: article.Exact,
		}
	}
	return all
}
