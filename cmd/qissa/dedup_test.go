package main

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qissa/internal/needs"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// What is kept, dropped and skipped of a dump is what was read, and what is
// kept is in the dump byte for byte.
func TestDedupConserves(t *testing.T) {
	needs.Time(t, "it compares thousands of articles, with QISSA_LONG=1 120,000")
	turn := needs.Turn(5)
	for k, name := range []string{"jawhara.jsonl.gz", "hespress-jazeera.jsonl.gz", "saudinewsnet.jsonl.gz", "ant.jsonl.gz", "khaleej.jsonl.zst"} {
		if !turn(k) {
			continue
		}
		dump := filepath.Join("..", "..", "..", "shared", "data", "dumps", name)
		f, err := os.Open(dump)
		if err != nil {
			needs.Missing(t, "the dumps beside the project: %v", err)
		}
		defer f.Close()
		records := linesOf(t, unpacked(t, f))
		dir := t.TempDir()
		var stderr strings.Builder
		if code := run(t.Context(), []string{"dedup", dump, "-o", filepath.Join(dir, "clean.jsonl")}, strings.NewReader(""), io.Discard, &stderr); code != 0 {
			t.Fatalf("%s: exit code %d, %s", name, code, stderr.String())
		}
		sum := 0
		for _, part := range []string{"clean.jsonl", "clean.dropped.jsonl", "clean.skipped.jsonl"} {
			data, err := os.ReadFile(filepath.Join(dir, part))
			if err != nil {
				t.Fatal(err)
			}
			for line, n := range linesOf(t, bytes.NewReader(data)) {
				sum += n
				if part == "clean.jsonl" && records[line] < n {
					t.Fatalf("%s: a kept record stands %d times in the dump: %.200s", name, records[line], line)
				}
			}
		}
		read := 0
		for _, n := range records {
			read += n
		}
		if sum != read {
			t.Errorf("%s: %d kept, dropped and skipped of %d; %s", name, sum, read, stderr.String())
		}
	}
}

// unpacked returns what a dump holds.
func unpacked(t *testing.T, f *os.File) io.Reader {
	t.Helper()
	var r io.Reader
	var err error
	if strings.HasSuffix(f.Name(), ".zst") {
		r, err = zstd.NewReader(f)
	} else {
		r, err = gzip.NewReader(f)
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// linesOf counts each line that is not blank.
func linesOf(t *testing.T, r io.Reader) map[string]int {
	t.Helper()
	lines := map[string]int{}
	s := bufio.NewScanner(r)
	s.Buffer(nil, 32<<20)
	for s.Scan() {
		if strings.TrimSpace(s.Text()) != "" {
			lines[s.Text()]++
		}
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}
