package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// asCommand has the test program be the command.
const asCommand = "QISSA_BEAM_TEST_AS_COMMAND=1"

func TestMain(m *testing.M) {
	if name, value, _ := strings.Cut(asCommand, "="); os.Getenv(name) == value {
		main()
		return
	}
	os.Exit(m.Run())
}

// job runs the command in a folder, and returns what it says and its exit code.
func job(t *testing.T, dir string, args ...string) (said string, code int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), asCommand)
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// oneMachine returns a function that runs the command of one machine, built from this source.
func oneMachine(t *testing.T) func(dir string, args ...string) {
	t.Helper()
	program := filepath.Join(t.TempDir(), "qissa")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", program, "./cmd/qissa")
	build.Dir = "../../.."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return func(dir string, args ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), program, args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("qissa %s: %v\n%s", args, err, out)
		}
	}
}

func read(t *testing.T, path ...string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func write(t *testing.T, text []byte, path ...string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(path...), text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// sample writes the bundled sample into a new folder, with a record of the future, one that
// is damaged, and corrections.
func sample(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	later := time.Now().AddDate(1, 0, 0).Format(time.RFC3339)
	text := fmt.Appendf(read(t, "../../../testdata/sample.jsonl"), `{"id":"later","title":"خبر من المستقبل","body":"يصل هذا الخبر إلى قرائه بعد عام من اليوم","time":%q}
{"id":
`, later)
	write(t, text, dir, "sample.jsonl")
	write(t, []byte(`{"type":"must_link","a":"ofoq-77052","b":"baraem-119"}
{"type":"must_link","a":"nobody","b":"baraem-119"}
`), dir, "corrections.jsonl")
	return dir
}

// record is run.json without what a job does not tell: how many pairs were compared word by
// word, and warnings of what was read. Its files are others.
func record(t *testing.T, dir string) (r map[string]any, files []any) {
	t.Helper()
	if err := json.Unmarshal(read(t, dir, "run.json"), &r); err != nil {
		t.Fatal(err)
	}
	files, _ = r["files"].([]any)
	delete(r["counts"].(map[string]any), "aligned_pairs")
	var said, coded []any
	warnings := r["warnings"].([]any)
	for i, m := range r["messages"].([]any) {
		if code := m.(map[string]any)["code"].(string); code == "termless" || strings.HasPrefix(code, "corrections_") {
			said, coded = append(said, warnings[i]), append(coded, m)
		}
	}
	if len(said) < 2 {
		t.Errorf("%s: warnings of the result are to be tested: %v", dir, warnings)
	}
	delete(r, "files")
	r["warnings"], r["messages"] = said, coded
	return r, files
}

// equalFiles compares the files of the folders job and one.
func equalFiles(t *testing.T, dir string) {
	t.Helper()
	for _, name := range []string{"stories-*.jsonl", "articles-*.csv", "pairs-*.jsonl", "skipped-*.jsonl"} {
		var got []byte
		shards, _ := filepath.Glob(filepath.Join(dir, "job", name))
		for _, shard := range shards {
			got = append(got, read(t, shard)...)
		}
		if want := read(t, dir, "one", strings.Replace(name, "-*", "", 1)); !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes, want %d, or others", name, len(got), len(want))
		}
	}
}

// The folder of a job is that of a run whose files are in shards: its record is that of one
// run, all of it is listed there, its days are reported, and an archive takes it over.
func TestFolderOfJob(t *testing.T) {
	dir, qissaIn := sample(t), oneMachine(t)
	settings := []string{"--now", "2025-07-15T20:00:00+03:00", "--tz", "Asia/Riyadh", "--story", "0.35", "--corrections", "corrections.jsonl", "--map", "text=body"}
	if said, code := job(t, dir, append(settings, "--in", "sample.jsonl,sam*.jsonl", "--out", "job")...); code != 0 {
		t.Fatalf("exit code %d\n%s", code, said)
	}
	qissaIn(dir, append(settings, "cluster", "sample.jsonl", "-o", "one")...)
	equalFiles(t, dir)
	got, files := record(t, filepath.Join(dir, "job"))
	want, _ := record(t, filepath.Join(dir, "one"))
	if !reflect.DeepEqual(got, want) {
		t.Errorf("run.json is\n%v\nwant\n%v", got, want)
	}
	if latest := got["settings"].(map[string]any)["latest"]; latest == "" {
		t.Error("the record does not say from when on dates are unknown")
	}
	listed := map[string]bool{"run.json": true}
	for _, f := range files {
		file := f.(map[string]any)
		name := file["name"].(string)
		content := read(t, dir, "job", name)
		listed[name] = true
		if file["sha256"] != fmt.Sprintf("%x", sha256.Sum256(content)) || file["bytes"] != float64(len(content)) {
			t.Errorf("%s is not as the record has it", name)
		}
	}
	shards, err := filepath.Glob(filepath.Join(dir, "job", "*-of-*"))
	if err != nil || len(shards) < 5 || len(shards)+1 != len(listed) {
		t.Errorf("%d shards, %d files listed: %v", len(shards), len(listed), err)
	}

	for _, from := range []string{"job", "one"} {
		qissaIn(dir, "report", from, "--day", "2025-07-14", "--format", "md", "-o", from+".md")
		qissaIn(dir, "report", from, "--days", "2", "--format", "graphml", "-o", from+".graphml")
		qissaIn(dir, "archive", "import", "-q", from, from+".qissa")
		qissaIn(dir, "archive", "export", "-q", from+".qissa", "-o", from+"-now")
	}
	for _, name := range []string{".md", ".graphml", "-now/stories.jsonl"} {
		if a, b := read(t, dir, "job"+name), read(t, dir, "one"+name); !bytes.Equal(a, b) || len(a) < 1000 {
			t.Errorf("%s: %d bytes from the job, %d from the run, or others", name, len(a), len(b))
		}
	}
}

// What would end a job that has begun is told before, and nothing is written over.
func TestRefusals(t *testing.T) {
	dir := sample(t)
	for _, folder := range []string{"run", "cluster"} {
		if err := os.Mkdir(filepath.Join(dir, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	write(t, nil, dir, "run", "run.json")
	write(t, nil, dir, "cluster", "stories.jsonl")
	write(t, []byte(" \n"), dir, "empty.jsonl")
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"--in none*.gz --out out", exitNoArticles, "no input matches 'none*.gz'"},
		{"--in empty.jsonl --out out", exitNoArticles, "the input holds no article"},
		{"--in sample.jsonl --out run", exitFailed, "run holds a run; choose another or --force"},
		{"--in sample.jsonl --out cluster --force", exitFailed, "cluster holds a run of qissa cluster; choose another"},
		{"--in sample.jsonl --out out --runner flink --endpoint localhost:1", exitUsage, "sample.jsonl is a local path, but the runner is not local"},
		{"--in sample.jsonl --out out --tile 1m", exitUsage, "want an hour or more"},
		{"--in sample.jsonl --out out --model none", exitFailed, "none"},
		{"--in sample.jsonl", exitUsage, "wants --in and --out"},
		{"sample.jsonl", exitUsage, "files are given to --in"},
	} {
		said, code := job(t, dir, strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(said, c.says) {
			t.Errorf("%s: exit code %d, %s\nwant %d, %s", c.args, code, said, c.code, c.says)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "out", "run.json")); err == nil {
		t.Error("a job that was refused has left a record")
	}
}
