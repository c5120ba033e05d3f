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

// A finding is what arguments name.
type finding struct {
	sources []source
	refused []*article.RecordError      // files that are not read, with the reason
	unite   bool                        // records of one page become one article
	only    func(*article.Article) bool // of a part of what was read once; nil for all
}

// find lists what the arguments name: files, the readable files of folders by
// name, or - for standard input. A file that is named twice is read once.
func find(args []string, stdin io.Reader, t *talk) (*finding, error) {
	found := &finding{}
	seen := map[string]bool{}
	add := func(name string, named bool) {
		path, err := filepath.Abs(name)
		if err == nil && seen[path] {
			t.warn("named_twice", "%s is named twice; read once", name)
			return
		}
		seen[path] = true
		found.sources = append(found.sources, source{name, named, func() (io.ReadCloser, error) { return os.Open(name) }})
	}
	for _, arg := range args {
		if arg == "-" {
			found.sources = append(found.sources, source{standardInput, true, func() (io.ReadCloser, error) { return io.NopCloser(stdin), nil }})
			continue
		}
		info, err := os.Stat(arg)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, missing(arg)
		case err != nil:
			return nil, unreadable(arg, err)
		case beginsAsArchive(arg):
			return nil, usage("%s is an archive, and no dump; qissa help archive shows what to do with it", arg)
		case !info.IsDir():
			add(arg, true)
			continue
		}
		names, refused, err := walk(arg, t)
		if err != nil {
			return nil, err
		}
		found.refused = append(found.refused, refused...)
		for _, name := range names {
			add(name, false)
		}
	}
	return found, nil
}

// A walker lists a folder.
type walker struct {
	root    string
	talk    *talk
	names   []string               // of files that are read
	refused []*article.RecordError // that are not
	others  map[string]int         // those of other kinds, by extension
	hidden  []string
	results map[string]bool // of runs
}

// walk returns the readable files of a folder and its folders, by name, and
// those that are not read. Hidden ones, and the results of runs, are told and left
// out.
func walk(root string, t *talk) ([]string, []*article.RecordError, error) {
	w := &walker{root: root, talk: t, others: map[string]int{}, results: map[string]bool{}}
	if err := fs.WalkDir(os.DirFS(root), ".", w.visit); err != nil {
		return nil, nil, err
	}
	if n := len(w.hidden); n > 0 {
		t.warn("hidden", "%s: %s not read, such as %s", root, nouns(n, "hidden file or folder is", "hidden files and folders are"), w.hidden[0])
	}
	if len(w.names) == 0 {
		return nil, nil, &fault{exitNoArticles, fmt.Errorf("no articles in %s: looked for %s (also %s); found %s", root,
			strings.Join(article.Readable, " "), strings.Join(article.Packed, " "), cmp.Or(kinds(w.others), "no file"))}
	}
	if len(w.others) > 0 {
		t.warn("kinds_not_read", "%s: files of other kinds not read: %s", root, kinds(w.others))
	}
	return w.names, w.refused, nil
}

// databases are the extensions that a user may give an archive too.
var databases = map[string]bool{".db": true, ".sqlite": true, ".sqlite3": true}

// visit implements fs.WalkDirFunc.
func (w *walker) visit(path string, d fs.DirEntry, err error) error {
	name := filepath.Join(w.root, filepath.FromSlash(path))
	switch {
	case err != nil && path == ".":
		return unreadable(name, err)
	case err != nil:
		w.refuse(name, "unreadable", reason(err))
		return fs.SkipDir
	case strings.HasPrefix(d.Name(), ".") && path != ".":
		w.hidden = append(w.hidden, name)
		if d.IsDir() {
			return fs.SkipDir
		}
		return nil
	case d.IsDir():
		if run, err := readRun(filepath.Join(name, runFileName)); err == nil {
			w.talk.warn("results_not_read", "%s holds the results of a run; they are not read", name)
			run.results(name, w.results)
		}
		return nil
	case w.results[name]:
		return nil
	}
	if info, err := os.Stat(name); err != nil {
		w.refuse(name, "unreadable", reason(err))
	} else if !info.Mode().IsRegular() {
		w.refuse(name, "unreadable", article.Messagef("no_file", "no file, but a folder, device or pipe"))
	} else if article.Extension(name) != "" && !(databases[filepath.Ext(name)] && beginsAsArchive(name)) {
		w.names = append(w.names, name)
	} else {
		w.other(name)
	}
	return nil
}

// other judges a file whose extension does not say that it is read. One without
// an extension is read if it starts like a format that is known.
func (w *walker) other(name string) {
	const enough = 4096 // bytes
	head := make([]byte, enough)
	n := 0
	if f, err := os.Open(name); err == nil {
		n, _ = io.ReadFull(f, head) // what cannot be read is not recognised
		f.Close()
	}
	ext := filepath.Ext(name)
	if ext == "" && article.IsRecognised(head[:n]) {
		w.names = append(w.names, name)
		return
	}
	w.others[cmp.Or(ext, "without extension")]++
	why := article.Messagef("ending", "files ending in %s are not read", ext)
	if ext == "" {
		why = article.Messagef("no_ending", "without an extension, and it starts like no format that is known")
	}
	var kind *article.KindError
	if errors.As(article.Refuse(name, head[:n]), &kind) {
		why = kind.Why()
	}
	w.refused = append(w.refused, &article.RecordError{File: name, Code: "kind", Err: why})
}

// refuse leaves out a file and tells so.
func (w *walker) refuse(name, code string, why error) {
	e := &article.RecordError{File: name, Code: code, Err: article.Said(why, why.Error())}
	w.talk.warn("not_read", "%s: %v; not read", name, article.Said(why, why.Error()))
	w.refused = append(w.refused, e)
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
	return fmt.Errorf("cannot read %s: %w", path, reason(err))
}

// reason is an error without the path and the name of the system call.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
