package archive

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"qissa"
	"qissa/article"
	"qissa/internal/needs"
)

// TestDumpByDays feeds 42 days of a real dump, six days at a time: the archive holds
// what one run over them gives. With QISSA_LONG it feeds 160 days, of which most batches
// read only a part, and all days of another dump.
func TestDumpByDays(t *testing.T) {
	needs.Time(t, "it feeds dumps in many batches")
	type feed struct {
		name       string
		from       time.Time
		days, step int
	}
	march := time.Date(2018, 3, 15, 0, 0, 0, 0, time.UTC)
	feeds := []feed{{"ant", march, 42, 6}}
	if needs.Long() {
		feeds = []feed{{"ant", march, 160, 4}, {"saudinewsnet", time.Date(2015, 7, 20, 0, 0, 0, 0, time.UTC), 24, 4}}
	}
	for _, dump := range feeds {
		t.Run(dump.name, func(t *testing.T) {
			articles := fromDump(t, dump.name, dump.from, dump.from.AddDate(0, 0, dump.days))
			m, err := qissa.ReferenceModel(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			h := &history{t: t, path: filepath.Join(t.TempDir(), "news.qissa"), opt: qissa.DefaultOptions(), fed: map[string]article.Article{}, model: m, renew: 2000}
			at := 0
			for day := 0; day < dump.days; day += dump.step {
				h.now = dump.from.AddDate(0, 0, day+dump.step)
				to := at
				for to < len(articles) && articles[to].Time.Before(h.now) {
					to++
				}
				h.feed(articles[at:to])
				at = to
			}
			if at != len(articles) {
				t.Errorf("%d of %d articles were fed", at, len(articles))
			}
			h.check()
			t.Logf("%d articles in %d batches, of which %d did not read all, under %d models", len(articles), dump.days/dump.step, h.local, h.epochs)
			if h.epochs < 3 {
				t.Errorf("%d models: want several", h.epochs)
			}
		})
	}
}

// fromDump reads the articles of a dump between two times, in their order.
func fromDump(t *testing.T, name string, from, to time.Time) []article.Article {
	t.Helper()
	path := filepath.Join("../../shared/data/dumps", name+".jsonl.gz")
	f, err := os.Open(path)
	if err != nil {
		needs.Missing(t, "the dumps beside the project: %v", err)
	}
	defer f.Close()
	articles, _, err := article.ReadAll(f, name+".jsonl.gz", article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	articles = slices.DeleteFunc(articles, func(a article.Article) bool { return a.Time.Before(from) || !a.Time.Before(to) })
	slices.SortStableFunc(articles, func(a, b article.Article) int { return a.Time.Compare(b.Time) })
	return articles
}
