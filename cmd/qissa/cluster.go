package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"qissa"
	"qissa/article"
	"qissa/report"
)

const clusterExamples = `  qissa cluster dump.jsonl -o out              all files of a run, report.html first
  qissa cluster news/ more.csv.gz -o out       folders, tables, packed files
  zcat dump.gz | qissa cluster - | head -1     the largest story, as JSON
  qissa cluster old.csv --map title=hdr,text=story_html --tz Asia/Riyadh -o out
  qissa cluster --from out/run.json -o again   repeat a run
  qissa cluster --archive news.qissa today/    every day: its stories go on, and keep their ids`

const clusterLong = `Input may be JSON, JSON lines, CSV, TSV, .xlsx, Parquet, SQLite, a feed, XML, HTML,
WARC, or a page saved as text; plain, packed with gzip, zstd, bzip2 or xz, or in a
tar or zip. A bad file of several is told and listed, and the others are read.
Without --out the stories go to standard output: as a table on a terminal, as
JSON lines in a pipe.`

// clusterVerb holds the flags of qissa cluster.
type clusterVerb struct {
	*streams
	input    inputFlags
	grouping clusterFlags
	profiles profiles
	archive  archiveFlags
	out      folder
	format   string
	top      int
	lang     string
	texts    string
	parquet  bool
	strict   bool
	apart    bool // records of one page stay apart
	from     string
	correct  string
	demo     bool
	obeyed   []qissa.Correction // that correct names

	uncertain *qissa.Uncertain // what the page asks about
	cuts      *qissa.Cuts
}

// pageLinks is how many links a page holds at most, to ask its questions from: those of
// some forty questions of a dump of 60,000 articles, and a quarter of a megabyte.
const pageLinks = 20_000

func newCluster(s *streams, general flagGroup) *cobra.Command {
	v := &clusterVerb{streams: s}
	cmd := &cobra.Command{
		Use:     "cluster [FLAGS] FILE|DIR|-…",
		Short:   "Read articles, write the stories they report.",
		Long:    clusterLong,
		Example: clusterExamples,
		RunE: func(cmd *cobra.Command, args []string) error {
			return v.profiles.around(func() error { return v.run(cmd, args) })
		},
	}
	input := v.input.group()
	input.BoolVar(&v.apart, "keep-versions", false, "keep records of one address apart; else they are one article, which tells where\nelse it stands and what its earlier versions were")
	input.BoolVar(&v.strict, "strict", false, "exit with 3 if a record was skipped")
	input.StringVar(&v.from, "from", "", "repeat the run of this `run.json`; flags and files that are given win")
	input.StringVar(&v.correct, "corrections", "", "`file` of corrections from a report: which articles are, or are not, of one story")
	input.BoolVar(&v.demo, "demo", false, "read the built-in sample")
	output := group("Output", func(fs *pflag.FlagSet) {
		fs.StringVarP(&v.out.path, "out", "o", "", "`folder` for all files of the run")
		fs.VarP(choice{&v.format, []string{"table", "jsonl", "csv"}}, "format", "f", "what to print (default: table on a terminal, jsonl in a pipe, nothing with --out)")
		fs.IntVar(&v.top, "top", 20, "`number` of stories in the table; 0 for all")
		v.lang = "ar"
		fs.Var(choice{&v.lang, []string{"ar", "en"}}, "lang", "language of the report")
		v.texts = "shared"
		fs.Var(choice{&v.texts, []string{"none", "lead", "shared", "all"}}, "embed-text",
			"what of the articles the report holds: nothing, openings, openings and\nthe whole text where a story has several articles or a passage of another,\nor all")
		fs.BoolVar(&v.parquet, "parquet", false, "also write stories, articles and pairs as Parquet into --out")
		fs.BoolVar(&v.out.force, "force", false, "overwrite the files of another run")
	})
	describe(cmd, exitCodesHelp, input, v.grouping.group(), v.archive.group(), output, general, v.profiles.group(true))
	return cmd
}

const clusterHint = `usage: qissa cluster FILE|DIR|-… -o out

  qissa cluster dump.jsonl -o out   read articles, write stories and a report
  qissa cluster --demo -o out       try it on the built-in sample
  zcat dump.gz | qissa cluster -    to read standard input, give '-'

qissa help cluster lists the flags.
`

func (v *clusterVerb) run(cmd *cobra.Command, args []string) error {
	ctx, start := cmd.Context(), time.Now()
	if v.from != "" {
		inputs, err := repeat(cmd, v.from, len(args) > 0)
		if err != nil {
			return err
		}
		if len(args) == 0 {
			args = inputs
		}
	}
	if len(args) == 0 && !v.demo {
		return v.talk.hint(clusterHint)
	}
	if v.top < 0 {
		return usage("--top %d: want 0 or more", v.top)
	}
	reading, opt, err := v.options()
	if err != nil {
		return err
	}
	if v.archive.path != "" {
		return v.feed(cmd, args, reading, opt)
	}
	run := report.Run{Version: version(), Settings: v.settings()}
	defer v.out.close()
	d, err := v.read(ctx, args, reading, &run)
	if err != nil {
		return err
	}
	v.talk.begin("")
	v.talk.detail("%s read in %s", number(len(d.articles)), seconds(start))
	v.talk.warnOfNeed(len(d.articles), v.grouping.memory)
	clustering := time.Now()
	exact := d.notes.copies
	opt.Spill, opt.Progress = d.scratch.keep, clearing(opt.Progress)
	result, err := qissa.Cluster(ctx, d.release(), opt)
	if err != nil {
		return err
	}
	v.talk.begin("")
	v.talk.detail("clustered in %s; %s memory at most", seconds(clustering), fileSize(peak()))
	v.talk.warnOfResult(result)
	v.talk.summarize(result, exact)
	run.Counts, run.Skipped, run.Warnings = result.Counts, len(d.skipped), v.talk.warnings
	if v.profiles.timings {
		run.Timings, run.Peak = v.talk.timings, peak()
	}
	if err := v.write(ctx, result, d, run, d.zone, start); err != nil {
		return err
	}
	v.talk.warnOfUse(peak(), v.grouping.memory)
	if v.strict && len(d.skipped) > 0 {
		return &fault{exitStrict, fmt.Errorf("%s skipped, and --strict was given", count(len(d.skipped), "record was", "records were"))}
	}
	return nil
}

// options returns how to read and how to group.
func (v *clusterVerb) options() (article.Options, qissa.Options, error) {
	reading, err := v.input.options()
	if err != nil {
		return reading, qissa.Options{}, err
	}
	opt, err := v.grouping.options(v.talk)
	if err != nil {
		return reading, opt, err
	}
	opt.Corrections, err = readCorrections(v.correct)
	v.obeyed = opt.Corrections
	reading.Jobs = opt.Jobs
	return reading, opt, err
}

// settings are all that changes the files of a run.
func (v *clusterVerb) settings() []report.Setting {
	in, of := &v.input, &v.grouping
	return report.Settings{
		Format: in.format, Encoding: in.encoding, Map: in.fields, Now: in.now, Zone: in.tz, Outlet: in.outlet, Latest: in.latest,
		KeepVersions: v.apart, Strict: v.strict, Corrections: v.correct,
		Window: time.Duration(of.window), Copy: of.opt.Copy, Story: of.opt.Story, Storyline: of.opt.Storyline, Model: of.model,
		Lang: v.lang, EmbedText: v.texts, Parquet: v.parquet,
	}.List()
}

// read reads the articles, having looked whether the results may be written.
func (v *clusterVerb) read(ctx context.Context, args []string, opt article.Options, run *report.Run) (*dump, error) {
	outputs := v.outputs(nil, nil, *run, nil)
	if v.out.path != "" {
		if err := v.out.take(*run, outputs); err != nil {
			return nil, err
		}
	}
	found, err := find(args, v.in, v.talk)
	if err != nil {
		return nil, err
	}
	found.unite = !v.apart
	if v.demo {
		found.sources = append(found.sources, demo())
	}
	d, err := load(ctx, found, opt, v.streams)
	if err != nil {
		return nil, err
	}
	run.Inputs, run.Zone = d.inputs, d.zone.String()
	v.input.keepLatest(d, run)
	list := ""
	if v.out.path != "" {
		list = filepath.Join(v.out.path, skippedFileName)
		if err := v.out.check(*run, outputs); err != nil {
			return nil, err
		}
	}
	v.talk.say("%s", d.line(list))
	v.talk.warnOfArticles(d)
	return d, nil
}

// outputs are the files of a run but for its record.
func (v *clusterVerb) outputs(r *qissa.Result, d *dump, run report.Run, zone *time.Location) []output {
	outputs := []output{
		{"report.html", func(w io.Writer) error {
			return report.HTML(w, r, report.HTMLOptions{Run: run, Skipped: d.skipped, Lang: v.lang, Location: zone,
				Story: v.grouping.opt.Story, Texts: v.texts, Side: v.out.begin, Obeyed: v.obeyed, Uncertain: v.uncertain, Cuts: v.cuts})
		}},
		{storiesFileName, func(w io.Writer) error { return report.StoriesJSONL(w, r) }},
		{"articles.csv", func(w io.Writer) error { return report.ArticlesCSV(w, r) }},
		{"outlets.csv", func(w io.Writer) error { return report.OutletsCSV(w, r) }},
		{linksFileName, func(w io.Writer) error { return r.Links().Write(w) }},
		{pairsFileName, func(w io.Writer) error { return report.PairsJSONL(w, r) }},
		{skippedFileName, func(w io.Writer) error { return report.SkippedJSONL(w, slices.Concat(d.skipped, report.Termless(r))) }},
	}
	if v.parquet {
		outputs = append(outputs,
			output{"stories.parquet", func(w io.Writer) error { return report.StoriesParquet(w, r) }},
			output{"articles.parquet", func(w io.Writer) error { return report.ArticlesParquet(w, r) }},
			output{"pairs.parquet", func(w io.Writer) error { return report.PairsParquet(w, r) }})
	}
	return outputs
}

// write writes the files of the run, and prints the stories.
func (v *clusterVerb) write(ctx context.Context, r *qissa.Result, d *dump, run report.Run, zone *time.Location, start time.Time) error {
	if v.out.path != "" {
		v.talk.begin(writing)
		var err error
		if v.uncertain, v.cuts, err = asking(ctx, r.Links()); err != nil {
			return err
		}
		v.out.record = func(w io.Writer, files []report.File) error {
			run.Files = files
			return report.RunJSON(w, run)
		}
		if err := v.out.fill(ctx, v.outputs(r, d, run, zone), v.out.refuse(), v.talk.wrote); err != nil {
			return err
		}
		v.talk.begin("")
		page := filepath.Join(v.out.path, "report.html")
		v.talk.say("wrote %s (%s) and %d more files in %s", page, fileSize(v.out.size("report.html")), len(v.out.files)-1, seconds(start))
		v.talk.say("next: open %s", page)
		if v.format == "" {
			return nil
		}
	}
	format := v.format
	if format == "" {
		format = "jsonl"
		if isTerminal(v.streams.out) {
			format = "table"
		}
	}
	switch format {
	case "jsonl":
		return report.StoriesJSONL(v.streams.out, r)
	case "csv":
		if isFile(v.streams.out) { // that a spreadsheet may open
			return report.ArticlesCSV(v.streams.out, r)
		}
		return report.ArticleRows(v.streams.out, r)
	}
	rows := v.top
	if rows == 0 {
		rows = len(r.Stories)
	}
	return report.Table(v.streams.out, r, report.TableOptions{Rows: rows, Isolate: isolates(v.streams.out), Zone: zone})
}
