package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"qissa/article"
	"qissa/eval"
	"qissa/testdata"
)

// miniData writes a folder as the commands want it: the bundled sample as both
// dumps, and its stories dealt out to the dev sets, one extra set and one everyday feed.
func miniData(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	f, err := os.Open("../../testdata/sample.gold.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	labels, err := eval.ReadLabels(f, f.Name())
	if err != nil {
		t.Fatal(err)
	}
	story := map[string]string{}
	for _, item := range labels.Items {
		story[item.ID] = item.Story
	}
	sets := append(slices.Clone(dev), extra[0], everyday[0])
	number := map[string]int{} // of each story
	var all bytes.Buffer
	lines, gold := make([]bytes.Buffer, len(sets)), make([]bytes.Buffer, len(sets))
	for a, err := range article.Read(strings.NewReader(testdata.Sample), "sample.jsonl", article.Options{}) {
		s := story[a.ID]
		if err != nil || s == "" {
			continue
		}
		delete(story, a.ID) // an id stands once in a set
		if _, ok := number[s]; !ok {
			number[s] = len(number)
		}
		line, err := json.Marshal(map[string]any{"id": a.ID, "title": a.Title, "text": a.Body, "source": a.Source, "time": a.Time})
		if err != nil {
			t.Fatal(err)
		}
		n := number[s] % len(sets)
		fmt.Fprintf(&all, "%s\n", line)
		fmt.Fprintf(&lines[n], "%s\n", line)
		fmt.Fprintf(&gold[n], "%s\t%s\t%d\n", a.ID, s, number[s]/len(sets)/2)
	}
	write := func(data []byte, path ...string) {
		name := filepath.Join(append([]string{folder}, path...)...)
		if err := cmp.Or(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, data, 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	for n, set := range sets {
		write(lines[n].Bytes(), "stories", set+".jsonl")
		write(gold[n].Bytes(), "stories", set+".v2.tsv")
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write(all.Bytes())
	z.Close()
	for _, d := range dumps {
		write(packed.Bytes(), "dumps", d.name+".jsonl.gz")
	}
	return folder
}

// Sets come in the order in which they are named, by themselves and then in context,
// each time; a set that is not there is left out.
func TestLoadAll(t *testing.T) {
	data := miniData(t)
	want := []string{"ant-dev", "snn-dev2", "ant-dev2", "snn-dev", "ant-dev context", "ant-dev2 context", "snn-dev2 context", "snn-dev context"}
	for range 5 {
		all, err := loadAll(t.Context(), data, []string{"ant-dev", "snn-dev2", "snn-train3", "ant-dev2", "snn-dev"}, fitFrom)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range all {
			name := s.name
			if s.context {
				name += " context"
			}
			got = append(got, name)
			if len(s.pairs) == 0 || len(s.features) != len(s.pairs) || len(s.fixed) != len(s.pairs) {
				t.Errorf("%s: %d pairs, %d features, %d fixed", name, len(s.pairs), len(s.features), len(s.fixed))
			}
			for _, p := range s.pairs {
				if p.A >= p.B || int(p.B) >= len(s.gold) {
					t.Errorf("%s: pair %v among %d articles", name, p, len(s.gold))
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("sets %q, want %q", got, want)
		}
	}
}

func TestLoadAllTellsWhatIsMissing(t *testing.T) {
	data := miniData(t)
	if err := os.Remove(filepath.Join(data, "dumps", "saudinewsnet.jsonl.gz")); err != nil {
		t.Fatal(err)
	}
	if _, err := loadAll(t.Context(), data, dev, fitFrom); err == nil || !strings.Contains(err.Error(), "saudinewsnet") {
		t.Errorf("error %v, want one that names the dump", err)
	}
	if err := os.WriteFile(filepath.Join(data, "stories", "ant-dev.v2.tsv"), []byte("1\ta\n1\tb\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := loadAll(t.Context(), data, dev, fitFrom); err == nil || !strings.Contains(err.Error(), "ant-dev.v2.tsv:2") {
		t.Errorf("error %v, want one that names file and line", err)
	}
}

// What a set is measured with has not seen it.
func TestExperiments(t *testing.T) {
	for _, e := range experiments {
		for _, test := range slices.Concat(dev, everyday) {
			n := 0
			for _, train := range slices.Concat(dev, extra, everyday) {
				switch used := e.use(train, test); {
				case !used:
				case e.name == "fitted on all":
					n++
				case train == test, strings.Contains(e.name, "corpus") && collection(train) == collection(test),
					strings.Contains(e.name, "kind") && isEveryday(train) == isEveryday(test):
					t.Errorf("%s: %s is fitted on %s", e.name, test, train)
				default:
					n++
				}
			}
			if n == 0 {
				t.Errorf("%s: %s is fitted on nothing", e.name, test)
			}
		}
	}
}

// check prints tables of the dev sets, in context and alone, and of everyday feeds for
// each experiment, and the same ones each time.
func TestCheck(t *testing.T) {
	data := miniData(t)
	var once, again bytes.Buffer
	for _, out := range []*bytes.Buffer{&once, &again} {
		if err := run(t.Context(), []string{"check", data}, out); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(once.Bytes(), again.Bytes()) {
		t.Errorf("two runs:\n%s\n%s", once.Bytes(), again.Bytes())
	}
	tables := strings.Split(strings.TrimSpace(once.String()), "\n\n")
	if len(tables) != 3*len(experiments) {
		t.Fatalf("%d tables, want %d:\n%s", len(tables), 3*len(experiments), once.Bytes())
	}
	for _, table := range tables {
		if strings.Count(table, "storylines\n") != 1 || strings.Count(table, "95 % of the mean") != 2 {
			t.Errorf("want stories and storylines with intervals:\n%s", table)
		}
		sets := append(slices.Clone(dev), "mean")
		if strings.Contains(table, "everyday") {
			sets = everyday[:1]
		}
		for _, set := range sets {
			if !regexp.MustCompile(`(?m)^` + set + `\b.*[01]\.[0-9]{3}`).MatchString(table) {
				t.Errorf("no figures of %s in\n%s", set, table)
			}
		}
	}
}

// trust prints what it fitted, a row for each tenth, and what would be marked: of all
// stories that were found.
func TestTrust(t *testing.T) {
	var out bytes.Buffer
	if err := run(t.Context(), []string{"trust", miniData(t)}, &out); err != nil {
		t.Fatal(err)
	}
	rows, stories := regexp.MustCompile(`(?m)^\| 0\.\d–\d\.\d \| (\d+) `).FindAllStringSubmatch(out.String(), -1), 0
	for _, r := range rows {
		n, _ := strconv.Atoi(r[1])
		stories += n
	}
	var flagged, wrong, flaggedRight, right int
	_, end, _ := strings.Cut(out.String(), "under .60: ")
	if _, err := fmt.Sscanf(end, "%d of %d wrong stories, %d of %d right ones", &flagged, &wrong, &flaggedRight, &right); err != nil || wrong+right != stories || stories == 0 {
		t.Errorf("%v, %d stories in the table:\n%s", err, stories, out.Bytes())
	}
}

// The weights are written as Go code, the same each time.
func TestWriteWeights(t *testing.T) {
	data := miniData(t)
	var files [2][]byte
	for i := range files {
		name := filepath.Join(t.TempDir(), "fitted.go")
		if err := writeWeights(t.Context(), data, name); err != nil {
			t.Fatal(err)
		}
		var err error
		if files[i], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
		if _, err := parser.ParseFile(token.NewFileSet(), name, files[i], 0); err != nil {
			t.Error(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Errorf("two runs:\n%s\n%s", files[0], files[1])
	}
	if !bytes.Contains(files[0], []byte("of 6 labelled sets")) {
		t.Errorf("the comment does not tell of 6 sets:\n%s", files[0])
	}
}

func TestWriteReference(t *testing.T) {
	data := miniData(t)
	name := filepath.Join(t.TempDir(), "reference.tsv.gz")
	if err := writeReference(t.Context(), []string{filepath.Join(data, "dumps", "ant.jsonl.gz")}, name); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(name); err != nil || info.Size() == 0 {
		t.Errorf("%v, want a file that holds something", err)
	}
}

func TestRunRefuses(t *testing.T) {
	for _, args := range [][]string{nil, {"check"}, {"nonsense", "data"}, {"check", "no-such-folder"}, {"weights", "no-such-folder"}, {"trust", "no-such-folder"}, {"words", "no-such-folder"}, {"reference", "no-such-file"}} {
		if err := run(t.Context(), args, &bytes.Buffer{}); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
}
