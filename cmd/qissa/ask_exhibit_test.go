package main

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"qissa"
	"qissa/article"
	"qissa/report"
	"qissa/testdata"
)

// What is shown of a question is what the whole files of a run say, however ids are written.
func TestExhibitReadsWhatItShows(t *testing.T) {
	articles, _, err := article.ReadAll(strings.NewReader(testdata.Sample), "sample.jsonl", article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	odd := []string{`"`, `\`, `","b":"`, `<&>`, "\u2028", "خبر", "\t", `a"id":"`}
	for i := range articles {
		articles[i].ID = odd[i%len(odd)] + articles[i].ID
	}
	plain, _, err := article.ReadAll(strings.NewReader(testdata.Sample), "sample.jsonl", article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		articles []article.Article
		write    func(string) string
		mostRead int // articles, after the first question; 0 for any number
	}{
		{plain, strings.Clone, 30},
		{articles, strings.Clone, 0},
		{plain, func(s string) string { return strings.ReplaceAll(s, `":"`, `" : "`) }, 0},
	} {
		dir := t.TempDir()
		r, err := qissa.Cluster(t.Context(), c.articles, qissa.DefaultOptions())
		if err != nil {
			t.Fatal(err)
		}
		var stories, pairs strings.Builder
		if err := report.StoriesJSONL(&stories, r); err != nil {
			t.Fatal(err)
		}
		if err := report.PairsJSONL(&pairs, r); err != nil {
			t.Fatal(err)
		}
		for name, text := range map[string]string{storiesFileName: stories.String(), pairsFileName: pairs.String()} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(c.write(text)), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		whole := newExhibit(nil, "")
		if err := eachLine(filepath.Join(dir, storiesFileName), whole.take); err != nil {
			t.Fatal(err)
		}
		if err := eachLine(filepath.Join(dir, pairsFileName), whole.takePair); err != nil {
			t.Fatal(err)
		}
		links := r.Links()
		reader, err := links.Ask(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		list, err := reader.Questions(t.Context(), nil, 1000, nil)
		if err != nil || len(list) < 20 {
			t.Fatal(len(list), err)
		}
		asked := newExhibit(nil, dir)
		for i, q := range list {
			heads := [2]string{links.IDs[q.HeadA], links.IDs[q.HeadB]}
			if err := asked.readMore([][2]string{heads}); err != nil {
				t.Fatal(err)
			}
			if c.mostRead > 0 && i == 0 && (len(asked.articles) > c.mostRead || len(asked.pairs) > 2) {
				t.Errorf("%d articles and %d pairs were read for one question", len(asked.articles), len(asked.pairs))
			}
			if !asked.holds([][2]string{heads}) || slices.ContainsFunc(heads[:], func(id string) bool { return !reflect.DeepEqual(asked.articles[id], whole.articles[id]) }) ||
				!reflect.DeepEqual(asked.pairs[heads], whole.pairs[heads]) || !reflect.DeepEqual(asked.compare(heads[0], heads[1]), whole.compare(heads[0], heads[1])) {
				t.Errorf("question about %q is shown as %+v, want %+v", heads, asked.compare(heads[0], heads[1]), whole.compare(heads[0], heads[1]))
			}
		}
	}
}
