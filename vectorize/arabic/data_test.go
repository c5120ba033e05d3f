package arabic

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qissa/internal/needs"

	"github.com/klauspost/compress/zstd"
)

// shared is the folder of real articles, which are not part of the project.
const shared = "../../../shared/data"

// sharedFiles returns the real files that match, at least one. Without the
// folder the test is skipped, or fails where CI is set.
func sharedFiles(t testing.TB, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(shared, pattern))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		needs.Missing(t, "the real articles, %s in %s", pattern, shared)
	}
	return files
}

type record struct{ ID, Title, Body string }

// text is the record as it is stored: the title, one line break, the body.
func (r record) text() string { return r.Title + "\n" + r.Body }

// records reads one of every so many records of a file of JSON lines,
// compressed as its name says.
func records(t testing.TB, name string, every int) iter.Seq[record] {
	return func(yield func(record) bool) {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		var r io.Reader = f
		switch filepath.Ext(name) {
		case ".gz":
			r, err = gzip.NewReader(r)
		case ".zst":
			r, err = zstd.NewReader(r)
		}
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(r)
		lines.Buffer(nil, 16<<20)
		for n := 0; lines.Scan(); n++ {
			var rec record
			if n%every != 0 {
				continue
			}
			if err := json.Unmarshal(lines.Bytes(), &rec); err != nil {
				t.Fatalf("%s:%d: %v", name, n+1, err)
			}
			if !yield(rec) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

// ownTexts returns the articles of testdata/texts.txt, written for these tests.
func ownTexts(t testing.TB) []string {
	b, err := os.ReadFile("testdata/texts.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(b)), "\n\n")
}
