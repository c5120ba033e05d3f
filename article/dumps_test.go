package article

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"qissa/internal/needs"
)

// dumps is the folder of real dumps, which are not part of the repository.
func dumps(t testing.TB) string {
	dir := filepath.Join("..", "..", "shared", "data")
	if _, err := os.Stat(dir); err != nil {
		needs.Missing(t, "the real dumps: %v", err)
	}
	return dir
}

func TestDumpsAreReadWhole(t *testing.T) {
	needs.Time(t, "it reads 600 MB")
	dir := dumps(t)
	for _, d := range []struct {
		file                       string
		articles, empty            int
		exact, day, relative, none int
	}{
		{"daily8-page.txt", 4, 0, 0, 0, 3, 1},
		{"dumps/hespress-jazeera.jsonl.gz", 4112, 12, 0, 0, 0, 4112},
		{"dumps/jawhara.jsonl.gz", 10161, 0, 4828, 5333, 0, 0},
		{"dumps/ant.jsonl.gz", 31525, 0, 31525, 0, 0, 0},
		{"dumps/saudinewsnet.jsonl.gz", 30973, 57, 30973, 0, 0, 0},
		{"dumps/khaleej.jsonl.zst", 45500, 0, 0, 0, 0, 45500},
	} {
		t.Run(d.file, func(t *testing.T) {
			f, err := os.Open(filepath.Join(dir, d.file))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			start := time.Now()
			articles, empty, size := 0, 0, 0
			dates := map[Precision]int{}
			tunis := time.FixedZone("", 3600)
			for a, err := range Read(f, d.file, Options{Found: func(r Recognised) { t.Log(r) }}) {
				var bad *RecordError
				switch {
				case errors.As(err, &bad) && bad.Code == "empty":
					empty++
				case err != nil:
					t.Fatal(err)
				default:
					articles++
					size += len(a.Title) + len(a.Body)
					dates[a.Precision]++
					// The date as published is placed where those who made the dump placed it; they
					// took the 7 of this length for UTC, in Tunis.
					if got, _ := ParseTime(a.TimeRaw, time.Time{}, tunis); !got.Equal(a.Time) && len(a.TimeRaw) != len("2017-01-22T185600") {
						t.Errorf("%s: %q is %v, want %v", a.ID, a.TimeRaw, got, a.Time)
					}
					if a.Repaired > 0 {
						t.Errorf("%s was repaired", a.ID)
					}
				}
			}
			t.Logf("%.0f MB of text a second", float64(size)/1e6/time.Since(start).Seconds())
			if articles != d.articles || empty != d.empty {
				t.Errorf("%d articles, %d empty, want %d, %d", articles, empty, d.articles, d.empty)
			}
			if dates[Exact] != d.exact || dates[Day] != d.day || dates[Relative] != d.relative || dates[None] != d.none {
				t.Errorf("dates %v, want %d exact, %d day, %d relative, %d none", dates, d.exact, d.day, d.relative, d.none)
			}
		})
	}
}
