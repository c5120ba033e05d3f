package cluster

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"qissa/internal/parallel"
)

// A task builds a tile or scans it with the places from:to.
type task struct {
	tile     int
	build    bool
	from, to int
}

// A run is the tiles and tasks of a join on their way. Each tile is built ahead
// of the scans of the one before it, and dropped after its last scan, so no more
// than a few exist at a time.
type run struct {
	e       *engine
	bounds  [][2]int
	tasks   []task
	next    atomic.Int64
	tiles   []*tile
	ready   []chan struct{}
	pending []atomic.Int64 // scans of each tile that are not done

	mu     sync.Mutex
	spare  []*tile
	slots  int // slots compared so far
	total  int // slots to compare
	done   int // documents reported
	report func(done, total int)
	counts JoinCounts
	found  [][]Pair
}

// run returns the pairs in the order of tasks, places for documents.
func (e *engine) run(ctx context.Context, progress func(done, total int)) ([][]Pair, JoinCounts) {
	r := newRun(e, progress)
	parallel.Workers(ctx, e.jobs, func(ctx context.Context, _ int) {
		s := newScanner(e)
		for {
			i := int(r.next.Add(1)) - 1
			if i >= len(r.tasks) || !r.do(ctx, i, s) {
				break
			}
		}
		r.mu.Lock()
		r.counts.Add(s.counts)
		r.mu.Unlock()
	})
	return r.found, r.counts
}

func newRun(e *engine, progress func(done, total int)) *run {
	const chunk = 256
	r := &run{e: e, report: progress, bounds: e.time.tiles(e.tune.leastTile, e.tune.mostTile)}
	r.tiles = make([]*tile, len(r.bounds))
	r.ready = make([]chan struct{}, len(r.bounds))
	r.pending = make([]atomic.Int64, len(r.bounds))
	for t, b := range r.bounds {
		r.ready[t] = make(chan struct{})
		if t == 0 {
			r.tasks = append(r.tasks, task{tile: t, build: true})
		}
		if t+1 < len(r.bounds) {
			r.tasks = append(r.tasks, task{tile: t + 1, build: true})
		}
		until := e.time.until(b[0], b[1])
		for x := b[0]; x < until; x += chunk {
			r.tasks = append(r.tasks, task{tile: t, from: x, to: min(x+chunk, until)})
			r.pending[t].Add(1)
		}
		r.total += (until - b[0]) * (b[1] - b[0])
	}
	r.found = make([][]Pair, len(r.tasks))
	return r
}

// do does a task. It returns false once ctx is cancelled.
func (r *run) do(ctx context.Context, i int, s *scanner) bool {
	k := r.tasks[i]
	if k.build {
		t := r.take()
		t.build(r.e, r.bounds[k.tile][0], r.bounds[k.tile][1])
		r.tiles[k.tile] = t
		close(r.ready[k.tile])
		return ctx.Err() == nil
	}
	select {
	case <-r.ready[k.tile]:
	case <-ctx.Done():
		return false
	}
	t := r.tiles[k.tile]
	s.found = s.found[:0]
	for x := k.from; x < k.to; x++ {
		if ctx.Err() != nil {
			return false
		}
		s.scan(t, x)
	}
	r.found[i] = slices.Clone(s.found)
	if r.e.spill != nil {
		r.found[i] = r.e.spill(r.found[i])
	}
	if r.pending[k.tile].Add(-1) == 0 {
		r.tiles[k.tile] = nil
		r.give(t)
	}
	b := r.bounds[k.tile]
	r.advance((k.to - k.from) * (b[1] - b[0]))
	return true
}

func (r *run) take() *tile {
	r.mu.Lock()
	defer r.mu.Unlock()
	if n := len(r.spare); n > 0 {
		t := r.spare[n-1]
		r.spare = r.spare[:n-1]
		return t
	}
	return new(tile)
}

func (r *run) give(t *tile) {
	r.mu.Lock()
	r.spare = append(r.spare, t)
	r.mu.Unlock()
}

// advance reports progress: the share of slots compared, in documents.
func (r *run) advance(slots int) {
	if r.report == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.slots += slots
	n := r.e.rows.Len()
	if done := int(float64(n) * (float64(r.slots) / float64(r.total))); done > r.done {
		r.done = done
		r.report(done, n)
	}
}
