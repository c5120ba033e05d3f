package report

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"qissa"
	"qissa/testdata"
)

// What a reader makes of the sample by some actions, the command makes of it with the
// corrections that the page writes.
func TestCorrectionsMakeTheWorkingPartition(t *testing.T) {
	articles, err := readAll(strings.NewReader(testdata.Sample))
	if err != nil {
		t.Fatal(err)
	}
	r, err := qissa.Cluster(t.Context(), slices.Clone(articles), qissa.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	l := newLayout(&view{language: &language{}, r: r}, "none")
	start, lines, ids := []int{0}, []int{}, []string{}
	for _, s := range r.Stories {
		line := len(r.Articles) // by its earliest article
		for _, other := range r.Storylines[s.Storyline].Stories {
			line = min(line, r.Stories[other].Members[0].Article)
		}
		start, lines = append(start, start[len(start)-1]+len(s.Members)), append(lines, line)
	}
	for _, a := range l.order {
		ids = append(ids, r.Articles[a].ID)
	}
	given, _ := json.Marshal([]any{start, lines, ids})
	const edits = 40
	out := inNode(t, workshopTools+fmt.Sprintf(`
const [start, lines, ids] = %s, made = [];
for (let n = 0; n < %d; n++) {
  const h = new History(new Partition(start, lines)), p = h.partition;
  for (let i = 0; i < 1 + n %% 6; i++) h.act(someAction(p));
  made.push({ Links: linksOf(p).map(([a, b, Together, Storyline]) => ({ A: ids[a], B: ids[b], Together, Storyline: !!Storyline })), Stories: Array.from(p.storyOf), Lines: Array.from(p.storyOf, s => p.lineOf(s)) });
}
console.log(JSON.stringify(made));`, given, edits), "partition", "transfer")
	var made []struct {
		Links          []qissa.Correction
		Stories, Lines []int
	}
	if err := json.Unmarshal(out, &made); err != nil {
		t.Fatal(err)
	}
	for n, x := range made {
		opt := qissa.DefaultOptions()
		opt.Corrections = x.Links
		again, err := qissa.Cluster(t.Context(), slices.Clone(articles), opt)
		if err != nil {
			t.Fatal(err)
		}
		storyOf, lineOf := map[string]int{}, map[string]int{}
		for i, a := range again.Articles {
			storyOf[a.ID] = again.StoryOf[i]
			lineOf[a.ID] = again.Stories[again.StoryOf[i]].Storyline
		}
		for i := range ids {
			for k := range i {
				if want, got := x.Lines[i] == x.Lines[k], lineOf[ids[i]] == lineOf[ids[k]]; got != want {
					t.Errorf("edit %d: %s and %s are in one line: %v, want %v; corrections %v", n, ids[k], ids[i], got, want, x.Links)
				}
				if want, got := x.Stories[i] == x.Stories[k], storyOf[ids[i]] == storyOf[ids[k]]; got != want {
					t.Fatalf("edit %d: %s and %s are together: %v, want %v; corrections %v", n, ids[k], ids[i], got, want, x.Links)
				}
			}
		}
	}
}
