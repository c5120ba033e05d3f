package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"qissa/article"
	"qissa/internal/needs"
)

// built returns the path of the command, built for a test.
func built(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "qissa")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

func samplePath(t *testing.T) string {
	t.Helper()
	sample, err := filepath.Abs("../../testdata/sample.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	return sample
}

// fullDevice opens a disk that is always full.
func fullDevice(t *testing.T) *os.File {
	t.Helper()
	f, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		needs.Missing(t, "/dev/full, as Linux has: %v", err)
	}
	return f
}

// TestFullDisk lets the disk be full at each file of a run in turn. The command
// says so, and leaves nothing of the run.
func TestFullDisk(t *testing.T) {
	fullDevice(t).Close()
	sample := samplePath(t)
	defer func(make func(*os.Root, string) (*os.File, error)) { create = make }(create)
	usual := create
	for _, c := range []struct {
		args  []string
		files []string
	}{
		{[]string{"cluster", sample, "--parquet", "-o", "."}, []string{
			"report.html", "stories.jsonl", "articles.csv", "outlets.csv", "pairs.jsonl", "skipped.jsonl", "run.json",
			"stories.parquet", "articles.parquet", "pairs.parquet"}},
		{[]string{"dedup", sample, "-o", "clean.jsonl"}, []string{"clean.jsonl", "clean.dropped.jsonl"}},
	} {
		for _, name := range c.files {
			t.Chdir(t.TempDir())
			create = func(root *os.Root, path string) (*os.File, error) {
				if filepath.Base(path) == name {
					return os.OpenFile("/dev/full", os.O_WRONLY, 0)
				}
				return usual(root, path)
			}
			var said bytes.Buffer
			if code := run(t.Context(), append(c.args, "-q"), nil, io.Discard, &said); code != exitFailed {
				t.Errorf("%s %s: exit code %d\n%s", c.args[0], name, code, &said)
			}
			if want := name + ": no space left on device; nothing was changed\n"; !strings.HasSuffix(said.String(), want) {
				t.Errorf("%s: %q, want it to end in %q", c.args[0], &said, want)
			}
			if left := folderContent(t, "."); len(left) > 0 {
				t.Errorf("%s with no room for %s leaves %d files", c.args[0], name, len(left))
			}
		}
	}
}

// TestFullStandardOutput tells of results that could not be printed.
func TestFullStandardOutput(t *testing.T) {
	full := fullDevice(t)
	defer full.Close()
	program, sample := built(t), samplePath(t)
	for _, args := range [][]string{{"cluster", sample}, {"dedup", sample}, {"cluster", sample, "-f", "csv"}, {"inspect", sample}} {
		c := exec.Command(program, append(args, "-q")...)
		var said bytes.Buffer
		c.Stdout, c.Stderr = full, &said
		if err := c.Run(); err == nil || !strings.Contains(said.String(), "no space left on device") {
			t.Errorf("%s: %v, %q", args, err, &said)
		}
	}
}

// A growing file gets another line each time it is read, for a while.
type growing struct {
	*os.File
	lines int
}

func (g *growing) Read(p []byte) (int, error) {
	if g.lines > 0 {
		g.lines--
		f, err := os.OpenFile(g.Name(), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			return 0, err
		}
		fmt.Fprintf(f, `{"title":"خبر %d","text":"نص الخبر الذي كتب أثناء القراءة"}`+"\n", g.lines)
		f.Close()
	}
	return g.File.Read(p)
}

// TestInputThatGrows reads a file that is written to meanwhile: whole lines are
// read, and the record of the run tells of the bytes that were.
func TestInputThatGrows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "grows.jsonl")
	if err := os.WriteFile(path, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	quiet := newStreams(nil, io.Discard, io.Discard)
	d, err := load(t.Context(), &finding{sources: []source{{name: path, named: true, open: func() (io.ReadCloser, error) {
		f, err := os.Open(path)
		return &growing{f, 50}, err
	}}}}, article.Options{}, quiet)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.skipped) > 0 || len(d.articles) == 0 {
		t.Errorf("%d articles, %d records skipped", len(d.articles), len(d.skipped))
	}
	if want := fmt.Sprintf("%x", sha256.Sum256(text)); d.inputs[0].SHA256 != want {
		t.Errorf("the bytes read have the digest %s, those of the file %s", d.inputs[0].SHA256, want)
	}
}

// TestInputThatIsCut reads a file that loses its end meanwhile.
func TestInputThatIsCut(t *testing.T) {
	text, err := os.ReadFile(samplePath(t))
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.Count(text, []byte("\n"))
	for _, cut := range []int{1, len(text) / 3, len(text) / 2, len(text) - 5} {
		quiet := newStreams(nil, io.Discard, io.Discard)
		quiet.talk.quiet = true
		d, err := load(t.Context(), &finding{sources: []source{{name: "cut.jsonl", named: true, open: func() (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(text[:cut])), nil
		}}}}, article.Options{}, quiet)
		whole := bytes.Count(text[:cut], []byte("\n"))
		switch {
		case whole == 0 && err == nil:
			t.Errorf("cut at %d: nothing is told of a file without a whole record", cut)
		case whole > 0 && (err != nil || len(d.articles) != whole || len(d.skipped) != 1):
			t.Errorf("cut at %d: %v; %d of %d articles of %d, %d records skipped", cut, err, len(d.articles), whole, lines, len(d.skipped))
		}
	}
}
