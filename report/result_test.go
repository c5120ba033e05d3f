package report

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

// written returns the files of the sample that a result is read from.
func written(t testing.TB) (stories, pairs, run string) {
	r := sample()
	var s, p, j bytes.Buffer
	for _, err := range []error{StoriesJSONL(&s, r), PairsJSONL(&p, r), RunJSON(&j, sampleRun(r))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return s.String(), p.String(), j.String()
}

// What does not fit together in the files of a run is told by line.
func TestResultOfTouchedFiles(t *testing.T) {
	stories, pairs, _ := written(t)
	for _, test := range []struct {
		name, from, to, want string
		pairs                bool
	}{
		{"representative", `"representative":"`, `"representative":"x`, `stories.jsonl:1: representative "x`, false},
		{"no representative", `"representative":"`, `"reptile":"`, `stories.jsonl:1: no representative`, false},
		{"last time", `"last_time":"20`, `"last_time":"19`, `stories.jsonl:1: last_time "19`, false},
		{"no last time", `"last_time":"`, `"latest":"`, `stories.jsonl:1: first without last_time`, false},
		{"first", `"first":{"article":"`, `"first":{"article":"x`, `stories.jsonl:1: first article "x`, false},
		{"size", `"size":3`, `"size":4`, `stories.jsonl:1: 3 articles, but its size is 4`, false},
		{"relation", `"relation":"first"`, `"relation":"last"`, `has the relation "last", which is none`, false},
		{"words", `"words":`, `"words":-`, `stories.jsonl:1: article "`, false},
		{"bridge", `"bridge":null`, `"bridge":"x"`, `bridge "x" is not among its articles`, false},
		{"original", `"copy_of":null`, `"copy_of":"x"`, `stories.jsonl:1: original "x" is not among its articles`, false},
		{"neighbour", `"neighbours":[]`, `"neighbours":[{"id":"s_x"}]`, `neighbour "s_x" is no story`, false},
		{"syntax", `"size"`, `"size`, `stories.jsonl:1: not a record of a run: `, false},
		{"story lost", stories[:strings.Index(stories, "\n")+1], "", `no story`, false},
		{"story twice", "\n", "\n" + stories[:strings.Index(stories, "\n")+1], `stories.jsonl:2: the id "`, false},
		{"pair", `"a":"`, `"a":"x`, `pairs.jsonl:1: article "x`, true},
		{"passage", `"runs":[`, `"runs":[{"a":[5,900000],"b":[0,1]},`, `pairs.jsonl:1: a passage at [5 900000] and [0 1] lies outside`, true},
		{"passage turned", `"runs":[`, `"runs":[{"a":[5,4],"b":[0,1]},`, `pairs.jsonl:1: a passage`, true},
		{"fact", `"only_a":[`, `"only_a":[{"text":"7","at":[-1,4]},`, `pairs.jsonl:1: "7" at [-1 4] lies outside`, true},
	} {
		s, p := stories, pairs
		if test.pairs {
			p = strings.Replace(p, test.from, test.to, 1)
		} else {
			s = strings.Replace(s, test.from, test.to, 1)
		}
		p = strings.Replace(p, ",]", "]", 1)
		p = strings.Replace(p, "},]", "}]", 1)
		if s == stories && p == pairs {
			t.Errorf("%s: nothing was touched", test.name)
		}
		r := sample()
		_, err := ReadResult(r.Articles, strings.NewReader(s), strings.NewReader(p), r.Counts)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
	}
}

// FuzzReadResult reads files of results that anything may have happened to. What
// is read without an error can be shown in every form.
func FuzzReadResult(f *testing.F) {
	stories, pairs, run := written(f)
	f.Add(stories, pairs)
	f.Add(stories, "")
	for _, touch := range [][2]string{{`"representative":"`, `"representative":"x`}, {`null`, `""`}, {`1`, `9`}, {`[`, `[null,`}, {`"first"`, `"edited"`}} {
		f.Add(strings.Replace(stories, touch[0], touch[1], 1), strings.Replace(pairs, touch[0], touch[1], 1))
	}
	record, err := ReadRun(strings.NewReader(run))
	if err != nil {
		f.Fatal(err)
	}
	articles := sample().Articles
	f.Fuzz(func(t *testing.T, stories, pairs string) {
		r, err := ReadResult(articles, strings.NewReader(stories), strings.NewReader(pairs), record.Counts)
		if err != nil {
			return
		}
		for _, err := range []error{
			StoriesJSONL(io.Discard, r), PairsJSONL(io.Discard, r), ArticlesCSV(io.Discard, r), Markdown(io.Discard, r, MarkdownOptions{}),
			GraphML(io.Discard, r), HTML(io.Discard, r, HTMLOptions{Run: record}), Table(io.Discard, r, TableOptions{}),
		} {
			if err != nil {
				t.Error(err)
			}
		}
		for _, s := range r.Stories {
			if err := HTML(io.Discard, Only(r, s.ID), HTMLOptions{Run: record}); err != nil {
				t.Error(err)
			}
		}
	})
}

// FuzzReadRun reads records of runs that anything may have happened to.
func FuzzReadRun(f *testing.F) {
	_, _, run := written(f)
	f.Add(run)
	for _, touch := range [][2]string{{`"settings": {`, `"settings": [1,2],"x":{`}, {`"inputs": [`, `"inputs": [null,`}, {`1`, `-9e300`}, {`"story"`, `"story": {}, "y"`}} {
		f.Add(strings.Replace(run, touch[0], touch[1], 1))
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := ReadRun(strings.NewReader(text))
		if err != nil {
			return
		}
		var first, second bytes.Buffer
		if err := RunJSON(&first, r); err != nil {
			t.Fatal(err)
		}
		again, err := ReadRun(bytes.NewReader(first.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if err := RunJSON(&second, again); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%v; written\n%s\nthen\n%s", err, &first, &second)
		}
	})
}
