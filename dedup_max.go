package qissa

import (
	"cmp"
	"container/heap"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/corpus"
	"qissa/internal/grouping"
	"qissa/internal/overlap"
	"qissa/internal/parallel"
)

// RepeatMax is why an article is dropped that more than so many would be left with.
const RepeatMax = RepeatKind("max")

// SurplusOptions are the settings of [FindSurplus].
type SurplusOptions struct {
	Max      int                // the most articles that are left, 0 or more; those of Keep do not count
	Window   time.Duration      // as in [RepeatOptions]: articles further apart hold nothing of each other
	Skip     func(i int) bool   // articles that are dropped already; nil for none
	Keep     func(i int) bool   // as in [RepeatOptions]
	Prefer   func(a, b int) int // likewise
	Jobs     int                // as in [Options]
	Spill    func([]byte) []byte
	Progress func(Progress)
}

// FindSurplus returns what to drop so that opt.Max articles are left and little is lost,
// nil for an article that is kept. What an article loses is the share of its words that
// stand in no runs of the one kept article that has most of them, where that is a fifth or
// more; else it loses all. One after the other that article is dropped with which all that
// are dropped lose least more; of equals the shortest, then the least preferred. So what
// was dropped first counts on, when that which holds it is to go as well. The choice is the
// best one for each step, not for all of them: that is a problem of locating facilities,
// which takes exponential time.
//
// A Repeat has the kept article that has most of the words, or -1 for none. Cost as
// [FindRepeats] for finding pairs, which are all in memory, and then in the pairs around
// each article that comes first in line, so call it for what FindRepeats leaves.
func FindSurplus(ctx context.Context, articles []article.Article, opt SurplusOptions) ([]*Repeat, error) {
	if opt.Max < 0 {
		return nil, fmt.Errorf("qissa: SurplusOptions.Max %d: want 0 or more", opt.Max)
	}
	run := Options{Jobs: parallel.Jobs(opt.Jobs), Spill: opt.Spill, Progress: opt.Progress}
	batch, err := grouping.Read(ctx, articles, run.run())
	if err != nil {
		return nil, err
	}
	words, _, err := batch.WithoutBoilerplate(ctx)
	if err != nil {
		return nil, err
	}
	order := preferred(batch.Order, opt.Prefer, opt.Keep)
	if opt.Skip != nil {
		order = slices.DeleteFunc(order, func(a int) bool { return opt.Skip(batch.Order[a]) })
	}
	always := 0 // the first ones in order
	for opt.Keep != nil && always < len(order) && opt.Keep(batch.Order[order[always]]) {
		always++
	}
	repeats := make([]*Repeat, len(articles))
	if len(order)-always <= opt.Max {
		return repeats, nil
	}
	overlaps, _, err := cluster.Containments(ctx, len(order), func(i int) cluster.Text { return words.Text(order[i]) }, cluster.Containment{
		Least: overlap.Partly, Jobs: run.Jobs, Progress: run.stage(StageComparing),
		Compared: func(a, b int) bool {
			return b >= always && !batch.Beyond(int32(order[a]), int32(order[b]), opt.Window) && !words.TooShort(order[a]) && !words.TooShort(order[b])
		},
	})
	if err != nil {
		return nil, err
	}
	s := newSurplus(order, always, words, overlaps)
	s.dropTo(always + opt.Max)
	for i, gone := range s.gone {
		if gone {
			r := &Repeat{Of: -1, How: RepeatMax}
			if first, _ := s.nearest(i); first.share > 0 {
				r.Of, r.Copied, r.Covers = batch.Order[order[first.by]], first.copied, first.covers
			}
			repeats[batch.Order[order[i]]] = r
		}
	}
	return repeats, nil
}

// A surplus drops articles, numbered in the order of preference.
type surplus struct {
	words   []int    // of each, how many it has of its own
	gone    []bool   // those that are dropped
	holders [][]hold // of each, those that hold words of it, most first; of the dropped ones none before the second that is kept
	held    [][]int  // of each, those that it holds words of
	line    []place  // a heap: the one to go next first
}

// A hold is an article with words of another.
type hold struct {
	by             int
	share          int64   // copied in shares of whole, so that sums are exact
	copied, covers float64 // as in [Repeat]
}

// whole is the share of all words of an article.
const whole = 1 << 32

// A place is the place of an article in the line.
type place struct {
	loss int64 // what all lose when it goes, at least
	i    int
}

func newSurplus(order []int, always int, words *corpus.Corpus, overlaps []cluster.Overlap) *surplus {
	n := len(order)
	s := &surplus{words: make([]int, n), gone: make([]bool, n), holders: make([][]hold, n), held: make([][]int, n)}
	add := func(i, by int, copied, covers float64) {
		if copied >= overlap.Partly {
			s.holders[i] = append(s.holders[i], hold{by, int64(math.Round(copied * whole)), copied, covers})
			s.held[by] = append(s.held[by], i)
		}
	}
	for _, o := range overlaps {
		add(int(o.A), int(o.B), o.AInB, o.BInA)
		add(int(o.B), int(o.A), o.BInA, o.AInB)
	}
	for i, a := range order {
		s.words[i] = words.Own(a)
		slices.SortFunc(s.holders[i], func(x, y hold) int { return cmp.Or(cmp.Compare(y.share, x.share), cmp.Compare(x.by, y.by)) })
		if i >= always {
			s.line = append(s.line, place{s.loss(i), i})
		}
	}
	heap.Init(s)
	return s
}

// dropTo drops articles until n are left. What an article is worth only grows while others
// go, so one that comes first in line with its loss of now is the one to go: a lazy greedy
// choice (Minoux, 1978).
func (s *surplus) dropTo(n int) {
	for left := len(s.gone); left > n; {
		first := &s.line[0]
		if now := s.loss(first.i); now > first.loss {
			first.loss = now
			heap.Fix(s, 0)
			continue
		}
		s.gone[heap.Pop(s).(place).i] = true
		left--
	}
}

// loss returns what all dropped articles lose more when one that is kept goes too.
func (s *surplus) loss(i int) int64 {
	first, _ := s.nearest(i)
	loss := whole - first.share
	for _, other := range s.held[i] {
		if s.gone[other] {
			if first, second := s.nearest(other); first.by == i {
				loss += first.share - second.share
			}
		}
	}
	return loss
}

// nearest returns the two kept articles that have most of the words of another, with a
// share of 0 where there are none. It forgets dropped ones on its way.
func (s *surplus) nearest(i int) (first, second hold) {
	h := s.holders[i]
	for len(h) > 0 && s.gone[h[0].by] {
		h = h[1:]
	}
	for len(h) > 1 && s.gone[h[1].by] {
		h[1] = h[0]
		h = h[1:]
	}
	s.holders[i] = h
	if len(h) > 0 {
		first = h[0]
	}
	if len(h) > 1 {
		second = h[1]
	}
	return first, second
}

// Len, Less, Swap, Push and Pop are those of a heap.
func (s *surplus) Len() int { return len(s.line) }

func (s *surplus) Less(a, b int) bool {
	x, y := s.line[a], s.line[b]
	return cmp.Or(cmp.Compare(x.loss, y.loss), cmp.Compare(s.words[x.i], s.words[y.i]), cmp.Compare(y.i, x.i)) < 0
}

func (s *surplus) Swap(a, b int) { s.line[a], s.line[b] = s.line[b], s.line[a] }

func (s *surplus) Push(any) { panic("surplus: nothing comes back") }

func (s *surplus) Pop() any {
	last := s.line[len(s.line)-1]
	s.line = s.line[:len(s.line)-1]
	return last
}
