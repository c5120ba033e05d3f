package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"os"

	"golang.org/x/text/encoding/charmap"

	"errors"
	"flag"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"qissa/report"
)

var update = flag.Bool("update", false, "rewrite the expected output of the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"qissa": main})
}

// TestScript runs the command as a user does. To rewrite the expected output,
// run go test ./cmd/qissa -update.
func TestScript(t *testing.T) {
	samples, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("SAMPLES", samples)
			return errors.Join(writeCut(env.WorkDir), writeOld(env.WorkDir),
				os.WriteFile(filepath.Join(env.WorkDir, "binary"), bytes.Repeat([]byte{0, 0, 1, 2, 200}, 500), 0o666))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"cutshards":   cutShards,
			"exits":       exits,
			"samestories": sameStories,
		},
	})
}

// exits runs a program and compares its exit code: exits CODE PROGRAM ARG….
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code program [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

var origin = regexp.MustCompile(`,"origin":\{[^}]*\}`)

// sameStories compares two stories.jsonl but for the places of the records.
func sameStories(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: samestories file1 file2")
	}
	a := origin.ReplaceAllString(ts.ReadFile(args[0]), "")
	b := origin.ReplaceAllString(ts.ReadFile(args[1]), "")
	if a == "" || a != b {
		ts.Fatalf("%s and %s hold other stories", args[0], args[1])
	}
}

// writeCut writes a packed dump that ends in the middle.
func writeCut(dir string) error {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for i := range 200 {
		fmt.Fprintf(z, `{"title":"نشرة %d","text":"%x"}`+"\n", i, sha256.Sum256([]byte{byte(i)}))
	}
	if err := z.Close(); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "cut.jsonl.gz"), b.Bytes()[:b.Len()/2], 0o666)
}

// writeOld writes a table in an old encoding.
func writeOld(dir string) error {
	const table = "title,text\nافتتاح جسر جديد,افتتح رئيس البلدية اليوم جسرا جديدا يصل بين ضفتي النهر في وسط المدينة القديمة\n"
	text, err := charmap.Windows1256.NewEncoder().String(table)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "old.csv"), []byte(text), 0o666)
}

// cutShards makes of the folder of a run one of as many shards as a job may leave, whose
// record lists these: cutshards OUT SHARDS N.
func cutShards(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: cutshards out shards n")
	}
	shards, err := strconv.Atoi(args[2])
	ts.Check(err)
	f, err := os.Open(ts.MkAbs(filepath.Join(args[0], runFileName)))
	ts.Check(err)
	defer f.Close()
	run, err := report.ReadRun(f)
	ts.Check(err)
	run.Files = nil
	ts.Check(os.MkdirAll(ts.MkAbs(args[1]), 0o777))
	for _, name := range []string{storiesFileName, "articles.csv", pairsFileName, skippedFileName} {
		lines := strings.SplitAfter(ts.ReadFile(filepath.Join(args[0], name)), "\n")
		for n := range shards {
			ext := filepath.Ext(name)
			part := fmt.Sprintf("%s-%05d-of-%05d%s", strings.TrimSuffix(name, ext), n, shards, ext)
			text := strings.Join(lines[n*len(lines)/shards:(n+1)*len(lines)/shards], "")
			ts.Check(os.WriteFile(ts.MkAbs(filepath.Join(args[1], part)), []byte(text), 0o666))
			run.Files = append(run.Files, report.File{Name: part, Bytes: int64(len(text)), SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(text)))})
		}
	}
	var record bytes.Buffer
	ts.Check(report.RunJSON(&record, run))
	ts.Check(os.WriteFile(ts.MkAbs(filepath.Join(args[1], runFileName)), record.Bytes(), 0o666))
}
