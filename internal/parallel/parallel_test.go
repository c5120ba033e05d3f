package parallel_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"qissa/internal/parallel"
)

func TestEachVisitsEveryNumberOnce(t *testing.T) {
	for _, n := range []int{0, 1, parallel.Block - 1, parallel.Block, parallel.Block + 1, 5*parallel.Block + 7} {
		for _, jobs := range []int{-1, 0, 1, 2, 7} {
			visits := make([]atomic.Int32, n)
			last := 0
			err := parallel.Each(t.Context(), n, jobs, func(done, total int) {
				if done != last+1 || total != parallel.Blocks(n) {
					t.Errorf("%d numbers, %d jobs: progress %d of %d after %d", n, jobs, done, total, last)
				}
				last = done
			}, func(_, i int) { visits[i].Add(1) })
			if err != nil {
				t.Fatal(err)
			}
			for i := range visits {
				if v := visits[i].Load(); v != 1 {
					t.Errorf("%d numbers, %d jobs: %d visited %d times", n, jobs, i, v)
				}
			}
			if last != parallel.Blocks(n) {
				t.Errorf("%d numbers, %d jobs: progress ends at %d", n, jobs, last)
			}
		}
	}
}

func TestEachWithGivesEveryWorkerItsOwn(t *testing.T) {
	const n, jobs = 10000, 3
	sums := make([]int, jobs)
	err := parallel.EachWith(t.Context(), n, jobs, func(worker int) func(int) {
		return func(i int) { sums[worker] += i }
	})
	if got, want := sums[0]+sums[1]+sums[2], n*(n-1)/2; err != nil || got != want {
		t.Errorf("sum %d, error %v; want %d", got, err, want)
	}
}

func TestPanicOfAWorkerReachesTheCaller(t *testing.T) {
	for _, jobs := range []int{1, 2, 5} {
		func() {
			defer func() {
				p, ok := recover().(*parallel.Panic)
				if !ok || p.String() != "boom" {
					t.Fatalf("%d jobs: recovered %v, want the panic of the worker", jobs, p)
				}
				if !strings.Contains(string(p.Stack), "TestPanicOfAWorkerReachesTheCaller") {
					t.Errorf("%d jobs: the stack does not name the place:\n%s", jobs, p.Stack)
				}
			}()
			// A loop in a loop: the place of the inner panic is told.
			_ = parallel.Each(t.Context(), 1000, jobs, nil, func(_, i int) {
				_ = parallel.Each(t.Context(), 3, jobs, nil, func(_, k int) {
					if i == 300 && k == 1 {
						panic("boom")
					}
				})
			})
			t.Errorf("%d jobs: Each returned", jobs)
		}()
	}
}

// A worker that waits for another must not wait for one that is gone.
func TestPanicEndsTheContextOfTheOthers(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	parallel.Workers(t.Context(), 2, func(ctx context.Context, worker int) {
		if worker == 0 {
			panic("gone")
		}
		<-ctx.Done()
	})
}

func TestCancelledLoopReturnsEarly(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var calls atomic.Int64
	err := parallel.Each(ctx, 1<<20, 2, nil, func(_, i int) {
		calls.Add(1)
		cancel()
	})
	if !errors.Is(err, context.Canceled) || calls.Load() > 2*parallel.Block {
		t.Errorf("error %v after %d steps", err, calls.Load())
	}
}

func BenchmarkEach(b *testing.B) {
	sum := make([]int, parallel.Jobs(0))
	for b.Loop() {
		_ = parallel.Each(b.Context(), 1<<16, 0, nil, func(w, i int) { sum[w] += i })
	}
}

func TestGo(t *testing.T) {
	if got := parallel.Go(func() int { return 7 })(); got != 7 {
		t.Errorf("got %d, want 7", got)
	}
	wait := parallel.Go(func() int { panic("broken") })
	defer func() {
		if p, ok := recover().(*parallel.Panic); !ok || p.Value != "broken" {
			t.Errorf("recovered %v, want the panic of the goroutine", p)
		}
	}()
	wait()
}

// TestAhead prepares one item ahead, uses all in order, and stops at the first error with
// nothing running.
func TestAhead(t *testing.T) {
	items := []int{0, 1, 2, 3, 4}
	fault := errors.New("no")
	for _, x := range []struct{ prepareFails, useFails int }{{-1, -1}, {0, -1}, {3, -1}, {-1, 0}, {-1, 2}, {-1, 4}} {
		var prepared, running atomic.Int32
		var used []int
		err := parallel.Ahead(items, func(i int) (int, error) {
			running.Add(1)
			defer running.Add(-1)
			prepared.Add(1)
			if i == x.prepareFails {
				return 0, fault
			}
			return i * i, nil
		}, func(i, square int) error {
			if square != i*i || int(prepared.Load()) > i+2 {
				t.Errorf("%v: item %d came with %d, with %d prepared", x, i, square, prepared.Load())
			}
			used = append(used, i)
			if i == x.useFails {
				return fault
			}
			return nil
		})
		want := len(items)
		switch {
		case x.prepareFails >= 0:
			want = x.prepareFails
		case x.useFails >= 0:
			want = x.useFails + 1
		}
		if len(used) != want || (err != nil) != (want < len(items) || x.useFails >= 0) || running.Load() != 0 {
			t.Errorf("%v: %v used, %v, %d running", x, used, err, running.Load())
		}
	}
	if err := parallel.Ahead(nil, func(int) (int, error) { return 0, fault }, func(int, int) error { return fault }); err != nil {
		t.Errorf("nothing to do: %v", err)
	}
}
