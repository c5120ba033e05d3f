package article

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qissa/internal/needs"
)

// timed returns n articles of an outlet, one each step.
func timed(source string, n int, start time.Time, step time.Duration) (list []Article) {
	for i := range n {
		list = append(list, Article{Source: source, Title: fmt.Sprint(source, i), Time: start.Add(time.Duration(i) * step), Precision: Exact})
	}
	return list
}

func TestCrawlClocks(t *testing.T) {
	day := time.Date(2026, 3, 1, 6, 0, 0, 0, time.UTC)
	uneven := func(list []Article) []Article { // no clock of equal steps
		for i := range list {
			list[i].Time = list[i].Time.Add(time.Duration(i*i*7%60) * time.Second)
		}
		return list
	}
	mixed := func(lists ...[]Article) []Article { // in the order of time, as a sorted dump is
		all := slices.Concat(lists...)
		slices.SortStableFunc(all, func(x, y Article) int { return x.Time.Compare(y.Time) })
		return all
	}
	dayOnly := timed("أ", 20, day, 0)
	for i := range dayOnly {
		dayOnly[i].Precision = Day
	}
	for _, test := range []struct {
		name     string
		articles []Article
		want     string
	}{
		{"nothing", nil, ""},
		{"one block of minutes for each outlet", mixed(uneven(timed("أ", 40, day, 4*time.Second)), uneven(timed("ب", 30, day.Add(time.Hour), 9*time.Second))), "أ ب"},
		{"two crawls a day", mixed(uneven(timed("أ", 40, day, 4*time.Second)), uneven(timed("أ", 40, day.Add(9*time.Hour), 4*time.Second))), "أ"},
		{"all in one second", mixed(timed("أ", 3, day, 0), timed("ب", 3, day, 0), timed("ج", 9, day, 0)), "أ ب ج"},
		{"published all day long", mixed(uneven(timed("أ", 60, day, 13*time.Minute)), uneven(timed("ب", 40, day, 17*time.Minute))), ""},
		{"a published outlet beside a crawled one", mixed(uneven(timed("أ", 40, day, 13*time.Minute)), uneven(timed("ب", 10, day, 9*time.Second))), "ب"},
		{"a slow crawl, outlet after outlet", slices.Concat(uneven(timed("أ", 9, day, 7*time.Minute)), uneven(timed("ب", 9, day.Add(2*time.Hour), 7*time.Minute))), "أ ب"},
		{"equal steps in the order of the file", mixed(timed("أ", 12, day, time.Hour)), "أ"},
		{"days without hours", dayOnly, ""},
		{"four articles are too few", uneven(timed("أ", 4, day, 13*time.Minute)), ""},
	} {
		for i := range test.articles {
			test.articles[i].Origin = Origin{File: "f", Item: i + 1}
		}
		if got := strings.Join(slices.Sorted(maps.Keys(CrawlClocks(test.articles))), " "); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// The clocks of two dumps: one of its collection, one of publication.
func TestClocksOfDumps(t *testing.T) {
	for _, dump := range []struct {
		name    string
		crawled bool
	}{{"saudinewsnet.jsonl.gz", true}, {"ant.jsonl.gz", false}} {
		articles := dumped(t, filepath.Join("../../shared/data/dumps", dump.name))
		times := map[string][]time.Time{}
		for _, a := range articles {
			if a.Precision == Exact {
				times[a.Source] = append(times[a.Source], a.Time)
			}
		}
		crawled := CrawlClocks(articles)
		for _, source := range slices.Sorted(maps.Keys(times)) {
			n := inBursts(times[source])
			t.Logf("%s %s: %.2f of %d articles in bursts", dump.name, source, float64(n)/float64(len(times[source])), len(times[source]))
			if crawled[source] != dump.crawled {
				t.Errorf("%s: the clock of %s is a crawler's: %v, want %v", dump.name, source, crawled[source], dump.crawled)
			}
		}
	}
}

// dumped reads the articles of a dump, which is not part of the project.
func dumped(t *testing.T, name string) (list []Article) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		needs.Missing(t, "the real articles: %v", err)
	}
	defer f.Close()
	for a, err := range SkipBad(Read(f, name, Options{Zone: time.UTC}), func(*RecordError) {}) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, a)
	}
	return list
}
