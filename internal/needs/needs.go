// Package needs tells what a test lacks: the test is skipped, or fails where CI is set,
// since there all must run.
package needs

import (
	"os"
	"testing"
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
