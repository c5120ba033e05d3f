package main

import (
	"io"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// A processorWriter notes on how many processors it is written to.
type processorWriter struct{ processors int }

func (w *processorWriter) Write(p []byte) (int, error) {
	w.processors = runtime.GOMAXPROCS(0)
	return len(p), nil
}

// The whole process keeps to --jobs, what reads and writes too, and no longer than the
// run. 0 and less are all processors, and so is more than there are.
func TestJobs(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	sample := samplePath(t)
	for jobs, want := range map[string]int{"1": 1, "3": 3, "0": 4, "-1": 4, "64": 4} {
		for _, verb := range []string{"cluster", "dedup"} {
			var out processorWriter
			var stderr strings.Builder
			if code := run(t.Context(), []string{verb, sample, "-j", jobs, "-q"}, strings.NewReader(""), &out, &stderr); code != 0 {
				t.Errorf("%s -j %s: exit code %d, %s", verb, jobs, code, stderr.String())
			}
			if out.processors != want {
				t.Errorf("%s -j %s: written on %d processors, want %d", verb, jobs, out.processors, want)
			}
			if got := runtime.GOMAXPROCS(0); got != 4 {
				t.Fatalf("%s -j %s: %d processors afterwards, want 4", verb, jobs, got)
			}
		}
	}
}

// The files are the same on one processor and on several.
func TestJobsChangeNoFile(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	var files [2]map[string]string
	for i, jobs := range []string{"1", "4"} {
		out := t.TempDir()
		if code := run(t.Context(), []string{"cluster", samplePath(t), "-j", jobs, "-o", filepath.Join(out, "run"), "--parquet", "-q"}, strings.NewReader(""), io.Discard, io.Discard); code != 0 {
			t.Fatalf("-j %s: exit code %d", jobs, code)
		}
		files[i] = filesOf(t, out)
	}
	for name, one := range files[0] {
		if one != files[1][name] {
			t.Errorf("%s is another on four processors", name)
		}
	}
	if len(files[0]) < 7 {
		t.Errorf("%d files, want those of a run", len(files[0]))
	}
}
