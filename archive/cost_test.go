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
	h := newHistory(t, 1, 5000)
	h.pool = slices.DeleteFunc(h.pool, func(a article.Article) bool { return a.Time.IsZero() })
	for i := range h.pool { // 21 days, 20 days apart
		a := &h.pool[i]
		a.Time = a.Time.Add(time.Duration(dayOf(a.Time)-dayOf(start)) * 19 * 24 * time.Hour)
	}
	slices.SortFunc(h.pool, func(a, b article.Article) int { return a.Time.Compare(b.Time) })
	h.now = h.pool[len(h.pool)-1].Time
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
