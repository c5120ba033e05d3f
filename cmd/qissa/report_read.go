package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"qissa"
	"qissa/article"
	"qissa/report"
)

// read makes the result of a run from its files and its input.
func (v *reportVerb) read(ctx context.Context, dir string) (*qissa.Result, report.HTMLOptions, error) {
	opt := report.HTMLOptions{Lang: v.lang, Texts: v.texts}
	if err := settle(dir); err != nil {
		return nil, opt, err
	}
	record, err := readRun(filepath.Join(dir, runFileName))
	if err != nil {
		return nil, opt, err
	}
	if opt.Run, err = v.readRecord(dir); err != nil {
		return nil, opt, err
	}
	v.talk.warnOfChanges(dir, v.checked(record.Files))
	reading, err := record.reading()
	if err != nil {
		return nil, opt, err
	}
	if opt.Location, err = v.zone(opt.Run, reading); err != nil {
		return nil, opt, err
	}
	opt.Run.Zone = opt.Location.String()
	for _, s := range opt.Run.Settings {
		if threshold, ok := s.Value.(float64); ok && s.Name == "story" {
			opt.Story = threshold
		}
	}
	opt.Obeyed = v.obeyed(record)
	if v.isPart() {
		r, err := v.part(ctx, dir, record, reading, &opt)
		return r, opt, err
	}
	articles, err := v.articles(ctx, dir, record, reading, &opt)
	if err != nil {
		return nil, opt, err
	}
	stories, err := openRecords(filepath.Join(dir, storiesFileName))
	if err != nil {
		return nil, opt, err
	}
	defer stories.Close()
	if v.bare {
		r, err := report.ReadResult(articles, stories, strings.NewReader(""), opt.Run.Counts)
		return r, opt, err
	}
	pairs, err := openRecords(filepath.Join(dir, pairsFileName))
	if err != nil {
		return nil, opt, err
	}
	defer pairs.Close()
	opt.Uncertain, opt.Cuts = v.asking(ctx, &finished{dir, record})
	r, err := report.ReadResult(articles, stories, pairs, opt.Run.Counts)
	return r, opt, err
}

// zone returns the zone of the times: the user's, else that of the run.
func (v *reportVerb) zone(run report.Run, reading article.Options) (*time.Location, error) {
	if v.tz != "" {
		zone, err := article.LoadZone(v.tz)
		if err != nil {
			return nil, noZone(v.tz)
		}
		return zone, nil
	}
	if zone, err := article.LoadZone(run.Zone); err == nil && run.Zone != "" {
		return zone, nil
	}
	return cmp.Or(reading.Zone, time.UTC), nil
}

// articles returns the articles of a run and sets the records that were skipped:
// read again from its input, else as the run's files have them.
func (v *reportVerb) articles(ctx context.Context, dir string, record *runFile, reading article.Options, opt *report.HTMLOptions) ([]article.Article, error) {
	var sources []source
	for _, in := range opt.Run.Inputs {
		sources = append(sources, source{in.Name, true, func() (io.ReadCloser, error) { return os.Open(in.Name) }})
	}
	quiet := newStreams(nil, io.Discard, io.Discard)
	quiet.talk.quiet = true
	d, err := load(ctx, &finding{sources: sources, unite: record.unites()}, reading, quiet)
	if err == nil {
		for i, in := range d.inputs {
			if in.SHA256 != opt.Run.Inputs[i].SHA256 {
				v.gone = fmt.Errorf("%s has changed since the run", in.Name)
			}
		}
		opt.Skipped = d.skipped
	} else if v.gone = err; ctx.Err() != nil {
		return nil, err
	}
	if v.gone == nil {
		return d.articles, nil
	}
	if opt.Skipped, err = readFile(filepath.Join(dir, skippedFileName), report.ReadSkipped); err != nil {
		return nil, err
	}
	opt.Skipped = slices.DeleteFunc(opt.Skipped, func(e *article.RecordError) bool { return e.Code == report.NoTerms })
	return readFile(filepath.Join(dir, storiesFileName), report.ReadArticles)
}

func readFile[T any](path string, read func(io.Reader) (T, error)) (T, error) {
	var none T
	f, err := openRecords(path)
	if err != nil {
		return none, err
	}
	defer f.Close()
	x, err := read(f)
	if err != nil {
		return none, err // which names the file and the line
	}
	return x, nil
}
