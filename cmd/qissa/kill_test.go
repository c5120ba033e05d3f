package main

import (
	"bytes"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"qissa/internal/needs"
)

// TestKilled kills the command a hundred times at random points, five hundred at
// night. What it leaves is never half a run, and the next run puts all right.
func TestKilled(t *testing.T) {
	needs.Time(t, "it runs the command a hundred times")
	program, sample := built(t), samplePath(t)
	whole := filepath.Join(t.TempDir(), "whole")
	takes := time.Duration(math.MaxInt64) // the least of several: the first may have to read the program, others wait
	for range 5 {
		start := time.Now()
		if out, err := exec.Command(program, "cluster", sample, "-q", "--force", "-o", whole).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		takes = min(takes, time.Since(start))
	}
	want, out := folderContent(t, whole), filepath.Join(t.TempDir(), "out")
	r := rand.New(rand.NewPCG(3, 3))
	killed, kills := 0, 100
	if needs.Long() {
		kills = 500
	}
	for range kills {
		if killedAtSomeTime(t, exec.Command(program, "cluster", sample, "-q", "-o", out), r, takes) {
			killed++
		}
		for name, data := range folderContent(t, out) {
			if name[0] != '.' && !bytes.Equal(data, want[name]) {
				t.Fatalf("after a kill, %s has %d bytes, want %d", name, len(data), len(want[name]))
			}
		}
	}
	if killed < kills/5 {
		t.Errorf("only %d of %d runs were killed before their end", killed, kills)
	}
	if o, err := exec.Command(program, "cluster", sample, "-q", "-o", out).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, o)
	}
	got := folderContent(t, out)
	for name := range got {
		if !bytes.Equal(got[name], want[name]) {
			t.Errorf("after the next run, %s is not as it should be", name)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d files, want %d", len(got), len(want))
	}
}

// folderContent reads the files of a folder by name.
func folderContent(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	entries, _ := os.ReadDir(dir) // it may not be there yet
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil && e.Name()[0] != '.' {
			t.Fatal(err)
		}
		files[e.Name()] = data
	}
	return files
}

// killedAtSomeTime starts a command, which takes so long, and kills it; it reports
// whether that came before its end.
func killedAtSomeTime(t *testing.T, c *exec.Cmd, r *rand.Rand, takes time.Duration) bool {
	t.Helper()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Duration(r.Float64() * 1.2 * float64(takes)))
	c.Process.Kill()
	return c.Wait() != nil
}
