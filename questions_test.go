package qissa_test

import (
	"os"
	"reflect"
	"testing"

	"qissa"
	"qissa/eval"
)

// TestQuestions answers forty questions of a run by labels: none comes twice, every answer
// holds from then on, the same questions come again for the same answers, and pairwise F1
// rises. Where there are no labelled sets, the sample is asked.
func TestQuestions(t *testing.T) {
	sets := []struct {
		articles, labels string
		rises            float64 // pairwise F1 at least, by the fewest of what was measured
	}{{"testdata/sample.jsonl", "testdata/sample.gold.tsv", 0}}
	for _, name := range []string{"ant-dev2", "snn-dev"} {
		if path := dataFolder + "/stories/" + name; !testing.Short() {
			if _, err := os.Stat(path + ".jsonl"); err == nil {
				sets = append(sets, struct {
					articles, labels string
					rises            float64
				}{path + ".jsonl", path + ".v2.tsv", 0.05})
			}
		}
	}
	for _, set := range sets {
		r, err := qissa.Cluster(t.Context(), readArticles(t, set.articles), qissa.DefaultOptions())
		if err != nil {
			t.Fatal(err)
		}
		gold, story := readLabels(t, set.labels), map[string]string{}
		for _, it := range gold.Items {
			story[it.ID] = it.Story
		}
		before, corrections := pairwise(t, r, gold), askAll(t, r.Links(), story, 40)
		cut, err := r.Links().Cut(t.Context(), 0.3, 0.2, corrections)
		if err != nil {
			t.Fatal(err)
		}
		after := pairwise(t, cut, gold)
		t.Logf("%s: pairwise F1 %.3f, with 40 answers %.3f", set.articles, before, after)
		if after < before+set.rises {
			t.Errorf("%s: pairwise F1 %.3f before, %.3f after 40 answers, want %.2f more", set.articles, before, after, set.rises)
		}
	}
}

// askAll answers questions by the stories of the articles that are shown.
func askAll(t *testing.T, links *qissa.Links, story map[string]string, questions int) (corrections []qissa.Correction) {
	t.Helper()
	reader, err := links.Ask(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	unlabelled := func(q qissa.Question) bool { return story[links.IDs[q.HeadA]] == "" || story[links.IDs[q.HeadB]] == "" }
	asked := map[[2]string]bool{}
	for range questions {
		list, err := reader.Questions(t.Context(), corrections, 3, unlabelled)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := reader.Questions(t.Context(), corrections, 3, unlabelled); !reflect.DeepEqual(again, list) {
			t.Fatal("the same answers lead to other questions")
		}
		if len(list) == 0 {
			return corrections
		}
		q := list[0]
		for _, x := range list {
			if x.Difference > q.Difference || x.Same <= 0 || x.Same > 1 {
				t.Fatalf("question %+v after %+v", x, q)
			}
		}
		key := [2]string{links.IDs[q.HeadA], links.IDs[q.HeadB]}
		if asked[key] {
			t.Fatalf("%v is asked twice", key)
		}
		asked[key] = true
		yes := story[key[0]] == story[key[1]]
		if answer := reader.No(q, corrections); !yes {
			corrections = append(corrections, answer...)
		} else {
			corrections = append(corrections, reader.Yes(q)...)
		}
		cut, err := links.Cut(t.Context(), links.Story, links.Storyline, corrections)
		if err != nil {
			t.Fatal(err)
		}
		if (cut.StoryOf[q.HeadA] == cut.StoryOf[q.HeadB]) != yes {
			t.Fatalf("the answer to %+v, one story: %v, does not hold", q, yes)
		}
	}
	return corrections
}

// pairwise returns the pairwise F1 of a result.
func pairwise(t *testing.T, r *qissa.Result, gold eval.Labels) float64 {
	t.Helper()
	pred := eval.Labels{Name: "run"}
	for i, s := range r.StoryOf {
		pred.Items = append(pred.Items, eval.Item{ID: r.Articles[i].ID, Story: r.Stories[s].ID})
	}
	p, g, err := eval.Align(pred, gold)
	if err != nil {
		t.Fatal(err)
	}
	return eval.Pairwise(p, g).F1
}
