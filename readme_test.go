package qissa_test

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var updateReadme = flag.Bool("update-readme", false, "rewrite the output that README.md shows")

// The README promises two commands. The first is run here and must print what
// the README shows; the second is this test.
func TestReadme(t *testing.T) {
	if testing.Short() {
		t.Skip("needs a run without -short: it builds the command")
	}
	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme := string(data)
	commands := strings.Split(strings.TrimSpace(fenced(t, readme, "```sh\n")), "\n")
	if want := "go run ./cmd/qissa cluster testdata/sample.jsonl -o out"; len(commands) != 2 || commands[0] != want || commands[1] != "go test ./..." {
		t.Fatalf("the commands are %q, want %q and go test ./...", commands, want)
	}
	program := filepath.Join(t.TempDir(), "qissa")
	if out, err := exec.Command("go", "build", "-o", program, "./cmd/qissa").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out := filepath.Join(t.TempDir(), "out")
	table, talk := output(t, program, "cluster", "testdata/sample.jsonl", "-f", "table", "-o", out)
	shown := strings.ReplaceAll(talk, out, "out")
	readme = compare(t, readme, "```text\nreading", "reading"+strings.TrimPrefix(shown, "reading"))
	readme = compare(t, readme, "```text\narticles", table)
	if *updateReadme {
		if err := os.WriteFile("README.md", []byte(readme), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"report.html", "stories.jsonl", "articles.csv", "pairs.jsonl", "skipped.jsonl", "run.json"} {
		if info, err := os.Stat(filepath.Join(out, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v, want a file that holds something", name, err)
		}
		if !strings.Contains(readme, "`"+name+"`") {
			t.Errorf("the README does not explain %s", name)
		}
	}
}

// TestReadmeLibrary checks that the README shows the example as it is tested.
func TestReadmeLibrary(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	example, err := os.ReadFile("example_test.go")
	if err != nil {
		t.Fatal(err)
	}
	code := fenced(t, string(readme), "```go\n")
	indented := "\t" + strings.ReplaceAll(strings.TrimSpace(code), "\n", "\n\t")
	if !bytes.Contains(example, []byte(indented)) {
		t.Error("the Go code of README.md is not that of ExampleCluster")
	}
}

func output(t *testing.T, program string, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, talk bytes.Buffer
	cmd := exec.Command(program, args...)
	cmd.Stdout, cmd.Stderr = &out, &talk
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, talk.Bytes())
	}
	return out.String(), talk.String()
}

// fenced returns the first block of text that begins with start, without its
// fences.
func fenced(t *testing.T, text, start string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, start)
	block, _, closed := strings.Cut(rest, "```")
	if !ok || !closed {
		t.Fatalf("README.md has no block %q", start)
	}
	_, first, _ := strings.Cut(start, "\n")
	return first + block
}

var volatile = regexp.MustCompile(`\([0-9.]+ [KM]B\)|in [0-9.]+ s`)

// compare compares a block of the README, but for times and sizes, with what a
// command printed, and returns the README with that in its place.
func compare(t *testing.T, readme, start, got string) string {
	t.Helper()
	shown := fenced(t, readme, start)
	if volatile.ReplaceAllString(shown, "_") == volatile.ReplaceAllString(got, "_") {
		return readme
	}
	if !*updateReadme {
		t.Errorf("README.md shows\n%s\nbut the command prints\n%s\nrun go test . -update-readme", shown, got)
	}
	return strings.Replace(readme, shown, got, 1)
}
