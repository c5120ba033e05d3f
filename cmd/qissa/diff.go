package main

import (
	"cmp"
	"context"
	"io"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"qissa/archive"
	"qissa/internal/parallel"
	"qissa/report"
)

const diffExamples = `  qissa diff monday tuesday                    two results, as a table
  qissa diff old new -f jsonl                  every change, one to a line, for programs
  qissa diff old new --level storyline -f md   a digest of what became of the storylines
  qissa diff out news.qissa                    a result, and an archive as it is now
  qissa diff old new -q && echo the same`

const diffLong = `Tells what became of the stories of one run in another: new, grown, shrunk,
changed (some articles more, others less), merged into another, split from another,
gone, and those with another title. A story stays itself where it shares most articles
with one of the other run; articles are known by their ids. OLD and NEW are folders of
results, the stories.jsonl of them, or archives, as they are now; what became of the
stories of an archive from day to day qissa changes tells.`

const diffExitCodesHelp = `Exit codes:
  0  the same
  1  different
  2  the command line is wrong, or something could not be read
  130  interrupted
`

// exitDifferent is what diff returns as diff does, and exitTrouble as diff does too.
const (
	exitDifferent = 1
	exitTrouble   = 2
)

type diffVerb struct {
	*streams
	format, level, lang string
	top                 int
}

func newDiff(s *streams, general flagGroup) *cobra.Command {
	v := &diffVerb{streams: s}
	cmd := &cobra.Command{
		Use:     "diff [FLAGS] OLD NEW",
		Short:   "Tell what changed between two runs.",
		Long:    diffLong,
		Example: diffExamples,
		RunE: func(cmd *cobra.Command, args []string) error {
			return v.run(cmd.Context(), args, v.talk.quiet && !cmd.Flags().Changed("format"))
		},
	}
	output := group("Output", func(fs *pflag.FlagSet) {
		v.format, v.level, v.lang = "table", "story", "ar"
		fs.VarP(choice{&v.format, []string{"table", "jsonl", "md"}}, "format", "f", "what is written to standard output: the largest changes, every change as JSON lines,\nor a digest in Markdown; with --quiet only if it is asked for")
		fs.Var(choice{&v.level, []string{"story", "storyline"}}, "level", "what is compared: the stories, or the storylines that they are parts of")
		fs.IntVar(&v.top, "top", 10, "`number` of changes of each kind in the table and the digest; 0 for all")
		fs.Var(choice{&v.lang, []string{"ar", "en"}}, "lang", "language of the digest")
	})
	describe(cmd, diffExitCodesHelp, output, general)
	return cmd
}

func (v *diffVerb) run(ctx context.Context, args []string, silent bool) error {
	if len(args) != 2 {
		return usage("diff wants the folders of two runs; qissa help diff shows examples")
	}
	if v.top < 0 {
		return usage("--top: %d; want 0 or more", v.top)
	}
	before, after, err := v.read(ctx, args)
	if err = cmp.Or(err, ctx.Err()); err != nil {
		return trouble(ctx, err)
	}
	d := report.Compare(before, after)
	if strange, shared, is := d.Strange(); is {
		v.talk.caution("%s of %s stand over other headlines: are they numbers of lines? what follows is of ids", number(strange), count(shared, "id in both runs", "ids in both runs"))
	}
	if !silent {
		if err := v.write(d); err != nil {
			return trouble(ctx, err)
		}
	}
	many := map[string]string{"story": "stories", "storyline": "storylines"}[v.level]
	v.talk.say("%s", d.Summary(v.level, many))
	if !d.Same() {
		return &fault{exitDifferent, errQuiet}
	}
	return nil
}

// trouble is an error with the exit code that diff has for all that is no
// difference.
func trouble(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return &fault{exitTrouble, err}
}

// read reads both runs at once.
func (v *diffVerb) read(ctx context.Context, args []string) (before, after []report.Group, err error) {
	type read struct {
		groups []report.Group
		err    error
	}
	one := func(path string) func() read {
		return parallel.Go(func() read {
			groups, err := v.groups(ctx, path)
			return read{groups, err}
		})
	}
	for _, path := range args {
		if err := settle(path); err != nil {
			return nil, nil, err
		}
	}
	old, now := one(args[0]), one(args[1])
	x, y := old(), now()
	return x.groups, y.groups, cmp.Or(x.err, y.err)
}

// groups reads the stories, or storylines, of a run.
func (v *diffVerb) groups(ctx context.Context, path string) ([]report.Group, error) {
	if isFolder(path) {
		record, err := readRun(filepath.Join(path, runFileName))
		if err != nil {
			return nil, err
		}
		v.talk.warnOfChanges(path, slices.DeleteFunc(record.Files, func(f report.File) bool { return wholeName(f.Name) != storiesFileName }))
		path = filepath.Join(path, storiesFileName)
	}
	if beginsAsArchive(path) {
		return v.archived(ctx, path)
	}
	f, err := openRecords(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return report.ReadGroups(f, v.level == "storyline")
}

// archived reads what an archive holds now.
func (v *diffVerb) archived(ctx context.Context, path string) ([]report.Group, error) {
	a, err := openArchive(ctx, path)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	r, err := v.archivedResult(ctx, a, path, archive.All)
	if err != nil {
		return nil, err
	}
	lines, w := io.Pipe()
	defer lines.Close()
	go func() { w.CloseWithError(report.StoriesJSONL(w, r)) }()
	return report.ReadGroups(lines, v.level == "storyline")
}

func (v *diffVerb) write(d *report.Diff) error {
	rows := v.top
	if rows == 0 {
		rows = 1 << 30
	}
	switch v.format {
	case "jsonl":
		return d.JSONL(v.out)
	case "md":
		return d.Markdown(v.out, v.lang, rows)
	}
	return d.Table(v.out, rows, isolates(v.out))
}
