package main

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"qissa/archive"
)

// prune forgets what ended long ago, and sets how long ago that is.
func (v *archiveVerb) prune(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage("archive prune wants one archive, not %s", count(len(args), "file", "files"))
	}
	return v.change(cmd.Context(), args[0], func(a *archive.Archive, b archive.Batch) (*archive.Summary, error) {
		return prune(cmd.Context(), a, b, args[0], cmd.Flags().Changed("keep"), time.Duration(v.keep))
	})
}

func prune(ctx context.Context, a *archive.Archive, b archive.Batch, path string, given bool, keep time.Duration) (*archive.Summary, error) {
	if given {
		if err := setKeep(ctx, a, keep); err != nil {
			return nil, err
		}
	}
	switch set, err := a.Keep(); {
	case err != nil:
		return nil, err
	case set == 0 && !given:
		return nil, usage("%s keeps all; say how long it is to keep stories, as in qissa archive prune --keep 90d %s", path, path)
	}
	return a.Prune(ctx, b)
}

func setKeep(ctx context.Context, a *archive.Archive, keep time.Duration) error {
	err := a.SetKeep(ctx, keep)
	var short *archive.KeepError
	if errors.As(err, &short) {
		return usage("--keep: %w", err)
	}
	return err
}

// setKeep sets how long an archive keeps stories, if the user says so.
func (v *clusterVerb) setKeep(cmd *cobra.Command, a *archive.Archive) error {
	if !cmd.Flags().Changed("keep") {
		return nil
	}
	if err := v.suitsKeep(cmd, a); err != nil {
		return err
	}
	return setKeep(cmd.Context(), a, time.Duration(v.archive.keep))
}

// suitsKeep refuses another length of time than the archive has.
func (v *clusterVerb) suitsKeep(cmd *cobra.Command, a *archive.Archive) error {
	keep, err := a.Keep()
	if err == nil && cmd.Flags().Changed("keep") && keep > 0 && keep != time.Duration(v.archive.keep) {
		return usage("%s keeps stories for %s; leave the flag out, or qissa archive prune --keep %s %s", v.archive.path, daysText(keep), daysText(time.Duration(v.archive.keep)), v.archive.path)
	}
	return err
}

// warnOfAge says that articles were too old for the archive.
func (t *talk) warnOfAge(s *archive.Summary, horizon time.Time) {
	if s.TooOld > 0 {
		t.caution("%s from before %s, and skipped: what they could belong to is out of the archive (--keep)", count(s.TooOld, "article is", "articles are"), horizon.Format(day))
	}
}

// daysText writes a length of time, in days if it is whole ones.
func daysText(d time.Duration) string {
	if whole := d / (24 * time.Hour); d > 0 && d%(24*time.Hour) == 0 {
		return strconv.Itoa(int(whole)) + "d"
	}
	return windowText(d)
}

// warnOfNames says that the ids of a feed seem to be made anew each time.
func (t *talk) warnOfNames(path string, s *archive.Summary) {
	const least, share = 20, 0.2 // below, an outlet repeated itself
	if s.Renamed >= least && float64(s.Renamed) >= share*float64(s.New) {
		t.caution("%s of %s are in %s already, word for word, under other ids; if ids are made anew for each dump, feed the dumps to a new archive with --identity url or content", number(s.Renamed), count(s.New, "new article", "new articles"), path)
	}
}
