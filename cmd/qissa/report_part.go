package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"qissa"
	"qissa/article"
	"qissa/report"
)

// isPart tells whether some stories of the run are wanted.
func (v *reportVerb) isPart() bool { return v.story != "" || v.archive.given() > 0 }

// checked returns the files of a run that are to be as it left them. Of a part of a run,
// shards are not looked at for that: it would read more than the part.
func (v *reportVerb) checked(files []report.File) []report.File {
	if !v.isPart() {
		return files
	}
	return slices.DeleteFunc(slices.Clone(files), func(f report.File) bool { return wholeName(f.Name) != f.Name })
}

// part makes a result of some stories of a run. Memory is as of these. All lines of
// stories and pairs are looked at, and few decoded; of the inputs those are read in which
// the articles stand.
func (v *reportVerb) part(ctx context.Context, dir string, record *runFile, reading article.Options, opt *report.HTMLOptions) (*qissa.Result, error) {
	lines, err := v.chosen(dir, opt.Location)
	if err != nil {
		return nil, err
	}
	articles, err := report.ReadArticles(lines.reader())
	if err != nil {
		return nil, err
	}
	if len(articles) > 0 {
		if v.gone, err = v.reread(ctx, articles, opt.Run.Inputs, reading); err != nil {
			return nil, err
		}
	}
	pairs, err := openRecords(filepath.Join(dir, pairsFileName))
	if err != nil {
		return nil, err
	}
	defer pairs.Close()
	r, err := report.ReadPart(articles, lines.reader(), pairs)
	if err != nil {
		return nil, err
	}
	if v.story != "" {
		return report.Only(r, v.story), nil
	}
	r.Recount()
	return r, nil
}

// chosenLines are lines of stories, and where they stand.
type chosenLines struct {
	text  []byte
	at    []int              // numbers, from 1
	where func(n int) string // where a line of a number stands
}

func (l *chosenLines) add(n int, line []byte) {
	l.text, l.at = append(append(l.text, bytes.TrimSpace(line)...), '\n'), append(l.at, n)
}

func (l *chosenLines) reader() io.Reader { return chosenReader{bytes.NewReader(l.text), l} }

type chosenReader struct {
	io.Reader
	*chosenLines
}

// Line tells where a line of these stands in the files of the run.
func (r chosenReader) Line(n int) string { return r.where(r.at[n-1]) }

// chosen returns the lines of the stories that are wanted.
func (v *reportVerb) chosen(dir string, zone *time.Location) (*chosenLines, error) {
	path := filepath.Join(dir, storiesFileName)
	if v.story == "" {
		var err error
		v.from, v.to, err = v.archive.span(zone, func() (time.Time, error) { return newestOf(path) })
		if err != nil {
			return nil, err
		}
	}
	stories, err := openRecords(path)
	if err != nil {
		return nil, err
	}
	defer stories.Close()
	lines := &chosenLines{where: func(n int) string { return report.LineOf(stories, path, n) }}
	var ids []string
	wanted := func(line []byte) bool {
		if v.story == "" {
			return hasTime(line, v.from, v.to)
		}
		id := stringOf(line, "id") // the first of a line is that of the story
		ids = append(ids, id)
		return id == "" || id == v.story
	}
	err = report.SomeLines(stories, path, wanted, func(n int, line json.RawMessage) error {
		var s runStory
		if err := json.Unmarshal(line, &s); err != nil {
			return fmt.Errorf("not a record of a run: %w", err)
		}
		if v.story == "" && slices.ContainsFunc(s.Articles, v.isOfDays) || v.story != "" && s.ID == v.story {
			lines.add(n, line)
		}
		return s.check()
	})
	if err == nil && v.story != "" && len(lines.at) == 0 {
		err = v.noStory(ids)
	}
	return lines, err
}

// noStory is the error of a story that a run, with stories of these ids, has not.
func (v *reportVerb) noStory(ids []string) error {
	if near := nearest(v.story, ids); near != "" {
		return usage("--story: no story has the id %q (did you mean %s?)", v.story, near)
	}
	return usage("--story: no story has the id %q; stories.jsonl lists them", v.story)
}

// isOfDays tells whether an article is of the days that are chosen.
func (v *reportVerb) isOfDays(a runArticle) bool {
	t, err := time.Parse(time.RFC3339, a.Time)
	return err == nil && !t.Before(v.from) && t.Before(v.to)
}

// stringOf returns the first string of a key in an object of JSON, as far as it needs no
// escape. What is in a string is no key: its quotation marks are escaped.
func stringOf(line []byte, key string) string {
	_, rest, _ := bytes.Cut(line, []byte(`"`+key+`":"`))
	value, _, _ := bytes.Cut(rest, []byte{'"'})
	return string(value)
}

// hasTime tells whether a line of stories may have an article from a time on, up to another.
func hasTime(line []byte, from, to time.Time) bool {
	const key = `"time":"`
	for {
		at := bytes.Index(line, []byte(key))
		if at < 0 {
			return false
		}
		line = line[at+len(key):]
		end := max(0, bytes.IndexByte(line, '"'))
		if t, err := time.Parse(time.RFC3339, string(line[:end])); err == nil && !t.Before(from) && t.Before(to) {
			return true
		}
	}
}

// newestOf returns the time of the newest article of a run.
func newestOf(path string) (newest time.Time, err error) {
	err = someLines(path, func(line []byte) bool {
		if t, err := time.Parse(time.RFC3339, stringOf(line, "last_time")); err == nil && t.After(newest) {
			newest = t
		}
		return false
	}, func(runStory) error { return nil })
	return newest, err
}

// reread reads articles of a run again from the inputs in which they stand; what records say
// of them stays. It returns why they are not at hand, if they are not.
func (v *reportVerb) reread(ctx context.Context, articles []article.Article, inputs []report.Input, reading article.Options) (gone, err error) {
	at := make(map[article.Origin]int, len(articles))
	files := map[string]bool{}
	for i := range articles {
		of := articles[i].Origin
		if n, again := at[of]; again {
			return fmt.Errorf("articles %q and %q have one place in %s", articles[n].ID, articles[i].ID, of.File), nil
		}
		at[of], files[of.File] = i, true
	}
	holds := func(in report.Input) bool {
		for name := range files {
			if name == in.Name || strings.HasPrefix(name, in.Name+"/") { // of an archive
				return true
			}
		}
		return false
	}
	was := map[string]string{}
	found := &finding{only: func(a *article.Article) bool { _, is := at[a.Origin]; return is }}
	for _, in := range inputs {
		if was[in.Name] = in.SHA256; holds(in) {
			found.sources = append(found.sources, source{in.Name, true, func() (io.ReadCloser, error) { return os.Open(in.Name) }})
		}
	}
	quiet := newStreams(nil, io.Discard, io.Discard)
	quiet.talk.quiet = true
	d, err := load(ctx, found, reading, quiet)
	if err != nil {
		return err, ctx.Err()
	}
	for _, in := range d.inputs {
		if in.SHA256 != was[in.Name] {
			return fmt.Errorf("%s has changed since the run", in.Name), nil
		}
	}
	for i := range d.articles {
		n := at[d.articles[i].Origin]
		a, text := articles[n], d.articles[i]
		text.ID, text.Source, text.SourceRaw, text.URL, text.Title = a.ID, a.Source, a.SourceRaw, a.URL, a.Title
		text.Time, text.TimeRaw, text.Precision, text.Others = a.Time, a.TimeRaw, a.Precision, a.Others
		articles[n] = text
		delete(at, text.Origin)
	}
	if len(at) > 0 {
		a := articles[slices.Min(slices.Collect(maps.Values(at)))]
		return fmt.Errorf("article %q is not read from %s any more", a.ID, a.Origin.File), nil
	}
	return nil, nil
}
