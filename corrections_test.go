package qissa_test

import (
	"slices"
	"strings"
	"testing"

	"qissa"
)

func TestCorrections(t *testing.T) {
	articles := readArticles(t, "testdata/sample.jsonl")
	together := func(corrections ...qissa.Correction) func(a, b string) bool {
		opt := qissa.DefaultOptions()
		opt.Corrections = corrections
		r, err := qissa.Cluster(t.Context(), articles, opt)
		if err != nil {
			t.Fatal(err)
		}
		story := map[string]int{}
		for i, a := range r.Articles {
			story[a.ID] = r.StoryOf[i]
		}
		return func(a, b string) bool { return story[a] == story[b] }
	}
	const first, copied, other = "ofoq-77052", "naba-89970", "marfa-4391"
	asItIs := together()
	if !asItIs(first, copied) || asItIs(first, other) {
		t.Fatal("the sample has changed")
	}
	apart := together(qissa.Correction{A: copied, B: first})
	if apart(first, copied) {
		t.Error("two articles that a reader keeps apart are together")
	}
	joined := together(qissa.Correction{Together: true, A: other, B: first})
	if !joined(first, other) || !joined(first, copied) {
		t.Error("two articles that a reader joins are apart, or their story fell apart")
	}
	both := together(qissa.Correction{Together: true, A: other, B: first}, qissa.Correction{A: other, B: copied})
	if !both(first, other) || both(other, copied) {
		t.Error("of two corrections one is not obeyed")
	}
}

func TestCorrectionsThatContradict(t *testing.T) {
	articles := readArticles(t, "testdata/sample.jsonl")
	opt := qissa.DefaultOptions()
	opt.Corrections = []qissa.Correction{
		{Together: true, A: "ofoq-77052", B: "naba-89970", Where: "c:1"}, {Together: true, A: "naba-89970", B: "marfa-4391", Where: "c:2"},
		{A: "marfa-4391", B: "ofoq-77052", Where: "c:3"},
	}
	_, err := qissa.Cluster(t.Context(), articles, opt)
	want := []string{"c:1", "c:2", "c:3"}
	if err == nil || slices.ContainsFunc(want, func(s string) bool { return !strings.Contains(err.Error(), s) }) {
		t.Errorf("error %v, want one that names %v", err, want)
	}
	opt.Corrections = []qissa.Correction{{Together: true, A: "ofoq-77052", B: "nobody", Where: "c:1"}}
	r, err := qissa.Cluster(t.Context(), articles, opt)
	if err != nil || len(r.Unknown) != 1 {
		t.Errorf("unknown corrections %v, %v, want the one", r.Unknown, err)
	}
}

func TestCorrectionsAreNamed(t *testing.T) {
	for _, test := range []struct {
		correction qissa.Correction
		want       string
	}{
		{qissa.Correction{A: "a", B: "b", Where: "c.jsonl:3"}, "c.jsonl:3 (cannot_link a b)"},
		{qissa.Correction{A: "a", B: "b", Together: true, Storyline: true, Where: "c.jsonl:3"}, "c.jsonl:3 (must_link storyline a b)"},
		{qissa.Correction{A: "a", B: "b", Together: true}, "must_link a b"}, // by a reader, in no file yet
	} {
		if got := test.correction.String(); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}
