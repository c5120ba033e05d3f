package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"qissa"
	"qissa/report"
)

const reportExamples = `  qissa report out --lang en                    the same report, in English
  qissa report out --embed-text all             with the text of every article
  qissa report out --story s_0a1b2c3d4e5f       one story as a page to send
  qissa report out --day 2026-11-28             the stories with an article of one day
  qissa report out --format md -o digest.md     the largest stories, to paste into a mail
  qissa report out --label                      a page to label the articles on, for qissa eval
  qissa report out --label --adjudicate a.tsv b.tsv   where two readers differ, for a third
  qissa report news.qissa --since last:mail --format md     what is new in the stories of an archive
  qissa report news.qissa --day 2026-11-28 -o day/          the page of one day`

const reportLong = `Writes the report of a run anew from its files, without clustering. The texts are
read again from the input of the run. Where that has moved or changed, what the
folder holds is written: all but the texts. Of a day, or the last ones, it writes the
stories with an article of these, whole, in the memory that these stories take. Of an
archive it also writes the stories that changed since a time, batch or mark.`

// reportVerb holds the flags of qissa report.
type reportVerb struct {
	*streams
	out    string
	lang   string
	texts  string
	story  string
	format string
	force  bool
	bare   bool  // articles and stories are enough: no pairs, no questions
	gone   error // why the texts of the articles are not at hand, nil if they are
	tz     string
	from   time.Time // of the days that are chosen, if any are
	to     time.Time

	label   labelReport
	archive storyFlags
}

func newReport(s *streams, general flagGroup) *cobra.Command {
	v := &reportVerb{streams: s}
	cmd := &cobra.Command{
		Use:     "report [FLAGS] OUT|ARCHIVE",
		Short:   "Write the report of a run anew, or one of an archive.",
		Long:    reportLong,
		Example: reportExamples,
		RunE:    func(cmd *cobra.Command, args []string) error { return v.run(cmd.Context(), args) },
	}
	output := group("Output", func(fs *pflag.FlagSet) {
		fs.StringVarP(&v.out, "out", "o", "", "`file` to write (default report.html in OUT, or the story's id), - for standard output")
		v.format, v.lang, v.texts = "html", "ar", "shared"
		fs.Var(choice{&v.format, []string{"html", "md", "graphml", "gexf", "csv", "table"}}, "format", "a page, a digest in Markdown, the graph of articles and pairs (graphml, gexf),\nor the outlets (csv); of an archive also a table")
		fs.Var(choice{&v.lang, []string{"ar", "en"}}, "lang", "language of the report")
		fs.Var(choice{&v.texts, []string{"none", "lead", "shared", "all"}}, "embed-text", "what of the articles the page holds")
		fs.BoolVar(&v.force, "force", false, "overwrite a file that is not of the run")
		fs.StringVar(&v.tz, "tz", "", "`zone` of the times (default that of the run)")
		fs.StringVar(&v.story, "story", "", "the `id` of the one story to write")
	})
	labelling := v.label.group()
	chosen := group("Some stories", func(fs *pflag.FlagSet) {
		v.archive.add(fs, sinceMoves)
		v.archive.waitFlag.add(fs)
	})
	describe(cmd, exitCodesHelp, output, labelling, chosen, general)
	return cmd
}

func (v *reportVerb) run(ctx context.Context, args []string) error {
	if args = v.label.take(args); len(args) != 1 {
		return usage("report wants the folder of a run, or an archive; qissa help report shows examples")
	}
	if err := v.label.check(v); err != nil {
		return err
	}
	if isArchive(args[0]) {
		return v.fromArchive(ctx, args[0])
	}
	dir := args[0]
	switch a := v.archive; {
	case a.since != "" || a.all || v.format == "table":
		return usage("--since, --all and --format table are for an archive, and %s is none", dir)
	case a.given() > 1, a.given() > 0 && v.story != "":
		return usage("--day, --days and --story exclude each other")
	}
	result, opt, err := v.read(ctx, dir)
	if err != nil {
		return err
	}
	if len(result.Articles) == 0 && v.format != "md" {
		v.talk.say("no story to write")
		return nil
	}
	name := v.name()
	if v.story != "" && v.out == "" && !fileID.MatchString(v.story) {
		return usage("the story's id %q is no name of a file; give one with -o", v.story)
	}
	if v.label.on {
		name = v.label.name()
		if result, err = v.label.ofRun(ctx, dir, v, result, &opt); err != nil {
			return err
		}
	}
	path := cmp.Or(v.folded(), filepath.Join(dir, name))
	if err := v.withoutTexts(path, &opt); err != nil {
		return err
	}
	if v.out != "" && v.out != standardOutput && !sameFolder(dir, filepath.Dir(path)) {
		if err := checkNames([]string{path}, v.force); err != nil {
			return err
		}
	}
	v.talk.begin(writing)
	size, err := v.write(ctx, dir, path, result, opt)
	if err != nil {
		return err
	}
	if v.talk.begin(""); v.out != standardOutput {
		v.talk.say("wrote %s%s", path, size)
	}
	return nil
}

// name is that of the report in the folder of its run.
func (v *reportVerb) name() string {
	stem := "report"
	switch {
	case v.story != "":
		stem = v.story
	case !v.from.IsZero():
		stem = "report-" + v.from.Format(day)
		if last := v.to.AddDate(0, 0, -1); last.After(v.from) {
			stem += "_" + last.Format(day)
		}
	case v.format == "csv":
		stem = "outlets"
	}
	return stem + "." + v.format
}

// folded is the file to write that the user named: one in a folder, where that is one.
func (v *reportVerb) folded() string {
	if isFolder(v.out) || strings.HasSuffix(v.out, string(filepath.Separator)) {
		return filepath.Join(v.out, "report."+v.format)
	}
	return v.out
}

// write writes the report, with the files beside its page. Those in the folder
// of the run become a part of it.
func (v *reportVerb) write(ctx context.Context, dir, path string, r *qissa.Result, opt report.HTMLOptions) (size string, err error) {
	page := output{filepath.Base(path), func(w io.Writer) error {
		switch v.format {
		case "md":
			return report.Markdown(w, r, report.MarkdownOptions{Lang: v.lang, Zone: opt.Location})
		case "graphml":
			return report.GraphML(w, r)
		case "gexf":
			return report.GEXF(w, r)
		case "csv":
			return report.OutletsCSV(w, r)
		}
		return report.HTML(w, r, opt)
	}}
	if path == standardOutput {
		return "", page.write(stopping{ctx, v.streams.out, v.talk.wrote})
	}
	if isDevice(path) {
		return "", stream(output{path, page.write}, func(w io.Writer) io.Writer { return stopping{ctx, w, v.talk.wrote} })
	}
	f := folder{path: filepath.Dir(path), force: v.force}
	if page.name == "report.html" {
		opt.Side = f.begin
	}
	if sameFolder(dir, f.path) {
		run := opt.Run
		f.before = func() error { return v.again(dir, &run, &f, page.name) }
		f.record = func(w io.Writer, files []report.File) error {
			run.Files = files
			return report.RunJSON(w, run)
		}
	}
	defer f.close()
	if err := f.open(true); err != nil {
		return "", err
	}
	if err := f.fill(ctx, []output{page}, f.patient(ctx, v.talk), v.talk.wrote); err != nil {
		return "", err
	}
	return fmt.Sprintf(" (%s)", fileSize(f.size(page.name))), nil
}

// again reads the record of the run once more when the folder is claimed: other
// reports may have been added to it, but not another run. A new page does without
// the files beside the old one.
func (v *reportVerb) again(dir string, run *report.Run, f *folder, page string) error {
	now, err := v.readRecord(dir)
	if err != nil {
		return err
	}
	bare := func(r report.Run) report.Run {
		r.Files = slices.DeleteFunc(slices.Clone(r.Files), func(x report.File) bool { return !isRecords(x.Name) })
		return r
	}
	if !reflect.DeepEqual(bare(now), bare(*run)) {
		return fmt.Errorf("%s was written anew while it was read; nothing was changed", dir)
	}
	*run = now
	f.kept = slices.DeleteFunc(slices.Clone(now.Files), func(x report.File) bool { return page == "report.html" && beside(x.Name) })
	return nil
}

// readRecord reads the record of a run as the report package knows it.
func (v *reportVerb) readRecord(dir string) (report.Run, error) {
	path := filepath.Join(dir, runFileName)
	data, err := os.ReadFile(path)
	if err != nil {
		return report.Run{}, unreadable(path, err)
	}
	run, err := report.ReadRun(bytes.NewReader(data))
	if err != nil {
		return run, fmt.Errorf("%s: not the record of a run: %w", path, err)
	}
	return run, nil
}

// standardOutput stands for it as the name of a file to write.
const standardOutput = "-"

// fileID is what the id of a story may be that its page is called after.
var fileID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// withoutTexts sees to it that a page without texts says so, and takes the place
// of none that has them unless the user wants that.
func (v *reportVerb) withoutTexts(path string, opt *report.HTMLOptions) error {
	if v.gone == nil {
		return nil
	}
	if _, err := os.Stat(path); err == nil && v.format == "html" && v.texts != "none" {
		return fmt.Errorf("%w; --embed-text none writes %s anew without the texts, -o FILE another page", v.gone, path)
	}
	v.talk.warn("written_without", "%v; written from the files of the run, without the texts", v.gone)
	opt.Texts = "none"
	return nil
}
