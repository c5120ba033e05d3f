package archive

import (
	"bytes"
	"context"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"qissa"
	"qissa/article"
	"qissa/report"
)

// linesOf returns the records of the stories of a result for which it is true, by their first articles.
func linesOf(r *qissa.Result, told func(story int) bool) map[string][]byte {
	for s := range r.Stories {
		r.Stories[s].ID = r.Articles[r.Stories[s].Members[0].Article].ID
	}
	for n := range r.Storylines {
		r.Storylines[n].ID = r.Stories[r.Storylines[n].Stories[0]].ID
	}
	lines := map[string][]byte{}
	for s := range r.Stories {
		if told(s) {
			lines[r.Stories[s].ID] = report.AppendStory(nil, r, s)
		}
	}
	return lines
}

// dated returns the articles of the pool that have a time, and options to compare them under
// the model of the history.
func (h *history) dated() ([]article.Article, qissa.Options) {
	opt := h.opt
	opt.Model, opt.Crawled = h.model, map[string]bool{}
	return slices.DeleteFunc(h.pool, func(a article.Article) bool { return a.Time.IsZero() }), opt
}

// TestExcerpt describes some stories by an excerpt of a whole: their records are those of
// the whole, without a text of the others.
func TestExcerpt(t *testing.T) {
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 5))
		h := newHistory(t, 4*seed+1, 400)
		articles, opt := h.dated()
		for range 8 {
			c := qissa.Correction{Together: r.IntN(2) == 0, Storyline: r.IntN(3) == 0, A: articles[r.IntN(len(articles))].ID, B: articles[r.IntN(len(articles))].ID}
			if c.A != c.B && qissa.Contradiction(append(slices.Clone(opt.Corrections), c)) == nil {
				opt.Corrections = append(opt.Corrections, c)
			}
		}
		whole, found, err := qissa.ClusterAndKeep(t.Context(), articles, opt)
		if err != nil {
			t.Fatal(err)
		}
		o, err := found.Part.Outline(t.Context(), opt, func([]int) bool { return true })
		if err != nil {
			t.Fatal(err)
		}
		chosen := map[int]bool{}
		for range 1 + r.IntN(20) {
			chosen[r.IntN(len(o.Groups))] = true
		}
		x := o.Excerpt(found.Part, func(s int) bool { return chosen[s] })
		spared := 0
		for k := range x.Articles {
			if !x.Text[k] {
				spared++
				x.Articles[k].Title, x.Articles[k].Body = "", ""
			}
		}
		x.Total = len(articles)
		some, err := x.Describe(t.Context(), opt)
		if err != nil {
			t.Fatal(err)
		}
		x.Complete(some)
		want := linesOf(whole, func(s int) bool { return chosen[s] })
		got := linesOf(some, func(s int) bool { return chosen[x.Whole[s]] })
		if len(got) != len(want) {
			t.Errorf("seed %d: %d stories are told, want %d", seed, len(got), len(want))
		}
		for id, line := range want {
			if !bytes.Equal(got[id], line) {
				t.Errorf("seed %d: %s\nwant\n%s", seed, got[id], line)
			}
		}
		if len(x.Articles) == len(articles) {
			t.Errorf("seed %d: the excerpt is the whole", seed)
		}
	}
}

// TestPrints changes articles: stories whose records are others have other prints.
func TestPrints(t *testing.T) {
	same, other := 0, 0
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 6))
		h := newHistory(t, 4*seed+1, 300)
		articles, opt := h.dated()
		outlined := func(articles []article.Article) (map[string][]byte, map[string]qissa.Print) {
			whole, found, err := qissa.ClusterAndKeep(t.Context(), articles, opt)
			if err != nil {
				t.Fatal(err)
			}
			o, err := found.Part.Outline(t.Context(), opt, func([]int) bool { return true })
			if err != nil {
				t.Fatal(err)
			}
			prints := map[string]qissa.Print{}
			for s, members := range o.Groups {
				prints[whole.Articles[members[0]].ID] = o.Prints[s]
			}
			return linesOf(whole, func(int) bool { return true }), prints
		}
		lines, prints := outlined(articles)
		for range 6 {
			k := r.IntN(len(articles))
			nowLines, nowPrints := outlined(slices.Delete(slices.Clone(articles), k, k+1))
			for id, line := range nowLines {
				switch before := lines[id]; {
				case before == nil:
				case bytes.Equal(before, line):
					same++
				case prints[id] == nowPrints[id]:
					t.Errorf("seed %d: without article %s the story is\n%s\nand was\n%s", seed, articles[k].ID, line, before)
				default:
					other++
				}
			}
		}
	}
	if same == 0 || other == 0 {
		t.Errorf("%d records stayed, %d became others: nothing is tested", same, other)
	}
}

// TestCostOfADenseDay feeds the last 60 of 6,000 articles of three weeks, all of which a
// batch can change: the texts of few are read, and sheets tell of the others.
func TestCostOfADenseDay(t *testing.T) {
	h := newHistory(t, 1, 6000)
	h.pool = slices.DeleteFunc(h.pool, func(a article.Article) bool { return a.Time.IsZero() })
	slices.SortFunc(h.pool, func(a, b article.Article) int { return a.Time.Compare(b.Time) })
	h.now = h.pool[len(h.pool)-1].Time
	last := len(h.pool) - 60
	h.feed(h.pool[:last])
	h.now = h.now.Add(time.Hour)
	h.write("feed 60", func(ctx context.Context, a *Archive) (*Summary, error) {
		s, err := a.Feed(ctx, Batch{At: h.now}, slices.Clone(h.pool[last:]), h.opt)
		if a.read > 1000 || a.spared < 3000 {
			t.Errorf("%d articles were read, sheets told of %d", a.read, a.spared)
		}
		t.Logf("%d articles were read, sheets told of %d; %d records were written", a.read, a.spared, a.written)
		return s, err
	})
	for _, x := range h.pool[last:] {
		h.fed[x.ID] = x
	}
	if !testing.Short() {
		h.check()
	}
}

// TestSheetsOfOthers puts the sheets of another archive into a file: they are not believed.
func TestSheetsOfOthers(t *testing.T) {
	other, h := newHistory(t, 5, 300), newHistory(t, 1, 300)
	other.feed(other.pool)
	h.feed(h.pool[:280])
	h.write("sheets of others", func(ctx context.Context, a *Archive) (*Summary, error) {
		_, err := a.tx.ExecContext(ctx, `DELETE FROM sheet; DELETE FROM sheet_state`)
		return nil, err
	})
	byHand(t, h.path, `ATTACH '`+other.path+`' AS other; INSERT INTO sheet SELECT * FROM other.sheet; INSERT INTO sheet_state SELECT * FROM other.sheet_state`)
	h.feed(h.pool[280:])
	h.check()
}

// TestLargeSheets keeps no sheets of days of many articles: they are compared anew.
func TestLargeSheets(t *testing.T) {
	defer func(before int) { mostSheet = before }(mostSheet)
	mostSheet = 5000
	h := newHistory(t, 1, 300)
	for range 6 {
		h.step()
	}
	h.check()
	a := h.read()
	var most, sheets int
	if err := a.tx.QueryRowContext(t.Context(), `SELECT coalesce(max(length(heads) + length(facts) + length(loans)), 0), count(*) FROM sheet`).Scan(&most, &sheets); err != nil {
		t.Fatal(err)
	}
	if most > mostSheet+3*6 || sheets == 0 {
		t.Errorf("%d sheets, the largest of %d bytes", sheets, most)
	}
}
