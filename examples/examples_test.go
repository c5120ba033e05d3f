// Package examples holds worked examples of qissa, and runs them.
package examples

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"qissa/internal/needs"
)

var update = flag.Bool("update", false, "write what the examples print into expected.txt")

// command builds qissa where the scripts of the examples find it.
func command(t *testing.T) {
	t.Helper()
	needs.Time(t, "it builds the command")
	dir := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(dir, "qissa"), "../cmd/qissa").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	var talk strings.Builder
	cmd := exec.Command(name, args...)
	cmd.Stderr = &talk
	out, err := cmd.Output()
	if err != nil || talk.String() != "" {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, talk.String())
	}
	return string(out)
}

// Each example prints what its expected.txt says.
func TestExamples(t *testing.T) {
	for _, tool := range []string{"bash", "make"} {
		if _, err := exec.LookPath(tool); err != nil {
			needs.Missing(t, "%s: %v", tool, err)
		}
	}
	command(t)
	for _, name := range []string{"newsroom/run.sh", "newsroom/week.sh", "corpus/run.sh", "annotated/run.sh", "shards/run.sh"} {
		t.Run(name, func(t *testing.T) {
			got := run(t, "bash", name, t.TempDir())
			expected := strings.NewReplacer("run.sh", "expected.txt", ".sh", ".txt").Replace(name)
			if *update {
				if err := os.WriteFile(expected, []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(expected)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s prints\n%s\nwant\n%s\ngo test ./examples -update takes it over", name, got, want)
			}
		})
	}
}

// The readers in other languages read the same from the results. Those whose tools
// are not here are skipped; the one that needs only Python runs wherever Python is.
func TestReaders(t *testing.T) {
	command(t)
	out := t.TempDir()
	run(t, "qissa", "cluster", "-q", "newsroom/day", "-o", out)
	const want = "صدى الضفة\t4\t1\nمرصد المساء\t4\t1\nوكالة الوادي\t4\t0\n" +
		"2\tافتتاح جسر النخيل أمام حركة السير بعد عامين من الأعمال\n2\tعاصفة رملية تغلق ميناء السدر الشرقي وتؤخر خمس سفن\n" +
		"2\tالبنك المركزي يبقي سعر الفائدة عند 4.25 في المئة\n2\tالنجمة يخطف بطاقة النهائي في الوقت القاتل\n" +
		"1\tمدرسة ريفية تزرع سطحها بالخضار\n1\tمكتبة المدينة القديمة تفتح قاعة للمخطوطات المرممة\n" +
		"1\tبعد عامين من الانتظار.. أهالي الضفة الغربية للنهر يعبرون جسرهم\n1\tأسعار الطماطم ترتفع في أسواق الجملة\n"
	t.Setenv("LC_ALL", "C.UTF-8")
	pythons := []string{"python3", "/usr/bin/python3"}
	for _, c := range []struct {
		script  string
		tools   []string // any will do
		library []string // arguments with which a tool tells that it has what the script needs
	}{
		{"results.py", pythons, []string{"-c", "import csv"}},
		{"results_pandas.py", pythons, []string{"-c", "import pandas"}},
		{"results_duckdb.js", []string{"node"}, []string{"-e", "require('@duckdb/node-api')"}},
		{"results.R", []string{"Rscript"}, []string{"-e", "library(jsonlite)"}},
	} {
		t.Run(c.script, func(t *testing.T) {
			tool := slices.IndexFunc(c.tools, func(tool string) bool { return exec.Command(tool, c.library...).Run() == nil })
			if tool < 0 {
				needs.Missing(t, "%s %s to succeed", c.tools[0], strings.Join(c.library, " "))
			}
			if got := run(t, c.tools[tool], "read/"+c.script, out); got != want {
				t.Errorf("it reads\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// The library is used from another module as README says.
func TestLibrary(t *testing.T) {
	needs.Time(t, "it builds a module")
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	source, err := os.ReadFile("library/main.go")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "main.go"), source, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"mod", "init", "newsdesk"},
		{"mod", "edit", "-replace", "qissa=" + root},
		{"get", "qissa"},
	} {
		cmd := exec.Command("go", args...)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOPROXY=off", "GONOSUMDB=*") // all that it needs is in the cache by now
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	cmd := exec.Command("go", "run", ".", filepath.Join(root, "testdata/sample.jsonl"))
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	const first = "71 articles, 0 damaged records\n6 اليونسكو تدرج قصبات وادي درعة على قائمة التراث العالمي\n"
	if !strings.HasPrefix(string(out), first) || strings.Count(string(out), "\n- ") != 71 {
		t.Errorf("it prints\n%s\nwant %sand 71 articles", out, first)
	}
}
