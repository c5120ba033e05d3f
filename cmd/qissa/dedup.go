package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"qissa"
	"qissa/article"
	"qissa/report"
)

const dedupExamples = `  qissa dedup dump.jsonl -o clean.jsonl                 one article of each copy, the earliest
  qissa dedup a.jsonl b.jsonl -o clean.jsonl --keep longest
  qissa dedup train.jsonl -o clean.jsonl --against test.jsonl   also without what test.jsonl holds
  qissa dedup train.jsonl -o clean.jsonl --against test.jsonl --purify documents   nor what holds a record of it
  qissa dedup dump.jsonl -o clean.jsonl --level passage   without sentences that stand in an earlier one
  qissa dedup dump.jsonl -o clean.jsonl --max 10000     those 10,000 that lose least, without repeats
  qissa dedup old.csv -o clean.csv.gz                   a table with all its columns
  qissa dedup today.jsonl -o fresh.jsonl --against news.qissa   what an archive does not hold yet
  zcat dump.gz | qissa dedup - | wc -l                  to standard output`

const dedupLong = `Writes the articles without their repeats, in the order of the input. Records of
JSON come out byte for byte as they came in; those of other formats as JSON lines. An
output named .csv or .parquet has all columns, or fields, of the input. What is dropped, and what it repeats, is listed beside the output: for clean.jsonl in
clean.dropped.jsonl, damaged records in clean.skipped.jsonl. What decides is the share of an article's words that
stand in another in runs of four or more. Copies are found at any distance in time; of
two articles more than 72 hours apart, or without a date, one must have 0.8 of its words
in the other.
With --level passage no article is compared as a whole: sentences of which each word stands in a
run of --min-words or more that a kept article has too are cut out, boilerplate too. Cuts
are listed with their text, and dropped records whole, so that all can be put back.
With --against, clean.contamination.jsonl lists the records of the other corpus of
which --dup of the words stand in one article of the input, in passages of 8 words or
more, and those that hold an article so, with all places.`

// dedupVerb holds the flags of qissa dedup.
type dedupVerb struct {
	*streams
	input    inputFlags
	profiles profiles
	out      string
	dropped  string
	report   string
	lang     string
	zone     *time.Location // of the page
	keep     string
	level    string
	against  []string
	purify   string
	cutWords int
	strip    bool
	changed  func(flag string) bool // whether a flag was given
	annotate bool
	most     int // articles that are kept; 0 for all
	share    float64
	window   span
	jobs     int
	force    bool
}

func newDedup(s *streams, general flagGroup) *cobra.Command {
	v := &dedupVerb{streams: s}
	cmd := &cobra.Command{
		Use:     "dedup [FLAGS] FILE|DIR|-…",
		Short:   "Write the articles without their repeats.",
		Long:    dedupLong,
		Example: dedupExamples,
		RunE: func(cmd *cobra.Command, args []string) error {
			v.changed = cmd.Flags().Changed
			return v.profiles.around(func() error { return v.run(cmd.Context(), args) })
		},
	}
	repeats := group("Repeats", func(fs *pflag.FlagSet) {
		v.level = string(qissa.LevelEdited)
		fs.Var(choice{&v.level, []string{string(qissa.LevelVerbatim), string(qissa.LevelEdited), string(qissa.LevelStory), string(qissa.LevelStoryline), levelPassage}}, "level",
			"what repeats an article: verbatim copies; shortened and edited ones too;\nevery report of the same story; or of the same storyline, one article of which is kept;\nor passage: sentences that stand in a kept one are cut out")
		v.cutWords = cutWords
		fs.Var(whole{&v.cutWords, qissa.LeastPassage, 1000}, "min-words", "of passages that are cut, and of what is left of an article, the least `number` of words")
		fs.BoolVar(&v.strip, "strip-boilerplate", false, "cut out sentences that an outlet puts on its pages; without --level nothing else")
		fs.StringVar(&v.keep, "keep", "earliest", "which `article` of several is kept: earliest, longest, first (in the input),\nsource=a,b,c (of the first of these outlets), or none of them")
		fs.StringArrayVar(&v.against, "against", nil, "another `corpus` or archive: drop what it holds already, and tell which of its records stand in\nthe input, or hold one of it; may be given more than once")
		v.purify = purifyNothing
		fs.Var(choice{&v.purify, []string{purifyNothing, purifyDocuments, purifyPassages}}, "purify", "what goes besides: documents that hold a record of --against, or the passages\n(whole sentences) that they have in common")
		v.share = qissa.DefaultRepeatOptions().Copy
		fs.Var(share{&v.share, 0.6, 0}, "dup", "share of an article's words from which an edited copy is dropped")
		fs.Var(whole{&v.most, 1, math.MaxInt32}, "max", "keep no more than this `number` of articles: beside repeats drop those that lose least,\nof whose words most stand in one that is kept; what shares nothing last, the shortest first")
		fs.Var(&v.window, "window", "articles further apart are no repeats; 0 for no limit")
		addJobs(fs, &v.jobs)
	})
	output := group("Output", func(fs *pflag.FlagSet) {
		fs.StringVarP(&v.out, "out", "o", "", "`file` for the articles that are kept: .jsonl, .csv or .parquet, packed if .gz or\n.zst follows (default JSON lines to standard output)")
		fs.BoolVar(&v.annotate, "annotate", false, "write every record with its fate (qissa_fate, qissa_how, qissa_repeats, qissa_copied)\nin place of those alone that are kept")
		fs.StringVar(&v.dropped, "dropped", "", "`file` for the list of dropped ones (default that of --out, as clean.dropped.jsonl)")
		fs.StringVar(&v.report, "report", "", "`file` for a page that shows what was dropped, by outlet and by article")
		v.lang = "ar"
		fs.Var(choice{&v.lang, []string{"ar", "en"}}, "lang", "language of the page")
		fs.BoolVar(&v.force, "force", false, "overwrite files")
	})
	describe(cmd, exitCodesHelp, v.input.group(), repeats, output, general, v.profiles.group(false))
	return cmd
}

func (v *dedupVerb) run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return usage("dedup wants files, or - for standard input; qissa help dedup shows examples")
	}
	start := time.Now()
	if err := cmp.Or(v.checkPurify(), v.checkCuts(), v.checkMax()); err != nil {
		return err
	}
	files, err := v.files()
	if err != nil {
		return err
	}
	limitProcessors(v.jobs)
	d, other, err := v.read(ctx, args)
	if err != nil {
		return err
	}
	all := slices.Concat(other, d.release())
	var found []qissa.Contamination
	if len(other) > 0 {
		if found, err = v.contamination(ctx, all, len(other), d); err != nil {
			return err
		}
	}
	repeats := v.purified(found, len(all))
	if v.dropsCopies() {
		if repeats, err = v.findRepeats(ctx, all, len(other), repeats, d); err != nil {
			return err
		}
	}
	if v.keep == keepNone {
		dropRepeated(repeats, len(other))
	}
	cuts, err := v.findCuts(ctx, all, len(other), repeats, found, d)
	if err != nil {
		return err
	}
	if err := v.dropSurplus(ctx, all, len(other), repeats, d); err != nil {
		return err
	}
	v.talk.begin(writing)
	result := report.Deduplication{Articles: all, Repeats: repeats, Others: len(other), Cuts: cuts, Annotate: v.annotate}
	if err := v.write(ctx, files, result, report.Contaminations{Articles: all, Found: found}, d.skipped); err != nil {
		return err
	}
	v.talk.begin("")
	kept, dropped := counted(result)
	v.talk.say("%s: %s kept%s, %s, %s skipped, in %s", count(kept+dropped+len(d.skipped), "record", "records"),
		number(kept), whatCut(result), whyDropped(result, dropped), number(len(d.skipped)), seconds(start))
	if written := files.named(); len(written) > 0 {
		v.talk.say("wrote %s", strings.Join(written, ", "))
	}
	return nil
}

// read reads the input, and the corpora that it is held against.
func (v *dedupVerb) read(ctx context.Context, args []string) (d *dump, other []article.Article, err error) {
	opt, err := v.input.options()
	if err != nil {
		return nil, nil, err
	}
	opt.KeepRaw, opt.Jobs = true, v.jobs
	if d, other, err = v.loadAgainst(ctx, args, v.against, opt); err == nil {
		v.zone = d.zone
	}
	return d, other, err
}

// loadAgainst reads the input, and the corpora that it is held against, whose records are
// not kept as they are.
func (s *streams) loadAgainst(ctx context.Context, args, against []string, opt article.Options) (d *dump, other []article.Article, err error) {
	for _, path := range against {
		if beginsAsArchive(path) {
			articles, err := s.articlesOf(ctx, path)
			if err != nil {
				return nil, nil, err
			}
			other = append(other, articles...)
			continue
		}
		found, err := find([]string{path}, s.in, s.talk)
		if err != nil {
			return nil, nil, err
		}
		plain := opt
		plain.KeepRaw = false
		o, err := load(ctx, found, plain, s)
		if err != nil {
			return nil, nil, err
		}
		other = append(other, o.articles...)
	}
	found, err := find(args, s.in, s.talk)
	if err != nil {
		return nil, nil, err
	}
	if d, err = load(ctx, found, opt, s); err != nil {
		return nil, nil, err
	}
	s.talk.say("%s", d.line(""))
	s.talk.warnOfArticles(d)
	return d, other, nil
}

// articlesOf reads the articles of an archive.
func (s *streams) articlesOf(ctx context.Context, path string) ([]article.Article, error) {
	a, err := openArchive(ctx, path)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	scratch := scratch{compressFrom: s.compressFrom}
	articles, err := a.Articles(ctx, scratch.keep)
	if err == nil {
		s.talk.say("%s: %s", path, count(len(articles), "article", "articles"))
	}
	return articles, archiveFault(path, err, 0)
}

// preference returns the order in which articles are kept.
func preference(keep string, all []article.Article) (func(a, b int) int, error) {
	earlier := func(a, b int) int { return article.Earlier(&all[a], &all[b]) }
	first := func(a, b int) int { return cmp.Compare(a, b) }
	switch list, sources := strings.CutPrefix(keep, "source="); {
	case keep == "earliest", keep == keepNone:
		return earlier, nil
	case keep == "first":
		return first, nil
	case keep == "longest":
		return func(a, b int) int {
			return cmp.Or(cmp.Compare(all[b].BodySize(), all[a].BodySize()), earlier(a, b))
		}, nil
	case sources && list != "":
		rank := map[string]int{}
		for i, name := range strings.Split(list, ",") {
			rank[strings.TrimSpace(name)] = i - len(all)
		}
		return func(a, b int) int {
			return cmp.Or(cmp.Compare(rank[all[a].Source], rank[all[b].Source]), earlier(a, b))
		}, nil
	}
	return nil, usage("--keep: %q is none of earliest, longest, first, source=a,b,c, none", keep)
}

// dedupFiles are where the results go.
type dedupFiles struct{ kept, dropped, skipped, contamination, page string }

// named lists the files that have a name.
func (f dedupFiles) named() []string {
	return slices.DeleteFunc([]string{f.kept, f.dropped, f.skipped, f.contamination, f.page}, func(path string) bool { return path == "" })
}

// files tells where the results go, and that nothing is lost there. The lists
// are called after the articles: clean.jsonl, clean.dropped.jsonl. Beside a
// device there are none.
func (v *dedupVerb) files() (dedupFiles, error) {
	f := dedupFiles{kept: v.out, dropped: v.dropped, page: v.report}
	if v.out != "" && !isDevice(v.out) {
		stem := readOutputName(v.out).stem
		f.dropped = cmp.Or(f.dropped, stem+".dropped.jsonl")
		f.skipped = stem + "." + skippedFileName
		if len(v.against) > 0 {
			f.contamination = contaminationName(stem)
		}
	}
	return f, checkNames(f.named(), v.force)
}

// write writes all files, or none.
func (v *dedupVerb) write(ctx context.Context, f dedupFiles, d report.Deduplication, c report.Contaminations, skipped []*article.RecordError) error {
	var outputs []output
	add := func(path string, write func(io.Writer) error) {
		if path != "" {
			outputs = append(outputs, output{path, write})
		}
	}
	add(f.dropped, d.Dropped)
	add(f.skipped, func(w io.Writer) error { return report.SkippedJSONL(w, skipped) })
	add(f.contamination, c.JSONL)
	add(f.page, func(w io.Writer) error { return d.Page(w, v.lang, v.zone) })
	name := readOutputName(f.kept)
	add(f.kept, packed(name.packing, func(w io.Writer) error {
		switch name.format {
		case "csv":
			return d.KeptCSV(w, true)
		case "parquet":
			return d.KeptParquet(w)
		}
		return d.Kept(w)
	}))
	if err := writeFiles(ctx, outputs, v.force, v.talk); err != nil || f.kept != "" {
		return err
	}
	return d.Kept(v.streams.out)
}

// counted tells how many records were kept and how many dropped.
func counted(d report.Deduplication) (kept, dropped int) {
	for _, x := range d.Repeats[d.Others:] {
		if x == nil {
			kept++
		} else {
			dropped++
		}
	}
	return kept, dropped
}

// whyDropped tells how many were dropped, and why.
func whyDropped(d report.Deduplication, dropped int) string {
	why, against := map[string]int{}, 0
	for _, x := range d.Repeats[d.Others:] {
		if x != nil {
			why[string(x.How)]++
			if x.Of < d.Others && x.How != qissa.RepeatMax {
				against++
			}
		}
	}
	var parts []string
	for _, how := range []string{"verbatim", "shortened", "edited", "same_url", "same_story", "same_storyline", "passages", "contaminated", "max"} {
		if why[how] > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", number(why[how]), strings.ReplaceAll(how, "_", " ")))
		}
	}
	if against > 0 {
		parts = append(parts, number(against)+" of them in --against")
	}
	text := number(dropped) + " dropped"
	if len(parts) > 0 {
		text += " (" + strings.Join(parts, ", ") + ")"
	}
	return text
}
