//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestUnwritableFolder tells of a folder that takes no file. Root may write
// anywhere, so it lets somebody else try.
func TestUnwritableFolder(t *testing.T) {
	program := built(t)
	sample, err := os.ReadFile(samplePath(t))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	dump, out := filepath.Join(dir, "dump.jsonl"), filepath.Join(dir, "out")
	if err := os.WriteFile(dump, sample, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(out, 0o555); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(program, "cluster", dump, "-q", "-o", out)
	if os.Getuid() == 0 {
		const nobody = 65534
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		for _, path := range []string{filepath.Dir(program), filepath.Dir(filepath.Dir(program)), dir} { // made for one user alone
			if err := os.Chmod(path, 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
	said, err := c.CombinedOutput()
	if err == nil || !strings.HasSuffix(string(said), "permission denied; nothing was changed\n") {
		t.Errorf("%v\n%s", err, said)
	}
	if left := folderContent(t, out); len(left) > 0 {
		t.Errorf("%d files are left", len(left))
	}
}

// TestClosedStandardOutput tells of results that went nowhere.
func TestClosedStandardOutput(t *testing.T) {
	program, sample := built(t), samplePath(t)
	for command, want := range map[string]int{
		`"$0" cluster "$1" -q >&-`:                             exitFailed,
		`"$0" dedup "$1" -q >&-`:                               exitFailed,
		`"$0" inspect "$1" -q >&-`:                             exitFailed,
		`"$0" cluster "$1" -q >/dev/null`:                      exitDone,
		`"$0" cluster "$1" -q -o "$2" >&-`:                     exitDone,
		`"$0" eval "$2" "$2" --fail-under 0.5 -q 1<>/dev/null`: exitDone,
	} {
		out := filepath.Join(t.TempDir(), "out")
		if strings.Contains(command, "eval") {
			if said, err := exec.Command(program, "cluster", sample, "-q", "-o", out).CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, said)
			}
		}
		c := exec.Command("sh", "-c", command, program, sample, out)
		said, _ := c.CombinedOutput()
		if got := c.ProcessState.ExitCode(); got != want {
			t.Errorf("%s: exit code %d, want %d\n%s", command, got, want, said)
		}
	}
}
