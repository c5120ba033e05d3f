package needs_test

import (
	"fmt"
	"runtime"
	"testing"

	"qissa/internal/needs"
)

// A recorder notes how a test ended.
type recorder struct {
	testing.TB
	ended string
}

func (r *recorder) Helper() {}

func (r *recorder) Fatalf(format string, args ...any) {
	r.ended = "failed: " + fmt.Sprintf(format, args...)
	runtime.Goexit()
}

func (r *recorder) Skipf(format string, args ...any) {
	r.ended = "skipped: " + fmt.Sprintf(format, args...)
	runtime.Goexit()
}

func ended(t *testing.T, do func(testing.TB)) string {
	r, done := &recorder{TB: t}, make(chan struct{})
	go func() {
		defer close(done)
		do(r)
		r.ended = "went on"
	}()
	<-done
	return r.ended
}

func TestMissingFailsInCIAlone(t *testing.T) {
	missing := func(t testing.TB) { needs.Missing(t, "strace: %s", "not found") }
	t.Setenv("CI", "")
	if got, want := ended(t, missing), "skipped: needs strace: not found"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	t.Setenv("CI", "true")
	if got, want := ended(t, missing), "failed: needs strace: not found"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestTimeSkipsShortRunsAlone(t *testing.T) {
	want := "went on"
	if testing.Short() {
		want = "skipped: needs a run without -short: it counts"
	}
	if got := ended(t, func(t testing.TB) { needs.Time(t, "it counts") }); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestTurn(t *testing.T) {
	due := func() (n int) {
		turn := needs.Turn(3)
		for part := range 6 {
			if turn(part) {
				n++
			}
		}
		return n
	}
	t.Setenv("QISSA_LONG", "")
	for _, ci := range []string{"", "true"} {
		t.Setenv("CI", ci)
		if n := due(); n != 2 {
			t.Errorf("with CI %q %d of 6 parts have their turn, want 2", ci, n)
		}
	}
	t.Setenv("CI", "")
	if !needs.Turn(3)(0) || needs.Turn(3)(1) {
		t.Error("without CI another part than the first has its turn")
	}
	t.Setenv("QISSA_LONG", "1")
	if n := due(); n != 6 {
		t.Errorf("with QISSA_LONG %d of 6 parts have their turn, want all", n)
	}
}
