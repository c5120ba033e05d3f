package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"qissa"
	"qissa/archive"
	"qissa/article"
)

// importRuns takes over the results of runs: their inputs, corrections and ids.
func (v *archiveVerb) importRuns(ctx context.Context, args []string) error {
	if len(args) < 2 {
		return usage("archive import wants folders of results, and an archive behind them; qissa help archive shows examples")
	}
	path := args[len(args)-1]
	if isFolder(path) {
		return usage("%s is a folder; want the name of an archive behind the folders of results", path)
	}
	limitProcessors(v.opt.Jobs)
	for _, dir := range args[:len(args)-1] {
		if err := v.importRun(ctx, dir, path); err != nil {
			return err
		}
	}
	return nil
}

// importRun takes over one run, in one batch.
func (v *archiveVerb) importRun(ctx context.Context, dir, path string) error {
	start := time.Now()
	if isArchive(dir) {
		return usage("%s is a file; archive import wants folders of results, and the archive last", dir)
	}
	r, run, err := readFormer(dir, v.talk)
	if err != nil {
		return err
	}
	d, err := v.inputs(ctx, dir, r)
	if err != nil {
		return err
	}
	at := start
	if text, _ := r.Settings["now"].(string); text != "" {
		if t, _ := article.ParseTime(text, start, time.UTC); !t.IsZero() {
			at = t
		}
	}
	opt := v.opt
	opt.Spill, opt.Progress = d.scratch.keep, v.talk.progress
	var s *archive.Summary
	var horizon time.Time
	err = writeArchive(ctx, path, v.wait, func(a *archive.Archive) error {
		if a.IsNew() {
			if err := createLike(ctx, a, r); err != nil {
				return fmt.Errorf("%s: %w", dir, err)
			}
		}
		horizon = a.Horizon()
		s, err = a.Import(ctx, archive.Batch{At: at, Version: version(), Inputs: d.inputs}, d.release(), *run, opt)
		return err
	})
	if err != nil {
		return err
	}
	v.talk.begin("")
	v.talk.say("%s: %s, %s new, %s updated, %s known%s", dir, count(s.Read, "article", "articles"), number(s.New), number(s.Updated), number(s.Known), withdrawn(s))
	v.talk.warnOfAge(s, horizon)
	v.talk.batch(path, s, start)
	return nil
}

// readFormer reads the record and the stories of a run.
func readFormer(dir string, t *talk) (*runFile, *archive.Run, error) {
	if err := settle(dir); err != nil {
		return nil, nil, err
	}
	r, err := readRun(filepath.Join(dir, runFileName))
	if err != nil {
		return nil, nil, err
	}
	if from, ok := r.Settings["archive"]; ok {
		return nil, nil, usage("%s is an export of the archive %v; feed its dumps, or copy the archive", dir, from)
	}
	t.warnOfChanges(dir, r.Files)
	run := &archive.Run{Places: map[string]article.Origin{}}
	err = eachLine(filepath.Join(dir, storiesFileName), func(s runStory) error {
		f := archive.Former{ID: s.ID, Title: s.Title, Line: "l_" + s.ID}
		if s.Storyline != nil {
			f.Line = s.Storyline.ID
		}
		for _, a := range s.Articles {
			run.Places[a.ID] = a.Origin
			f.Articles = append(f.Articles, a.ID)
		}
		run.Stories = append(run.Stories, f)
		return s.check()
	})
	if err != nil {
		return nil, nil, err
	}
	path, _ := r.Settings["corrections"].(string)
	if run.Corrections, err = readCorrections(path); err != nil {
		return nil, nil, fmt.Errorf("the corrections of %s: %w", dir, err)
	}
	return r, run, nil
}

// inputs reads the inputs of a run, which must be what they were.
func (v *archiveVerb) inputs(ctx context.Context, dir string, r *runFile) (*dump, error) {
	found := &finding{}
	for _, in := range r.Inputs {
		if in.Name == standardInput {
			return nil, fmt.Errorf("%s was read from standard input, which is no more; feed the dump: qissa cluster --archive", dir)
		}
		if _, err := os.Stat(in.Name); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s was made from %s, which is not there; qissa archive import reads it where the run found it", dir, in.Name)
		}
		f, err := find([]string{in.Name}, nil, v.talk)
		if err != nil {
			return nil, err
		}
		found.sources = append(found.sources, f.sources...)
	}
	reading, err := r.reading()
	if err != nil {
		return nil, err
	}
	reading.Jobs = v.opt.Jobs
	d, err := load(ctx, found, reading, v.streams)
	if err != nil {
		return nil, err
	}
	v.talk.begin("")
	was := map[string]string{}
	for _, in := range r.Inputs {
		was[in.Name] = in.SHA256
	}
	for _, in := range d.inputs {
		if in.SHA256 != was[in.Name] {
			return nil, fmt.Errorf("%s is not what %s was made from; feed it instead: qissa cluster --archive", in.Name, dir)
		}
	}
	return d, nil
}

// createLike makes an archive with the settings of a run.
func createLike(ctx context.Context, a *archive.Archive, r *runFile) error {
	def := qissa.DefaultOptions()
	s := archive.Settings{Window: def.Window, Story: def.Story, Copy: def.Copy, Identity: archive.ByID}
	for name, to := range map[string]*float64{"story": &s.Story, "dup": &s.Copy} {
		if value, ok := r.Settings[name]; ok {
			x, err := strconv.ParseFloat(fmt.Sprint(value), 64)
			if err != nil {
				return fmt.Errorf("setting %q: %w", name, err)
			}
			*to = x
		}
	}
	if text, ok := r.Settings["window"].(string); ok {
		var window span
		if err := window.Set(text); err != nil {
			return fmt.Errorf("setting %q: %w", "window", err)
		}
		s.Window = time.Duration(window)
	}
	path, _ := r.Settings["model"].(string)
	m, err := modelOf(ctx, path)
	if err != nil {
		return err
	}
	return a.Create(ctx, s, m)
}

// modelOf reads a model, or returns the reference.
func modelOf(ctx context.Context, path string) (*qissa.Model, error) {
	if path == "" {
		return qissa.ReferenceModel(ctx)
	}
	m, later, err := readModels(path)
	if err != nil {
		return nil, err
	}
	return m, oneModel(later)
}
