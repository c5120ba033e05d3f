package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"qissa"
	"qissa/archive"
	"qissa/article"
	"qissa/report"
)

// archiveFlags say what archive a run feeds.
type archiveFlags struct {
	waitFlag
	path     string
	identity string
	keep     span
	refresh  string
}

// When an archive makes a new model.
const (
	refreshAuto  = "auto"
	refreshNever = "never"
)

func (f *archiveFlags) group() flagGroup {
	return group("Archive", func(fs *pflag.FlagSet) {
		fs.StringVar(&f.path, "archive", "", "`file` of an archive that the articles are fed to, made on first use; its stories\nkeep their ids, and qissa changes tells what became of them")
		f.identity = string(archive.ByID)
		fs.Var(choice{&f.identity, []string{string(archive.ByID), string(archive.ByURL), string(archive.ByContent)}}, "identity", "what tells that an article is known, for a new archive: its id and outlet (else\nthe address, else the content), the address, or the content")
		fs.Var(&f.keep, "keep", "forget stories that ended so long before the newest article, such as 90d; holds for\nall later feeds (default: keep all)")
		f.refresh = refreshAuto
		fs.Var(choice{&f.refresh, []string{refreshAuto, refreshNever}}, "refresh", "auto counts the words of the archive's own articles anew, for what is published later,\nwhenever 20,000 have come, and half of those counted before; never does not, nor does\na run with --model")
		f.waitFlag.add(fs)
	})
}

// feed feeds the input to an archive.
func (v *clusterVerb) feed(cmd *cobra.Command, args []string, reading article.Options, opt qissa.Options) error {
	ctx, start := cmd.Context(), time.Now()
	if err := errors.Join(v.mayFeed(cmd, opt.Model), oneModel(opt.Epochs)); err != nil {
		return err
	}
	v.apart = true // what stands in one batch by chance makes no other article of a record
	run := report.Run{}
	d, err := v.read(ctx, args, reading, &run)
	if err != nil {
		return err
	}
	v.talk.begin("")
	v.talk.warnOfNeed(len(d.articles), v.grouping.memory)
	opt.Spill, opt.Progress = d.scratch.keep, clearing(opt.Progress)
	at := reading.Now
	if at.IsZero() {
		at = start
	}
	var s *archive.Summary
	var last int64
	var horizon time.Time
	err = writeArchive(ctx, v.archive.path, v.archive.wait, func(a *archive.Archive) error {
		if err := v.prepare(cmd, a, &opt); err != nil {
			return err
		}
		if err := v.setKeep(cmd, a); err != nil {
			return err
		}
		if last, err = a.LastEvent(ctx); err != nil {
			return err
		}
		horizon = a.Horizon()
		s, err = a.Feed(ctx, archive.Batch{At: at, Version: version(), Inputs: run.Inputs, KeepModel: v.archive.refresh == refreshNever || v.grouping.model != ""}, d.release(), opt)
		return err
	})
	if err != nil {
		return err
	}
	v.talk.begin("")
	v.talk.say("%s: %s new, %s updated, %s known%s", count(s.Read, "article", "articles"), number(s.New), number(s.Updated), number(s.Known), withdrawn(s))
	v.talk.warnOfAge(s, horizon)
	v.talk.warnOfNames(v.archive.path, s)
	v.talk.batch(v.archive.path, s, start)
	v.talk.warnOfUse(peak(), v.grouping.memory)
	if err := v.printChanges(ctx, last); err != nil {
		return err
	}
	if v.format == "" && s.Batch > 0 {
		v.talk.say("next: qissa changes %s --since %d", v.archive.path, s.Batch-1)
	}
	if skipped := len(d.skipped) + s.TooOld; v.strict && skipped > 0 {
		return &fault{exitStrict, fmt.Errorf("%s skipped, and --strict was given", count(skipped, "record was", "records were"))}
	}
	return nil
}

// mayFeed sees, before anything is read, whether the flags go with the archive.
func (v *clusterVerb) mayFeed(cmd *cobra.Command, model *qissa.Model) error {
	for _, x := range [][2]string{
		{"out", "qissa report " + v.archive.path + " --since last -o page.html writes a page, qissa archive export all files"}, {"corrections", "give them to qissa archive correct"},
		{"from", "name the input"}, {"parquet", "qissa archive export writes files"}, {"storyline", "an archive keeps the default"},
	} {
		if cmd.Flags().Changed(x[0]) {
			return usage("--archive and --%s do not go together; %s", x[0], x[1])
		}
	}
	if isFolder(v.archive.path) {
		return usage("--archive %s is a folder; want the name of a file", v.archive.path)
	}
	a, err := openArchive(cmd.Context(), v.archive.path)
	switch {
	case err == nil:
		return errors.Join(v.suits(cmd, a, model), v.suitsKeep(cmd, a), a.Close())
	case !isArchive(v.archive.path):
		return nil // it is made
	}
	return unlessEmpty(err)
}

func withdrawn(s *archive.Summary) string {
	if s.Withdrawn == 0 {
		return ""
	}
	return ", " + number(s.Withdrawn) + " withdrawn before and passed over"
}

// unlessEmpty lets a file pass that holds nothing, as a run leaves it that was stopped
// before its first batch.
func unlessEmpty(err error) error {
	var none *archive.NoArchiveError
	if errors.As(err, &none) && none.Empty || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// prepare makes a new archive, or sees whether the one that is there is what the user
// wants.
func (v *clusterVerb) prepare(cmd *cobra.Command, a *archive.Archive, opt *qissa.Options) (err error) {
	if !a.IsNew() {
		return v.suits(cmd, a, opt.Model)
	}
	m := opt.Model
	if m == nil {
		if m, err = qissa.ReferenceModel(cmd.Context()); err != nil {
			return err
		}
	}
	return a.Create(cmd.Context(), archive.Settings{Window: opt.Window, Story: opt.Story, Copy: opt.Copy, Identity: archive.Identity(v.archive.identity)}, m)
}

// suits refuses flags that say otherwise than the archive, whose settings hold for good.
func (v *clusterVerb) suits(cmd *cobra.Command, a *archive.Archive, model *qissa.Model) error {
	s, err := a.Settings()
	if err != nil {
		return err
	}
	for _, x := range []struct{ flag, now, want string }{
		{"window", windowText(s.Window), v.grouping.window.String()},
		{"story", fmt.Sprint(s.Story), fmt.Sprint(v.grouping.opt.Story)},
		{"dup", fmt.Sprint(s.Copy), fmt.Sprint(v.grouping.opt.Copy)},
		{"identity", string(s.Identity), v.archive.identity},
	} {
		if cmd.Flags().Changed(x.flag) && x.now != x.want {
			return usage("%s was made with --%s %s; %s", v.archive.path, x.flag, x.now, otherwise(v.archive.path, x.flag, x.want))
		}
	}
	if model == nil {
		return nil
	}
	i, err := a.Info(cmd.Context())
	if err != nil {
		return err
	}
	if last := i.Models[len(i.Models)-1].Model; last != model.ID() {
		return usage("%s compares under the model %s, not %s of --model; leave the flag out, or qissa archive refresh --model FILE %s", v.archive.path, last, model.ID(), v.archive.path)
	}
	return nil
}

// otherwise tells how to have an archive with another setting.
func otherwise(path, flag, value string) string {
	if flag == "identity" {
		return "leave the flag out, or feed the dumps to a new archive"
	}
	return fmt.Sprintf("leave the flag out, or qissa archive refresh --all --%s %s %s", flag, value, path)
}

// printChanges prints what a batch changed, if a format is given.
func (v *clusterVerb) printChanges(ctx context.Context, last int64) error {
	if v.format == "" {
		return nil
	}
	a, err := openArchive(ctx, v.archive.path)
	if err != nil {
		return err
	}
	defer a.Close()
	changes, err := a.Changes(ctx, archive.Since{Event: last})
	if err != nil {
		return archiveFault(v.archive.path, err, 0)
	}
	return writeChanges(v.streams, changes, v.format, v.top)
}
