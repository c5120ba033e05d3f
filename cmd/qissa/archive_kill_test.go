package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"qissa/archive"
	"qissa/internal/needs"
	"qissa/report"
)

// TestArchiveKilled kills a feed at random moments: the archive is as it was before the
// batch or as it is after it, and whole.
func TestArchiveKilled(t *testing.T) {
	needs.Time(t, "it runs the command forty times")
	program, sample := built(t), samplePath(t)
	dir := t.TempDir()
	text, err := os.ReadFile(sample)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	base, half := filepath.Join(dir, "base.qissa"), filepath.Join(dir, "half.jsonl")
	if err := os.WriteFile(half, bytes.Join(lines[:len(lines)/2], nil), 0o666); err != nil {
		t.Fatal(err)
	}
	const now = "2025-07-16T00:00:00Z"
	feed := func(path, dump string) *exec.Cmd {
		return exec.Command(program, "cluster", "-q", "--archive", path, "--now", now, dump)
	}
	run := func(c *exec.Cmd) time.Duration {
		start := time.Now()
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return time.Since(start)
	}
	run(feed(base, half))
	whole := filepath.Join(dir, "whole.qissa")
	copyFile(t, base, whole)
	takes := run(feed(whole, sample))
	before, after := archived(t, base), archived(t, whole)
	kills, killed, unchanged := 40, 0, 0
	if long {
		kills = 200
	}
	r := rand.New(rand.NewPCG(3, 9))
	for k := range kills {
		path := filepath.Join(dir, fmt.Sprintf("%d.qissa", k))
		copyFile(t, base, path)
		if killedAtSomeTime(t, feed(path, sample), r, takes) {
			killed++
		}
		now := archived(t, path)
		same := bytes.Equal(now, before)
		if !same && !bytes.Equal(now, after) {
			t.Fatalf("after a kill, %s is neither as it was before the batch nor as after it", path)
		}
		took := run(feed(path, sample))
		if same { // a whole feed, on the machine as it is by now
			unchanged, takes = unchanged+1, took
		}
		if !bytes.Equal(archived(t, path), after) {
			t.Errorf("the next feed did not put %s right", path)
		}
	}
	if killed < kills/5 || unchanged == 0 || unchanged == kills {
		t.Errorf("%d of %d runs were killed before their end, %d before the batch was in", killed, kills, unchanged)
	}
	t.Logf("%d of %d killed, %d archives as before", killed, kills, unchanged)
}

// archived returns what an archive holds, by its own ids, having looked whether it is
// whole.
func archived(t *testing.T, path string) []byte {
	t.Helper()
	ctx := context.Background()
	a, err := archive.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if wrong, err := a.Check(ctx); err != nil || len(wrong) > 0 {
		t.Fatalf("%s: %v %q", path, err, wrong)
	}
	r, err := a.Result(ctx, archive.All, nil)
	if err != nil {
		t.Fatal(err)
	}
	changes, err := a.Changes(ctx, archive.Since{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range changes {
		changes[i].At = time.Time{}
	}
	var b bytes.Buffer
	if err := report.StoriesJSONL(&b, r); err != nil {
		t.Fatal(err)
	}
	if err := report.PairsJSONL(&b, r); err != nil {
		t.Fatal(err)
	}
	if err := report.ChangesJSONL(&b, changes); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, data, 0o666); err != nil {
		t.Fatal(err)
	}
}
