package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"qissa"
	"qissa/article"
	"qissa/report"
)

const matchExamples = `  qissa match out "أعلنت الوزارة أن أعمال الصيانة تبدأ غدا وتستمر أسبوعين"
  qissa match out draft.txt --format jsonl    the text of a file
  pbpaste | qissa match out -                 standard input
  qissa match dump.jsonl draft.txt            articles that no run has read yet`

const matchLong = `Tells which articles of a run have passages in common with a text, those that hold most
of its words first: the share of its words that stand in the article, the share of the
article's words that stand in the text, its time, its story, and the passages. These have
8 words or more, however they are written; words exchanged, dropped or added inside them,
and sentences in another order, are allowed (--same 1 for none).

The first question to a run reads its input once more and makes match.idx in its folder,
about 2 KB an article; later ones take a moment. It is made anew where the run was
repeated. In a folder that cannot be written it is made for the one question. Each article
that shares 8 words in sequence is looked at, the 100 most likely ones of very many; how
many others there are is told. Of a dump or an archive all articles are read,
and no index is kept.`

// What match looks at: shorter passages are stock phrases, and 100 articles are more than a
// reader wants.
const (
	matchWords      = 8
	matchCandidates = 100
	longestText     = 1 << 20 // bytes of a text that is asked for
)

type matchVerb struct {
	*streams
	input  inputFlags
	same   float64
	top    int
	format string
}

func newMatch(s *streams, general flagGroup) *cobra.Command {
	v := &matchVerb{streams: s}
	cmd := &cobra.Command{
		Use:     "match [FLAGS] OUT|DUMP|ARCHIVE TEXT|FILE|-",
		Short:   "Find the articles that have passages in common with a text.",
		Long:    matchLong,
		Example: matchExamples,
		RunE:    func(cmd *cobra.Command, args []string) error { return v.run(cmd.Context(), args) },
	}
	output := group("Output", func(fs *pflag.FlagSet) {
		v.same = qissa.UsualSame
		fs.Var(share{&v.same, qissa.LeastSame, 0}, "same", "least share of equal words in a passage")
		fs.IntVar(&v.top, "top", 10, "`number` of articles; 0 for all")
		fs.VarP(choice{&v.format, []string{"table", "jsonl"}}, "format", "f", "format of the output (default: table on a terminal, jsonl in a pipe)")
	})
	describe(cmd, exitCodesHelp, v.input.group(), output, general)
	return cmd
}

func (v *matchVerb) run(ctx context.Context, args []string) error {
	if len(args) < 2 {
		return usage("match wants the folder of a run, a dump, or an archive, and a text, a file, or - for standard input; qissa help match shows examples")
	}
	if v.top < 0 {
		return usage("--top %d: want 0 or more", v.top)
	}
	text, err := v.text(args[1:])
	if err != nil {
		return err
	}
	start := time.Now()
	articles, err := v.articles(ctx, args[0], text)
	if err != nil {
		return err
	}
	m := report.Matches{Text: text}
	for i := range articles {
		m.Articles, m.Stories = append(m.Articles, articles[i].article()), append(m.Stories, articles[i].Story)
	}
	if m.Found, err = qissa.FindMatches(ctx, text, m.Articles, qissa.PassageOptions{Words: matchWords, Same: v.same}); err != nil {
		return err
	}
	all := len(m.Found)
	if v.top > 0 {
		m.Found = m.Found[:min(v.top, all)]
	}
	write := v.table
	if v.format == "jsonl" || v.format == "" && !isTerminal(v.out) {
		write = func(m report.Matches) error { return m.JSONL(v.out) }
	}
	if err := write(m); err != nil {
		return err
	}
	v.talk.say("%s in common with the text, in %s", count(all, "article has passages", "articles have passages"), seconds(start))
	return nil
}

// text returns the text that is asked for: of a file, of standard input, or of the
// arguments themselves.
func (v *matchVerb) text(args []string) (string, error) {
	text := strings.Join(args, " ")
	if len(args) == 1 {
		from, name := io.Reader(nil), args[0]
		if name == "-" {
			from = v.in
		} else if info, err := os.Stat(name); err == nil && !info.IsDir() {
			file, err := os.Open(name)
			if err != nil {
				return "", unreadable(name, err)
			}
			defer file.Close()
			from = file
		}
		if from != nil {
			data, err := io.ReadAll(io.LimitReader(from, longestText+1))
			if err != nil {
				return "", unreadable(name, err)
			}
			if len(data) > longestText {
				return "", usage("%s has more than 1 MB; match wants one text, qissa passages --against compares files of many", name)
			}
			text = strings.TrimPrefix(string(data), "\ufeff")
		}
	}
	if !utf8.ValidString(text) {
		return "", usage("the text is not UTF-8; save it as UTF-8")
	}
	if n := len(strings.Fields(text)); n < matchWords {
		return "", usage("the text has %s; want %d or more, or the name of a file that is there", count(n, "word", "words"), matchWords)
	}
	return text, nil
}

// articles returns the articles that may have passages in common with a text.
func (v *matchVerb) articles(ctx context.Context, of, text string) ([]indexed, error) {
	if isFolder(of) {
		if _, err := os.Stat(of + "/" + runFileName); err == nil {
			return v.indexed(ctx, of, text)
		}
	}
	all, err := v.read(ctx, of)
	if err != nil {
		return nil, err
	}
	article.Identify(all)
	articles := make([]indexed, len(all))
	for i := range all {
		a := &all[i]
		articles[i] = indexed{a.ID, a.Source, a.URL, a.Title, a.LoadBody(nil), a.TimeRaw, a.Time, a.Precision, a.Origin, report.MatchedStory{}}
	}
	return articles, nil
}

// read reads all articles of a dump or an archive.
func (v *matchVerb) read(ctx context.Context, of string) ([]article.Article, error) {
	if beginsAsArchive(of) {
		return v.articlesOf(ctx, of)
	}
	reading, err := v.input.options()
	if err != nil {
		return nil, err
	}
	d, _, err := v.loadAgainst(ctx, []string{of}, nil, reading)
	if err != nil {
		return nil, err
	}
	return d.release(), nil
}

func (v *matchVerb) indexed(ctx context.Context, dir, text string) ([]indexed, error) {
	x, err := v.openIndex(ctx, dir)
	if err != nil {
		return nil, err
	}
	defer x.close()
	articles, others, err := x.candidates(text, matchCandidates)
	if err != nil {
		return nil, unreadable(x.file.Name(), err)
	}
	if others > 0 && len(articles) == matchCandidates {
		v.talk.detail("%s with fewer sequences in common were not looked at", count(others, "article", "articles"))
	}
	return articles, nil
}

func (v *matchVerb) table(d report.Matches) error {
	if len(d.Found) == 0 {
		_, err := fmt.Fprintln(v.out, "no article has a passage in common with the text")
		return err
	}
	isolate := isolates(v.out)
	shown := make([]article.Article, len(d.Found))
	for i, m := range d.Found {
		shown[i] = d.Articles[m.Article]
	}
	zone := article.CommonZone(shown)
	t := tabwriter.NewWriter(v.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "of text\tof article\ttime (%s)\tarticle\tstory\theadline\n", zone)
	for i, m := range d.Found {
		a := &shown[i]
		fmt.Fprintf(t, "%6.0f%%\t%9.0f%%\t%s\t%s\t%s\t%s\n", 100*m.Holds, 100*m.Held, matchTime(a, zone), report.Harmless(a.ID), d.Stories[m.Article].ID, report.Line(a.Title, 50, isolate))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, p := range d.Found[0].Passages {
		if _, err := fmt.Fprintf(v.out, "%s: %s\n", count(p.Words, "word", "words"), report.Line(p.Item.In(d.Text), 100, isolate)); err != nil {
			return err
		}
	}
	return nil
}

func matchTime(a *article.Article, zone *time.Location) string {
	if a.Time.IsZero() {
		return "undated"
	}
	if a.Precision == article.Day {
		return a.Time.Format(time.DateOnly)
	}
	return a.Time.In(zone).Format("2006-01-02 15:04")
}
