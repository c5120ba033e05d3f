package main

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"qissa/archive"
	"qissa/article"
	"qissa/report"
)

const changesLong = `Tells what became of the stories of an archive: which are new, grew, shrank, were
merged or split, have another headline, were updated, closed, reopened, or are gone,
and why. --since last goes on where the last such call ended; each reader may have a
mark of their own, as in last:desk. It moves once all is written.`

const changesExamples = `  qissa changes news.qissa --since last          what I have not seen
  qissa changes news.qissa --since last:desk     the same, for another reader
  qissa changes news.qissa --since 24h -f jsonl  for programs
  qissa changes news.qissa --since 211           after batch 211
  qissa changes news.qissa --story s_8198019facce`

// changesVerb holds the flags of qissa changes.
type changesVerb struct {
	*streams
	sinceFlag
	story  string
	format string
	top    int
}

// sinceFlag says from where on changes are told.
type sinceFlag struct {
	waitFlag
	since string
	tz    string
}

// sinceMoves is what --since means to a command that tells changes.
const sinceMoves = "from `where` on: last or last:NAME (and move that mark), yesterday, a length of\ntime such as 24h or 7d, a time, or the number of a batch"

func newChanges(s *streams, general flagGroup) *cobra.Command {
	v := &changesVerb{streams: s}
	cmd := &cobra.Command{
		Use:     "changes ARCHIVE",
		Short:   "Tell what became of the stories of an archive.",
		Long:    changesLong,
		Example: changesExamples,
		RunE:    func(cmd *cobra.Command, args []string) error { return v.run(cmd.Context(), args) },
	}
	output := group("Changes", func(fs *pflag.FlagSet) {
		fs.StringVar(&v.since, "since", "", sinceMoves)
		fs.StringVar(&v.story, "story", "", "the `id` of the one story whose life is told")
		fs.VarP(choice{&v.format, []string{"table", "jsonl", "csv"}}, "format", "f", "what to print (default: table on a terminal, jsonl in a pipe)")
		fs.IntVar(&v.top, "top", 0, "`number` of changes in the table; 0 for all")
		fs.StringVar(&v.tz, "tz", "", "`zone` of the times given (default that of the machine)")
		v.waitFlag.add(fs)
	})
	describe(cmd, exitCodesHelp, output, general)
	return cmd
}

func (v *changesVerb) run(ctx context.Context, args []string) error {
	switch {
	case len(args) != 1:
		return usage("changes wants one archive; qissa help changes shows examples")
	case v.since != "" && v.story != "":
		return usage("--since and --story do not go together")
	case v.top < 0:
		return usage("--top %d: want 0 or more", v.top)
	}
	now := time.Now()
	since, err := v.sinceFlag.parse(now)
	if err != nil {
		return err
	}
	since.Story = v.story
	a, err := openArchive(ctx, args[0])
	if err != nil {
		return err
	}
	defer a.Close()
	if v.story != "" {
		if err := v.follow(ctx, a); err != nil {
			return err
		}
	}
	changes, err := a.Changes(ctx, since)
	if err != nil {
		return archiveFault(args[0], err, 0)
	}
	last, err := a.LastEvent(ctx)
	if err != nil {
		return archiveFault(args[0], err, 0)
	}
	if err := writeChanges(v.streams, changes, v.format, v.top); err != nil {
		return err
	}
	return v.moveMark(ctx, v.streams, a, args[0], since.Mark, last, now)
}

// follow says where the articles of a story are that is no more.
func (v *changesVerb) follow(ctx context.Context, a *archive.Archive) error {
	now, state, err := a.Resolve(ctx, v.story)
	switch {
	case errors.Is(err, archive.ErrUnknown):
		return usage("--story: the archive never had a story %q", v.story)
	case err != nil:
		return err
	case now != v.story && state == "pruned":
		v.talk.say("%s became %s, which was forgotten (--keep)", v.story, now)
	case state == "pruned":
		v.talk.say("%s was forgotten (--keep)", v.story)
	case now != v.story:
		v.talk.say("%s is now %s", v.story, now)
	case state == "gone":
		v.talk.say("%s has no articles any more", v.story)
	}
	return nil
}

// writeChanges prints changes.
func writeChanges(s *streams, changes []report.Change, format string, top int) error {
	if format == "" {
		format = "jsonl"
		if isTerminal(s.out) {
			format = "table"
		}
	}
	switch format {
	case "jsonl":
		return report.ChangesJSONL(s.out, changes)
	case "csv":
		return report.ChangesCSV(s.out, changes)
	}
	return report.ChangesTable(s.out, changes, report.TableOptions{Rows: top, Isolate: isolates(s.out)})
}

// parse reads what the user says.
func (f *sinceFlag) parse(now time.Time) (archive.Since, error) {
	zone := time.Local
	if f.tz != "" {
		var err error
		if zone, err = article.LoadZone(f.tz); err != nil {
			return archive.Since{}, noZone(f.tz)
		}
	}
	text := f.since
	if name, ok := strings.CutPrefix(text, "last"); ok && (name == "" || len(name) > 1 && name[0] == ':') {
		return archive.Since{Mark: strings.TrimPrefix(text, "last:")}, nil
	}
	midnight := func(days int) time.Time {
		y, m, d := now.In(zone).Date()
		return time.Date(y, m, d+days, 0, 0, 0, 0, zone)
	}
	switch text {
	case "":
		return archive.Since{}, nil
	case "today":
		return archive.Since{Time: midnight(0)}, nil
	case "yesterday":
		return archive.Since{Time: midnight(-1)}, nil
	}
	if n, err := strconv.ParseInt(text, 10, 32); err == nil && n >= 0 {
		if n == 0 {
			return archive.Since{}, nil
		}
		return archive.Since{Batch: n}, nil
	}
	var length span
	if length.Set(text) == nil {
		return archive.Since{Time: now.Add(-time.Duration(length))}, nil
	}
	if t, p := article.ParseTime(text, now, zone); !t.IsZero() && p != article.Relative {
		return archive.Since{Time: t}, nil
	}
	return archive.Since{}, usage("--since %q: want last or last:NAME, yesterday, a length of time such as 24h, a time such as 2025-07-14T06:00, or the number of a batch", text)
}

// moveMark moves a mark behind what was written, if all was.
func (f *sinceFlag) moveMark(ctx context.Context, s *streams, a *archive.Archive, path, mark string, last int64, now time.Time) error {
	if mark == "" || s.out.err != nil {
		return nil
	}
	if err := a.Close(); err != nil {
		return archiveFault(path, err, 0)
	}
	return writeArchive(ctx, path, f.wait, func(a *archive.Archive) error { return a.SetMark(ctx, mark, last, now) })
}
