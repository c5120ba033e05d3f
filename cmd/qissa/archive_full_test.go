//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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

// refused does the same where writes to the archive fail from the $1st on, for want of room.
const refused = `rm -f "$2"/*; cp "$3" "$2/news.qissa" || exit 99
when=$1 dir=$2 out=$4; shift 4
GOMAXPROCS=1 strace -f -o /dev/null -P "$dir/news.qissa" -P "$dir/news.qissa-wal" -P "$dir/news.qissa-shm" \
	-e trace=write,pwrite64,fallocate -e inject=write,pwrite64,fallocate:error=ENOSPC:when=$when+ "$@" "$dir/news.qissa"; code=$?
cp "$dir"/* "$out"; exit $code`

// TestArchiveOnAFullDisk feeds an archive on disks that are too small in more and more
// places: for the memory that processes share, for the log, for the file. It is as it was
// before the batch, and that is said, or as it is after it, and whole either way.
func TestArchiveOnAFullDisk(t *testing.T) {
	needs.Time(t, "it runs the command twelve times")
	program, sample := built(t), samplePath(t)
	dir := t.TempDir()
	half, base, whole, disk := filepath.Join(dir, "half.jsonl"), filepath.Join(dir, "base.qissa"), filepath.Join(dir, "whole.qissa"), filepath.Join(dir, "disk")
	if err := os.WriteFile(half, halfOf(t, sample), 0o666); err != nil {
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
	small, fed := 0, 0
	for n, room := range fullDisks(t, int(info.Size()), disk) {
		out := filepath.Join(dir, fmt.Sprint(n))
		if err := os.Mkdir(out, 0o777); err != nil {
			t.Fatal(err)
		}
		said, err := exec.Command(room[0], append(append(room[1:], base, out), feed...)...).CombinedOutput()
		want := after
		if err != nil {
			want = before
			small++
			if full := "the disk is full: " + filepath.Join(disk, "news.qissa") + " is as it was before this batch"; !strings.Contains(string(said), full) {
				t.Errorf("%q: %v, %s; want %q", room, err, said, full)
			}
		} else {
			fed++
		}
		if !bytes.Equal(archived(t, filepath.Join(out, "news.qissa")), want) {
			t.Errorf("%q: %v, and the archive is another", room, err)
		}
	}
	if small < 3 || fed < 3 {
		t.Errorf("%d disks were too small, and %d were not", small, fed)
	}
}

// fullDisks returns commands that feed an archive, the first argument behind them, where
// there is more and more room: on disks of their own if one may be mounted, else with writes
// that the system refuses from the first, the second, the fourth on, and so on.
func fullDisks(t *testing.T, size int, disk string) (rooms [][]string) {
	t.Helper()
	for _, args := range [][]string{{"unshare", "-m"}, {"sudo", "-n", "unshare", "-m"}, {"unshare", "-r", "-m"}} {
		if exec.Command(args[0], append(args[1:], "mount", "-t", "tmpfs", "none", disk)...).Run() != nil {
			continue
		}
		for more := 8; more < 420; more += 40 {
			rooms = append(rooms, slices.Concat(args, []string{"sh", "-c", inRoom, "sh", fmt.Sprint(size/1024 + more), disk}))
		}
		return rooms
	}
	if _, err := exec.LookPath("strace"); err != nil {
		needs.Missing(t, "the right to mount a disk, or strace: %v", err)
	}
	for when := 1; when <= 1024; when *= 2 {
		rooms = append(rooms, []string{"sh", "-c", refused, "sh", fmt.Sprint(when), disk})
	}
	return rooms
}
