package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"qissa/report"
)

// An output is one file of a run.
type output struct {
	name  string // in its folder
	write func(io.Writer) error
}

// A folder is where the files of a run go, all or none. They are written into a
// staging folder in it that no other process has; [folder.commit] then gives
// them their names.
type folder struct {
	path   string
	force  bool                                         // files that are there may go
	record func(w io.Writer, files []report.File) error // writes run.json, which lists the others; nil for none
	kept   []report.File                                // files that are not written anew and still belong to the run
	before func() error                                 // asked once the folder is claimed and before anything changes; nil for nothing

	wrote func(io.Writer) io.Writer // passes on what is written

	root *os.Root
	lock *os.File // held on the folder, nil where it is not
	made []string // folders that were made for it, outermost first

	staged string   // name of the staging folder, "" for none
	alive  *os.File // held on it: the process lives
	mu     sync.Mutex
	files  []report.File // in the staging folder
}

const (
	stagedPrefix = ".qissa-"       // of staging folders; the process and a number follow
	readyPrefix  = ".qissa-ready-" // of those whose files are on their way to their names
)

// take gets hold of the folder for a run of clustering, for as long as that takes.
func (f *folder) take(run report.Run, outputs []output) error {
	if info, err := os.Stat(f.path); err == nil && !info.IsDir() {
		return fmt.Errorf("%s is a file; --out wants a folder", f.path)
	}
	if err := f.open(true); err != nil {
		return err
	}
	if err := f.claim(f.refuse()); err != nil {
		return err
	}
	if err := f.stage(); err != nil { // now, so that others see who has it
		return err
	}
	return f.check(run, outputs)
}

// fill writes the outputs and the record of the run, all or none. Where the
// folder is not claimed yet, it waits.
func (f *folder) fill(ctx context.Context, outputs []output, wait func(who string) error, wrote func(bytes int)) error {
	f.wrote = func(w io.Writer) io.Writer { return stopping{ctx, w, wrote} }
	if err := f.write(ctx, outputs); err != nil {
		return err
	}
	if err := f.claim(wait); err != nil {
		return err
	}
	if err := f.finish(); err != nil {
		return err
	}
	return f.commit()
}

// settle puts in place what a run that was stopped had begun to, before its
// folder is read.
func settle(dir string) error {
	f := folder{path: dir}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil // the reader tells
	}
	if err := f.open(false); err != nil {
		return unreadable(dir, bare(err))
	}
	defer f.close()
	if !slices.ContainsFunc(f.names(), func(name string) bool { return strings.HasPrefix(name, readyPrefix) }) {
		return nil
	}
	return f.claim(f.refuse())
}

// open opens the folder, which it makes if asked.
func (f *folder) open(create bool) (err error) {
	defer func() {
		if err != nil {
			f.close()
		}
	}()
	if create {
		if f.made, err = makeFolder(f.path); err != nil {
			return unwritable(f.path, err)
		}
	}
	if f.root, err = os.OpenRoot(f.path); err != nil {
		return unwritable(f.path, err)
	}
	return nil
}

// stage makes the staging folder, under a name that nobody can know before.
func (f *folder) stage() error {
	for f.staged == "" {
		name := fmt.Sprintf("%s%d-%08x", stagedPrefix, os.Getpid(), rand.Uint32())
		if err := f.root.Mkdir(name, 0o700); errors.Is(err, fs.ErrExist) {
			continue
		} else if err != nil {
			return unwritable(f.path, err)
		}
		held, err := f.hold(name)
		if err == nil || errors.Is(err, errors.ErrUnsupported) {
			f.staged, f.alive = name, held
		} // else another process swept it, in the moment before it was held
	}
	return nil
}

// create makes a file in a folder. Tests let it fail.
var create = func(root *os.Root, name string) (*os.File, error) {
	return root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
}

// add writes a file into the staging folder and waits until it is safe on the
// disk. It may be called from several goroutines.
func (f *folder) add(name string, write func(io.Writer) error) (err error) {
	w, err := f.begin(name)
	if err != nil {
		return err
	}
	return cmp.Or(write(w), w.Close())
}

// begin makes a file in the staging folder, which counts once it is closed.
func (f *folder) begin(name string) (io.WriteCloser, error) {
	if dir := filepath.Dir(filepath.FromSlash(name)); dir != "." {
		if err := f.root.MkdirAll(filepath.Join(f.staged, dir), 0o777); err != nil {
			return nil, err
		}
	}
	file, err := create(f.root, filepath.Join(f.staged, filepath.FromSlash(name)))
	if err != nil {
		return nil, err
	}
	return f.newFile(name, file), nil
}

// size returns the bytes of a file that was written.
func (f *folder) size(name string) int64 {
	for _, file := range f.files {
		if file.Name == name {
			return file.Bytes
		}
	}
	return 0
}

// listed keeps what run.json will say of a file.
func (f *folder) listed(name string, bytes int64, hash []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.files = append(f.files, report.File{Name: name, Bytes: bytes, SHA256: fmt.Sprintf("%x", hash)})
}

// close lets the folder go. What was staged and not committed is removed, and so
// are the folders that were made for it.
func (f *folder) close() {
	if f.staged != "" {
		f.root.RemoveAll(f.staged)
	}
	for _, held := range []*os.File{f.alive, f.lock} {
		if held != nil {
			held.Close()
		}
	}
	if f.root != nil {
		f.root.Close()
	}
	for _, path := range slices.Backward(f.made) {
		os.Remove(path)
	}
	f.root, f.lock, f.alive, f.staged, f.made, f.files = nil, nil, nil, "", nil, nil
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

// hashFile returns the size and digest of a file in a folder.
func hashFile(root *os.Root, name string) (size int64, hash []byte, err error) {
	file, err := root.Open(filepath.FromSlash(name))
	if err != nil {
		return 0, nil, err
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil {
		return 0, nil, err
	} else if !info.Mode().IsRegular() {
		return 0, nil, errors.New("is no file")
	}
	h := sha256.New()
	size, err = io.Copy(h, file)
	return size, h.Sum(nil), err
}
