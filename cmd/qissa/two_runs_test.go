//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"qissa/internal/needs"

	"golang.org/x/sys/unix"
)

// TestTwoRuns lets two runs write into one folder at once. The folder holds all
// files of one of them, and who lost is told.
func TestTwoRuns(t *testing.T) {
	needs.Time(t, "it runs the command forty times")
	program, dir := built(t), t.TempDir()
	text, err := os.ReadFile(samplePath(t))
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(text, []byte("\n"))
	var dumps [2]string
	var want [2]map[string][]byte
	for i, part := range [][][]byte{lines[:len(lines)/2], lines[len(lines)/2:]} {
		dumps[i] = filepath.Join(dir, string("ab"[i])+".jsonl")
		if err := os.WriteFile(dumps[i], bytes.Join(part, nil), 0o666); err != nil {
			t.Fatal(err)
		}
		alone := filepath.Join(dir, "alone", string("ab"[i]))
		if out, err := exec.Command(program, "cluster", dumps[i], "-q", "-o", alone).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		want[i] = folderContent(t, alone)
	}
	out := filepath.Join(dir, "out")
	for range 20 {
		var said [2]bytes.Buffer
		var runs [2]*exec.Cmd
		for i := range runs {
			runs[i] = exec.Command(program, "cluster", dumps[i], "-q", "--force", "-o", out)
			runs[i].Stderr = &said[i]
			if err := runs[i].Start(); err != nil {
				t.Fatal(err)
			}
		}
		failed := 0
		for i := range runs {
			if err := runs[i].Wait(); err == nil {
				continue
			}
			failed++
			if !strings.Contains(said[i].String(), "writes into "+out+"; wait until it is done") {
				t.Errorf("the run that lost said %q", &said[i])
			}
		}
		if failed == 2 {
			t.Error("both runs failed")
		}
		got := folderContent(t, out)
		if len(got) != len(want[0]) {
			t.Errorf("%d files, want %d", len(got), len(want[0]))
		}
		of := 0
		if !bytes.Equal(got[runFileName], want[0][runFileName]) {
			of = 1
		}
		for name, data := range got {
			if !bytes.Equal(data, want[of][name]) {
				t.Errorf("%s is not of the run of %s, as %s is", name, dumps[of], runFileName)
			}
		}
	}
}

// A pipe that is named for output is written to, and stays a pipe.
func TestOutputIsPipe(t *testing.T) {
	dir, sample := t.TempDir(), samplePath(t)
	out := filepath.Join(dir, "out")
	if code := run(t.Context(), []string{"cluster", sample, "-q", "-o", out}, nil, io.Discard, io.Discard); code != 0 {
		t.Fatal(code)
	}
	for _, args := range [][]string{
		{"dedup", sample, "-q", "--force", "-o"},
		{"dedup", sample, "-q", "-o", filepath.Join(dir, "clean.jsonl"), "--dropped"},
		{"report", out, "-q", "--format", "md", "-o"},
	} {
		pipe := filepath.Join(dir, "pipe")
		os.Remove(pipe)
		if err := unix.Mkfifo(pipe, 0o666); err != nil {
			t.Fatal(err)
		}
		got := make(chan []byte, 1)
		go func() {
			text, _ := os.ReadFile(pipe)
			got <- text
		}()
		var said bytes.Buffer
		if code := run(t.Context(), append(args, pipe), nil, io.Discard, &said); code != 0 {
			t.Fatalf("%s: %s", args, &said)
		}
		if info, err := os.Lstat(pipe); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
			t.Fatalf("%s: the pipe is now %v", args, info.Mode())
		}
		if text := <-got; len(text) < 500 {
			t.Errorf("%s: %d bytes came out", args, len(text))
		}
	}
}

// A link that somebody planted under the name of a file that is written is not
// followed.
func TestPlantedLinks(t *testing.T) {
	dir, sample := t.TempDir(), samplePath(t)
	victim := filepath.Join(dir, "victim")
	if err := os.WriteFile(victim, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".clean.jsonl.part", ".run.json.part", ".report.html.part", ".report.files.part"} {
		if err := os.Symlink(victim, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"dedup", sample, "-q", "-o", filepath.Join(dir, "clean.jsonl")}, {"cluster", sample, "-q", "-o", dir}} {
		if code := run(t.Context(), args, nil, io.Discard, io.Discard); code != 0 {
			t.Errorf("%s: exit code %d", args, code)
		}
	}
	if got := content(t, victim); got != "mine" {
		t.Errorf("the victim holds %.20q", got)
	}
}
