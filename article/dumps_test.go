package article

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// dumps is the folder of real dumps, which are not part of the repository.
func dumps(t testing.TB) string {
	dir := filepath.Join("..", "..", "shared", "data")
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("the real dumps are missing: %v", err)
		}
		t.Skipf("the real dumps are missing: %v", err)
	}
	return dir
}

func TestDumpsAreReadWhole(t *testing.T) {
	dir := dumps(t)
	for _, d := range []struct {
		file                   string
		articles, empty, dated int
	}{
		{"daily8-page.txt", 4, 0, 0},
		{"dumps/hespress-jazeera.jsonl.gz", 4112, 12, 0},
		{"dumps/jawhara.jsonl.gz", 10161, 0, 10161},
		{"dumps/ant.jsonl.gz", 31525, 0, 31525},
		{"dumps/saudinewsnet.jsonl.gz", 30973, 57, 30973},
		{"dumps/khaleej.jsonl.zst", 45500, 0, 0},
	} {
		t.Run(d.file, func(t *testing.T) {
			f, err := os.Open(filepath.Join(dir, d.file))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			start := time.Now()
			articles, empty, dated, size := 0, 0, 0, 0
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
					if !a.Time.IsZero() {
						dated++
					}
				}
			}
			t.Logf("%.0f MB of text a second", float64(size)/1e6/time.Since(start).Seconds())
			if articles != d.articles || empty != d.empty || dated != d.dated {
				t.Errorf("%d articles, %d empty, %d dated; want %d, %d, %d", articles, empty, dated, d.articles, d.empty, d.dated)
			}
		})
	}
}
