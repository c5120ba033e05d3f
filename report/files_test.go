package report

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"qissa"
)

func TestFilesAreAsTheyShouldBe(t *testing.T) {
	r := sample()
	golden(t, "stories.jsonl", write(t, func(w *strings.Builder) error { return StoriesJSONL(w, r) }))
	golden(t, "pairs.jsonl", write(t, func(w *strings.Builder) error { return PairsJSONL(w, r) }))
	golden(t, "articles.csv", write(t, func(w *strings.Builder) error { return ArticlesCSV(w, r) }))
	golden(t, "skipped.jsonl", write(t, func(w *strings.Builder) error { return SkippedJSONL(w, sampleSkipped()) }))
	golden(t, "run.json", write(t, func(w *strings.Builder) error { return RunJSON(w, sampleRun(r)) }))
	golden(t, "digest.md", write(t, func(w *strings.Builder) error { return Markdown(w, r, MarkdownOptions{}) }))
	golden(t, "digest-en.md", write(t, func(w *strings.Builder) error { return Markdown(w, r, MarkdownOptions{Lang: "en"}) }))
	golden(t, "graph.graphml", write(t, func(w *strings.Builder) error { return GraphML(w, r) }))
	golden(t, "graph.gexf", write(t, func(w *strings.Builder) error { return GEXF(w, r) }))
	golden(t, "outlets.csv", write(t, func(w *strings.Builder) error { return OutletsCSV(w, r) }))
	golden(t, "table.txt", write(t, func(w *strings.Builder) error { return Table(w, r, TableOptions{}) }))
	golden(t, "table-terminal.txt", write(t, func(w *strings.Builder) error { return Table(w, r, TableOptions{Rows: 2, Isolate: true}) }))
}

func TestNothingFoundIsWrittenToo(t *testing.T) {
	r := &qissa.Result{}
	for name, f := range map[string]func(w *strings.Builder) error{
		"": func(w *strings.Builder) error { return StoriesJSONL(w, r) },
		"articles  sources  origins  storyline  first seen  headline\n": func(w *strings.Builder) error { return Table(w, r, TableOptions{}) },
		"\ufeff" + strings.Join(articleColumns, ",") + "\n":             func(w *strings.Builder) error { return ArticlesCSV(w, r) },
	} {
		if got := write(t, f); got != name {
			t.Errorf("an empty result gives %q, want %q", got, name)
		}
	}
	page := write(t, func(w *strings.Builder) error { return HTML(w, r, HTMLOptions{}) })
	if !strings.Contains(page, "لم نجد أي مادة") {
		t.Error("the page of an empty result does not say so")
	}
}

func TestJSONLines(t *testing.T) {
	r := sample()
	for _, f := range []func(w *strings.Builder) error{
		func(w *strings.Builder) error { return StoriesJSONL(w, r) },
		func(w *strings.Builder) error { return PairsJSONL(w, r) },
		func(w *strings.Builder) error { return SkippedJSONL(w, sampleSkipped()) },
	} {
		got := write(t, f)
		for line := range strings.Lines(got) {
			if !json.Valid([]byte(line)) {
				t.Errorf("not JSON: %s", line)
			}
		}
		for _, bad := range []string{"<", "\u2028", "\u2029", "\x00"} {
			if strings.Contains(got, bad) {
				t.Errorf("%q stands in the output unescaped", bad)
			}
		}
	}
}

func TestPassagesAreFoundAtTheirPlaces(t *testing.T) {
	r := sample()
	for _, p := range r.Pairs {
		for _, run := range p.Passages {
			a, b := r.Articles[p.A], r.Articles[p.B]
			inA := string([]rune(a.Title + "\n" + a.Body)[run.A[0]:run.A[1]])
			inB := string([]rune(b.Title + "\n" + b.Body)[run.B[0]:run.B[1]])
			if inA != inB || inA == "" {
				t.Errorf("passage %q of %s is %q in %s", inA, a.ID, inB, b.ID)
			}
		}
	}
}

func TestShare(t *testing.T) {
	for _, c := range []struct {
		in   float64
		want string
	}{
		{0, "0"}, {1, "1"}, {0.48812, "0.488"}, {0.4996, "0.5"}, {0.0004, "0"}, {math.NaN(), "null"}, {math.Inf(1), "null"},
	} {
		got, err := json.Marshal(share(c.in))
		if err != nil || string(got) != c.want {
			t.Errorf("share(%v) = %s, %v, want %s", c.in, got, err, c.want)
		}
	}
}

func TestSpreadsheetsRunNoCell(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""}, {"عنوان", "عنوان"}, {"=1+1", "'=1+1"}, {"+966", "'+966"}, {"-رأي", "'-رأي"}, {"@وكالة", "'@وكالة"},
		{"\t=1", "'\t=1"}, {"\r=1", "'\r=1"}, {"\n=1", "'\n=1"}, {"a=1", "a=1"}, {"\x00=1", "'=1"},
		{"＝1+1", "'＝1+1"}, {"＋966", "'＋966"}, {"\x1b=1", "'=1"}, {"خبر\x1b[2J\u009b", "خبر[2J"},
	} {
		if got := inert(c.in); got != c.want {
			t.Errorf("inert(%q) = %q, want %q", c.in, got, c.want)
		}
	}
	text := write(t, func(w *strings.Builder) error { return ArticlesCSV(w, sample()) })
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 7 || !slices.Equal(rows[0], articleColumns) {
		t.Errorf("%d rows under %v, want 7", len(rows), rows[0])
	}
}

func TestPlain(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"escape codes", "\x1b[31mأحمر\x1b[0m", "[31mأحمر[0m"},
		{"overrides", "\u202eمقلوب\u202c", "مقلوب"},
		{"isolates", "\u2067خبر\u2069\u2069", "خبر"},
		{"C1 controls", "خبر\u009b2J", "خبر2J"},
		{"line breaks", " سطر\r\n\tآخر\u2028ثالث ", "سطر آخر ثالث"},
		{"joiners stay", "می\u200cخواهم", "می\u200cخواهم"},
		{"marks stay", "مُدَرِّس", "مُدَرِّس"},
		{"not UTF-8", "خبر\xff", "خبر"},
	} {
		if got := plain(c.in); got != c.want {
			t.Errorf("%s: plain(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		name, in string
		n        int
		want     string
	}{
		{"short", "خبر", 3, "خبر"},
		{"long", "أخبار", 3, "أخ…"},
		{"marks belong to their letter", "مُدَرِّسٌ", 4, "مُدَرِّسٌ"},
		{"marks are not cut off", "مُدَرِّسٌ", 3, "مُدَ…"},
		{"no space before the ellipsis", "خبر عاجل", 5, "خبر…"},
		{"nothing", "", 3, ""},
	} {
		if got := cut(c.in, c.n); got != c.want {
			t.Errorf("%s: cut(%q, %d) = %q, want %q", c.name, c.in, c.n, got, c.want)
		}
	}
}

func FuzzTable(f *testing.F) {
	f.Add("عنوان", "متن")
	f.Add("\x1b]0;x\x07\u202e\xff", "")
	f.Fuzz(func(t *testing.T, title, body string) {
		r := sample()
		r.Articles[0].Title, r.Articles[0].Body = title, body
		got := write(t, func(w *strings.Builder) error { return Table(w, r, TableOptions{}) })
		if n := strings.Count(got, "\n"); n != 5 {
			t.Errorf("%d lines, want 5", n)
		}
		for _, c := range got {
			if c != '\n' && (c < ' ' || 0x7f <= c && c < 0xa0 || turnsDirection(c)) {
				t.Errorf("%U in the table", c)
			}
		}
		if !utf8.ValidString(got) {
			t.Error("the table is not UTF-8")
		}
	})
}

// A full disk is reported, whatever is being written.
func TestErrorsOfTheWriterAreReturned(t *testing.T) {
	r := sample()
	for name, err := range map[string]error{
		"StoriesJSONL": StoriesJSONL(full{}, r), "PairsJSONL": PairsJSONL(full{}, r), "ArticlesCSV": ArticlesCSV(full{}, r),
		"SkippedJSONL": SkippedJSONL(full{}, sampleSkipped()), "RunJSON": RunJSON(full{}, Run{}),
		"Table": Table(full{}, r, TableOptions{}), "HTML": HTML(full{}, r, HTMLOptions{}),
	} {
		if !errors.Is(err, errFull) {
			t.Errorf("%s on a full disk: %v", name, err)
		}
	}
}

var errFull = errors.New("disk full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }
