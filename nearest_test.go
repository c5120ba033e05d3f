package qissa_test

import (
	"slices"
	"testing"

	"qissa"
)

// The nearest stories are those that the result tells of, and more where there are any.
func TestNearest(t *testing.T) {
	articles := readArticles(t, "testdata/sample.jsonl")
	r, err := qissa.Cluster(t.Context(), articles, qissa.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	near, err := qissa.Nearest(t.Context(), r, qissa.DefaultOptions(), 10)
	if err != nil {
		t.Fatal(err)
	}
	nearest, err := qissa.Nearest(t.Context(), r, qissa.DefaultOptions(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for s, story := range r.Stories {
		if len(near[s]) < len(story.Neighbours) || len(near[s]) > 10 {
			t.Fatalf("story %d: %d nearest stories, and %d neighbours", s, len(near[s]), len(story.Neighbours))
		}
		if !slices.Equal(nearest[s], near[s][:min(1, len(near[s]))]) {
			t.Errorf("story %d: the nearest is %v, want the first of %v", s, nearest[s], near[s])
		}
		for i, n := range near[s] {
			if n.Story == s || i > 0 && n.Sim > near[s][i-1].Sim || i < len(story.Neighbours) && n.Sim != story.Neighbours[i].Sim {
				t.Errorf("story %d: nearest %v, neighbours %v", s, near[s], story.Neighbours)
				break
			}
		}
	}
}
