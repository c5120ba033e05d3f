package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"qissa/testdata"
)

// filesOf reads all files in a folder and those below it.
func filesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, path))
		files[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Every file is the same, byte for byte, when texts are compressed.
func TestCompressedTextsChangeNoFile(t *testing.T) {
	dir := t.TempDir()
	dumps := []string{filepath.Join(dir, "sample.jsonl"), filepath.Join(dir, "sample.csv")}
	// Bodies that stand for titles, also of a large story, decide the order, and have no term.
	more := `{"text":"نص قصير"}
{"text":"نص قصير آخر"}
{"text":"هو الذي كان"}
{"text":"«...» 12"}
`
	table := "title,text\n"
	for i := range 12 {
		text := fmt.Sprint("افتتح الوزير الجسر المعلق على النهر في المدينة القديمة بعد أعوام من العمل، وعدد الحضور ", i)
		more += `{"text":"` + text + "\"}\n"
		table += fmt.Sprintf("خبر عن الجسر,%s\n", text)
	}
	for n, text := range []string{testdata.Sample + more, table} {
		if err := os.WriteFile(dumps[n], []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	dump := filepath.Join("..", "..", "..", "shared", "data", "dumps", "jawhara.jsonl.gz")
	switch _, err := os.Stat(dump); {
	case err == nil && !testing.Short():
		dumps = append(dumps, dump)
	case err != nil && os.Getenv("CI") == "true":
		t.Fatal(err)
	default:
		t.Log("without a real dump: that needs a run without -short, and the dumps beside the project")
	}
	for _, dump := range dumps {
		for _, args := range [][]string{
			{"cluster", dump, "--format", "table"},
			{"cluster", dump, "-o", "OUT", "--embed-text", "shared", "--parquet"},
			{"cluster", dump, "-o", "OUT", "--embed-text", "lead", "--window", "0"},
			{"dedup", dump, "-o", "OUT/clean.jsonl"},
			{"dedup", dump, "-o", "OUT/clean.jsonl", "--level", "story", "--keep", "longest"},
		} {
			var got [2]map[string]string
			for compressed := range got {
				out := t.TempDir()
				at := strings.Split(strings.ReplaceAll(strings.Join(args, " "), "OUT", out), " ")
				var stdout, stderr strings.Builder
				s := newStreams(strings.NewReader(""), &stdout, &stderr)
				s.compressFrom = 1 - compressed
				if code := s.run(t.Context(), at, &stderr); code != 0 {
					t.Fatalf("%v: exit code %d, %s", args, code, stderr.String())
				}
				got[compressed] = filesOf(t, out)
				got[compressed]["stdout"] = strings.ReplaceAll(stdout.String(), out, "")
			}
			for _, name := range slices.Sorted(maps.Keys(got[0])) {
				if plain, compressed := got[0][name], got[1][name]; plain != compressed {
					t.Errorf("%v: %s is another, of %d bytes instead of %d", args, name, len(compressed), len(plain))
				}
			}
		}
	}
}
