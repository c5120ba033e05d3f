package qissa_test

import (
	"bytes"
	"flag"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"qissa/internal/needs"
)

var updateReadme = flag.Bool("update-readme", false, "rewrite the output that README.md shows")

// The README promises two commands. The first is run here and must print what
// the README shows; the second is this test.
func TestReadme(t *testing.T) {
	needs.Time(t, "it builds the command")
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
	for _, name := range []string{"report.html", "stories.jsonl", "articles.csv", "pairs.jsonl", "links.bin", "skipped.jsonl", "run.json"} {
		if info, err := os.Stat(filepath.Join(out, name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v, want a file that holds something", name, err)
		}
		if !strings.Contains(readme, "`"+name+"`") {
			t.Errorf("the README does not explain %s", name)
		}
	}
}

// elsewhere tells which commands of the README are run by what else.
var elsewhere = map[string]string{
	"./build.sh":              "the checks of every change",
	"docker build -t qissa .": "the checks of every change",
	"go mod edit -replace qissa=/path/to/this/folder": "TestLibrary of examples",
	"go get qissa": "TestLibrary of examples",
}

// exits are the exit codes, by verb, of what the README shows.
var exits = map[string]int{"diff": 1} // it shows two runs that differ

// TestReadmeConsole runs what the README shows after a prompt, one command after
// the other in a folder where a reader would stand: dump.jsonl is the real dump
// whose figures are shown, out a run of the sample.
func TestReadmeConsole(t *testing.T) {
	needs.Time(t, "it builds the command")
	if _, err := exec.LookPath("bash"); err != nil {
		needs.Missing(t, "bash: %v", err)
	}
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	bin, dir := t.TempDir(), t.TempDir()
	t.Setenv("GOBIN", bin)
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	root, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, block := range regexp.MustCompile("(?s)```console\n(.*?)```").FindAllStringSubmatch(string(readme), -1) {
		for _, part := range strings.Split(block[1], "$ ")[1:] {
			line, shown, _ := strings.Cut(part, "\n")
			command, _, _ := strings.Cut(line, "  #")
			command = strings.TrimSpace(command)
			if elsewhere[command] != "" {
				continue
			}
			cmd := exec.Command("bash", "-c", command)
			install := strings.HasPrefix(command, "go install")
			if cmd.Dir = dir; install {
				cmd.Dir = root
			}
			if strings.Contains(shown, "31,030") && !hasDump(t, dir) {
				continue
			}
			got, err := cmd.CombinedOutput()
			if ran++; cmd.ProcessState.ExitCode() != exits[strings.Fields(command)[1]] {
				t.Errorf("%s: %v\n%s", command, err, got)
			}
			if install {
				prepare(t, root, dir)
			}
			if shown != "" && !strings.Contains(volatile.ReplaceAllString(string(got), "_"), volatile.ReplaceAllString(shown, "_")) {
				t.Errorf("%s shows\n%s\nbut prints\n%s", command, shown, got)
			}
		}
	}
	if ran < 4 {
		t.Errorf("%d commands were run, want 4 or more", ran)
	}
}

// prepare puts into dir what the commands of the README read.
func prepare(t *testing.T, root, dir string) {
	t.Helper()
	const makeFolder = `mkdir testdata && cp "$0"/testdata/sample.jsonl testdata && cp "$0"/eval/labelled/sample.tsv labels.tsv && cp "$0"/testdata/sample.gold.tsv second.tsv &&
		qissa cluster -q testdata/sample.jsonl -o out && cp testdata/sample.jsonl dump.jsonl`
	cmd := exec.Command("bash", "-c", makeFolder, root)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// hasDump puts the dump of the figures into dir.
func hasDump(t *testing.T, dir string) bool {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dataFolder, "dumps", "saudinewsnet.jsonl.gz"))
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Error(err)
		}
		t.Logf("the figures of dedup are not checked: %v", err)
		return false
	}
	if err := os.WriteFile(filepath.Join(dir, "dump.jsonl"), data, 0o666); err != nil { // packed, whatever its name says
		t.Fatal(err)
	}
	return true
}

// Every option that the README names is one of the command, and every test.
func TestReadmeNames(t *testing.T) {
	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	code, err := exec.Command("git", "grep", "-hE", `^func (Test|Benchmark)|fs\.[A-Za-z0-9]+\(|input\.[A-Za-z0-9]+\(`, "--", "*.go").Output()
	if err != nil {
		needs.Missing(t, "git, for a list of the code: %v", err)
	}
	options := 0
	for _, m := range regexp.MustCompile("`[^`\n]*`").FindAllString(string(data), -1) {
		for _, o := range regexp.MustCompile(`(?:^|[ \x60])--([a-z][a-z-]+)`).FindAllStringSubmatch(m, -1) {
			if options++; !bytes.Contains(code, []byte(`"`+o[1]+`"`)) {
				t.Errorf("README names --%s, which no verb has", o[1])
			}
		}
		for _, o := range regexp.MustCompile(`-(?:run|bench) ([A-Z]\w+)`).FindAllStringSubmatch(m, -1) {
			if !regexp.MustCompile(`(?m)^func \w*` + o[1]).Match(code) {
				t.Errorf("README names the test %s, which is not there", o[1])
			}
		}
	}
	if options < 10 {
		t.Errorf("only %d options found in README", options)
	}
}

// TestReadmeLibrary checks that the README shows the example that is tested.
func TestReadmeLibrary(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	example, err := os.ReadFile("examples/library/main.go")
	if err != nil {
		t.Fatal(err)
	}
	if code := fenced(t, string(readme), "```go\n"); !bytes.HasSuffix(example, []byte(code)) {
		t.Error("the Go code of README.md is not examples/library/main.go")
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

// sizesAgree reports whether the sizes of files in two texts differ by a tenth at most.
func sizesAgree(x, y string) bool {
	size := regexp.MustCompile(`\(([0-9.]+) ([KM]B)\)`)
	return slices.EqualFunc(size.FindAllStringSubmatch(x, -1), size.FindAllStringSubmatch(y, -1), func(a, b []string) bool {
		m, errA := strconv.ParseFloat(a[1], 64)
		n, errB := strconv.ParseFloat(b[1], 64)
		return errA == nil && errB == nil && a[2] == b[2] && math.Abs(m-n) <= 0.1*max(m, n)
	})
}

// compare compares a block of the README, but for times, and sizes by a tenth, with what
// a command printed, and returns the README with that in its place.
func compare(t *testing.T, readme, start, got string) string {
	t.Helper()
	shown := fenced(t, readme, start)
	if volatile.ReplaceAllString(shown, "_") == volatile.ReplaceAllString(got, "_") && sizesAgree(shown, got) {
		return readme
	}
	if !*updateReadme {
		t.Errorf("README.md shows\n%s\nbut the command prints\n%s\nrun go test . -update-readme", shown, got)
	}
	return strings.Replace(readme, shown, got, 1)
}
