package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"qissa"
	"qissa/archive"
	"qissa/report"
)

// fromArchive writes a report of some stories of an archive.
func (v *reportVerb) fromArchive(ctx context.Context, path string) error {
	now := time.Now()
	if chosen := v.archive.given(); chosen != 1 && v.story == "" || chosen > 0 && v.story != "" {
		return usage("the report of an archive wants one of --since, --day, --days, --story and --all; qissa help report shows examples")
	}
	if v.format == "html" && v.out == "" {
		return usage("the page of an archive wants -o FILE")
	}
	v.archive.tz = v.tz
	since, err := v.archive.parse(now)
	if err != nil {
		return err
	}
	a, err := openArchive(ctx, path)
	if err != nil {
		return err
	}
	defer a.Close()
	last, err := a.LastEvent(ctx)
	if err != nil {
		return archiveFault(path, err, 0)
	}
	ids, changes, err := v.choose(ctx, a, since)
	if err != nil {
		return archiveFault(path, err, 0)
	}
	r, err := v.archivedResult(ctx, a, path, ids)
	if err != nil {
		return err
	}
	if len(r.Articles) == 0 && v.format != "md" && v.format != "table" {
		v.talk.say("no story to write")
		return v.archive.moveMark(ctx, v.streams, a, path, since.Mark, last, now)
	}
	opt, err := v.archiveOptions(ctx, a, path, r)
	if err != nil {
		return err
	}
	if v.label.on {
		if r, err = v.label.ofArchive(ctx, a, v, r, &opt); err != nil {
			return archiveFault(path, err, 0)
		}
	}
	if err := v.writeArchived(ctx, r, changes, opt); err != nil {
		return err
	}
	return v.archive.moveMark(ctx, v.streams, a, path, since.Mark, last, now)
}

// choose returns the ids of the stories of the report, nil for all, and the changes
// that it tells.
func (v *reportVerb) choose(ctx context.Context, a *archive.Archive, since archive.Since) (ids []string, changes []report.Change, err error) {
	if v.story == "" {
		return v.archive.choose(ctx, a, since)
	}
	now, state, err := a.Resolve(ctx, v.story)
	switch {
	case errors.Is(err, archive.ErrUnknown):
		return nil, nil, usage("--story: the archive never had a story %q", v.story)
	case state == "gone", state == "pruned":
		return nil, nil, fmt.Errorf("%s has no articles any more; qissa changes --story tells why", v.story)
	case err == nil && now != v.story:
		v.talk.say("%s is now %s", v.story, now)
	}
	return []string{now}, nil, err
}

func (v *reportVerb) archiveOptions(ctx context.Context, a *archive.Archive, path string, r *qissa.Result) (report.HTMLOptions, error) {
	opt := report.HTMLOptions{Lang: v.lang, Texts: v.texts}
	s, err := a.Settings()
	if err != nil {
		return opt, err
	}
	if opt.Location, err = v.archive.zone(ctx, a); err != nil {
		return opt, err
	}
	opt.Story = s.Story
	opt.Run = report.Run{Version: version(), Settings: archiveSettings(path, s), Zone: opt.Location.String(), Counts: r.Counts}
	return opt, nil
}

// writeArchived writes the report to a file, a folder, or standard output.
func (v *reportVerb) writeArchived(ctx context.Context, r *qissa.Result, changes []report.Change, opt report.HTMLOptions) error {
	write := func(w io.Writer) error {
		switch {
		case v.format == "table" && v.archive.since != "":
			return report.ChangesTable(w, changes, report.TableOptions{Isolate: isolates(w)})
		case v.format == "table":
			return report.Table(w, r, report.TableOptions{Rows: max(1, len(r.Stories)), Isolate: isolates(w), Zone: opt.Location})
		case v.format == "md" && v.archive.since != "":
			return report.ChangesMarkdown(w, r, changes, report.MarkdownOptions{Lang: v.lang, Zone: opt.Location})
		case v.format == "md":
			return report.Markdown(w, r, report.MarkdownOptions{Lang: v.lang, Zone: opt.Location})
		case v.format == "graphml":
			return report.GraphML(w, r)
		case v.format == "gexf":
			return report.GEXF(w, r)
		case v.format == "csv":
			return report.OutletsCSV(w, r)
		}
		return report.HTML(w, r, opt)
	}
	if v.out == "" || v.out == standardOutput {
		return write(v.streams.out)
	}
	path := v.folded()
	if isDevice(path) {
		return stream(output{path, write}, func(w io.Writer) io.Writer { return stopping{ctx, w, v.talk.wrote} })
	}
	if err := checkNames([]string{path}, v.force); err != nil {
		return err
	}
	f := folder{path: filepath.Dir(path), force: v.force}
	if filepath.Base(path) == "report.html" {
		opt.Side = f.begin
	}
	defer f.close()
	if err := f.open(true); err != nil {
		return err
	}
	v.talk.begin(writing)
	if err := f.fill(ctx, []output{{filepath.Base(path), write}}, f.patient(ctx, v.talk), v.talk.wrote); err != nil {
		return err
	}
	v.talk.begin("")
	v.talk.say("wrote %s (%s), %s", path, fileSize(f.size(filepath.Base(path))), count(len(r.Stories), "story", "stories"))
	return nil
}

// readArchive takes the stories of two ids, of articles or stories, from an archive,
// and returns the pairs of their articles.
func (v *explainVerb) readArchive(ctx context.Context, path string, ids []string) (map[[2]string]runPair, error) {
	a, err := openArchive(ctx, path)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	var stories []string
	for i, id := range ids {
		story, err := a.StoryOf(ctx, id)
		if errors.Is(err, archive.ErrUnknown) {
			var state string
			story, state, err = a.Resolve(ctx, id)
			switch {
			case errors.Is(err, archive.ErrUnknown):
				return nil, usage("no article or story of %s has the id %q", path, id)
			case state == "gone", state == "pruned":
				return nil, usage("%s has no articles any more; qissa changes --story tells why", id)
			}
			if err == nil && story != id {
				v.talk.say("%s is now %s", id, story)
				ids[i] = story
			}
		}
		if err != nil {
			return nil, archiveFault(path, err, 0)
		}
		stories = append(stories, story)
	}
	r, err := a.Result(ctx, slices.Compact(stories), nil)
	if err != nil {
		return nil, archiveFault(path, err, 0)
	}
	s, err := a.Settings()
	if err != nil {
		return nil, err
	}
	zone, err := a.Zone(ctx)
	if err != nil {
		return nil, archiveFault(path, err, 0)
	}
	v.record = &runFile{Settings: map[string]any{"story": s.Story}, Zone: zone.String()}
	v.text = func(id string) (string, error) {
		for i := range r.Articles {
			if x := &r.Articles[i]; x.ID == id {
				return x.Title + "\n" + x.LoadBody(nil), nil
			}
		}
		return "", os.ErrNotExist
	}
	var lines bytes.Buffer
	if err := report.StoriesJSONL(&lines, r); err != nil {
		return nil, err
	}
	if err := v.takeStories(&lines); err != nil {
		return nil, err
	}
	lines.Reset()
	if err := report.PairsJSONL(&lines, r); err != nil {
		return nil, err
	}
	return takePairs(&lines, path)
}
