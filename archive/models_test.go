package archive

import (
	"context"
	"slices"
	"testing"
	"time"

	"qissa"
	"qissa/article"
)

// TestModelsInTime feeds articles day by day: a new model is made when enough have come,
// starts behind the latest of them, and none is made where the user keeps the one that
// there is. How well the words of an article are known is told by the model of its time.
func TestModelsInTime(t *testing.T) {
	h := newHistory(t, 5, 200)
	h.renew = 70
	h.pool = slices.DeleteFunc(h.pool, func(a article.Article) bool { return a.Time.IsZero() })
	slices.SortFunc(h.pool, func(a, b article.Article) int { return a.Time.Compare(b.Time) })
	feed := func(from, to int, keep bool) *Summary {
		h.now = h.pool[to-1].Time
		for _, x := range h.pool[from:to] {
			h.fed[x.ID] = x
		}
		return h.write("feed", func(ctx context.Context, a *Archive) (*Summary, error) {
			return a.Feed(ctx, Batch{At: h.now, KeepModel: keep}, slices.Clone(h.pool[from:to]), h.opt)
		})
	}
	if s := feed(0, 60, false); s.Model != nil {
		t.Errorf("a new model after 60 of 70 articles: %+v", s.Model)
	}
	h.whole = true // so that its words are those that were read to compare
	s := feed(60, 75, false)
	h.whole = false
	if s.Model == nil || !s.Model.Start.Equal(h.pool[74].Time.Truncate(time.Second).Add(time.Second)) {
		t.Errorf("after 75 articles, the last at %v, the new model is %+v", h.pool[74].Time, s.Model)
	}
	a := h.read()
	all, err := a.Articles(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if m, err := qissa.BuildModel(t.Context(), all, h.opt); err != nil || m.ID() != s.Model.ID {
		t.Errorf("the new model is %s, that of the articles %s, %v", s.Model.ID, m.ID(), err)
	}
	a.Close()
	if s := feed(75, 160, true); s.Model != nil {
		t.Errorf("a new model although the old one is kept: %+v", s.Model)
	}
	h.check()
	a = h.read()
	i, err := a.Info(t.Context())
	if err != nil || len(i.Models) != 2 || i.Models[0].Model != h.model.ID() || i.Models[1].Own != 85 || i.Models[1].Start != s.Model.Start {
		t.Errorf("the models are %+v, %v", i.Models, err)
	}
	articles := 0
	for k, w := range i.Weeks {
		articles += w.Articles
		if w.Monday.Weekday() != time.Monday || k > 0 && !w.Monday.Before(i.Weeks[k-1].Monday) || w.Unknown < 0 || w.Unknown > 0.5 {
			t.Errorf("week %d: %+v", k, w)
		}
	}
	want := 0 // but for those of weeks before the last eight
	for _, x := range h.pool[:160] {
		if !x.Time.Before(i.Weeks[len(i.Weeks)-1].Monday) {
			want++
		}
	}
	if articles != want || want < 100 {
		t.Errorf("the weeks have %d articles, want %d", articles, want)
	}
	a.Close()
	if s := feed(160, len(h.pool), false); s.Model == nil {
		t.Error("no new model although it is long due")
	}
	h.check()
}
