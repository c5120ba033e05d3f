package archive

import (
	"fmt"
	"testing"
	"time"

	"qissa/article"
)

// The zone of a large archive is told by pieces that are spread over all of it: the first
// and last ones of another zone change nothing.
func TestZoneOfPieces(t *testing.T) {
	riyadh := time.FixedZone("", 3*3600)
	h := newHistory(t, 1, 30)
	var all []article.Article
	for i := range 300 {
		at := start.Add(time.Duration(i) * time.Minute)
		if 50 <= i && i < 250 {
			at = at.In(riyadh)
		}
		all = append(all, article.Article{ID: fmt.Sprint(i), Title: fmt.Sprint("خبر ", i), Body: "نص قصير", Source: "الساحل", Time: at, Precision: article.Exact})
	}
	h.feed(all)
	a := h.read()
	for _, by := range []struct{ pieces, piece int64 }{{50, 1000}, {3, 20}, {10, 3}, {30, 1}} {
		zone, err := a.zone(t.Context(), by.pieces, by.piece)
		if err != nil {
			t.Fatal(err)
		}
		if _, offset := start.In(zone).Zone(); offset != 3*3600 {
			t.Errorf("by %d pieces of %d articles: %v, want that of two thirds", by.pieces, by.piece, zone)
		}
	}
}
