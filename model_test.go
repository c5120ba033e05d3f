package qissa_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"qissa"
)

// writeAndRead returns a model as bytes and read from them.
func writeAndRead(t testing.TB, m *qissa.Model) ([]byte, *qissa.Model) {
	t.Helper()
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	read, err := qissa.ReadModel(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), read
}

// The model of the input is what a run without a model uses: built, written, read, and
// given back, it changes nothing.
func TestModelOfTheInputIsNoModel(t *testing.T) {
	articles := readArticles(t, "testdata/sample.jsonl")
	want := clusterAll(t, articles, 2)
	m, err := qissa.BuildModel(t.Context(), articles, qissa.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	_, read := writeAndRead(t, m)
	for name, m := range map[string]*qissa.Model{"built": m, "read": read} {
		opt := qissa.DefaultOptions()
		opt.Model = m
		got, err := qissa.Cluster(t.Context(), articles, opt)
		if err != nil {
			t.Fatal(err)
		}
		got.Mentions = nil // of words that the model knows
		if !reflect.DeepEqual(got, want) {
			t.Errorf("the model as %s gives another result than none", name)
		}
	}
}

// Under one model two articles are compared alike whatever else is read.
func TestModelMakesRunsComparable(t *testing.T) {
	articles := readArticles(t, "testdata/sample.jsonl")
	m, err := qissa.BuildModel(t.Context(), articles, qissa.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	cosines := func(part int, m *qissa.Model) map[string]float64 {
		opt := qissa.DefaultOptions()
		opt.Model = m
		r, err := qissa.Cluster(t.Context(), articles[:part], opt)
		if err != nil {
			t.Fatal(err)
		}
		cosine := map[string]float64{}
		for _, p := range r.Pairs {
			a, b := r.Articles[p.A].ID, r.Articles[p.B].ID
			cosine[min(a, b)+" "+max(a, b)] = p.Cosine
		}
		return cosine
	}
	differ := func(m *qissa.Model) (shared, different int) {
		all := cosines(len(articles), m)
		for pair, cosine := range cosines(len(articles)/2, m) {
			if of, ok := all[pair]; ok {
				shared++
				if of != cosine {
					different++
				}
			}
		}
		return shared, different
	}
	if shared, different := differ(m); shared < 10 || different > 0 {
		t.Errorf("under one model %d of %d pairs have another cosine", different, shared)
	}
	if _, different := differ(nil); different == 0 {
		t.Error("without a model no pair has another cosine: nothing is tested")
	}
}

// A model is the same bytes whatever the order of the articles and the workers.
func TestModelBytes(t *testing.T) {
	articles := readArticles(t, "testdata/sample.jsonl")
	var first []byte
	for jobs := 1; jobs <= 3; jobs++ {
		opt := qissa.DefaultOptions()
		opt.Jobs = jobs
		m, err := qissa.BuildModel(t.Context(), articles, opt)
		if err != nil {
			t.Fatal(err)
		}
		data, read := writeAndRead(t, m)
		again, _ := writeAndRead(t, read)
		if first == nil {
			first = data
		}
		if !bytes.Equal(data, first) || !bytes.Equal(again, first) || read.ID() != m.ID() || len(m.ID()) != 12 {
			t.Errorf("%d jobs: other bytes, or ids %s and %s", jobs, m.ID(), read.ID())
		}
		info := read.Info()
		if info != m.Info() || info.Documents < 71 || info.Terms < 1000 {
			t.Errorf("%+v and %+v", info, m.Info())
		}
		articles[0], articles[jobs] = articles[jobs], articles[0]
	}
}

// A model that is damaged is told by line.
func TestDamagedModels(t *testing.T) {
	m, err := qissa.BuildModel(t.Context(), readArticles(t, "testdata/sample.jsonl"), qissa.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	data, _ := writeAndRead(t, m)
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(text), "\n")
	for _, test := range []struct {
		name   string
		change func(lines []string) []string
		want   string
	}{
		{"no model", func(l []string) []string { return []string{"hello\n"} }, "line 1 of the model: this is no model of qissa"},
		{"a newer format", func(l []string) []string { l[0] = "qissa-model\t9\n"; return l }, "line 1 of the model: format 9; this qissa reads 4"},
		{"other words", func(l []string) []string { l[1] = "pipeline\t0\n"; return l }, "line 2 of the model: it counts the words of pipeline 0, this qissa those of 1; build it anew"},
		{"a number that is none", func(l []string) []string { l[2] = "documents\tmany\n"; return l }, `line 3 of the model: "many" is no number of documents`},
		{"no decision", func(l []string) []string { return append(l[:3:3], l[4:]...) }, "this is no model of qissa"},
		{"half a decision", func(l []string) []string { l[3] = "decision\t1\n"; return l }, `line 4 of the model: "decision" with 1 fields is unknown`},
		{"terms out of order", func(l []string) []string { n := len(l); l[n-2], l[n-3] = l[n-3], l[n-2]; return l }, "out of order"},
		{"a term in too many documents", func(l []string) []string { l[4] = "term\tx\t1\t99999999\t1\n"; return l }, "of "},
		{"several models", func(l []string) []string { return append(append(l, "qissa-epoch\t7\n"), l...) }, "it holds 2 models, of one epoch after the other"},
		{"an epoch without a time", func(l []string) []string { return append(append(l, "qissa-epoch\tsoon\n"), l...) }, `of the model: an epoch cannot start at "soon"`},
		{"an epoch without a model", func(l []string) []string { return append(l, "qissa-epoch\t7\n") }, "this is no model of qissa"},
		{"epochs out of order", func(l []string) []string {
			return slices.Concat(l, []string{"qissa-epoch\t7\n"}, l, []string{"qissa-epoch\t7\n"}, l)
		}, `of the model: an epoch cannot start at "7"`},
		{"an unknown line", func(l []string) []string { return append(l[:4:4], append([]string{"x\n"}, l[4:]...)...) }, `line 5 of the model: "x" with 0 fields is unknown`},
	} {
		changed := strings.Join(test.change(append([]string(nil), lines...)), "")
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		fmt.Fprint(z, changed)
		z.Close()
		if _, err := qissa.ReadModel(&b); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %q in it", test.name, err, test.want)
		}
	}
	if _, err := qissa.ReadModel(bytes.NewReader(data[:len(data)/2])); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("half a model: error %v", err)
	}
}

// Whatever is read as a model is written as it was read.
func FuzzReadModel(f *testing.F) {
	m, err := qissa.BuildModel(f.Context(), readArticles(f, "testdata/sample.jsonl")[:3], qissa.DefaultOptions())
	if err != nil {
		f.Fatal(err)
	}
	data, _ := writeAndRead(f, m)
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		f.Fatal(err)
	}
	text, err := io.ReadAll(io.LimitReader(z, 4000))
	if err != nil {
		f.Fatal(err)
	}
	whole := bytes.LastIndexByte(text, '\n') + 1
	f.Add(string(text[:whole]))
	f.Add("qissa-model\t3\npipeline\t1\ndocuments\t2\nboilerplate\t\"a\"\tb\tc\td\te\tf\nterm\tx\t1\t2\t1\n")
	f.Fuzz(func(t *testing.T, text string) {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		fmt.Fprint(z, text)
		z.Close()
		m, err := qissa.ReadModel(&b)
		if err != nil {
			return
		}
		first, read := writeAndRead(t, m)
		second, _ := writeAndRead(t, read)
		if !bytes.Equal(first, second) {
			t.Error("a model that was read, written and read is written otherwise")
		}
	})
}
