package archive

import (
	"context"
	"slices"
	"testing"
	"time"

	"qissa"
	"qissa/article"
)

// TestImport takes over a run that was grouped otherwise, before and after days that are
// fed: the archive is what it is without, and each id of the run is a story's or leads to
// one.
func TestImport(t *testing.T) {
	carried, led := 0, 0
	for seed := range uint64(4) {
		h := newHistory(t, 3000+seed, 300)
		if seed%2 == 1 {
			for range 2 {
				h.step()
			}
		}
		old := slices.Clone(h.pool[:150])
		old = slices.DeleteFunc(old, func(a article.Article) bool { return a.Time.IsZero() || h.gone[a.ID] })
		opt := h.opt
		opt.Story = 0.6
		run := runOver(t, old, opt)
		x, y := old[0].ID, old[1].ID
		run.Corrections = []qissa.Correction{{Together: true, A: x, B: y, Where: "corrections.jsonl:1"}}
		if qissa.Contradiction(append(slices.Clone(h.orders), run.Corrections...)) != nil {
			run.Corrections = nil
		}
		h.orders = append(h.orders, run.Corrections...)
		known := map[string]bool{} // articles and stories that the archive has
		for id := range h.fed {
			known[id] = true
		}
		if len(known) > 0 {
			a := h.read()
			for _, s := range run.Stories {
				_, _, err := a.Resolve(t.Context(), s.ID)
				known[s.ID] = err == nil
			}
			a.Close()
		}
		for _, a := range old {
			h.fed[a.ID] = a
		}
		h.write("import", func(ctx context.Context, a *Archive) (*Summary, error) {
			return a.Import(ctx, Batch{At: h.now}, slices.Clone(old), run, h.opt)
		})
		h.check()
		a := h.read()
		for _, s := range run.Stories {
			if known[s.ID] || slices.ContainsFunc(s.Articles, func(id string) bool { return known[id] }) {
				continue
			}
			now, state, err := a.Resolve(t.Context(), s.ID)
			if err != nil || state != "open" && state != "closed" {
				t.Errorf("%s of the run leads to %q, which is %s, %v", s.ID, now, state, err)
				continue
			}
			if now == s.ID {
				carried++
			} else {
				led++
			}
			story, err := a.StoryOf(t.Context(), s.Articles[0])
			if len(s.Articles) == 1 && (story != now || err != nil) {
				t.Errorf("%s of the run leads to %s, but its article is in %s, %v", s.ID, now, story, err)
			}
		}
		a.Close()
		for range 3 {
			h.step()
		}
		h.check()
	}
	if carried == 0 || led == 0 {
		t.Errorf("%d ids were carried on, %d lead to others: nothing is tested", carried, led)
	}
	t.Logf("%d ids were carried on, %d lead to others", carried, led)
}

// TestImportOfFarLine takes over a story whose storyline has, by chance, the id of one that
// stands months before it: that one is left alone.
func TestImportOfFarLine(t *testing.T) {
	h := newHistory(t, 3, 60)
	h.feed(h.pool[:30])
	a := h.read()
	lines, err := a.texts(t.Context(), `SELECT id FROM line WHERE state = 'open' ORDER BY n`)
	if err != nil {
		t.Fatal(err)
	}
	a.Close()
	x := h.pool[40]
	x.Time, x.Precision = start.Add(200*24*time.Hour), article.Exact
	h.expect([]article.Article{x})
	run := Run{Stories: []Former{{ID: "s_00000000000a", Line: lines[0], Title: x.Title, Articles: []string{x.ID}}}, Places: map[string]article.Origin{x.ID: x.Origin}}
	h.write("import", func(ctx context.Context, a *Archive) (*Summary, error) {
		return a.Import(ctx, Batch{At: h.now}, []article.Article{x}, run, h.opt)
	})
	h.check()
}
