package pipe

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qissa"
	"qissa/article"
	"qissa/internal/invented"
	"qissa/internal/needs"
)

// dumpLines are the first lines of a dump beside the project, 0 for all.
func dumpLines(t *testing.T, name string, most int) (lines []string) {
	t.Helper()
	f, err := os.Open("../../../shared/data/dumps/" + name + ".jsonl.gz")
	if err != nil {
		needs.Missing(t, "the dumps beside the project: %v", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	in := bufio.NewScanner(z)
	in.Buffer(nil, 16<<20)
	for in.Scan() && (most == 0 || len(lines) < most) {
		lines = append(lines, in.Text())
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}

// writeInputs writes lines as so many packed files, each of which holds some of all times.
func writeInputs(t *testing.T, lines []string, n int) (names []string) {
	t.Helper()
	folder := t.TempDir()
	for file := range n {
		names = append(names, filepath.Join(folder, fmt.Sprintf("part%d.jsonl.gz", file)))
		f, err := os.Create(names[file])
		if err != nil {
			t.Fatal(err)
		}
		z := gzip.NewWriter(f)
		for i := file; i < len(lines); i += n {
			fmt.Fprintln(z, lines[i])
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	return names
}

// The length of tiles changes no byte: on 5,000 articles of a dump under a model that is
// given.
func TestLengthsOfTiles(t *testing.T) {
	needs.Time(t, "it runs 5,000 articles through an engine")
	lines := dumpLines(t, "ant", 5000)
	lengths := []time.Duration{24 * time.Hour, 72 * time.Hour, 200 * time.Hour, 10_000 * time.Hour}
	turn := needs.Turn(len(lengths))
	for i, tile := range lengths {
		if !turn(i) {
			continue
		}
		t.Run(fmt.Sprint(tile), func(t *testing.T) {
			opt, m := defaults(t, writeInputs(t, lines, 3))
			opt.Tile = tile
			c := equal(t, opt, m)
			t.Logf("%d articles, %d tiles of %v", c.Articles, c.Tiles, tile)
			if c.Articles < 4900 || c.Tiles < 2 && tile < 10_000*time.Hour {
				t.Errorf("%+v: articles in tiles are to be tested", c)
			}
		})
	}
}

// injected makes of articles of a dump 270 more: copies hours later but for a word, under
// the id of another, or with a date that counts back from when the page was saved; and
// corrections about them.
func injected(t *testing.T, lines []string, now time.Time) (more []string, corrections []qissa.Correction) {
	t.Helper()
	r := rand.New(rand.NewPCG(23, 2))
	var last map[string]any
	for i := range 270 {
		var a map[string]any
		if err := json.Unmarshal([]byte(lines[r.IntN(len(lines))]), &a); err != nil {
			continue // a damaged one
		}
		at, _ := article.ParseTime(fmt.Sprint(a["time"]), time.Time{}, time.UTC)
		words := strings.Fields(fmt.Sprint(a["body"]))
		if at.IsZero() || len(words) < 30 {
			continue
		}
		words[r.IntN(len(words))] = invented.Common(r)
		of := fmt.Sprint(a["id"])
		a["body"], a["url"], a["source"] = strings.Join(words, " "), fmt.Sprintf("https://copies.example/%d", i), fmt.Sprint("صحيفة ", r.IntN(6))
		a["time"] = at.Add(time.Duration(r.IntN(80*3600)) * time.Second).Format(time.RFC3339)
		if i%5 == 0 {
			a["time"] = fmt.Sprintf("منذ %d ساعات", 3+r.IntN(8))
		}
		if i%3 > 0 { // the others have the id of their originals
			a["id"] = fmt.Sprint("copy-", i)
		}
		line, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		more = append(more, string(line))
		switch {
		case i%3 == 1 && i%2 == 0:
			corrections = append(corrections, qissa.Correction{A: of, B: fmt.Sprint(a["id"])})
		case i%3 == 1 && last != nil:
			corrections = append(corrections, qissa.Correction{A: fmt.Sprint(last["id"]), B: fmt.Sprint(a["id"]), Together: true, Storyline: i%4 == 1})
		case i%3 == 2:
			last = a
		}
	}
	for qissa.Contradiction(corrections) != nil {
		corrections = corrections[1:]
	}
	return more, corrections
}

// Dumps, with copies, equal ids, dates that count back, and corrections, are as in one run
// that counts its own model: 3,000 records of one of two by day, with QISSA_LONG=1 all.
func TestDumps(t *testing.T) {
	needs.Time(t, "it runs 3,000 articles through an engine")
	records := 3000
	if needs.Long() {
		records = 0
	}
	turn := needs.Turn(2)
	for i, name := range []string{"ant", "saudinewsnet"} {
		if !turn(i) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			lines := dumpLines(t, name, records)
			opt, _ := defaults(t, nil)
			opt.Model, opt.Tile, opt.TileArticles = "", 0, len(lines)/4
			opt.Now = time.Date(2018, 6, 28, 12, 0, 0, 0, time.UTC)
			if name == "saudinewsnet" {
				opt.Now = time.Date(2015, 8, 11, 12, 0, 0, 0, time.UTC)
			}
			more, corrections := injected(t, lines, opt.Now)
			opt.Inputs, opt.Corrections = writeInputs(t, slices.Concat(lines, more), 5), corrections
			start := time.Now()
			c := equal(t, opt, nil)
			t.Logf("%s: %+v, %d corrections; with one run %v", name, c, len(corrections), time.Since(start).Round(time.Second))
			if c.Tiles < 2 || len(more) < 200 || len(corrections) < 50 || c.Undated > 0 {
				t.Errorf("%+v, %d copies, %d corrections: that is not what is to be tested", c, len(more), len(corrections))
			}
		})
	}
}
