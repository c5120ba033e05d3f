package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"qissa/report"
)

const chooseFolder = "choose another folder or --force"

// check refuses a folder that holds the results of another run, or files that
// are not as a run left them. Inputs count once they have been read.
func (f *folder) check(run report.Run, outputs []output) error {
	info, err := os.Stat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return unwritable(f.path, err)
	case !info.IsDir():
		return fmt.Errorf("%s is a file; --out wants a folder", f.path)
	}
	old, err := readRun(filepath.Join(f.path, runFileName))
	if err != nil {
		return f.foreign(outputs)
	}
	other, err := f.otherRun(old, run)
	if err != nil {
		return err
	}
	if other != nil && !f.force {
		return other
	}
	if len(old.Files) == 0 && !f.force {
		return fmt.Errorf("%s does not list its files, as those of older versions do not; %s", filepath.Join(f.path, runFileName), chooseFolder)
	}
	f.kept = nil
	return f.checkFiles(old, outputs, other == nil)
}

// foreign refuses a folder without the record of a run that has files of one.
func (f *folder) foreign(outputs []output) error {
	for _, o := range append(slices.Clone(outputs), output{name: runFileName}) {
		path := filepath.Join(f.path, o.name)
		if _, err := os.Lstat(path); err == nil && !f.force {
			return fmt.Errorf("%s exists and is not from a run; %s", path, chooseFolder)
		}
	}
	return nil
}

// otherRun returns an error that says why the run in the folder is another one,
// nil if it is the same.
func (f *folder) otherRun(old *runFile, run report.Run) (other, err error) {
	var b bytes.Buffer
	if err := report.RunJSON(&b, run); err != nil {
		return nil, err
	}
	now, err := parseRun(b.Bytes())
	if err != nil {
		return nil, err
	}
	if names := differing(old.Settings, now.Settings); len(names) > 0 {
		return fmt.Errorf("%s holds a run with other settings (%s: %s); %s", f.path, runFileName, strings.Join(names, ", "), chooseFolder), nil
	}
	if len(now.Inputs) > 0 && !slices.Equal(old.Inputs, now.Inputs) {
		return fmt.Errorf("%s holds a run of other input (%s); %s", f.path, runFileName, chooseFolder), nil
	}
	return nil, nil
}

// checkFiles refuses files that are not as their run left them. What was made of
// the same run since, such as a digest, stays a part of it.
func (f *folder) checkFiles(old *runFile, outputs []output, same bool) error {
	root, err := os.OpenRoot(f.path)
	if err != nil {
		return unreadable(f.path, err)
	}
	defer root.Close()
	for _, file := range old.Files {
		err := unlike(root, f.path, file)
		if err != nil && !f.force {
			return err
		}
		written := func(o output) bool { return o.name == file.Name }
		if _, gone := root.Lstat(filepath.FromSlash(file.Name)); same && err == nil && gone == nil &&
			!beside(file.Name) && !slices.ContainsFunc(outputs, written) {
			f.kept = append(f.kept, file)
		}
	}
	return nil
}

// warnOfChanges tells of files of stories and pairs that are not as their run
// left them.
func (t *talk) warnOfChanges(dir string, files []report.File) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return
	}
	defer root.Close()
	for _, file := range files {
		if !isRecords(file.Name) {
			continue
		}
		if unlike(root, dir, file) != nil {
			t.warn("changed_since", "%s is not as its run left it; what follows may not be of one run", filepath.Join(dir, file.Name))
		}
	}
}

// beside tells whether a file of a run stands beside its page, which needs it.
func beside(name string) bool { return strings.HasPrefix(name, report.SideFolder+"/") }

// differing names the settings that are not the same in both.
func differing(a, b map[string]any) []string {
	names := map[string]bool{}
	for name, value := range a {
		names[name] = !reflect.DeepEqual(b[name], value)
	}
	for name, value := range b {
		names[name] = !reflect.DeepEqual(a[name], value)
	}
	delete(names, "latest") // it is of the day of the run
	maps.DeleteFunc(names, func(_ string, differs bool) bool { return !differs })
	return slices.Sorted(maps.Keys(names))
}
