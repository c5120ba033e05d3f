package main

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"qissa/archive"
	"qissa/internal/parallel"
	"qissa/report"
)

const recutExamples = `  qissa recut out --story 0.5                    which stories change, and how many there are
  qissa recut out --storyline 0.15 --level storyline
  qissa recut out --story 0.5 -f tsv | qissa eval - labels.tsv
  qissa recut news.qissa --days 2 --story 0.5   of the last two days of an archive
  qissa cluster --from out/run.json --story 0.5 -o new   a run with that cut`

const recutLong = `Cuts a finished run anew, from its links.bin, in about a second: the groups are those
that cluster gives with the same --story, --storyline and --corrections. Writes
which stories change; OUT stays as it is. An archive keeps no links: those of the days
or changes that are asked for are found again, which takes what a feed takes.`

// recutVerb holds the flags of qissa recut.
type recutVerb struct {
	*streams
	diff             diffVerb // how changes are written
	story, storyline float64
	correct          string
	format           string
	archive          storyFlags
}

func newRecut(s *streams, general flagGroup) *cobra.Command {
	v := &recutVerb{streams: s, diff: diffVerb{streams: s}}
	cmd := &cobra.Command{
		Use:     "recut [FLAGS] OUT|ARCHIVE",
		Short:   "Cut a finished run into other stories.",
		Long:    recutLong,
		Example: recutExamples,
		RunE:    func(cmd *cobra.Command, args []string) error { return v.run(cmd.Context(), args) },
	}
	cut := group("Cut", func(fs *pflag.FlagSet) {
		fs.Var(share{&v.story, 0.05, 0}, "story", "least mean similarity of two groups that become one story (default as the run has it)")
		fs.Var(share{&v.storyline, 0.05, 0}, "storyline", "likewise of two stories that become one storyline (default as the run has it)")
		fs.StringVar(&v.correct, "corrections", "", "`file` of corrections, in place of those of the run")
	})
	output := group("Output", func(fs *pflag.FlagSet) {
		v.format, v.diff.level, v.diff.lang = "table", "story", "ar"
		fs.VarP(choice{&v.format, []string{"table", "jsonl", "md", "tsv"}}, "format", "f", "what is written to standard output: the largest changes, every change as JSON lines,\na digest in Markdown, or all articles as id, story, storyline")
		fs.Var(choice{&v.diff.level, []string{"story", "storyline"}}, "level", "what is compared: the stories, or the storylines that they are parts of")
		fs.IntVar(&v.diff.top, "top", 10, "`number` of changes of each kind in the table and the digest; 0 for all")
		fs.Var(choice{&v.diff.lang, []string{"ar", "en"}}, "lang", "language of the digest")
	})
	ofArchive := group("Of an archive", v.archive.addAgain)
	describe(cmd, exitCodesHelp, cut, output, ofArchive, general)
	return cmd
}

func (v *recutVerb) run(ctx context.Context, args []string) error {
	if len(args) != 1 {
		return usage("recut wants the folder of a run, or an archive; qissa help recut shows examples")
	}
	if v.diff.top < 0 {
		return usage("--top: %d; want 0 or more", v.diff.top)
	}
	if beginsAsArchive(args[0]) {
		return v.ofArchive(ctx, args[0])
	}
	if v.archive.given() > 0 {
		return usage("--since, --day, --days and --all are for an archive, and %s is none", args[0])
	}
	f, err := openFinished(args[0])
	if err != nil {
		return err
	}
	var failed error
	before := parallel.Go(func() (groups []report.Group) {
		groups, failed = v.diff.groups(ctx, args[0])
		return groups
	})
	links, err := f.links()
	if err != nil {
		return err
	}
	corrections := links.Corrections
	if v.correct != "" {
		if corrections, err = readCorrections(v.correct); err != nil {
			return err
		}
	}
	cut, err := links.Cut(ctx, cmp.Or(v.story, links.Story), cmp.Or(v.storyline, links.Storyline), corrections)
	if err != nil {
		return err
	}
	v.talk.warnOfResult(cut)
	old := before()
	if err := cmp.Or(failed, ctx.Err()); err != nil {
		return err
	}
	if v.format == "tsv" {
		return writeLabels(v.streams.out, cut, everyArticle)
	}
	return v.tell(old, groupsAs(cut, headlines(old), v.diff.level == "storyline"))
}

// ofArchive cuts stories of an archive anew.
func (v *recutVerb) ofArchive(ctx context.Context, path string) error {
	corrections, err := readCorrections(v.correct)
	if err != nil {
		return err
	}
	again, _, err := v.archive.rerun(ctx, v.streams, path, "recut", archive.Cut{Story: v.story, Storyline: v.storyline, Corrections: corrections})
	if err != nil {
		return err
	}
	links := again.Links
	if v.correct == "" {
		corrections = links.Corrections
	}
	cut, err := links.Cut(ctx, cmp.Or(v.story, links.Story), cmp.Or(v.storyline, links.Storyline), corrections)
	if err != nil {
		return err
	}
	if v.format == "tsv" {
		return writeLabels(v.streams.out, cut, again.Of)
	}
	headline, lines := map[string]string{}, v.diff.level == "storyline"
	for _, a := range again.Result.Articles {
		headline[a.ID] = a.Title
	}
	before, after := concerned(groupsAs(again.Result, headline, lines), groupsAs(cut, headline, lines), again.Of)
	carryIDs(before, after)
	return v.tell(before, after)
}

// tell writes what became of groups.
func (v *recutVerb) tell(before, after []report.Group) error {
	d := report.Compare(before, after)
	v.diff.format = v.format
	if err := v.diff.write(d); err != nil {
		return err
	}
	v.talk.say("%s", d.Summary(v.diff.level, levelNames[v.diff.level]))
	return nil
}

// levelNames are the plurals of the two levels.
var levelNames = map[string]string{"story": "stories", "storyline": "storylines"}
