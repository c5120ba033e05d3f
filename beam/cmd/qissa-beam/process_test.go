package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qissa/internal/needs"
)

// A bootScript starts the program with which containers of the Go SDK start. Prism 2.77.0
// puts quotation marks around the id of a worker, as for a shell, which the program takes
// for a part of it; without this the worker is unknown, and the job waits for ever.
const bootScript = `#!/bin/sh
for a; do shift; set -- "$@" "$(printf %%s "$a" | tr -d "'")"; done
exec %q "$@" --semi_persist_dir=%q
`

// A job whose engine is another process, which starts a third for the work, writes the
// bytes of one run: what tasks are given is staged, encoded and sent.
func TestSeparateProcesses(t *testing.T) {
	needs.Time(t, "it builds an engine, and starts it")
	dir := t.TempDir()
	writeStart(t, filepath.Join(dir, "dump.jsonl"), 2000)
	for name, of := range map[string]string{"prism": "cmd/prism", "boot": "container"} {
		build := exec.CommandContext(t.Context(), "go", "build", "-o", filepath.Join(dir, name), "github.com/apache/beam/sdks/v2/go/"+of)
		if out, err := build.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	script := fmt.Appendf(nil, bootScript, filepath.Join(dir, "boot"), filepath.Join(dir, "staged"))
	if err := os.WriteFile(filepath.Join(dir, "worker"), script, 0o755); err != nil {
		t.Fatal(err)
	}
	endpoint := startPrism(t, dir)

	// All processes see the same folder under the same name.
	args := []string{"--in", filepath.Join(dir, "dump.jsonl"), "--out", filepath.Join(dir, "job"), "--tile", "72h",
		"--runner", "universal", "--endpoint", endpoint, "--worker_binary", os.Args[0],
		"--environment_type", "PROCESS", "--environment_config", fmt.Sprintf(`{"command":%q}`, filepath.Join(dir, "worker"))}
	if said, code := job(t, dir, args...); code != 0 {
		t.Fatalf("exit code %d\n%s\n%s", code, said, read(t, dir, "prism.log"))
	} else if strings.Contains(said, "in 1 tiles") {
		t.Errorf("several tiles are to be tested:\n%s", said)
	}
	oneMachine(t)(dir, "cluster", filepath.Join(dir, "dump.jsonl"), "-o", "one")
	equalFiles(t, dir)
}

// writeStart writes the first articles of a dump.
func writeStart(t *testing.T, path string, lines int) {
	t.Helper()
	f, err := os.Open("../../../../shared/data/dumps/ant.jsonl.gz")
	if err != nil {
		needs.Missing(t, "the dumps beside the project: %v", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var text []byte
	for in := bufio.NewReader(z); lines > 0; lines-- {
		line, err := in.ReadBytes('\n')
		if err != nil {
			t.Fatal(err)
		}
		text = append(text, line...)
	}
	write(t, text, path)
}

// startPrism starts the engine of a folder, and returns where it listens.
func startPrism(t *testing.T, dir string) (endpoint string) {
	t.Helper()
	free, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	endpoint = free.Addr().String()
	_, port, _ := net.SplitHostPort(endpoint)
	free.Close()
	log, err := os.Create(filepath.Join(dir, "prism.log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	const copies = "/tmp/bin*/worker" // what boot leaves, wherever TMPDIR is
	before, _ := filepath.Glob(copies)
	ctx, stop := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, filepath.Join(dir, "prism"), "--job_port", port, "--serve_http=false")
	cmd.Dir = dir // where the script leaves the options
	cmd.Stdout, cmd.Stderr, cmd.Env = log, log, append(os.Environ(), asCommand)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		cmd.Wait()
		after, _ := filepath.Glob(copies)
		for _, worker := range after {
			if !slices.Contains(before, worker) {
				os.RemoveAll(filepath.Dir(worker))
			}
		}
	})
	for range 100 {
		if c, err := net.Dial("tcp", endpoint); err == nil {
			c.Close()
			return endpoint
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("the engine does not listen:\n%s", read(t, dir, "prism.log"))
	return ""
}
