// Package needs tells what a test lacks: the test is skipped, or fails where CI is set,
// since there all must run.
package needs

import (
	"os"
	"testing"
	"time"
)

// Missing ends a test that lacks something, said as by [testing.T.Skipf]: "the dumps
// beside the project: no such file".
func Missing(t testing.TB, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("needs "+format, args...)
	}
	t.Skipf("needs "+format, args...)
}

// Time skips a test that takes long in a run with -short; what for is said as by
// [testing.T.Skipf]: "it clusters 62,000 articles".
func Time(t testing.TB, format string, args ...any) {
	t.Helper()
	if testing.Short() {
		t.Skipf("needs a run without -short: "+format, args...)
	}
}

// Long reports whether all is asked for that takes a night. Ask within a test, so that its
// result is not taken for that of the other way.
func Long() bool { return os.Getenv("QISSA_LONG") != "" }

// Turn reports which of so many parts of a test have their turn today: with QISSA_LONG=1
// all, where CI is set one, by the day of the year, else the first. So a change waits for a
// part of what takes minutes, and a week goes through all of it.
func Turn(of int) func(part int) bool {
	today := 0
	if os.Getenv("CI") != "" {
		today = time.Now().UTC().YearDay() % of
	}
	return func(part int) bool { return Long() || part%of == today }
}
