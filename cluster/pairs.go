package cluster

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"sync/atomic"

	"qissa/internal/parallel"
)

// Pairs returns every pair of documents whose cosine similarity, as [Dot] gives
// it, is at least j.MinSim, sorted by (A, B). Two dated documents further apart
// than j.Window are not paired, nor are those that j.Compared tells apart; undated
// ones pair with all by text alone.
// times[i] is the time of document i in Unix seconds or [Undated]; nil means
// that none is dated. Documents may come in any order of time.
//
// The result is exact. The cost grows with the square of the number of
// documents without a window and linearly with one.
func Pairs(ctx context.Context, rows Rows, times []int64, j Join) ([]Pair, JoinCounts, error) {
	return pairs(ctx, rows, times, j, defaultTuning(j))
}

// tuning changes the cost of a join, never its result.
type tuning struct {
	leastTile, mostTile int     // documents in a tile
	head                float64 // greatest length of a row's part that is not indexed
	sweepFrom           int     // sweep a tile from a share of 1/sweepFrom entries read for each slot
}

func defaultTuning(j Join) tuning {
	return tuning{leastTile: 512, mostTile: 16384, head: max(0.96*j.MinSim, 0.585*math.Sqrt(j.MinSim)), sweepFrom: 20}
}

func pairs(ctx context.Context, rows Rows, times []int64, j Join, tune tuning) ([]Pair, JoinCounts, error) {
	if err := checkJoin(ctx, rows, times, j); err != nil {
		return nil, JoinCounts{}, fmt.Errorf("joining similar documents: %w", err)
	}
	e := newEngine(ctx, rows, times, j, tune)
	found, counts := e.run(ctx, j.Progress)
	pairs := e.sorted(ctx, found)
	if err := ctx.Err(); err != nil {
		return nil, JoinCounts{}, fmt.Errorf("joining similar documents: %w", err)
	}
	counts.Pairs = int64(len(pairs))
	return pairs, counts, nil
}

// An engine is what all workers of a join share.
type engine struct {
	rows     Rows
	minSim   float64
	least    uint32 // minSim in simUnit, rounded down
	jobs     int
	nearest  Nearest
	compared func(a, b int32) bool
	spill    func([]Pair) []Pair
	tune     tuning
	time     timeline
	cuts     [bands + 1]uint32
	bounds   []bounds // by place
}

func newEngine(ctx context.Context, rows Rows, times []int64, j Join, tune tuning) *engine {
	n := rows.Len()
	e := &engine{
		rows: rows, minSim: j.MinSim, least: leastSum(j.MinSim), jobs: parallel.Jobs(j.Jobs), nearest: j.Nearest, compared: j.Compared, spill: j.Spill, tune: tune,
		time: newTimeline(ctx, n, times, j.Window), cuts: bandCuts(ctx, rows), bounds: make([]bounds, n),
	}
	e.each(ctx, n, func(p int) {
		e.bounds[p] = newBounds(rows, int(e.time.doc[p]), &e.cuts, tune.head)
	})
	return e
}

// touchable reports whether a document of bounds s is similar enough only to
// documents with which it shares an indexed term.
func (e *engine) touchable(s *bounds) bool {
	return float64(s.norm[s.first])*longest < e.minSim*lengthUnit
}

// each calls f for 0 to n-1 on all workers, or for fewer once ctx is cancelled.
func (e *engine) each(ctx context.Context, n int, f func(int)) {
	const block = 1024
	var next atomic.Int64
	parallel.Workers(ctx, e.jobs, func(ctx context.Context, _ int) {
		for ctx.Err() == nil {
			from := int(next.Add(block)) - block
			if from >= n {
				return
			}
			for i := from; i < min(from+block, n); i++ {
				f(i)
			}
		}
	})
}

// sorted returns the pairs of places as pairs of documents in order. It uses up
// found.
func (e *engine) sorted(ctx context.Context, found [][]Pair) []Pair {
	near := e.farthest(ctx, found)
	end := make([]int, e.rows.Len()+1) // end[a+1]: where the pairs of a end, once they are in
	doc := e.time.doc
	for _, pairs := range found {
		if ctx.Err() != nil {
			return nil
		}
		for _, p := range pairs {
			if near.has(p) {
				end[min(doc[p.A], doc[p.B])+2]++ // in range: A is before B
			}
		}
	}
	for i := 1; i < len(end); i++ {
		end[i] += end[i-1]
	}
	all := make([]Pair, end[len(end)-1])
	for f, pairs := range found {
		if ctx.Err() != nil {
			return nil
		}
		for _, p := range pairs {
			if !near.has(p) {
				continue
			}
			a, b := doc[p.A], doc[p.B]
			at := &end[min(a, b)+1]
			all[*at] = Pair{min(a, b), max(a, b), p.Sim}
			*at++
		}
		found[f] = nil
	}
	e.each(ctx, e.rows.Len(), func(a int) {
		slices.SortFunc(all[end[a]:end[a+1]], func(p, q Pair) int { return cmp.Compare(p.B, q.B) })
	})
	return all
}
