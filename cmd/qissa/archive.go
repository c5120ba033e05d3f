package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"qissa"
	"qissa/archive"
)

// waitFlag is how long a writer waits for another one.
type waitFlag struct{ wait span }

func (f *waitFlag) add(fs *pflag.FlagSet) {
	f.wait = span(time.Minute)
	fs.Var(&f.wait, "wait", "how long to wait while another qissa writes the archive")
}

// isArchive reports whether a path is that of a file, and so of no folder of a run.
func isArchive(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// beginsAsArchive reports whether a path is that of a file that begins as an archive does, where
// other files are wanted too, other databases among them.
func beginsAsArchive(path string) bool {
	if !isArchive(path) {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	const magic, application = "SQLite format 3\x00", 68 // sqlite.org/fileformat.html
	head := make([]byte, application+4)
	_, err = io.ReadFull(f, head)
	return err == nil && string(head[:len(magic)]) == magic && binary.BigEndian.Uint32(head[application:]) == archive.ApplicationID
}

// openArchive opens an archive for reading.
func openArchive(ctx context.Context, path string) (*archive.Archive, error) {
	a, err := archive.Open(ctx, path)
	return a, archiveFault(path, err, 0)
}

// archivedResult reads stories of an archive by their ids, nil for all, and moves their
// texts out of memory.
func (s *streams) archivedResult(ctx context.Context, a *archive.Archive, path string, ids []string) (*qissa.Result, error) {
	scratch := scratch{compressFrom: s.compressFrom}
	r, err := a.Result(ctx, ids, scratch.keep)
	return r, archiveFault(path, err, 0)
}

// writeArchive has do write into an archive, all or nothing.
func writeArchive(ctx context.Context, path string, wait span, do func(a *archive.Archive) error) error {
	a, err := archive.Begin(ctx, path, time.Duration(wait))
	if err != nil {
		return archiveFault(path, err, wait)
	}
	defer a.Close()
	if err := do(a); err != nil {
		return archiveFault(path, err, wait)
	}
	return archiveFault(path, a.Commit(), wait)
}

// changeArchive is writeArchive for one that is there already.
func changeArchive(ctx context.Context, path string, wait span, do func(a *archive.Archive) error) error {
	a, err := openArchive(ctx, path)
	if err != nil {
		return err
	}
	if err := a.Close(); err != nil {
		return archiveFault(path, err, wait)
	}
	return writeArchive(ctx, path, wait, do)
}

// archiveFault says what an error of an archive means to the user.
func archiveFault(path string, err error, wait span) error {
	var none *archive.NoArchiveError
	var numbers *archive.LinesError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.Is(err, archive.ErrBusy):
		return fmt.Errorf("%s is being written by another qissa; waited %s (--wait)", path, wait.String())
	case errors.Is(err, archive.ErrFull):
		return fmt.Errorf("the disk is full: %s is as it was before this batch", path)
	case errors.Is(err, archive.ErrDamaged):
		return fmt.Errorf("%s is damaged, or cut off; go back to a backup, or feed its dumps to a new one", path)
	case errors.Is(err, archive.ErrNoWrite):
		return fmt.Errorf("cannot open %s to write: the file or its folder is read-only, or is not there", path)
	case errors.Is(err, archive.ErrNoLocks):
		return fmt.Errorf("%s lies on a file system without shared memory (NFS?); keep it on a local disk", path)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s is not there; qissa cluster --archive %s DUMP makes it", path, path)
	case errors.As(err, &none):
		return &archive.NoArchiveError{Path: path, Why: none.Why, Empty: none.Empty}
	case errors.As(err, &numbers):
		return &fault{exitUsage, fmt.Errorf("%w; nothing was changed", err)}
	}
	if info, statErr := os.Stat(path); statErr == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder, no archive", path)
	}
	return err
}

const archiveLong = `An archive is one file with the articles that came, day by day, the stories that they
are, and what changed when. It is an SQLite database: other programs may read it at
any time. qissa cluster --archive feeds it, qissa changes and qissa report read it.
A backup is: sqlite3 news.qissa "VACUUM INTO 'copy.qissa'".`

const archiveExamples = `  qissa cluster --archive news.qissa today.jsonl      feed it; made on first use
  qissa archive info news.qissa
  qissa archive check news.qissa
  qissa archive correct news.qissa corrections.jsonl  what a reader knows better
  qissa archive withdraw news.qissa sada-71           take an article out, and keep it out
  qissa archive prune --keep 90d news.qissa           forget what ended longer ago, now and after each feed
  qissa archive export news.qissa -o out              all files of a run
  qissa archive import monday tuesday news.qissa      take over runs, with the ids of their stories
  qissa archive refresh news.qissa                    compare what is published from now on by the words of its
                                                      own articles; feeds do so by themselves
  qissa archive refresh --all news.qissa              compare all anew`

// archiveVerb holds the flags of qissa archive.
type archiveVerb struct {
	*streams
	waitFlag
	out   folder
	names string
	back  bool
	keep  span
	opt   qissa.Options
	all   bool
	again clusterFlags
}

func newArchive(s *streams, general flagGroup) *cobra.Command {
	v := &archiveVerb{streams: s}
	cmd := &cobra.Command{
		Use:     "archive info|check|export|import|correct|withdraw|prune|refresh",
		Short:   "Look after an archive: what it holds, corrections, export, another model.",
		Long:    archiveLong,
		Example: archiveExamples,
		RunE: func(cmd *cobra.Command, args []string) error {
			return usage("archive wants info, check, export, import, correct, withdraw, prune or refresh; qissa help archive shows examples")
		},
	}
	describe(cmd, exitCodesHelp, general)
	writing := func() flagGroup {
		return group("Writing", func(fs *pflag.FlagSet) {
			v.waitFlag.add(fs)
			addJobs(fs, &v.opt.Jobs)
		})
	}
	export := group("Output", func(fs *pflag.FlagSet) {
		fs.StringVarP(&v.out.path, "out", "o", "", "`folder` for the files")
		v.names = "archive"
		fs.Var(choice{&v.names, []string{"archive", "content"}}, "ids", "name stories as the archive does, or by their content, as a run over the same\narticles does")
		fs.BoolVar(&v.out.force, "force", false, "overwrite the files of another run")
	})
	refresh := group("Comparing anew", func(fs *pflag.FlagSet) {
		fs.BoolVar(&v.all, "all", false, "compare all articles anew, and tell what that changes")
		groupingFlags := v.again.group()
		for _, name := range []string{"window", "story", "dup", "model"} {
			fs.AddFlag(groupingFlags.Lookup(name))
		}
		fs.Lookup("model").Usage = "`file` of statistics that qissa model build wrote; without it they are those of\nthe archive's own articles"
	})
	withdraw := group("Articles", func(fs *pflag.FlagSet) {
		fs.BoolVar(&v.back, "back", false, "let them in again when they are fed")
	})
	prune := group("Forgetting", func(fs *pflag.FlagSet) {
		fs.Var(&v.keep, "keep", "forget stories that ended so long before the newest article, such as 90d, from now on;\n0 to keep all (default: as set before)")
	})
	for _, x := range []struct {
		use, short string
		run        func(*cobra.Command, []string) error
		groups     []flagGroup
	}{
		{"info ARCHIVE", "Tell what an archive holds.", flagless(v.info), nil},
		{"check ARCHIVE", "Look whether an archive is whole: its pages, ids, and the log of changes.", flagless(v.check), nil},
		{"export ARCHIVE -o FOLDER", "Write the stories, articles, outlets and pairs of an archive as a run does.", flagless(v.export), []flagGroup{export}},
		{"correct ARCHIVE FILE", "Obey the corrections of a report, or take them back.", flagless(v.correct), []flagGroup{writing()}},
		{"prune ARCHIVE", "Forget the stories that ended long ago, with their articles.", v.prune, []flagGroup{prune, writing()}},
		{"refresh ARCHIVE", "Compare by the words of an archive's own articles what is published from now on, or all.", v.refresh, []flagGroup{refresh, writing()}},
		{"import FOLDER… ARCHIVE", "Take over the results of runs: their articles, corrections and ids.", flagless(v.importRuns), []flagGroup{writing()}},
		{"withdraw ARCHIVE ID…", "Take articles out of an archive, and keep them out.", flagless(v.withdraw), []flagGroup{withdraw, writing()}},
	} {
		sub := &cobra.Command{Use: x.use, Short: x.short, Long: archiveLong, Example: archiveExamples, RunE: x.run}
		describe(sub, exitCodesHelp, append(x.groups, general)...)
		cmd.AddCommand(sub)
	}
	return cmd
}

// flagless makes a run of one that asks for no flags.
func flagless(run func(context.Context, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error { return run(cmd.Context(), args) }
}
