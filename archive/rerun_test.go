package archive

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"qissa"
	"qissa/article"
	"qissa/internal/needs"
)

// groupsWith returns the groups that have one of some articles, each as its articles.
func groupsWith(r *qissa.Result, lines bool, of func(string) bool) []string {
	members := map[int][]string{}
	for i, s := range r.StoryOf {
		if lines {
			s = r.Stories[s].Storyline
		}
		members[s] = append(members[s], r.Articles[i].ID)
	}
	var all []string
	for _, ids := range members {
		if slices.ContainsFunc(ids, of) {
			slices.Sort(ids)
			all = append(all, strings.Join(ids, " "))
		}
	}
	slices.Sort(all)
	return all
}

// TestRerun compares the stories of some days again, at the cut of the archive, a lower
// one and a higher one: what one run over all articles makes of these days.
func TestRerun(t *testing.T) {
	histories := 2
	if needs.Long() {
		histories = 60
	}
	part := 0
	for seed := range histories {
		h := newHistory(t, uint64(3000+4*seed+1), 0)
		h.pool = pool(h.rand, 400, 150, h.opt.Window)
		h.feed(h.pool[:200])
		for range 3 {
			h.step()
		}
		a := h.read()
		from := h.fed[slices.Sorted(maps.Keys(h.fed))[h.rand.IntN(len(h.fed))]].Time.Truncate(24 * time.Hour)
		ids, err := a.Between(t.Context(), from.Unix(), from.Add(48*time.Hour).Unix())
		if err != nil || len(ids) == 0 {
			t.Fatal(ids, err)
		}
		cut := Cut{Story: []float64{0.1, 0, 0.6, 0.2}[seed%4]}
		got, err := a.Rerun(t.Context(), ids, cut, h.opt)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Result.Articles) < len(h.fed) {
			part++
		}
		kept, err := a.Result(t.Context(), All, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range []*qissa.Result{kept, got.Result} {
			if len(groupsWith(r, false, got.Of)) != len(ids) {
				t.Fatalf("%d stories have an article of those of %d", len(groupsWith(r, false, got.Of)), len(ids))
			}
		}
		opt := h.opt
		if opt.Model, opt.Epochs, err = a.Models(t.Context()); err != nil {
			t.Fatal(err)
		}
		opt.Corrections = h.orders
		if cut.Story > 0 {
			opt.Story = cut.Story
		}
		var articles []article.Article
		for _, x := range h.fed {
			articles = append(articles, x)
		}
		want, err := qissa.Cluster(t.Context(), articles, opt)
		if err != nil {
			t.Fatal(err)
		}
		now, err := got.Links.Cut(t.Context(), opt.Story, opt.Storyline, h.orders)
		if err != nil {
			t.Fatal(err)
		}
		for _, lines := range []bool{false, true} {
			if x, y := groupsWith(now, lines, got.Of), groupsWith(want, lines, got.Of); !slices.Equal(x, y) {
				t.Errorf("seed %d, %v: cut at %v, storylines %v:\n%s\nwant\n%s\nhistory: %s", seed, from, opt.Story, lines, strings.Join(x, "\n"), strings.Join(y, "\n"), strings.Join(h.log, "; "))
			}
		}
		for _, s := range got.Result.Stories {
			first := got.Result.Articles[s.Members[0].Article].ID
			if id, err := a.StoryOf(t.Context(), first); got.Of(first) && (id != s.ID || err != nil) {
				t.Errorf("the story of %s is %s, want %s, %v", first, s.ID, id, err)
			}
		}
		a.Close()
	}
	if part == 0 {
		t.Error("all was read each time: nothing is tested")
	}
	t.Logf("%d of %d read a part", part, histories)
}
