package eval

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"qissa/internal/needs"
)

func TestReadLabels(t *testing.T) {
	two := []Item{{ID: "1", Story: "a"}, {ID: "2", Story: "b"}}
	for _, c := range []struct {
		name, in string
		want     []Item
	}{
		{"lines", "1\ta\n2\tb\n", two},
		{"no last line end", "1\ta\n2\tb", two},
		{"CRLF", "1\ta\r\n2\tb\r\n", two},
		{"byte order mark", "\ufeff1\ta\n2\tb\n", two},
		{"comments and blank lines", "# who\n\n1\ta\n \t \n2\tb\n#3\tc\n", two},
		{"space around", " 1\t a \n2 \tb\n", two},
		{"space within", "1 x\tقصة أولى\n", []Item{{ID: "1 x", Story: "قصة أولى"}}},
		{"same id, same story", "1\ta\n2\tb\n1\ta\n", two},
		{"storylines", "1\ta\tx\n2\tb\t x\n", []Item{{ID: "1", Story: "a", Storyline: "x"}, {ID: "2", Story: "b", Storyline: "x"}}},
		{"storylines of a run", `{"id":"s1","storyline":{"id":"l1","size":2},"articles":[{"id":"1"}]}`, []Item{{ID: "1", Story: "s1", Storyline: "l1"}}},
		{"file order", "2\tb\n1\ta\n", []Item{two[1], two[0]}},
		{"stories.jsonl",
			`{"id":"s1","articles":[{"id":"1","title":"خبر","source":"الوطن","time":"2015-08-02T10:00:00Z"},{"id":"2","title":null}]}` +
				"\n\n" + `{"id":"s2","articles":[{"id":"3"}]}`,
			[]Item{{"1", "s1", "", "خبر", "الوطن", "2015-08-02T10:00:00Z"}, {ID: "2", Story: "s1"}, {ID: "3", Story: "s2"}}},
	} {
		got, err := ReadLabels(strings.NewReader(c.in), "x")
		if err != nil || !slices.Equal(got.Items, c.want) {
			t.Errorf("%s: ReadLabels = %v, %v, want %v", c.name, got.Items, err, c.want)
		}
	}
}

func TestReadLabelsRefuses(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"empty", "", `x: no labels; want lines of id<TAB>story, or the stories.jsonl of a run`},
		{"comments only", "# a\n", `x: no labels; want lines of id<TAB>story, or the stories.jsonl of a run`},
		{"no tab", "1\ta\n2 b\n", `x:2: 1 column(s), want 2 or 3; write id<TAB>story, or id<TAB>story<TAB>storyline, or pass the stories.jsonl of a run`},
		{"four columns", "1\ta\tb\tc\n", `x:1: 4 column(s), want 2 or 3; write id<TAB>story, or id<TAB>story<TAB>storyline, or pass the stories.jsonl of a run`},
		{"no storyline", "1\ta\tx\n2\tb\n", `x:2: article "2" has no storyline, others before it have a storyline; give one to all articles or to none`},
		{"a storyline at last", "1\ta\n2\tb\tx\n", `x:2: article "2" has a storyline, others before it have no storyline; give one to all articles or to none`},
		{"two storylines", "1\ta\tx\n2\ta\ty\n", `x:2: story "a" is in storyline "y", but in "x" at line 1; a story has one storyline`},
		{"no id", "\ta\n", `x:1: empty id; give each article the id it has in the dump`},
		{"no story", "1\t\n", `x:1: article "1" has an empty story; give a story of its own to an article that stands alone`},
		{"two stories", "1\ta\n\n1\tb\n", `x:3: article "1" is in story "b", but in "a" at line 1; keep one of the two`},
		{"gzip", "\x1f\x8b\x08", `x:1: not UTF-8 text; unpack the file if it is compressed, and save it as UTF-8`},
		{"UTF-16", "1\x00\t\x00a\x00\n\x00", `x:1: not UTF-8 text; unpack the file if it is compressed, and save it as UTF-8`},
		{"cut JSON", `{"id":"s1","arti`, `x:1: unexpected end of JSON input; each line must be one story as the run wrote it`},
		{"a dump", `{"id":"1","title":"خبر","body":"نص"}`, `x:1: no "articles"; pass the stories.jsonl of a run, not the dump`},
		{"story without id", `{"articles":[{"id":"1"}]}`, `x:1: article "1" has an empty story; give a story of its own to an article that stands alone`},
		{"article in two stories", `{"id":"a","articles":[{"id":"1"}]}` + "\n" + `{"id":"b","articles":[{"id":"1"}]}`,
			`x:2: article "1" is in story "b", but in "a" at line 1; keep one of the two`},
	} {
		if got, err := ReadLabels(strings.NewReader(c.in), "x"); err == nil || err.Error() != c.want {
			t.Errorf("%s: ReadLabels = %v, error %v\nwant error %s", c.name, got.Items, err, c.want)
		}
	}
}

// The wider level has each article under its storyline; labels of one level have none.
func TestStorylines(t *testing.T) {
	l, err := ReadLabels(strings.NewReader("1\ta\tx\n2\tb\tx\n3\tc\ty\n"), "x")
	if err != nil {
		t.Fatal(err)
	}
	wide, ok := l.Storylines()
	if got := []string{wide.Items[0].Story, wide.Items[1].Story, wide.Items[2].Story}; !ok || !slices.Equal(got, []string{"x", "x", "y"}) {
		t.Errorf("storylines %v, %v", got, ok)
	}
	if l.Items[0].Story != "a" {
		t.Error("the stories changed")
	}
	if l, err = ReadLabels(strings.NewReader("1\ta\n"), "x"); err != nil {
		t.Fatal(err)
	}
	if _, ok := l.Storylines(); ok {
		t.Error("two columns have storylines")
	}
}

// What is read without error has unique, non-empty ids and labels, and reads
// back the same from lines.
func FuzzReadLabels(f *testing.F) {
	for _, s := range []string{"1\ta\r\n# x\n2\tb", "\ufeff1\ta\n", `{"id":"s","articles":[{"id":"1","title":null}]}`, "1\ta\n1\tb", "{\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, err := ReadLabels(strings.NewReader(in), "x")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "x:") {
				t.Errorf("error %q names no file", err)
			}
			return
		}
		var lines strings.Builder
		for _, it := range got.Items {
			if it.ID == "" || it.Story == "" || strings.ContainsAny(it.ID+it.Story, "\t\r\n") || strings.IndexAny(it.ID, "#{\ufeff") == 0 {
				return // JSON can hold ids that lines cannot
			}
			lines.WriteString(it.ID + "\t" + it.Story + "\n")
		}
		back, err := ReadLabels(strings.NewReader(lines.String()), "x")
		same := func(a, b Item) bool { return a.ID == b.ID && a.Story == b.Story }
		if err != nil || !slices.EqualFunc(back.Items, got.Items, same) {
			t.Errorf("read %v, wrote them, read %v, %v", got.Items, back.Items, err)
		}
	})
}

// All story sets read, and equal themselves.
func TestReadLabelsOfStorySets(t *testing.T) {
	const folder = "../../shared/data/stories"
	files, _ := filepath.Glob(folder + "/*.tsv")
	if len(files) == 0 {
		needs.Missing(t, "story sets in %s", folder)
	}
	for _, path := range files {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		l, err := ReadLabels(f, path)
		f.Close()
		if err != nil {
			t.Error(err)
			continue
		}
		pred, gold, err := Align(l, l)
		if err != nil || ARI(pred, gold) != 1 {
			t.Errorf("%s against itself: ARI %v, %v", path, ARI(pred, gold), err)
		}
		if len(l.Items) < 240 || len(l.Items) > 500 {
			t.Errorf("%s: %d articles, want 240 to 500", path, len(l.Items))
		}
		if _, has := l.Storylines(); has != strings.HasSuffix(path, ".v2.tsv") {
			t.Errorf("%s: storylines: %v", path, has)
		}
	}
}
