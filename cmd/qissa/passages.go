package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"qissa"
	"qissa/report"
)

const passagesExamples = `  qissa passages dump.jsonl                             the passages in most articles, as a table
  qissa passages dump.jsonl -o passages.jsonl           all of them, each with all its places
  qissa passages dump.jsonl -o passages.csv.gz --min-words 30
  qissa passages dump.jsonl --same 0.8                  also those with one word in ten changed
  qissa passages dump.jsonl -o passages.html --lang en  a page: passages by reach, side by side
  qissa passages train.jsonl --against test.jsonl       what stands in both`

const passagesLong = `Finds every passage of so many words or more that stands in two articles, however it is
written: vowel marks, tatweel, hamza and the like make no difference. Each passage is
told once, with all its places: what two articles share is one passage from its first
word to its last; if a third has only a part of it, that part is one too, which stands
in all three. Places are code points of title, line break and body. "boilerplate" are
passages that, in most of their places, an outlet puts on its pages or repeats in
articles of different stories. "earliest" is the place with the earliest time, which
may be that of a crawler. JSON lines have one passage per line, CSV and Parquet one
place of a passage per row.

With --same 0.8 passages that were changed are found too: words exchanged, dropped or
added, sentences in another order. The places of such a passage are compared with its
first one; "same" is the share of equal words. Eight words in sequence have to be the
same somewhere, and stand in no more than 32 articles.`

// passagesVerb holds the flags of qissa passages.
type passagesVerb struct {
	*streams
	input    inputFlags
	profiles profiles
	words    int
	same     float64
	against  []string
	out      string
	format   string
	top      int
	framed   bool
	lang     string
	jobs     int
	force    bool
}

func newPassages(s *streams, general flagGroup) *cobra.Command {
	v := &passagesVerb{streams: s}
	cmd := &cobra.Command{
		Use:     "passages [FLAGS] FILE|DIR|-…",
		Short:   "Find the passages that articles have in common.",
		Long:    passagesLong,
		Example: passagesExamples,
		RunE: func(cmd *cobra.Command, args []string) error {
			return v.profiles.around(func() error { return v.run(cmd.Context(), args) })
		},
	}
	finding := group("Passages", func(fs *pflag.FlagSet) {
		v.words = qissa.UsualPassage
		fs.Var(whole{&v.words, qissa.LeastPassage, 1000}, "min-words", "least number of words of a passage")
		v.same = 1
		fs.Var(share{&v.same, qissa.LeastSame, 0}, "same", "least share of equal words; below 1 also changed passages are found")
		fs.StringArrayVar(&v.against, "against", nil, "another `corpus`: only passages that stand in both; may be given more than once")
		addJobs(fs, &v.jobs)
	})
	output := group("Output", func(fs *pflag.FlagSet) {
		fs.StringVarP(&v.out, "out", "o", "", "`file` for the passages: .jsonl, .csv or .parquet, packed if .gz or .zst follows; .html for a page")
		fs.VarP(choice{&v.format, []string{"table", "jsonl", "csv", "parquet", "html"}}, "format", "f", "format of the output (default: as --out is named, else table on a terminal,\njsonl in a pipe)")
		fs.IntVar(&v.top, "top", 20, "`number` of passages in the table; 0 for all")
		fs.BoolVar(&v.framed, "boilerplate", false, "show in the table also what outlets put on their pages")
		v.lang = "ar"
		fs.Var(choice{&v.lang, []string{"ar", "en"}}, "lang", "language of the page")
		fs.BoolVar(&v.force, "force", false, "overwrite files")
	})
	describe(cmd, exitCodesHelp, v.input.group(), finding, output, general, v.profiles.group(false))
	return cmd
}

func (v *passagesVerb) run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return usage("passages wants files, or - for standard input; qissa help passages shows examples")
	}
	if v.top < 0 {
		return usage("--top %d: want 0 or more", v.top)
	}
	start := time.Now()
	if err := checkNames(named(v.out), v.force); err != nil {
		return err
	}
	limitProcessors(v.jobs)
	reading, err := v.input.options()
	if err != nil {
		return err
	}
	reading.Jobs = v.jobs
	d, other, err := v.loadAgainst(ctx, args, v.against, reading)
	if err != nil {
		return err
	}
	result := report.Passages{Articles: slices.Concat(other, d.release()), Others: len(other)}
	opt := qissa.PassageOptions{Words: v.words, Same: v.same, Jobs: v.jobs, Spill: d.scratch.keep, Progress: clearing(v.talk.progress)}
	if len(v.against) > 0 {
		opt.Other = func(i int) bool { return i < len(other) }
	}
	if result.Found, err = qissa.FindPassages(ctx, result.Articles, opt); err != nil {
		return err
	}
	v.talk.begin(writing)
	if err := v.write(ctx, result, d.zone); err != nil {
		return err
	}
	v.talk.begin("")
	v.talk.say("%s", passagesFound(result.Found, v.words, start))
	if n := result.Found.LeftOut; n > 0 {
		v.talk.warn("passages_left_out", "%s of passages in very many places are not listed; the passages in most articles are", count(n, "longer variant", "longer variants"))
	}
	if n := result.Found.TooMany; n > 0 {
		v.talk.warn("passages_not_extended", "%s in too many articles to look for changes around them", stand(n))
	}
	if v.out != "" {
		v.talk.say("wrote %s", v.out)
	}
	return nil
}

// stand counts sequences that stand somewhere.
func stand(n int) string {
	if n == 1 {
		return "1 sequence of words stands"
	}
	return count(n, "", "sequences of words stand")
}

// passagesFound tells in one line what was found.
func passagesFound(found qissa.Passages, least int, start time.Time) string {
	places, framed, changed, widest, longest := 0, 0, 0, int32(0), int32(0)
	for i := range found.Passages {
		p := &found.Passages[i]
		places += len(p.Places)
		widest, longest = max(widest, p.Articles), max(longest, p.Words)
		if p.Boilerplate {
			framed++
		}
		if p.Same != nil {
			changed++
		}
	}
	text := fmt.Sprintf("%s of %d words or more in %s", count(len(found.Passages), "passage", "passages"), least, count(places, "place", "places"))
	if len(found.Passages) > 0 {
		text += fmt.Sprintf("; the longest has %s words, the widest stands in %s articles; %s boilerplate of outlets", number(int(longest)), number(int(widest)), number(framed))
	}
	if changed > 0 {
		text += fmt.Sprintf("; %s changed in some places", number(changed))
	}
	return text + ", in " + seconds(start)
}

// write writes the passages to a file or standard output.
func (v *passagesVerb) write(ctx context.Context, d report.Passages, zone *time.Location) error {
	name := readOutputName(v.out)
	format := v.format
	switch {
	case format != "":
	case strings.EqualFold(filepath.Ext(v.out), ".html"):
		format = "html"
	case v.out != "" && name.format != "":
		format = name.format
	case v.out == "" && isTerminal(v.streams.out):
		format = "table"
	default:
		format = "jsonl"
	}
	file := v.out != "" && !isDevice(v.out) || v.out == "" && isFile(v.streams.out)
	write := packed(name.packing, func(w io.Writer) error {
		switch format {
		case "csv":
			return d.CSV(w, file)
		case "parquet":
			return d.Parquet(w)
		case "html":
			return d.Page(w, report.HTMLOptions{Lang: v.lang, Location: zone})
		case "table":
			return d.Table(w, report.PassageTableOptions{Rows: v.top, Boilerplate: v.framed, Zone: zone, Isolate: v.out == "" && isolates(v.streams.out)})
		}
		return d.JSONL(w)
	})
	if v.out == "" {
		return write(v.streams.out)
	}
	return writeFiles(ctx, []output{{v.out, write}}, v.force, v.talk)
}
