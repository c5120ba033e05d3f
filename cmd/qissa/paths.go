package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"qissa/article"
)

// A source is one input that articles are read from.
type source struct {
	name  string
	named bool // by the user, rather than found in a folder
	open  func() (io.ReadCloser, error)
}

const standardInput = "<stdin>"

// find lists what the arguments name: files, the readable files of folders by
// name, or - for standard input. A file that is named twice is read once.
func find(args []string, stdin io.Reader, t *talk) ([]source, error) {
	var list []source
	seen := map[string]bool{}
	add := func(name string, named bool) {
		path, err := filepath.Abs(name)
		if err == nil && seen[path] {
			t.warn("%s is named twice; read once", name)
			return
		}
		seen[path] = true
		list = append(list, source{name, named, func() (io.ReadCloser, error) { return os.Open(name) }})
	}
	for _, arg := range args {
		if arg == "-" {
			list = append(list, source{standardInput, true, func() (io.ReadCloser, error) { return io.NopCloser(stdin), nil }})
			continue
		}
		info, err := os.Stat(arg)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, missing(arg)
		case err != nil:
			return nil, unreadable(arg, err)
		case !info.IsDir():
			add(arg, true)
			continue
		}
		names, err := walk(arg, t)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			add(name, false)
		}
	}
	return list, nil
}

// walk returns the readable files of a folder and its folders, by name. Hidden
// ones, and the results of runs, are left out.
func walk(root string, t *talk) ([]string, error) {
	var names []string
	others, results := map[string]int{}, map[string]bool{}
	err := fs.WalkDir(os.DirFS(root), ".", func(path string, d fs.DirEntry, err error) error {
		name := filepath.Join(root, filepath.FromSlash(path))
		switch {
		case err != nil:
			return unreadable(name, err)
		case strings.HasPrefix(d.Name(), ".") && path != ".":
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			if run, err := readRun(filepath.Join(name, runFileName)); err == nil {
				t.warn("%s holds the results of a run; they are not read", name)
				run.results(name, results)
			}
			return nil
		case results[name]:
			return nil
		}
		if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
			t.warn("%s is no file; not read", name)
			return nil
		}
		if article.Extension(name) == "" {
			others[cmp.Or(filepath.Ext(name), "without extension")]++
		} else {
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, &fault{exitNoArticles, fmt.Errorf("no articles in %s: looked for %s (also %s); found %s", root,
			strings.Join(article.Readable, " "), strings.Join(article.Packed, " "), cmp.Or(kinds(others), "no file"))}
	}
	if len(others) > 0 {
		t.warn("%s: files of other kinds not read: %s", root, kinds(others))
	}
	return names, nil
}

// kinds lists numbers of files by extension: "12 .docx, 1 .pdf".
func kinds(of map[string]int) string {
	var parts []string
	for _, ext := range slices.Sorted(maps.Keys(of)) {
		parts = append(parts, fmt.Sprintf("%d %s", of[ext], ext))
	}
	return strings.Join(parts, ", ")
}

// missing returns the error for a path that is not there, with the nearest
// name that is.
func missing(path string) error {
	var names []string
	entries, _ := os.ReadDir(filepath.Dir(path))
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if near := nearest(filepath.Base(path), names); near != "" {
		return fmt.Errorf("no such file: %s (did you mean %s?)", path, filepath.Join(filepath.Dir(path), near))
	}
	return fmt.Errorf("no such file: %s", path)
}

// unreadable returns the error for a path without the name of the system call.
func unreadable(path string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return fmt.Errorf("cannot read %s: %w", path, err)
}
