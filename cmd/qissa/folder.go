package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"qissa/internal/parallel"
	"qissa/report"
)

// An output is one file of a run.
type output struct {
	name  string
	write func(io.Writer) error
}

// A folder is where the files of a run go.
type folder struct {
	path    string
	outputs []output
	force   bool                      // another run's files may go
	watched func(io.Writer) io.Writer // while files are written
}

// check refuses a folder that holds the results of another run, or files that
// are not a run's. Inputs count once they have been read.
func (f *folder) check(run report.Run) error {
	info, err := os.Stat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return unwritable(f.path, err)
	case !info.IsDir():
		return fmt.Errorf("%s is a file; --out wants a folder", f.path)
	case f.force:
		return nil
	}
	const choose = "choose another folder or --force"
	old, err := readRun(filepath.Join(f.path, runFileName))
	if err != nil {
		for _, o := range f.outputs {
			if _, err := os.Lstat(filepath.Join(f.path, o.name)); err == nil {
				return fmt.Errorf("%s exists and is not from a run; %s", filepath.Join(f.path, o.name), choose)
			}
		}
		return nil
	}
	var b bytes.Buffer
	if err := report.RunJSON(&b, run); err != nil {
		return err
	}
	now, err := parseRun(b.Bytes())
	if err != nil {
		return err
	}
	if names := differing(old.Settings, now.Settings); len(names) > 0 {
		return fmt.Errorf("%s holds a run with other settings (%s: %s); %s", f.path, runFileName, strings.Join(names, ", "), choose)
	}
	if len(now.Inputs) > 0 && !slices.Equal(old.Inputs, now.Inputs) {
		return fmt.Errorf("%s holds a run of other input (%s); %s", f.path, runFileName, choose)
	}
	return nil
}

// differing names the settings that are not the same in both.
func differing(a, b map[string]any) []string {
	names := map[string]bool{}
	for name, value := range a {
		names[name] = b[name] != value
	}
	for name, value := range b {
		names[name] = a[name] != value
	}
	maps.DeleteFunc(names, func(_ string, differs bool) bool { return !differs })
	return slices.Sorted(maps.Keys(names))
}

// write writes all files, or none: each goes to a temporary name beside its
// own, and they are renamed when the last is safe on the disk. It returns the
// sizes in bytes.
func (f *folder) write(ctx context.Context, wrote func(bytes int)) (sizes []int64, err error) {
	f.watched = func(w io.Writer) io.Writer { return stopping{ctx, w, wrote} }
	made, err := makeFolder(f.path)
	os.RemoveAll(f.temporarySide())
	whole := false
	defer func() {
		if whole {
			return
		}
		os.RemoveAll(f.temporarySide())
		for _, o := range f.outputs {
			os.Remove(f.temporary(o))
		}
		for _, path := range slices.Backward(made) {
			os.Remove(path)
		}
	}()
	if err != nil {
		return nil, unwritable(f.path, err)
	}
	sizes = make([]int64, len(f.outputs))
	faults := make([]error, len(f.outputs))
	parallel.Workers(ctx, len(f.outputs), func(_ context.Context, i int) {
		o := f.outputs[i]
		sizes[i], faults[i] = writeSynced(f.temporary(o), func(w io.Writer) error { return o.write(f.watched(w)) })
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for i, o := range f.outputs {
		if faults[i] != nil {
			return nil, unwritable(filepath.Join(f.path, o.name), faults[i])
		}
	}
	for _, o := range f.outputs {
		if info, err := os.Lstat(filepath.Join(f.path, o.name)); err == nil && info.IsDir() {
			return nil, unwritable(filepath.Join(f.path, o.name), errors.New("is a folder"))
		}
	}
	if err := f.renameSide(); err != nil {
		return nil, err
	}
	for _, o := range f.outputs {
		if err := os.Rename(f.temporary(o), filepath.Join(f.path, o.name)); err != nil {
			return nil, err
		}
	}
	whole = true
	return sizes, nil
}

// beside makes a file of the report beside its page, in a folder that gets its
// own name when all files of the run are safe.
func (f *folder) beside(name string) (io.WriteCloser, error) {
	if err := os.MkdirAll(f.temporarySide(), 0o777); err != nil {
		return nil, err
	}
	file, err := os.Create(filepath.Join(f.temporarySide(), filepath.Base(name)))
	return struct {
		io.Writer
		io.Closer
	}{f.watched(file), file}, err
}

func (f *folder) temporarySide() string { return filepath.Join(f.path, "."+report.SideFolder+".part") }

// renameSide puts the files beside the page in place of those of an earlier run.
func (f *folder) renameSide() error {
	side := filepath.Join(f.path, report.SideFolder)
	if err := os.RemoveAll(side); err != nil {
		return err
	}
	if _, err := os.Stat(f.temporarySide()); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return os.Rename(f.temporarySide(), side)
}

// A stopping writer fails once its context has ended. It tells what it wrote.
type stopping struct {
	ctx   context.Context
	w     io.Writer
	wrote func(bytes int)
}

func (s stopping) Write(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	s.wrote(len(p))
	return s.w.Write(p)
}

func (f *folder) temporary(o output) string {
	return filepath.Join(f.path, "."+o.name+".part")
}

// makeFolder makes a folder and the missing ones above it, and returns those
// that it made, outermost first.
func makeFolder(path string) (made []string, err error) {
	for dir := filepath.Clean(path); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		made = append(made, dir)
	}
	slices.Reverse(made)
	return made, os.MkdirAll(path, 0o777)
}

// writeSynced writes a file and waits until it is safe on the disk.
func writeSynced(path string, write func(io.Writer) error) (size int64, err error) {
	file, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	b := bufio.NewWriterSize(file, 1<<20)
	if err := errors.Join(write(b), b.Flush()); err != nil {
		return 0, err
	}
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), file.Sync()
}

// unwritable returns the error for a file that cannot be written, without the
// temporary name and the name of the system call.
func unwritable(path string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return fmt.Errorf("cannot write %s: %w; nothing was changed", path, err)
}
