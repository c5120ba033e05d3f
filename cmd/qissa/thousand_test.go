package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"qissa/article"
)

// TestFolderIsReadToItsEnd reads a thousand files of which every third or so is
// bad in one of seven ways: all good ones are read, and each bad one is listed with
// a true reason.
func TestFolderIsReadToItsEnd(t *testing.T) {
	dir := t.TempDir()
	record := func(n int) string {
		return fmt.Sprintf(`{"id":"a%d","title":"افتتاح الجسر رقم %d","text":"افتتح وزير النقل الجسر رقم %d بعد عامين من العمل"}`, n, n, n)
	}
	random := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 3000)
	kinds := []struct {
		ext  string
		data func(n int) string
		want string // what the reason says, "" for a good file
	}{
		{".json", record, ""},
		{".jsonl.gz", func(n int) string { return gzipped(t, record(n)+"\n") }, ""},
		{".html", func(n int) string {
			return "<!DOCTYPE html><title>افتتاح الجسر</title><article><p>" + strings.Repeat("افتتح وزير النقل الجسر بعد عامين من العمل. ", 9) + "</p></article>"
		}, ""},
		{"", record, ""},
		{".json", func(int) string {
			for i := range noise {
				noise[i] = byte(random.Uint32())
			}
			return "\x00\x03" + string(noise)
		}, "no text, and no format that is known"},
		{".jsonl", func(int) string { return "" }, "no records (0 bytes)"},
		{".pdf", func(int) string { return "%PDF-1.7" }, "a PDF document"},
		{".docx", func(int) string { return "PK" }, "files ending in .docx are not read"},
		{".json", func(n int) string { return record(n)[:40] }, "not JSON"},
		{".csv", func(int) string { return "colour,weight\n" }, "no column looks like the article text"},
		{".jsonl.gz", func(n int) string { s := gzipped(t, strings.Repeat(record(n)+"\n", 30)); return s[:len(s)/2] }, "ends early"},
	}
	want := map[string]string{}
	good := 0
	for n := range 1000 {
		kind := kinds[n%len(kinds)]
		name := filepath.Join(dir, fmt.Sprintf("%04d%s", n, kind.ext))
		if err := os.WriteFile(name, []byte(kind.data(n)), 0o666); err != nil {
			t.Fatal(err)
		}
		if kind.want == "" {
			good++
		} else {
			want[name] = kind.want
		}
	}
	if err := os.WriteFile(filepath.Join(dir, ".hidden.json"), []byte(record(7)), 0o666); err != nil {
		t.Fatal(err)
	}
	quiet := newStreams(nil, io.Discard, io.Discard)
	found, err := find([]string{dir}, nil, quiet.talk)
	if err != nil {
		t.Fatal(err)
	}
	d, err := load(t.Context(), found, article.Options{}, quiet)
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]bool{}
	for _, a := range d.articles {
		read[a.Origin.File] = true
	}
	for _, e := range d.skipped {
		if reason, ok := want[e.File]; !ok || !strings.Contains(e.Err.Error(), reason) {
			t.Errorf("%s: %v, want %q", e.File, e.Err, reason)
		}
		if !strings.Contains(e.Err.Error(), "ends early") && read[e.File] {
			t.Errorf("%s is read and skipped", e.File)
		}
		delete(want, e.File)
		delete(read, e.File)
	}
	if len(want) > 0 || len(read) != good {
		t.Errorf("%d bad files are not listed; %d good ones read, want %d", len(want), len(read), good)
	}
	if !slices.ContainsFunc(quiet.talk.warnings, func(w *article.Message) bool { return strings.Contains(w.Text, "1 hidden file or folder is not read") }) {
		t.Errorf("hidden files are not told: %q", quiet.talk.warnings)
	}
}

func gzipped(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	z := gzip.NewWriter(&b)
	io.WriteString(z, text)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
