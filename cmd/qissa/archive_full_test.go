//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"qissa/internal/needs"
)

// inRoom runs a feed on a disk of a size, in KB, of its own: $1 is the size, $2 where it is
// mounted, $3 the archive, $4 where what is left of it goes, the rest the command. Nobody
// else sees the disk, which is gone with the shell.
const inRoom = `mount -t tmpfs -o size=$1k none "$2" && cp "$3" "$2/news.qissa" || exit 99
dir=$2 out=$4; shift 4
"$@" "$dir/news.qissa"; code=$?
cp "$dir"/* "$out"; exit $code`

// TestArchiveOnAFullDisk feeds an archive on disks that are too small in more and more
// places: for the memory that processes share, for the log, for the file. It is as it was
// before the batch, and that is said, or as it is after it, and whole either way.
func TestArchiveOnAFullDisk(t *testing.T) {
	needs.Time(t, "it runs the command twelve times")
	mounting := mayMount(t)
	program, sample := built(t), samplePath(t)
	dir := t.TempDir()
	text, err := os.ReadFile(sample)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	half, base, whole, disk := filepath.Join(dir, "half.jsonl"), filepath.Join(dir, "base.qissa"), filepath.Join(dir, "whole.qissa"), filepath.Join(dir, "disk")
	if err := os.WriteFile(half, bytes.Join(lines[:len(lines)/2], nil), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(disk, 0o777); err != nil {
		t.Fatal(err)
	}
	feed := []string{program, "cluster", "-q", "--now", "2025-07-16T00:00:00Z", sample, "--archive"}
	if out, err := exec.Command(program, "cluster", "-q", "--now", "2025-07-16T00:00:00Z", half, "--archive", base).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	copyFile(t, base, whole)
	if out, err := exec.Command(program, append(feed[1:], whole)...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	before, after := archived(t, base), archived(t, whole)
	info, err := os.Stat(base)
	if err != nil {
		t.Fatal(err)
	}
	refused, fed := 0, 0
	for more := 8; more < 420; more += 40 {
		out := filepath.Join(dir, fmt.Sprint(more))
		if err := os.Mkdir(out, 0o777); err != nil {
			t.Fatal(err)
		}
		args := append(append(mounting, "sh", "-c", inRoom, "sh", fmt.Sprint(int(info.Size())/1024+more), disk, base, out), feed...)
		said, err := exec.Command(args[0], args[1:]...).CombinedOutput()
		want := after
		if err != nil {
			want = before
			refused++
			if full := "the disk is full: " + filepath.Join(disk, "news.qissa") + " is as it was before this batch"; !strings.Contains(string(said), full) {
				t.Errorf("%d KB of room: %v, %s; want %q", more, err, said, full)
			}
		} else {
			fed++
		}
		if !bytes.Equal(archived(t, filepath.Join(out, "news.qissa")), want) {
			t.Errorf("%d KB of room: %v, and the archive is another", more, err)
		}
	}
	if refused < 3 || fed < 3 {
		t.Errorf("%d disks were too small, and %d were not", refused, fed)
	}
}

// mayMount returns a command under which others may mount a disk. Containers often forbid
// it, those of checks too: then the test says so, and is not run.
func mayMount(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	for _, args := range [][]string{{"unshare", "-m"}, {"sudo", "-n", "unshare", "-m"}, {"unshare", "-r", "-m"}} {
		if exec.Command(args[0], append(args[1:], "mount", "-t", "tmpfs", "none", dir)...).Run() == nil {
			return args
		}
	}
	t.Skip("not run: nobody may mount a disk here, neither root nor in a namespace of the user")
	return nil
}
