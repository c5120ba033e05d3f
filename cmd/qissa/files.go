package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// checkNames refuses files that are there already, unless the user wants them
// replaced, folders, and two results of one name.
func checkNames(paths []string, force bool) error {
	for i, path := range paths {
		info, err := os.Lstat(path)
		switch there := err == nil; {
		case isDevice(path):
			continue
		case isFolder(path):
			return fmt.Errorf("%s is a folder; want the name of a file", path)
		case there && !force:
			return fmt.Errorf("%s exists; choose another name or --force", path)
		}
		for _, other := range paths[:i] {
			if samePath(path, other, info) {
				return fmt.Errorf("two results would be written to %s; choose another name for one", path)
			}
		}
	}
	return nil
}

// samePath tells whether two names are of one file. Info is of the first, if it
// is there.
func samePath(a, b string, info os.FileInfo) bool {
	if other, err := os.Lstat(b); err == nil && info != nil {
		return os.SameFile(info, other)
	}
	a, errA := filepath.Abs(a)
	b, errB := filepath.Abs(b)
	return errA == nil && errB == nil && a == b
}

func sameFolder(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// isDevice tells whether a path is a device or pipe, which is written to as it is.
func isDevice(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir() && !info.Mode().IsRegular()
}

// writeFiles writes files whose names are paths, all or none of those in one
// folder; those in the folder of the last come last. Devices and pipes are
// written to before any file gets its name.
func writeFiles(ctx context.Context, outputs []output, force bool, t *talk) error {
	var folders []*folder
	defer func() {
		for _, f := range folders {
			f.close()
		}
	}()
	wrote := func(w io.Writer) io.Writer { return stopping{ctx, w, t.wrote} }
	var streams []output
	of := map[*folder][]output{}
	for _, o := range slices.Backward(outputs) {
		if isDevice(o.name) {
			streams = append(streams, o)
			continue
		}
		if target, err := filepath.EvalSymlinks(o.name); err == nil { // what a link stands for is replaced, not the link
			o.name = target
		}
		dir := filepath.Dir(o.name)
		at := slices.IndexFunc(folders, func(f *folder) bool { return sameFolder(f.path, dir) })
		if at < 0 {
			at, folders = len(folders), append(folders, &folder{path: dir, force: force, wrote: wrote})
		}
		f := folders[at]
		of[f] = append(of[f], output{filepath.Base(o.name), o.write})
	}
	for _, f := range folders {
		err := f.open(false)
		if err == nil {
			err = f.write(ctx, of[f])
		}
		if err != nil {
			return err
		}
	}
	for _, o := range streams {
		if err := stream(o, wrote); err != nil {
			return cmp.Or(ctx.Err(), unwritable(o.name, err))
		}
	}
	byPath := slices.SortedFunc(slices.Values(folders), func(a, b *folder) int { return cmp.Compare(a.path, b.path) })
	for _, f := range byPath { // in one order, lest two runs wait for each other
		if err := f.claim(f.patient(ctx, t)); err != nil {
			return err
		}
		if err := f.finish(); err != nil {
			return err
		}
	}
	for _, f := range slices.Backward(folders) {
		if err := f.commit(); err != nil {
			return err
		}
	}
	return nil
}

// patient returns a wait without end: what was reckoned is not thrown away since
// another process has the folder for a while.
func (f *folder) patient(ctx context.Context, t *talk) func(string) error {
	tries := 0
	return func(who string) error {
		if tries++; tries == lockTries {
			t.say("waiting for %s, which writes into %s", who, f.path)
		}
		return ctx.Err()
	}
}

// stream writes to a device or pipe.
func stream(o output, wrote func(io.Writer) io.Writer) error {
	file, err := os.OpenFile(o.name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(wrote(file), 1<<20)
	return cmp.Or(o.write(b), b.Flush(), file.Close())
}

// named returns the path, unless it is empty.
func named(path string) []string {
	if path == "" {
		return nil
	}
	return []string{path}
}
