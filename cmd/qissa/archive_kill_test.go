package main

import (
	"bytes"
	"context"
	"database/sql"
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

// halfOf returns the first half of the lines of a file.
func halfOf(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	return bytes.Join(lines[:len(lines)/2], nil)
}

// TestArchiveKilled kills a feed, the import of a run, the forgetting of what is old, the
// comparing of all anew, and the first feed of an archive of an older format, at random
// moments: the archive is as it was before the batch or as it is after it, and whole.
func TestArchiveKilled(t *testing.T) {
	needs.Time(t, "it runs the command forty times")
	program, sample := built(t), samplePath(t)
	dir := t.TempDir()
	half := halfOf(t, sample)
	path := func(name string) string { return filepath.Join(dir, name) }
	for name, data := range map[string][]byte{"half.jsonl": half, "old.jsonl": bytes.ReplaceAll(bytes.ReplaceAll(half, []byte("2025-07-"), []byte("2025-03-")), []byte(`"id":"`), []byte(`"id":"old-`))} {
		if err := os.WriteFile(path(name), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	run := func(args ...string) time.Duration {
		start := time.Now()
		if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
		return time.Since(start)
	}
	const now = "2025-07-16T00:00:00Z"
	base := path("base.qissa")
	run("cluster", "-q", "--archive", base, "--now", now, path("old.jsonl"), path("half.jsonl"))
	run("cluster", "-q", "--now", now, "--story", "0.5", sample, "-o", path("run"))
	older := path("older.qissa")
	copyFile(t, base, older)
	toFormat3(t, older)
	batches := []*killedBatch{
		{of: base, args: []string{"cluster", "-q", "--now", now, sample, "--archive"}},
		{of: base, args: []string{"archive", "import", "-q", path("run")}},
		{of: base, args: []string{"archive", "prune", "-q", "--keep", "60d"}},
		{of: base, args: []string{"archive", "refresh", "-q", "--all", "--story", "0.5"}},
		{of: older, args: []string{"cluster", "-q", "--now", now, sample, "--archive"}},
	}
	before := archived(t, base)
	for k, b := range batches {
		whole := path(fmt.Sprintf("whole-%d.qissa", k))
		copyFile(t, b.of, whole)
		b.takes = run(append(b.args, whole)...)
		if b.after = archived(t, whole); bytes.Equal(before, b.after) {
			t.Fatalf("%v changes nothing", b.args)
		}
	}
	kills, killed, unchanged := 40, 0, 0
	if needs.Long() {
		kills = 200
	}
	r := rand.New(rand.NewPCG(3, 9))
	for k := range kills {
		path, b := path(fmt.Sprintf("%d.qissa", k)), batches[k%len(batches)]
		args := append(b.args, path)
		copyFile(t, b.of, path)
		if killedAtSomeTime(t, exec.Command(program, args...), r, b.takes) {
			killed++
		}
		now := archived(t, path)
		same := bytes.Equal(now, before)
		if !same && !bytes.Equal(now, b.after) {
			t.Fatalf("after a kill of %v, %s is neither as it was before the batch nor as after it", b.args, path)
		}
		took := run(args...)
		if same { // a whole batch, on the machine as it is by now
			unchanged, b.takes = unchanged+1, took
		}
		if !bytes.Equal(archived(t, path), b.after) {
			t.Errorf("the same batch again did not put %s right", path)
		}
	}
	if killed < kills/5 || unchanged == 0 || unchanged == kills {
		t.Errorf("%d of %d runs were killed before their end, %d before the batch was in", killed, kills, unchanged)
	}
	t.Logf("%d of %d killed, %d archives as before", killed, kills, unchanged)
}

// A killedBatch is a command that writes an archive, whose path comes last.
type killedBatch struct {
	of    string // copies of which it writes
	args  []string
	takes time.Duration
	after []byte // what the archive holds then
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

// toFormat3 brings an archive back to the tables of an older format.
func toFormat3(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), `DROP INDEX story_retired; CREATE INDEX story_head ON story (head); DROP INDEX line_retired; CREATE INDEX line_head ON line (head);
		DROP INDEX story_line; PRAGMA user_version=3; PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		t.Fatal(err)
	}
}
