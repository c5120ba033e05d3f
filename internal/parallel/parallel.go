// Package parallel runs loops on several workers.
//
// A panic of a worker ends the loop and is handed back to the caller, so that
// whoever recovers there sees it. Results are the same for any number of workers
// as long as each step writes only what is its own.
package parallel

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
)

// Block is how many steps of [Each] a worker takes at a time. It is a multiple of
// 64, so that workers never share a word of a set of bits. Between 64 and 1024 it
// makes no difference.
const Block = 256

// Jobs returns the number of workers that stands for jobs: itself, or one for each
// processor where it is 0 or less.
func Jobs(jobs int) int {
	if jobs <= 0 {
		return runtime.GOMAXPROCS(0)
	}
	return jobs
}

// Blocks returns the number of blocks of n steps.
func Blocks(n int) int { return (n + Block - 1) / Block }

// Range returns the first step of a block, and the one behind its last, of n steps.
func Range(block, n int) (from, to int) { return block * Block, min((block+1)*Block, n) }

// A Panic is what a worker panicked with, and where.
type Panic struct {
	Value any
	Stack []byte
}

func (p *Panic) String() string { return fmt.Sprint(p.Value) }

// Workers calls f once on each of jobs workers, numbered from 0, and waits for all.
// Their context ends with ctx, or as soon as one of them panics; Workers then panics
// with a [*Panic].
func Workers(ctx context.Context, jobs int, f func(ctx context.Context, worker int)) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		wait  sync.WaitGroup
		once  sync.Once
		fault *Panic
	)
	for worker := range Jobs(jobs) {
		wait.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					once.Do(func() { fault = wrap(p) })
					cancel()
				}
			}()
			f(ctx, worker)
		})
	}
	wait.Wait()
	if fault != nil {
		panic(fault)
	}
}

// wrap keeps the place of the first panic, where loops stand in one another.
func wrap(p any) *Panic {
	if inner, ok := p.(*Panic); ok {
		return inner
	}
	return &Panic{p, debug.Stack()}
}

// ForBlocks calls do for each block below blocks, on jobs workers. Progress is
// called after each, from one goroutine at a time; nil for silence. It returns
// early with the error of the context.
func ForBlocks(ctx context.Context, blocks, jobs int, progress func(done, total int), do func(worker, block int)) error {
	var (
		mu         sync.Mutex
		next, done int
	)
	take := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		if next == blocks {
			return 0, false
		}
		next++
		return next - 1, true
	}
	finish := func() {
		mu.Lock()
		defer mu.Unlock()
		if done++; progress != nil {
			progress(done, blocks)
		}
	}
	Workers(ctx, jobs, func(ctx context.Context, worker int) {
		for ctx.Err() == nil {
			b, ok := take()
			if !ok {
				return
			}
			do(worker, b)
			finish()
		}
	})
	return ctx.Err()
}

// Each calls do for each number below n, [Block] of them at a time, on jobs workers;
// else as [ForBlocks].
func Each(ctx context.Context, n, jobs int, progress func(done, total int), do func(worker, i int)) error {
	return ForBlocks(ctx, Blocks(n), jobs, progress, func(worker, b int) {
		from, to := Range(b, n)
		for i := from; i < to; i++ {
			do(worker, i)
		}
	})
}

// EachWith is [Each] where every worker has a function of its own, which of returns:
// it may hold memory that is used again from step to step.
func EachWith(ctx context.Context, n, jobs int, of func(worker int) func(i int)) error {
	do := make([]func(int), Jobs(jobs))
	for w := range do {
		do[w] = of(w)
	}
	return Each(ctx, n, jobs, nil, func(worker, i int) { do[worker](i) })
}

// Go starts f, and returns what waits for its result. A panic of f is one of wait,
// with a [*Panic]; without a call of wait nobody hears of it.
func Go[T any](f func() T) (wait func() T) {
	var result T
	var fault *Panic
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if p := recover(); p != nil {
				fault = wrap(p)
			}
		}()
		result = f()
	}()
	return func() T {
		if <-done; fault != nil {
			panic(fault)
		}
		return result
	}
}

// Ahead uses the items one after the other, each with what is prepared of it meanwhile:
// one item ahead. It returns the first error of either, when nothing runs any more.
func Ahead[T, U any](items []T, prepare func(T) (U, error), use func(T, U) error) error {
	type prepared struct {
		value U
		err   error
	}
	start := func(i int) (wait func() prepared) {
		if i == len(items) {
			return func() (none prepared) { return none }
		}
		return Go(func() prepared {
			value, err := prepare(items[i])
			return prepared{value, err}
		})
	}
	next := start(0)
	for i, item := range items {
		p := next()
		if p.err != nil {
			return p.err
		}
		next = start(i + 1)
		if err := use(item, p.value); err != nil {
			next()
			return err
		}
	}
	return nil
}
