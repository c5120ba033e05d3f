package archive

import (
	"bytes"
	"context"
	"testing"

	"qissa"
	"qissa/article"
)

// TestRefresh compares all anew: the archive is then what a run without a model over its
// articles is.
func TestRefresh(t *testing.T) {
	h := newHistory(t, 12, 300)
	for range 4 {
		h.step()
	}
	h.opt.Story = 0.5
	h.write("refresh", func(ctx context.Context, a *Archive) (*Summary, error) {
		return a.Refresh(ctx, Batch{At: h.now}, Settings{h.opt.Window, h.opt.Story, h.opt.Copy, ByID}, nil, h.opt)
	})
	var articles []article.Article
	for _, x := range h.fed {
		articles = append(articles, x)
	}
	opt := h.opt
	opt.Corrections = h.orders
	want, err := qissa.Cluster(t.Context(), articles, opt)
	if err != nil {
		t.Fatal(err)
	}
	a := h.read()
	got, err := a.Result(t.Context(), All, nil)
	if err != nil {
		t.Fatal(err)
	}
	got.NameByContent()
	for name, data := range files(t, want) {
		if now := files(t, got)[name]; !bytes.Equal(now, data) {
			t.Errorf("%s: %s", name, firstDifference(now, data))
		}
	}
	if wrong, err := a.Check(t.Context()); err != nil || wrong != nil {
		t.Errorf("%v %q", err, wrong)
	}
}
