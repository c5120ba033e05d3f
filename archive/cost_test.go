package archive

import (
	"context"
	"slices"
	"testing"
	"time"

	"qissa"
	"qissa/article"
)

// TestCostOfABatch feeds the last 400 of 5,000 articles of a year: how many are read, and
// how many records are written, is bound by the batch and the weeks around it.
func TestCostOfABatch(t *testing.T) {
	h := yearOf(t, 5000)
	last := len(h.pool) - 400
	for i := range h.pool {
		if h.pool[i].Origin.File = "before.jsonl"; i >= last {
			h.pool[i].Origin.File = "today.jsonl"
		}
	}
	h.feed(h.pool[:last])
	h.write("feed 400", func(ctx context.Context, a *Archive) (*Summary, error) {
		s, err := a.Feed(ctx, Batch{At: h.now}, slices.Clone(h.pool[last:]), h.opt)
		// The batch is of two of the days. Its file is read twice, once without texts.
		if texts, all := 3*len(h.pool)/21, 400; a.read > texts+all || a.local != 1 {
			t.Errorf("%d of %d articles were read, want at most %d", a.read, len(h.pool), texts+all)
		}
		if a.written > 400 || a.written < 100 {
			t.Errorf("the records of %d stories were written, at most 400 can have changed", a.written)
		}
		t.Logf("%d articles read, %d records written", a.read, a.written)
		return s, err
	})
	for _, x := range h.pool[last:] {
		h.fed[x.ID] = x
	}
	if !testing.Short() {
		h.check()
	}
}

// yearOf returns a history of so many articles, of 21 days that are 20 days apart, in the
// order of time.
func yearOf(t *testing.T, articles int) *history {
	t.Helper()
	h := newHistory(t, 1, articles)
	h.pool = slices.DeleteFunc(h.pool, func(a article.Article) bool { return a.Time.IsZero() })
	for i := range h.pool {
		a := &h.pool[i]
		a.Time = a.Time.Add(time.Duration(dayOf(a.Time)-dayOf(start)) * 19 * 24 * time.Hour)
	}
	slices.SortFunc(h.pool, func(a, b article.Article) int { return a.Time.Compare(b.Time) })
	h.now = h.pool[len(h.pool)-1].Time
	return h
}

// TestCostOfOldArticles feeds a batch with an article of a year before: what lies between
// is not read.
func TestCostOfOldArticles(t *testing.T) {
	h := yearOf(t, 2100)
	old, fresh := h.pool[30], h.pool[2000:]
	first := slices.Concat(h.pool[:30], h.pool[31:2000])
	h.feed(first)
	h.write("feed old and new", func(ctx context.Context, a *Archive) (*Summary, error) {
		s, err := a.Feed(ctx, Batch{At: h.now}, append(slices.Clone(fresh), old), h.opt)
		if most := len(first) / 2; a.read+a.spared > most || a.local != 1 {
			t.Errorf("%d of %d articles were read, sheets told of %d more; want at most %d", a.read, len(first), a.spared, most)
		}
		return s, err
	})
	for _, x := range append(slices.Clone(fresh), old) {
		h.fed[x.ID] = x
	}
	h.check()
}

// TestCostBesideYearsToCome feeds after an article of years to come, as feeds have them: the
// sheets of today are kept all the same.
func TestCostBesideYearsToCome(t *testing.T) {
	h := newHistory(t, 1, 2000)
	h.pool = slices.DeleteFunc(h.pool, func(a article.Article) bool { return a.Time.IsZero() })
	slices.SortFunc(h.pool, func(a, b article.Article) int { return a.Time.Compare(b.Time) })
	last := len(h.pool) - 20
	h.pool[0].Time = time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)
	h.feed(h.pool[:last])
	h.write("feed 20", func(ctx context.Context, a *Archive) (*Summary, error) {
		s, err := a.Feed(ctx, Batch{At: h.now}, slices.Clone(h.pool[last:]), h.opt)
		if a.spared < 1000 {
			t.Errorf("sheets told of %d of %d articles", a.spared, last)
		}
		return s, err
	})
	for _, x := range h.pool[last:] {
		h.fed[x.ID] = x
	}
	h.check()
}

// TestProgressOfABatch: each stage of a batch is told, in order, and none goes beyond its
// end.
func TestProgressOfABatch(t *testing.T) {
	h := newHistory(t, 2, 1200)
	var stages []qissa.Stage
	last := qissa.Progress{}
	h.opt.Progress = func(p qissa.Progress) {
		if p.Stage != last.Stage {
			stages = append(stages, p.Stage)
		} else if p.Done < last.Done || p.Total > 0 && p.Done > p.Total {
			t.Errorf("after %+v came %+v", last, p)
		}
		last = p
	}
	h.feed(h.pool)
	place := -1
	for _, s := range []qissa.Stage{StageAdding, StageReading, qissa.StageWords, qissa.StagePairs, StageWriting, StageChanges, StageSaving} {
		if at := slices.Index(stages, s); at <= place {
			t.Errorf("%q is not in its place in %q", s, stages)
		} else {
			place = at
		}
	}
}
