package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qissa/internal/needs"
	"qissa/internal/parallel"
	"qissa/report"
)

func fills(text string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, text); return err }
}

// into writes outputs into a folder as a run does.
func into(ctx context.Context, f *folder, outputs ...output) error {
	defer f.close()
	if err := f.open(true); err != nil {
		return err
	}
	return f.fill(ctx, outputs, f.refuse(), func(int) {})
}

// recorded is a folder with the record of a run.
func withRecord(dir string, force bool) *folder {
	return &folder{path: dir, force: force, record: func(w io.Writer, files []report.File) error {
		return report.RunJSON(w, report.Run{Settings: []report.Setting{{Name: "lang", Value: "ar"}}, Files: files})
	}}
}

func content(t *testing.T, path ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		return "none"
	}
	return string(data)
}

// A folder is written whole or not at all.
func TestFolderAllOrNone(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	for name, second := range map[string]output{
		"a failing writer": {"b", func(io.Writer) error { return errors.New("no ink") }},
		"an interrupt":     {"b", func(io.Writer) error { stop(); return nil }},
		"a panic":          {"b", func(io.Writer) error { panic("broken") }},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "new", "out")
			err := func() (err error) {
				defer func() {
					if p, ok := recover().(*parallel.Panic); ok { // it comes back to the caller
						err = errors.New(p.String())
					}
				}()
				return into(ctx, &folder{path: dir}, output{"a", fills("one")}, second, output{"c", fills("three")})
			}()
			if err == nil {
				t.Fatal("no error")
			}
			if _, err := os.Stat(filepath.Dir(dir)); err == nil {
				t.Error("the folder was left")
			}
		})
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a"), []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	noInk := output{"b", func(io.Writer) error { return errors.New("no ink") }}
	if err := into(t.Context(), &folder{path: dir, force: true}, output{"a", fills("new")}, noInk); err == nil || content(t, dir, "a") != "old" {
		t.Errorf("%v; a = %q, want what it was", err, content(t, dir, "a"))
	}
	if err := into(t.Context(), &folder{path: dir, force: true}, output{"a", fills("new")}, output{"b", fills("two")}); err != nil {
		t.Error(err)
	}
	if files := folderContent(t, dir); string(files["a"]) != "new" || len(files) != 2 {
		t.Errorf("%d files, a = %q", len(files), files["a"])
	}
}

// Nothing that the run in the folder did not write is replaced or removed.
func TestFolderKeepsForeignFiles(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) {
		os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o777)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	side := func(f *folder) output {
		return output{"page", func(io.Writer) error {
			w, err := f.begin("side/1.js")
			if err != nil {
				return err
			}
			return errors.Join(fills("script")(w), w.Close())
		}}
	}
	put("side/notes.txt", "mine")
	f := withRecord(dir, false)
	if err := into(t.Context(), f, side(f)); err != nil {
		t.Fatal(err)
	}
	if err := into(t.Context(), withRecord(dir, false), output{"page", fills("small")}); err != nil {
		t.Fatal(err)
	}
	if got := content(t, dir, "side/notes.txt"); got != "mine" {
		t.Errorf("the foreign file is now %q", got)
	}
	if got := content(t, dir, "side/1.js"); got != "none" {
		t.Errorf("a file of the run before is still there: %q", got)
	}

	put("page", "edited")
	err := into(t.Context(), withRecord(dir, false), output{"page", fills("new")})
	if err == nil || !strings.Contains(err.Error(), "page is not as its run left it") || content(t, dir, "page") != "edited" {
		t.Errorf("over an edited file: %v", err)
	}
	put("list", "mine")
	err = into(t.Context(), withRecord(dir, false), output{"list", fills("new")})
	if err == nil || !strings.Contains(err.Error(), "list exists and is not from its run") || content(t, dir, "list") != "mine" {
		t.Errorf("over a foreign file: %v", err)
	}
	if err := into(t.Context(), withRecord(dir, true), output{"list", fills("new")}, output{"page", fills("new")}); err != nil || content(t, dir, "list") != "new" {
		t.Errorf("with force: %v", err)
	}
}

// A record of files outside of the folder, or behind a link, has no power.
func TestFolderStaysInside(t *testing.T) {
	dir := t.TempDir()
	out, outside := filepath.Join(dir, "out"), filepath.Join(dir, "outside")
	for _, path := range []string{out, outside} {
		if err := os.Mkdir(path, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	victim := filepath.Join(outside, "v")
	if err := os.WriteFile(victim, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(out, "link")); err != nil {
		needs.Missing(t, "a file system with symbolic links: %v", err)
	}
	digest := fmt.Sprintf("%x", sha256.Sum256([]byte("mine")))
	hostile := []report.File{{Name: "../outside/v", Bytes: 4, SHA256: digest}, {Name: "link/v", Bytes: 4, SHA256: digest}, {Name: victim, Bytes: 4, SHA256: digest}}
	run, err := os.Create(filepath.Join(out, runFileName))
	if err != nil {
		t.Fatal(err)
	}
	err = report.RunJSON(run, report.Run{Settings: []report.Setting{{Name: "lang", Value: "ar"}}, Files: hostile})
	if err := errors.Join(err, run.Close()); err != nil {
		t.Fatal(err)
	}
	f := withRecord(out, true)
	if err := into(t.Context(), f, output{"page", fills("x")}); err != nil {
		t.Fatal(err)
	}
	if got := content(t, victim); got != "mine" {
		t.Errorf("a file outside is now %q", got)
	}
}

// While one run has a folder, a second is told which, and a run that comes late
// to write a file waits.
func TestFolderIsLocked(t *testing.T) {
	dir := t.TempDir()
	first := withRecord(dir, false)
	if err := first.open(false); err != nil {
		t.Fatal(err)
	}
	defer first.close()
	if err := first.claim(first.refuse()); err != nil {
		t.Fatal(err)
	}
	if first.lock == nil {
		needs.Missing(t, "a file system with locks")
	}
	if err := first.stage(); err != nil {
		t.Fatal(err)
	}
	if tryLock(first.alive) == errors.ErrUnsupported {
		needs.Missing(t, "a file system with locks")
	}
	err := into(t.Context(), withRecord(dir, false), output{"a", fills("second")})
	if err == nil || !strings.Contains(err.Error(), "process ") || !strings.Contains(err.Error(), "writes into "+dir) {
		t.Errorf("the second run: %v", err)
	}
	if err := first.fill(t.Context(), []output{{"a", fills("first")}}, first.refuse(), func(int) {}); err != nil || content(t, dir, "a") != "first" {
		t.Errorf("the first run: %v", err)
	}
	first.close()
	if left := folderContent(t, dir); len(left) != 2 {
		t.Errorf("%d files, want a and the record", len(left))
	}
}

// A run that was stopped between two renames is ended by the next one, whatever
// that does then; what was stopped before leaves nothing.
func TestFolderRecovers(t *testing.T) {
	for moved := range 3 {
		dir := t.TempDir()
		if err := into(t.Context(), withRecord(dir, false), output{"a", fills("old")}, output{"b", fills("old")}, output{"gone", fills("old")}); err != nil {
			t.Fatal(err)
		}
		f := withRecord(dir, true)
		err := errors.Join(f.open(false), f.claim(f.refuse()))
		f.wrote = func(w io.Writer) io.Writer { return w }
		err = errors.Join(err, f.write(t.Context(), []output{{"a", fills("new")}, {"b", fills("new")}}), f.finish())
		if err != nil {
			t.Fatal(err)
		}
		ready := readyPrefix + strings.TrimPrefix(f.staged, stagedPrefix)
		if err := f.root.Rename(f.staged, ready); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"a", "b"}[:moved] { // and then it is killed
			if err := f.root.Rename(filepath.Join(ready, name), name); err != nil {
				t.Fatal(err)
			}
		}
		f.staged = ""
		f.close()
		if err := settle(dir); err != nil {
			t.Fatal(err)
		}
		files := folderContent(t, dir)
		if string(files["a"]) != "new" || string(files["b"]) != "new" || len(files) != 3 {
			t.Errorf("killed after %d moves: %d files, a = %q", moved, len(files), files["a"])
		}
	}
}
