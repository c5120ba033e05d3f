package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"qissa"
	"qissa/article"
	"qissa/report"
)

const (
	runFileName     = "run.json"
	storiesFileName = "stories.jsonl"
	pairsFileName   = "pairs.jsonl"
	linksFileName   = "links.bin"
	skippedFileName = "skipped.jsonl"
)

// A runFile is what the record of an earlier run says.
type runFile struct {
	Schema   int
	Version  string
	Settings map[string]any
	Inputs   []report.Input
	Files    []report.File
	Zone     string // in which times are shown; "" in runs of older versions
}

// readRun reads the record of a run.
func readRun(path string) (*runFile, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	r, err := parseRun(data)
	if err != nil {
		return nil, fmt.Errorf("%s: not the record of a run: %w", path, err)
	}
	return r, nil
}

// results notes the files of the run, which is in a folder, by their paths.
func (r *runFile) results(dir string, note map[string]bool) {
	names := []string{runFileName, "report.html", storiesFileName, "articles.csv", pairsFileName, skippedFileName,
		"stories.parquet", "articles.parquet", "pairs.parquet"} // of older versions, which list none
	for _, file := range r.Files {
		names = append(names, file.Name)
	}
	for _, name := range names {
		note[filepath.Join(dir, filepath.FromSlash(name))] = true
	}
}

func parseRun(data []byte) (*runFile, error) {
	var r runFile
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := dec.Decode(&r); err != nil {
		return nil, err
	}
	if r.Schema != 1 || r.Settings == nil || r.Inputs == nil {
		return nil, errors.New("no schema 1, settings or inputs")
	}
	for name, value := range r.Settings {
		switch value.(type) {
		case string, json.Number, bool:
		default:
			return nil, fmt.Errorf("the setting %q is no text, number or truth", name)
		}
	}
	return &r, nil
}

// repeat gives the flags that the user has not set the values of an earlier run, and
// returns its inputs, none where the user named others.
func repeat(cmd *cobra.Command, path string, others bool) ([]string, error) {
	r, err := readRun(path)
	if err != nil {
		return nil, err
	}
	for name, value := range r.Settings {
		if name == "min-sim" { // of versions before models, which always had the same
			continue
		}
		flag := cmd.Flags().Lookup(name)
		if flag == nil {
			return nil, fmt.Errorf("%s: this version has no setting %q", path, name)
		}
		text := fmt.Sprint(value)
		if flag.Changed || text == "" {
			continue
		}
		if err := flag.Value.Set(text); err != nil {
			return nil, fmt.Errorf("%s: setting %q: %w", path, name, err)
		}
	}
	if others {
		return nil, nil
	}
	var names []string
	for _, in := range r.Inputs {
		if in.Name == standardInput {
			return nil, fmt.Errorf("%s: that run read standard input; name a file, or give '-'", path)
		}
		names = append(names, in.Name)
	}
	return names, nil
}

// reading returns how the run read its inputs.
func (r *runFile) reading() (article.Options, error) {
	var in inputFlags
	set := func(name string) string { s, _ := r.Settings[name].(string); return s }
	in.format, in.encoding, in.now, in.tz = set("input-format"), set("encoding"), set("now"), set("tz")
	in.outlet, in.latest = set("outlet"), set("latest")
	in.fields = map[string]string{}
	for part := range strings.SplitSeq(set("map"), ",") {
		if ours, theirs, ok := strings.Cut(part, "="); ok {
			in.fields[ours] = theirs
		}
	}
	return in.options()
}

// grouping returns how the run grouped, without its corrections.
func (r *runFile) grouping(t *talk) (qissa.Options, error) {
	var f clusterFlags
	flags := f.group().FlagSet
	for _, name := range []string{"window", "dup", "story", "model"} {
		if value, ok := r.Settings[name]; ok {
			if err := flags.Set(name, fmt.Sprint(value)); err != nil {
				return qissa.Options{}, fmt.Errorf("setting %q: %w", name, err)
			}
		}
	}
	return f.options(t)
}

// unites tells whether the run made one article of the records of each page.
func (r *runFile) unites() bool {
	apart, known := r.Settings["keep-versions"].(bool)
	return known && !apart
}

// local writes the time of an article in the zone of the run; a day without an
// hour stays the day that it was.
func (r *runFile) local(a runArticle) string {
	t, err := time.Parse(time.RFC3339, a.Time)
	if err != nil || r.Zone == "" || a.Precision == article.Day {
		return a.Time
	}
	zone, err := article.LoadZone(r.Zone)
	if err != nil {
		return a.Time
	}
	return t.In(zone).Format(time.RFC3339)
}
