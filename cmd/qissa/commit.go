package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"qissa/report"
)

// errLocked says that another process has a folder.
var errLocked = errors.New("locked")

// finish stages the record of the run and refuses to replace what is not as the
// run whose record is there left it, unless the user said so. The folder is to
// be claimed.
func (f *folder) finish() error {
	own := slices.Clone(f.files)
	if f.before != nil {
		if err := f.before(); err != nil {
			return err
		}
	}
	if f.record != nil {
		if err := f.addRecord(); err != nil {
			return unwritable(filepath.Join(f.path, runFileName), err)
		}
	}
	known := f.known()
	for _, file := range own {
		if err := f.mayReplace(file.Name, known); err != nil {
			return err
		}
	}
	return nil
}

// commit gives all files that were staged their names, as one: once it has
// begun, the next run ends it if this one cannot.
func (f *folder) commit() error {
	ready := readyPrefix + strings.TrimPrefix(f.staged, stagedPrefix)
	err := f.sync(f.staged)
	if err == nil {
		err = f.root.Rename(f.staged, ready)
	}
	if err != nil {
		return unwritable(f.path, err)
	}
	f.staged, f.made = "", nil
	return f.place(ready)
}

// addRecord stages run.json, which lists the files staged and those kept.
func (f *folder) addRecord() error {
	files := slices.Clone(f.files)
	for _, old := range f.kept {
		if !slices.ContainsFunc(files, func(x report.File) bool { return x.Name == old.Name }) {
			files = append(files, old)
		}
	}
	slices.SortFunc(files, func(a, b report.File) int { return strings.Compare(a.Name, b.Name) })
	return f.add(runFileName, func(w io.Writer) error { return f.record(w, files) })
}

// known returns the files of the run whose record is in the folder, by name.
func (f *folder) known() map[string]report.File {
	known := map[string]report.File{}
	if data, err := f.root.ReadFile(runFileName); err == nil && f.record != nil {
		run, err := report.ReadRun(bytes.NewReader(data))
		if err == nil {
			for _, file := range run.Files {
				known[file.Name] = file
			}
		}
	}
	return known
}

// mayReplace tells whether a file may get a name: if nothing is there, or what
// is there is as a run left it, or the user said so.
func (f *folder) mayReplace(name string, known map[string]report.File) error {
	path := filepath.Join(f.path, filepath.FromSlash(name))
	info, err := f.root.Lstat(filepath.FromSlash(name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("%s is in the way; choose another folder", filepath.Dir(path))
	case err != nil:
		return unwritable(path, err)
	case info.IsDir():
		return unwritable(path, errors.New("is a folder"))
	case f.force:
		return nil
	}
	file, ok := known[name]
	if !ok && f.record != nil {
		return fmt.Errorf("%s exists and is not from its run; choose another folder or --force", path)
	}
	if !ok {
		return fmt.Errorf("%s exists; choose another name or --force", path)
	}
	return unlike(f.root, f.path, file)
}

// unlike returns an error for a file that is not as its run left it. One that is
// gone is no such file.
func unlike(root *os.Root, dir string, file report.File) error {
	if !fs.ValidPath(file.Name) {
		return fmt.Errorf("%s: %q is no name of a file in it", filepath.Join(dir, runFileName), file.Name)
	}
	size, hash, err := hashFile(root, file.Name)
	switch path := filepath.Join(dir, filepath.FromSlash(file.Name)); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return unreadable(path, err)
	case size != file.Bytes || fmt.Sprintf("%x", hash) != file.SHA256:
		return fmt.Errorf("%s is not as its run left it: it was changed, or is of another run; choose another folder or --force", path)
	}
	return nil
}

// recover puts in place what runs that were stopped had begun to.
func (f *folder) recover() error {
	for _, name := range f.names() {
		if info, err := f.root.Lstat(name); !strings.HasPrefix(name, readyPrefix) || err != nil || !info.IsDir() {
			continue
		}
		if err := f.place(name); err != nil {
			return err
		}
	}
	return nil
}

// place moves the files of a finished staging folder to their names, the record
// of the run last, and removes those of the run before that it has no more.
func (f *folder) place(ready string) error {
	names, err := f.filesOf(ready)
	if err != nil {
		return f.unplaced(ready, err)
	}
	if slices.Contains(names, runFileName) {
		names = slices.DeleteFunc(names, func(name string) bool { return name == runFileName })
		f.removeOld(ready)
		names = append(names, runFileName)
	}
	for _, name := range names {
		if dir := filepath.Dir(name); dir != "." {
			if err := f.root.MkdirAll(dir, 0o777); err != nil {
				return f.unplaced(ready, err)
			}
		}
		if err := f.root.Rename(filepath.Join(ready, name), name); err != nil {
			return f.unplaced(ready, err)
		}
	}
	return errors.Join(f.root.RemoveAll(ready), f.sync("."))
}

func (f *folder) unplaced(ready string, err error) error {
	return fmt.Errorf("the files of the run are in %s, but cannot get their names: %w; the next run tries again", filepath.Join(f.path, ready), bare(err))
}

// filesOf lists the files of a staging folder.
func (f *folder) filesOf(dir string) (names []string, err error) {
	sub, err := f.root.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer sub.Close()
	err = fs.WalkDir(sub.FS(), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, filepath.FromSlash(path))
		}
		return err
	})
	return names, err
}

// removeOld removes the files that the record in the folder lists, and the new
// one does not, if they are as their run left them.
func (f *folder) removeOld(ready string) {
	old, _ := f.recorded(runFileName)
	now, err := f.recorded(filepath.Join(ready, runFileName))
	if err != nil {
		return
	}
	for _, file := range old {
		isOf := func(x report.File) bool { return x.Name == file.Name }
		if slices.ContainsFunc(now, isOf) || unlike(f.root, f.path, file) != nil {
			continue
		}
		name := filepath.FromSlash(file.Name)
		f.root.Remove(name)
		if dir := filepath.Dir(name); dir != "." {
			f.root.Remove(dir) // if it is empty
		}
	}
}

func (f *folder) recorded(name string) ([]report.File, error) {
	data, err := f.root.ReadFile(name)
	if err != nil {
		return nil, err
	}
	run, err := report.ReadRun(bytes.NewReader(data))
	return run.Files, err
}

// sync waits until the names in a folder are safe on the disk, where the system
// can tell.
func (f *folder) sync(name string) error {
	dir, err := f.root.Open(name)
	if err != nil {
		return err
	}
	defer dir.Close()
	if err := dir.Sync(); !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil
}

// bare takes the name of the system call, and temporary names, off an error.
func bare(err error) error {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err
	case errors.As(err, &l):
		return l.Err
	}
	return err
}

// unwritable returns the error for a file that cannot be written.
func unwritable(path string, err error) error {
	return fmt.Errorf("cannot write %s: %w; nothing was changed", path, bare(err))
}
