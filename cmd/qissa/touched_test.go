package main

import (
	"encoding/json"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"qissa/internal/needs"
)

const touchedDump = `{"id":"1","source":"أ","title":"افتتاح الجسر المعلق على النهر","text":"افتتح وزير النقل صباح اليوم الجسر المعلق الذي يربط ضفتي النهر بعد عامين من الأعمال المتواصلة وقال إن كلفته 50 مليونا","time":"2025-07-14T10:00:00Z"}
{"id":"2","source":"ب","title":"افتتاح الجسر المعلق","text":"افتتح وزير النقل صباح اليوم الجسر المعلق الذي يربط ضفتي النهر بعد عامين من الأعمال المتواصلة وقال إن كلفته 60 مليونا","time":"2025-07-14T12:00:00Z"}
{"id":"3","source":"ب","title":"خسارة المنتخب في تصفيات البطولة","text":"خسر المنتخب مباراته الأولى أمام ضيفه بهدفين دون رد في تصفيات البطولة القارية مساء أمس"}
`

// A touchedRun is the folder of a run whose files are changed and read again.
type touchedRun struct {
	root, dir string
	files     map[string]string // as the run left them
}

func newTouchedRun(t testing.TB) touchedRun {
	root := t.TempDir()
	r := touchedRun{root, filepath.Join(root, "out"), map[string]string{}}
	dump := filepath.Join(root, "dump.jsonl")
	if err := os.WriteFile(dump, []byte(touchedDump), 0o666); err != nil {
		t.Fatal(err)
	}
	if code := run(t.Context(), []string{"cluster", dump, "-q", "-o", r.dir}, nil, io.Discard, io.Discard); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	for _, name := range []string{runFileName, storiesFileName, pairsFileName} {
		text, err := os.ReadFile(filepath.Join(r.dir, name))
		if err != nil {
			t.Fatal(err)
		}
		r.files[name] = string(text)
	}
	return r
}

// read lets every verb read the folder with other files in it. It returns what
// they said.
func (r touchedRun) read(t *testing.T, files map[string]string) string {
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(r.dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	story := "s_none"
	var first struct{ ID string }
	if line, _, _ := strings.Cut(files[storiesFileName], "\n"); json.Unmarshal([]byte(line), &first) == nil && first.ID != "" {
		story = first.ID
	}
	labels := filepath.Join(r.root, "labels.tsv")
	var said strings.Builder
	for _, args := range [][]string{
		{"explain", r.dir, "1", "2"}, {"explain", r.dir, "2", "3"}, {"eval", r.dir, labels, "--errors", "3"},
		{"report", r.dir, "--story", story}, {"report", r.dir, "--format", "md", "--force"}, {"report", r.dir},
	} {
		var out, stderr strings.Builder
		code := run(t.Context(), args, strings.NewReader(""), &out, &stderr)
		said.WriteString(stderr.String())
		if code > exitNoArticles || strings.Contains(stderr.String(), "internal fault") {
			t.Errorf("%s: exit code %d, %s", args, code, &stderr)
		}
		for _, line := range strings.Split(strings.TrimSuffix(stderr.String(), "\n"), "\n") {
			leftOut := args[0] == "eval" && strings.HasSuffix(line, "left out") // an id that is another has no label
			if line != "" && !leftOut && !strings.HasPrefix(line, "warning: ") && !strings.HasPrefix(line, "error: ") && !strings.HasPrefix(line, "wrote ") {
				t.Errorf("%s says %q", args, line)
			}
		}
		if i := strings.IndexAny(out.String()+stderr.String(), "\x00\x07\x1b\x7f\u009b\u202e"); i >= 0 {
			t.Errorf("%s steers the terminal: %q", args, out.String()+stderr.String())
		}
	}
	for _, dir := range []string{r.root, r.dir} {
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			if dir == r.root && e.Name() != "out" && e.Name() != "dump.jsonl" && e.Name() != "labels.tsv" || strings.HasPrefix(e.Name(), ".") {
				t.Errorf("%s is left in %s", e.Name(), dir)
			}
		}
	}
	return said.String()
}

// A folder that somebody touched is told by file and line.
func TestTouchedFolder(t *testing.T) {
	r := newTouchedRun(t)
	if err := os.WriteFile(filepath.Join(r.root, "labels.tsv"), []byte("1\ta\n2\ta\n3\tb\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if said := r.read(t, r.files); strings.Contains(said, "error") {
		t.Errorf("as the run left it: %s", said)
	}
	for _, test := range []struct{ file, from, to, want string }{
		{storiesFileName, `"representative":"1"`, `"representative":"3"`, `stories.jsonl:1: representative "3" is not among its articles`},
		{storiesFileName, `"last_time":"2025`, `"last_time":"1925`, `stories.jsonl:1: last_time "1925-07-14T12:00:00Z" is of none of its articles`},
		{storiesFileName, `"articles":[`, `"articles":[],"Xrticles":[`, `stories.jsonl:1: `},
		{storiesFileName, `"origins":[{"article":"1"`, `"origins":[{"article":""`, `stories.jsonl:1: an origin is missing`},
		{storiesFileName, "\n", "", "stories.jsonl:1: not a record of a run"},
		{storiesFileName, `"id":"s_`, `"id":"../s_`, "is no name of a file; give one with -o"},
		{storiesFileName, `"id":"s_`, `"id":"\u001b[2J\u009b\u202e\nerror: forged`, ""},
		{pairsFileName, `"runs":[{"a":[`, `"runs":[{"a":[-5,`, "pairs.jsonl:1: "},
		{pairsFileName, `"a":"1"`, `"a":"7"`, `pairs.jsonl:1: article "7" or "2" is not in the input any more`},
		{runFileName, `"settings": {`, `"settings": ["lang"], "x": {`, "run.json: not the record of a run"},
		{runFileName, `"lang": "ar"`, `"lang": ["ar"]`, `run.json: not the record of a run`},
	} {
		files := map[string]string{}
		for name, text := range r.files {
			files[name] = text
		}
		files[test.file] = strings.Replace(files[test.file], test.from, test.to, 1)
		if files[test.file] == r.files[test.file] {
			t.Errorf("%s: %q does not stand in it", test.file, test.from)
		}
		if said := r.read(t, files); !strings.Contains(said, test.want) {
			t.Errorf("%s with %q: %q, want %q", test.file, test.to, said, test.want)
		}
	}
}

// At night thousands of folders are read in which bytes were changed at random.
func TestMutatedFolders(t *testing.T) {
	folders := 20
	if needs.Long() {
		folders = 5000
	}
	r := newTouchedRun(t)
	if err := os.WriteFile(filepath.Join(r.root, "labels.tsv"), []byte("1\ta\n2\ta\n3\tb\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(folders) {
		random := rand.New(rand.NewPCG(seed, 16))
		files := map[string]string{}
		for _, name := range []string{runFileName, storiesFileName, pairsFileName} {
			text := []byte(r.files[name])
			for range random.IntN(4) {
				at := random.IntN(len(text))
				switch random.IntN(4) {
				case 0:
					text[at] = byte(random.IntN(256))
				case 1:
					text = slices.Delete(text, at, min(at+1+random.IntN(40), len(text)))
				case 2:
					text = slices.Insert(text, at, text[at:min(at+1+random.IntN(40), len(text))]...)
				case 3:
					text[at] = "0123456789\"\n,:{}[]"[random.IntN(18)]
				}
			}
			if name == runFileName && strings.Count(string(text), r.root) != strings.Count(r.files[name], r.root) {
				text = []byte(r.files[name]) // it shall not read elsewhere
			}
			files[name] = string(text)
		}
		if r.read(t, files); t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// FuzzResultsFolder reads folders of runs that anything may have happened to.
func FuzzResultsFolder(f *testing.F) {
	r := newTouchedRun(f)
	if err := os.WriteFile(filepath.Join(r.root, "labels.tsv"), []byte("1\ta\n2\ta\n3\tb\n"), 0o666); err != nil {
		f.Fatal(err)
	}
	f.Add("lang", "long", byte(0))
	f.Add(`"`, `'`, byte(1))
	f.Add(`"representative":"1"`, `"representative":"2"`, byte(1))
	f.Add("\n", "", byte(2))
	f.Add("[", "[[", byte(2))
	f.Add("1", "\u001b", byte(1))
	names := []string{runFileName, storiesFileName, pairsFileName}
	f.Fuzz(func(t *testing.T, from, to string, file byte) {
		files := map[string]string{}
		for name, text := range r.files {
			files[name] = text
		}
		name := names[int(file)%len(names)]
		files[name] = strings.Replace(files[name], from, to, int(file)/len(names)%3+1)
		if name == runFileName && strings.Count(files[name], r.root) != strings.Count(r.files[name], r.root) {
			files[name] = r.files[name] // it shall not read elsewhere
		}
		r.read(t, files)
	})
}

// FuzzCorrections reads corrections of any bytes.
func FuzzCorrections(f *testing.F) {
	f.Add(`{"type":"must_link","a":"1","b":"2"}` + "\n\n" + `{"type":"cannot_link","a":"1","b":"3"}`)
	f.Add(`{"type":"must_link","a":1,"b":"2"}`)
	f.Add("\ufeff{}\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := parseCorrections(strings.NewReader(text), "c.jsonl")
		if err != nil && !strings.HasPrefix(err.Error(), "c.jsonl:") {
			t.Errorf("%v names no line", err)
		}
		for _, c := range list {
			if c.A == "" || c.B == "" || !strings.HasPrefix(c.Where, "c.jsonl:") {
				t.Errorf("%+v", c)
			}
		}
	})
}
