package main

import (
	"context"
	"encoding/json"
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
about 1 KB an article; later ones take a moment. It is made anew where the run was
repeated. In a folder that cannot be written it is made for the one question. Each article
that shares 12 words in sequence is looked at, the 100 most likely ones of very many; how
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
	plain := make([]article.Article, len(articles))
	for i := range articles {
		plain[i] = articles[i].article()
	}
	matches, err := qissa.FindMatches(ctx, text, plain, qissa.PassageOptions{Words: matchWords, Same: v.same})
	if err != nil {
		return err
	}
	shown := matches
	if v.top > 0 {
		shown = matches[:min(v.top, len(matches))]
	}
	write := v.table
	if v.format == "jsonl" || v.format == "" && !isTerminal(v.out) {
		write = v.jsonl
	}
	if err := write(text, articles, shown); err != nil {
		return err
	}
	v.talk.say("%s in common with the text, in %s", count(len(matches), "article has passages", "articles have passages"), seconds(start))
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
		articles[i] = indexed{a.ID, a.Source, a.URL, a.Title, a.LoadBody(nil), a.TimeRaw, a.Time, a.Precision, a.Origin, matchStory{}}
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

func (v *matchVerb) table(text string, articles []indexed, matches []qissa.TextMatch) error {
	if len(matches) == 0 {
		_, err := fmt.Fprintln(v.out, "no article has a passage in common with the text")
		return err
	}
	isolate := isolates(v.out)
	plain := make([]article.Article, len(matches))
	for i, m := range matches {
		plain[i] = articles[m.Article].article()
	}
	zone := article.CommonZone(plain)
	t := tabwriter.NewWriter(v.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "of text\tof article\ttime (%s)\tarticle\tstory\theadline\n", zone)
	for _, m := range matches {
		a := &articles[m.Article]
		fmt.Fprintf(t, "%6.0f%%\t%9.0f%%\t%s\t%s\t%s\t%s\n", 100*m.Holds, 100*m.Held, matchTime(a, zone), report.Harmless(a.ID), a.Story.ID, report.Line(a.Title, 50, isolate))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, p := range matches[0].Passages {
		if _, err := fmt.Fprintf(v.out, "%s: %s\n", count(p.Words, "word", "words"), report.Line(p.Item.In(text), 100, isolate)); err != nil {
			return err
		}
	}
	return nil
}

func matchTime(a *indexed, zone *time.Location) string {
	if a.Time.IsZero() {
		return "undated"
	}
	if a.Precision == article.Day {
		return a.Time.Format(time.DateOnly)
	}
	return a.Time.In(zone).Format("2006-01-02 15:04")
}

// A matchLine is a line of the output: an article and what it has in common with the text.
type matchLine struct {
	Article  string         `json:"article"` // its id
	Source   *string        `json:"source"`  // outlet; null if unknown
	Title    string         `json:"title"`
	URL      *string        `json:"url"`
	Time     *string        `json:"time"`     // RFC 3339; null if unknown
	Story    *matchStory    `json:"story"`    // null where no run was asked
	Holds    float64        `json:"holds"`    // share of the words of the text that stand in the article, 0 to 1
	Held     float64        `json:"held"`     // share of the words of the article that stand in the text, 0 to 1
	Passages []matchPassage `json:"passages"` // by place in the text
	File     string         `json:"file"`     // where the record stands in the input
	Line     int            `json:"line"`
}

type matchPassage struct {
	Text  string     `json:"text"`  // as the text has it
	Words int        `json:"words"` // of the passage
	At    qissa.Span `json:"at"`    // code points of the text
	There qissa.Span `json:"there"` // code points of title, line break and body of the article
}

func (v *matchVerb) jsonl(text string, articles []indexed, matches []qissa.TextMatch) error {
	enc := json.NewEncoder(v.out)
	enc.SetEscapeHTML(false)
	given := func(s string) *string {
		if s == "" {
			return nil
		}
		return &s
	}
	for _, m := range matches {
		a := &articles[m.Article]
		line := matchLine{
			Article: a.ID, Source: given(a.Source), Title: a.Title, URL: given(a.URL), Holds: thousandths(m.Holds), Held: thousandths(m.Held),
			File: a.Origin.File, Line: a.Origin.Line, Passages: []matchPassage{},
		}
		if !a.Time.IsZero() {
			line.Time = given(a.Time.Format(time.RFC3339))
		}
		if a.Story.ID != "" {
			line.Story = &a.Story
		}
		for _, p := range m.Passages {
			line.Passages = append(line.Passages, matchPassage{p.Item.In(text), p.Words, p.Item, p.Article})
		}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

func thousandths(share float64) float64 { return float64(int(1000*share+0.5)) / 1000 }
