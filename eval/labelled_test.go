package eval

import (
	"os"
	"testing"

	"qissa/article"
)

// TestLabelledSample holds the labels of the sample against its records, and against
// those of the older rules, whose stories were only split since.
func TestLabelledSample(t *testing.T) {
	read := func(path string) Labels {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		l, err := ReadLabels(f, path)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	labels, older := read("labelled/sample.tsv"), read("../testdata/sample.gold.tsv")
	dump, err := os.Open("../testdata/sample.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer dump.Close()
	articles, _, err := article.ReadAll(dump, "sample.jsonl", article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	article.Identify(articles)
	at := labels.index()
	for _, a := range articles {
		if _, ok := at[a.ID]; !ok {
			t.Errorf("%s (%s) has no label", a.ID, a.Title)
		}
	}
	lines, ok := labels.Storylines()
	p, g, err := Align(labels, older)
	if len(articles) != len(labels.Items) || !ok || err != nil {
		t.Fatalf("%d records, %d labels, storylines %v, %v", len(articles), len(labels.Items), ok, err)
	}
	if precision := Pairwise(p, g).Precision; precision != 1 {
		t.Errorf("a story holds articles of two stories of the older rules: precision %v", precision)
	}
	wide, _, err := Align(lines, older)
	if err != nil {
		t.Fatal(err)
	}
	if s := Summarize("", p, wide); s.Stories != 29 || s.GoldStories != 25 {
		t.Errorf("%d stories in %d storylines, README.md says 29 and 25", s.Stories, s.GoldStories)
	}
}
