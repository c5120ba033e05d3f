package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"qissa"
	"qissa/archive"
	"qissa/report"

	"github.com/spf13/cobra"
)

const day = "2006-01-02"

// info prints what the archive holds.
func (v *archiveVerb) info(ctx context.Context, args []string) error {
	a, err := v.one(ctx, "info", args)
	if err != nil {
		return err
	}
	defer a.Close()
	i, err := a.Info(ctx)
	if err != nil {
		return archiveFault(args[0], err, 0)
	}
	w := bufio.NewWriter(v.streams.out)
	span := ""
	if i.Totals.Articles > 0 {
		span = ", " + i.First.Format(day) + " to " + i.Last.Format(day)
	}
	fmt.Fprintf(w, "articles     %s%s\n", number(i.Totals.Articles), span)
	fmt.Fprintf(w, "stories      %s, %s open; %s in %s\n", number(i.Totals.Stories), number(i.Totals.Open), count(i.Totals.Storylines, "storyline", "storylines"), fileSize(i.Bytes))
	fmt.Fprintf(w, "retired ids  %s\n", number(i.Retired))
	fmt.Fprintf(w, "corrections  %s in force; %s withdrawn\n", number(i.Corrections), count(i.Withdrawn, "article", "articles"))
	fmt.Fprintf(w, "batches      %s\n", number(i.Batches))
	fmt.Fprintf(w, "settings     --window %s --story %g --dup %g --identity %s\n", windowText(i.Settings.Window), i.Settings.Story, i.Settings.Copy, i.Settings.Identity)
	if i.Keep > 0 {
		fmt.Fprintf(w, "keep         %s\n", daysText(i.Keep))
	}
	printModels(w, i)
	for _, m := range i.Marks {
		fmt.Fprintf(w, "mark         %s: read up to %s, %s since\n", report.Harmless(m.Name), m.At.Format(time.RFC3339), count(m.Unread, "change", "changes"))
	}
	return w.Flush()
}

// one opens the one archive of the arguments.
func (v *archiveVerb) one(ctx context.Context, verb string, args []string) (*archive.Archive, error) {
	if len(args) != 1 {
		return nil, usage("archive %s wants one archive, not %s", verb, count(len(args), "file", "files"))
	}
	return openArchive(ctx, args[0])
}

// check tells what is wrong with the archive.
func (v *archiveVerb) check(ctx context.Context, args []string) error {
	a, err := v.one(ctx, "check", args)
	if err != nil {
		return err
	}
	defer a.Close()
	wrong, err := a.Check(ctx)
	if err != nil {
		return archiveFault(args[0], err, 0)
	}
	for _, w := range wrong {
		fmt.Fprintln(v.streams.out, report.Harmless(w))
	}
	if len(wrong) > 0 {
		return fmt.Errorf("%s is damaged; go back to a backup, or feed its dumps to a new one", args[0])
	}
	v.talk.say("%s is whole", args[0])
	return nil
}

// export writes the files of a run.
func (v *archiveVerb) export(ctx context.Context, args []string) error {
	if v.out.path == "" {
		return usage("archive export wants --out FOLDER for the files")
	}
	a, err := v.one(ctx, "export", args)
	if err != nil {
		return err
	}
	defer a.Close()
	start := time.Now()
	s, err := a.Settings()
	if err != nil {
		return err
	}
	run := report.Run{Version: version(), Settings: archiveSettings(args[0], s)}
	if run.Inputs, err = a.Fed(ctx); err != nil {
		return archiveFault(args[0], err, 0)
	}
	defer v.out.close()
	first, later, err := a.Models(ctx)
	if err != nil {
		return archiveFault(args[0], err, 0)
	}
	var r *qissa.Result
	outputs := []output{
		{storiesFileName, func(w io.Writer) error { return report.StoriesJSONL(w, r) }},
		{"articles.csv", func(w io.Writer) error { return report.ArticlesCSV(w, r) }},
		{"outlets.csv", func(w io.Writer) error { return report.OutletsCSV(w, r) }},
		{pairsFileName, func(w io.Writer) error { return report.PairsJSONL(w, r) }},
		{"archive.model", func(w io.Writer) error { return qissa.WriteModels(w, first, later) }},
	}
	if err := v.out.take(run, outputs); err != nil {
		return err
	}
	if r, err = v.archivedResult(ctx, a, args[0], archive.All); err != nil {
		return err
	}
	if v.names == "content" {
		r.NameByContent()
	}
	run.Counts = r.Counts
	v.out.record = func(w io.Writer, files []report.File) error {
		run.Files = files
		return report.RunJSON(w, run)
	}
	v.talk.begin(writing)
	if err := v.out.fill(ctx, outputs, v.out.refuse(), v.talk.wrote); err != nil {
		return err
	}
	v.talk.begin("")
	v.talk.say("wrote %s and %d more files in %s", filepath.Join(v.out.path, storiesFileName), len(v.out.files)-1, seconds(start))
	return nil
}

// archiveSettings are those of an archive as a run records them.
func archiveSettings(path string, s archive.Settings) []report.Setting {
	window := span(s.Window)
	return []report.Setting{{Name: "archive", Value: path}, {Name: "window", Value: window.String()}, {Name: "dup", Value: s.Copy}, {Name: "story", Value: s.Story}, {Name: "identity", Value: string(s.Identity)}}
}

// correct adds the corrections of a file.
func (v *archiveVerb) correct(ctx context.Context, args []string) error {
	if len(args) != 2 {
		return usage("archive correct wants an archive and a file of corrections; qissa help archive shows examples")
	}
	list, err := readEnded(args[1])
	if err != nil {
		return err
	}
	return v.obey(ctx, args[0], list)
}

// obey has an archive obey corrections.
func (v *archiveVerb) obey(ctx context.Context, path string, list []archive.Correction) error {
	return v.change(ctx, path, func(a *archive.Archive, b archive.Batch) (*archive.Summary, error) {
		s, err := a.Correct(ctx, b, list, v.opt)
		if err == nil {
			v.talk.say("%s: %s new, %s taken back, %s known", count(s.Read, "correction", "corrections"), number(s.New), number(s.Updated), number(s.Known))
		}
		return s, err
	})
}

// readEnded reads corrections, and which of them are taken back.
func readEnded(path string) ([]archive.Correction, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	corrections, err := parseCorrections(bytes.NewReader(data), path)
	if err != nil {
		return nil, err
	}
	var list []archive.Correction
	for line := range bytes.Lines(data) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var x struct{ End bool }
		if err := json.Unmarshal(line, &x); err != nil {
			return nil, fmt.Errorf("%s: %w", corrections[len(list)].Where, err)
		}
		list = append(list, archive.Correction{Correction: corrections[len(list)], End: x.End})
	}
	return list, nil
}

// withdraw takes articles out.
func (v *archiveVerb) withdraw(ctx context.Context, args []string) error {
	if len(args) < 2 {
		return usage("archive withdraw wants an archive and ids of articles; qissa help archive shows examples")
	}
	return v.change(ctx, args[0], func(a *archive.Archive, b archive.Batch) (*archive.Summary, error) {
		s, err := a.Withdraw(ctx, b, args[1:], v.back, v.opt)
		if errors.Is(err, archive.ErrUnknown) {
			return nil, usage("%w", err)
		}
		if err == nil && v.back {
			v.talk.say("%s may come again", count(s.New, "article", "articles"))
		} else if err == nil {
			v.talk.say("%s withdrawn", count(s.Withdrawn, "article", "articles"))
		}
		return s, err
	})
}

// change makes a batch of an archive and tells what it did.
func (v *archiveVerb) change(ctx context.Context, path string, do func(*archive.Archive, archive.Batch) (*archive.Summary, error)) error {
	start := time.Now()
	limitProcessors(v.opt.Jobs)
	v.opt.Progress = v.talk.progress
	var s *archive.Summary
	err := changeArchive(ctx, path, v.wait, func(a *archive.Archive) (err error) {
		s, err = do(a, archive.Batch{At: start, Version: version()})
		return err
	})
	if err != nil {
		return err
	}
	v.talk.begin("")
	v.talk.batch(path, s, start)
	return nil
}

// batch tells what a batch did.
func (t *talk) batch(path string, s *archive.Summary, start time.Time) {
	for _, c := range s.Unknown {
		t.caution("%s waits: an article of it is not in the archive", report.Harmless(c.String()))
	}
	if s.Batch == 0 {
		t.say("nothing new; %s is as it was", path)
		return
	}
	if s.Events != nil && s.PrunedStories == 0 || len(s.Events) > 0 {
		t.say("%s", changed(s))
	}
	if s.PrunedStories > 0 {
		t.say("forgotten: %s that ended long ago, %s", count(s.PrunedStories, "story", "stories"), count(s.PrunedArticles, "article", "articles"))
	}
	t.newModel(s)
	size := int64(0)
	if info, err := os.Stat(path); err == nil {
		size = info.Size()
	}
	t.say("archive: %s, %s (%s open), %s; batch %d in %s", count(s.Totals.Articles, "article", "articles"), count(s.Totals.Stories, "story", "stories"),
		number(s.Totals.Open), fileSize(size), s.Batch, seconds(start))
}

// changed tells how many stories changed, and how.
func changed(s *archive.Summary) string {
	text := count(s.Changed, "story", "stories") + " changed"
	sign := ": "
	for _, k := range []struct {
		kind report.ChangeKind
		one  string
		many string
	}{{report.ChangeNew, "new", "new"}, {report.ChangeGrew, "grew", "grew"}, {report.ChangeShrank, "shrank", "shrank"}, {report.ChangeMerged, "merged", "merged"},
		{report.ChangeSplit, "split", "split"}, {report.ChangeTitle, "title", "titles"}, {report.ChangeUpdated, "updated", "updated"},
		{report.ChangeReopened, "reopened", "reopened"}, {report.ChangeGone, "gone", "gone"}} {
		if n := s.Events[string(k.kind)]; n > 0 {
			text += sign + count(n, k.one, k.many)
			sign = ", "
		}
	}
	if n := s.Events[string(report.ChangeClosed)]; n > 0 {
		text += "; " + number(n) + " closed"
	}
	return text
}

func windowText(d time.Duration) string {
	s := span(d)
	return s.String()
}

// refresh has what is published from now on compared under another model, or all of it,
// and under other settings.
func (v *archiveVerb) refresh(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage("archive refresh wants one archive, not %s", count(len(args), "file", "files"))
	}
	for _, name := range []string{"window", "story", "dup"} {
		if cmd.Flags().Changed(name) && !v.all {
			return usage("archive refresh --%s wants --all: every article is compared anew, and closed stories may change", name)
		}
	}
	opt, err := v.again.options(v.talk)
	if err := errors.Join(err, oneModel(opt.Epochs)); err != nil {
		return err
	}
	return v.change(cmd.Context(), args[0], func(a *archive.Archive, b archive.Batch) (*archive.Summary, error) {
		if !v.all {
			return a.Renew(cmd.Context(), b, opt.Model, v.opt)
		}
		s, err := a.Settings()
		if err != nil {
			return nil, err
		}
		if cmd.Flags().Changed("window") {
			s.Window = opt.Window
		}
		if cmd.Flags().Changed("story") {
			s.Story = opt.Story
		}
		if cmd.Flags().Changed("dup") {
			s.Copy = opt.Copy
		}
		return a.Refresh(cmd.Context(), b, s, opt.Model, v.opt)
	})
}
