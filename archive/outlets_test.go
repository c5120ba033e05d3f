package archive

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"qissa/article"
)

// outletState is what an archive knows of outlets.
func (h *history) outletState() string {
	h.t.Helper()
	a := h.read()
	defer a.Close()
	var all []string
	for _, query := range []string{
		`SELECT printf('%s|%s|%s|%d %s %d', host, source, source_raw, hosted, outlet, articles) FROM class ORDER BY 1`,
		`SELECT printf('%d %s %d %d', day, outlet, timed, bursts) FROM clock ORDER BY 1`,
		`SELECT printf('%s %s', file, crawled) FROM dump WHERE crawled <> '[]' ORDER BY 1`,
		`SELECT value FROM setting WHERE key = 'crawled'`,
		`SELECT printf('%s %s', name, outlet) FROM article ORDER BY 1`,
	} {
		list, err := a.texts(h.t.Context(), query)
		if err != nil {
			h.t.Fatal(err)
		}
		all = append(all, list...)
	}
	return strings.Join(all, "\n")
}

// checkOutlets reads all articles for what is known of outlets: it is as it was. It returns
// that.
func (h *history) checkOutlets() string {
	h.t.Helper()
	got := h.outletState()
	h.write("read outlets", func(ctx context.Context, a *Archive) (*Summary, error) {
		c := &change{Archive: a, n: 1 << 40}
		_, err := c.readOutlets(ctx)
		return nil, err
	})
	want := h.outletState()
	if got == want {
		return got
	}
	x, y := strings.Split(got, "\n"), strings.Split(want, "\n")
	for _, line := range x {
		if !slices.Contains(y, line) {
			h.t.Errorf("known: %s", line)
		}
	}
	for _, line := range y {
		if !slices.Contains(x, line) {
			h.t.Errorf("of all: %s", line)
		}
	}
	h.t.Fatalf("history: %s", strings.Join(h.log, "; "))
	return ""
}

// TestOutletsAreThoseOfAll feeds, changes and withdraws articles whose outlets and clocks
// only all articles together tell: what is carried from batch to batch is what reading all
// of them gives.
func TestOutletsAreThoseOfAll(t *testing.T) {
	h := newHistory(t, 1, 240)
	for i := range h.pool {
		a := &h.pool[i]
		a.Origin.File = fmt.Sprintf("%d.jsonl", i/40)
		switch i % 4 {
		case 0: // sections of one site
			a.Source = []string{"واج - رياضة", "واج - دولي", "واج"}[i%3]
			a.URL = fmt.Sprint("https://aps.example/", i)
		case 1: // no outlet named
			a.Source, a.URL = "sabq.example", fmt.Sprint("https://sabq.example/", i)
			a.SetHosted(true)
		}
		if i/40%2 == 1 && !a.Time.IsZero() { // in the order of the file, by equal steps, in bursts
			a.Source, a.URL = "crawler", ""
			a.SetHosted(false)
			a.Time = start.Add(time.Duration(i) * 20 * time.Second)
			a.Precision = article.Exact
		}
	}
	changed := 0
	for range 16 {
		h.step()
		if h.rand.IntN(3) == 0 && len(h.fed) > 10 { // another place in another file
			a := h.pool[h.rand.IntN(len(h.pool))]
			a.Title, a.Origin.File, a.Origin.Line = a.Title+" عاجل", "other.jsonl", h.rand.IntN(50)
			h.feed([]article.Article{a})
		}
		if strings.Contains(h.checkOutlets(), "\n[\"") {
			changed++
		}
	}
	if changed == 0 {
		t.Error("no outlet had the clock of a crawler: nothing is tested")
	}
}
