package qissa_test

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qissa"
	"qissa/article"
	"qissa/eval"
	"qissa/internal/needs"
)

var update = flag.Bool("update", false, "rewrite testdata/quality.txt")

// dataFolder holds the dumps and the labelled sets, which are not ours to
// distribute.
const dataFolder = "../shared/data"

// labelledSets are the sets of dense days drawn from each dump that were labelled
// twice.
var labelledSets = map[string][]string{
	"ant":          {"ant-dev", "ant-dev2"},
	"saudinewsnet": {"snn-dev", "snn-dev2"},
}

// everydaySets are all articles of a few days of one outlet each.
var everydaySets = []string{"jawhara-sparse1", "jawhara-sparse2", "ant-sparse", "jazeera-undated"}

// TestQuality measures the default options on the labelled sets: those of dense days
// clustered with the whole dump and by themselves, everyday feeds by themselves,
// and both without titles. The decision was fitted on these sets among
// others; go run ./eval/fit check measures it on sets that it has not seen.
func TestQuality(t *testing.T) {
	needs.Time(t, "it clusters 62,000 articles")
	needData(t)
	var inContext, alone, everyday, untitled, untitledEveryday levels
	for _, dump := range []string{"ant", "saudinewsnet"} {
		whole := clusterFile(t, filepath.Join(dataFolder, "dumps", dump+".jsonl.gz"))
		for _, set := range labelledSets[dump] {
			inContext.score(t, set, whole)
			alone.score(t, set, clusterFile(t, setFile(set)))
			untitled.score(t, set, clusterUntitled(t, setFile(set)))
		}
	}
	for _, set := range everydaySets {
		everyday.score(t, set, clusterFile(t, setFile(set)))
		untitledEveryday.score(t, set, clusterUntitled(t, setFile(set)))
	}
	var got bytes.Buffer
	for _, part := range []struct {
		name   string
		levels levels
	}{
		{"dense days in context", inContext}, {"dense days alone", alone}, {"everyday feeds alone", everyday},
		{"dense days alone, without titles", untitled}, {"everyday feeds alone, without titles", untitledEveryday},
	} {
		part.levels.write(t, &got, part.name)
	}
	const golden = "testdata/quality.txt"
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("quality is now\n%s\nand was\n%s\ngo test . -run Quality -update takes it over", got.Bytes(), want)
	}
}

// levels are the scores of some sets, as stories and as storylines.
type levels struct{ stories, storylines []eval.Summary }

// score scores a set at both levels, or at the level of stories where pred has no
// other.
func (l *levels) score(t *testing.T, set string, pred eval.Labels) {
	t.Helper()
	gold := readLabels(t, filepath.Join(dataFolder, "stories", set+".v2.tsv"))
	l.stories = append(l.stories, score(t, set, pred, gold))
	wideGold, ok := gold.Storylines()
	if !ok {
		t.Fatalf("%s has no storylines", set)
	}
	if widePred, ok := pred.Storylines(); ok {
		l.storylines = append(l.storylines, score(t, set, widePred, wideGold))
	}
}

func (l *levels) write(t *testing.T, out io.Writer, name string) {
	t.Helper()
	for _, part := range []struct {
		level string
		sets  []eval.Summary
	}{{"stories", l.stories}, {"storylines", l.storylines}} {
		if len(part.sets) == 0 {
			continue
		}
		fmt.Fprintf(out, "%s, %s\n", part.level, name)
		if err := eval.Table(out, part.sets); err != nil {
			t.Fatal(err)
		}
	}
}

func setFile(set string) string { return filepath.Join(dataFolder, "stories", set+".jsonl") }

func needData(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(dataFolder, "stories")); err == nil || !os.IsNotExist(err) {
		return
	}
	needs.Missing(t, "%s with the dumps and the labelled sets", dataFolder)
}

// clusterFile returns the stories of a file as labels.
func clusterFile(t *testing.T, name string) eval.Labels {
	t.Helper()
	return clusterArticles(t, name, readArticles(t, name))
}

// clusterUntitled is clusterFile without the titles of articles that have a text.
func clusterUntitled(t *testing.T, name string) eval.Labels {
	t.Helper()
	articles := readArticles(t, name)
	for i := range articles {
		if articles[i].Body != "" {
			articles[i].Title = ""
		}
	}
	return clusterArticles(t, name, articles)
}

func clusterArticles(t *testing.T, name string, articles []article.Article) eval.Labels {
	t.Helper()
	r, err := qissa.Cluster(t.Context(), articles, qissa.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	labels := eval.Labels{Name: name}
	for i, a := range r.Articles {
		labels.Items = append(labels.Items, eval.Item{ID: a.ID, Story: r.Stories[r.StoryOf[i]].ID, Storyline: r.Storylines[r.Stories[r.StoryOf[i]].Storyline].ID})
	}
	return labels
}

func readArticles(t testing.TB, name string) []article.Article {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, _, err := article.ReadAll(f, name, article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func readLabels(t *testing.T, name string) eval.Labels {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	labels, err := eval.ReadLabels(strings.NewReader(string(data)), name)
	if err != nil {
		t.Fatal(err)
	}
	return labels
}

func score(t *testing.T, set string, pred, gold eval.Labels) eval.Summary {
	t.Helper()
	p, g, err := eval.Align(pred, gold)
	if err != nil {
		t.Fatal(err)
	}
	return eval.Summarize(set, p, g)
}
