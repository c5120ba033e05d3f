package article

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// manyLines is more than a few batches of lines, some of them damaged.
func manyLines() string {
	var b strings.Builder
	for i := range 3000 {
		switch {
		case i%701 == 700:
			b.WriteString("{\"title\": \"سطر\n")
		case i%211 == 210:
			b.WriteString("\n{\"id\": 1}\n")
		default:
			fmt.Fprintf(&b, `{"title":"خبر %d","text":%q,"time":"2020-01-%02d"}`+"\n", i, strings.Repeat("نص الخبر ", i%90), i%28+1)
		}
	}
	return b.String()
}

type lineResult struct {
	article Article
	err     string
}

func readLines(text string, jobs int) (all []lineResult) {
	for a, err := range Read(strings.NewReader(text), "x.jsonl", Options{Jobs: jobs, KeepRaw: true}) {
		r := lineResult{article: a}
		if err != nil {
			r.err = err.Error()
		}
		all = append(all, r)
	}
	return all
}

func TestWorkersDoNotChangeWhatIsRead(t *testing.T) {
	text := manyLines()
	want := readLines(text, 1)
	if len(want) < 2900 {
		t.Fatalf("%d records, want about 3000", len(want))
	}
	for _, jobs := range []int{0, 2, 7} {
		if got := readLines(text, jobs); !reflect.DeepEqual(got, want) {
			t.Errorf("%d workers read something else than one", jobs)
		}
	}
}

// Read line by line, each as a file of its own, records are the same.
func TestLinesAreReadAsIfAlone(t *testing.T) {
	text := manyLines()
	all := readLines(text, 3)
	n := 0
	for line, s := range strings.Split(text, "\n") {
		if strings.TrimSpace(s) == "" {
			continue
		}
		r := all[n]
		n++
		if r.err != "" {
			if !strings.HasPrefix(r.err, fmt.Sprintf("x.jsonl:%d: ", line+1)) {
				t.Errorf("line %d: error %q", line+1, r.err)
			}
			continue
		}
		if o := r.article.Origin; o.Line != line+1 || o.Item != n || r.article.Raw != s {
			t.Errorf("line %d gave item %d of line %d: %.60q", line+1, o.Item, o.Line, r.article.Raw)
		}
	}
	if n != len(all) {
		t.Errorf("%d records of %d lines", len(all), n)
	}
}

func TestReadingStopsWhenTheCallerDoes(t *testing.T) {
	text := manyLines()
	for _, after := range []int{1, 2, 500, 2000} {
		n := 0
		for range Read(strings.NewReader(text), "x.jsonl", Options{}) {
			if n++; n == after {
				break
			}
		}
		if n != after {
			t.Errorf("%d records, want to stop after %d", n, after)
		}
	}
}

// A failing worker fails the caller, who can recover, and not the program.
func TestWorkersFailInTheCaller(t *testing.T) {
	in := &input{name: "x.jsonl", yield: func(Article, error) bool { return true }}
	l := newJSONLines(&jsonOut{in: in, good: true}) // without names of fields
	defer func() {
		if recover() == nil {
			t.Error("the failure passed unseen")
		}
	}()
	l.add([]byte(`{"title":"خبر"}`), 1, false)
	l.flush()
}
