//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"qissa/internal/needs"
)

// TestFaultsOfTheSystem lets every rename and every wait for the disk of a run
// fail in turn, and kills the run at each. The folder then holds the old run or the
// new one, whole, or the next run makes it so: never files of both.
func TestFaultsOfTheSystem(t *testing.T) {
	needs.Time(t, "it runs the command a hundred times")
	strace, err := exec.LookPath("strace")
	if err != nil {
		needs.Missing(t, "strace: %v", err)
	}
	program, sample := built(t), samplePath(t)
	base := t.TempDir()
	arguments := map[string][2][]string{ // of the run before and of the one that is hurt
		"cluster": {{"cluster", sample, "-q", "-o", "."}, {"cluster", sample, "-q", "-o", ".", "--lang", "en", "--story", "0.6", "--parquet", "--force"}},
		"dedup":   {{"dedup", sample, "-q", "-o", "c.jsonl"}, {"dedup", sample, "-q", "-o", "c.jsonl", "--dup", "0.95", "--level", "verbatim", "--force"}},
	}
	in := func(dir string, name string, args ...string) (string, error) {
		c := exec.Command(name, args...)
		c.Dir = dir
		c.Env = append(os.Environ(), "GOMAXPROCS=1") // strace counts the calls of each thread by itself
		out, err := c.CombinedOutput()
		return string(out), err
	}
	for verb, args := range arguments {
		var want [2]map[string][]byte
		for i, run := range args {
			dir := filepath.Join(base, fmt.Sprint(verb, i))
			if err := os.Mkdir(dir, 0o777); err != nil {
				t.Fatal(err)
			}
			if out, err := in(dir, program, run...); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			want[i] = folderContent(t, dir)
		}
		points := 0
		for round := 0; round < 3 && points < 12; round++ { // threads share the calls otherwise each time
			for _, call := range []string{"rename,renameat,renameat2", "fsync,fdatasync"} {
				for _, what := range []string{"error=EIO", "signal=KILL"} {
					for when := 1; ; when++ {
						dir := filepath.Join(base, "hurt")
						os.RemoveAll(dir)
						if err := os.Mkdir(dir, 0o777); err != nil {
							t.Fatal(err)
						}
						if out, err := in(dir, program, args[0]...); err != nil {
							t.Fatalf("%v\n%s", err, out)
						}
						inject := fmt.Sprintf("inject=%s:%s:when=%d", call, what, when)
						log := filepath.Join(base, "strace.log")
						said, err := in(dir, strace, append([]string{"-f", "-o", log, "-e", "trace=" + call, "-e", inject, program}, args[1]...)...)
						trace, _ := os.ReadFile(log)
						if !strings.Contains(string(trace), "INJECTED") && !strings.Contains(string(trace), "killed by SIGKILL") {
							break // there are no more such calls
						}
						points++
						if what == "error=EIO" && err == nil {
							t.Errorf("%s, %s: exit code 0, %s", verb, inject, said)
						}
						in(dir, program, append([]string{"report", ".", "-q"}, []string{"--format", "md", "-o", filepath.Join(base, "r.md"), "--force"}...)...) // settles
						if verb == "dedup" {
							in(dir, program, "dedup", sample, "-q", "-o", "other.jsonl")
							for _, name := range []string{"other.jsonl", "other.dropped.jsonl", "other.skipped.jsonl"} {
								os.Remove(filepath.Join(dir, name))
							}
						}
						got := folderContent(t, dir)
						for name := range got {
							if strings.HasPrefix(name, stagedPrefix) && what == "signal=KILL" {
								delete(got, name) // of a process that is no more; the next run into the folder removes it
							}
						}
						if !sameFiles(got, want[0]) && !sameFiles(got, want[1]) {
							t.Errorf("%s, %s: files of neither run alone: %d files; %s", verb, inject, len(got), said)
						}
					}
				}
			}
		}
		t.Logf("%s: %d points", verb, points)
		if points < 12 {
			t.Errorf("%s: only %d points were hit", verb, points)
		}
	}
}

func sameFiles(a, b map[string][]byte) bool {
	if len(a) != len(b) {
		return false
	}
	for name, data := range a {
		if other, ok := b[name]; !ok || string(other) != string(data) {
			return false
		}
	}
	return true
}
