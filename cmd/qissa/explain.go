package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"qissa"

	"github.com/spf13/cobra"

	"qissa/article"
	"qissa/report"
)

const explainExamples = `  qissa explain news.qissa sada-71 wire-101               of an archive
  qissa explain out snn-20150809-0033 snn-20150809-0300   two articles
  qissa explain out s_0a1b2c3d4e5f s_111111111111         two stories, by their nearest articles`

const explainLong = `Tells from the files of a run, or an archive, why two articles, or stories, are together or
apart: at which level they meet (one story; one storyline, two stories; none), how similar they are, what was decided, the passages and numbers that they
share or not, and the articles that joined them. Passages are shown if the input
of the run is still there.`

func newExplain(s *streams, general flagGroup) *cobra.Command {
	v := &explainVerb{streams: s}
	cmd := &cobra.Command{
		Use:     "explain OUT|ARCHIVE ID ID",
		Short:   "Tell why two articles or stories are together or apart.",
		Long:    explainLong,
		Example: explainExamples,
		RunE:    func(cmd *cobra.Command, args []string) error { return v.run(cmd.Context(), args) },
	}
	describe(cmd, exitCodesHelp, general)
	return cmd
}

type explainVerb struct {
	*streams
	record  *runFile
	stories []runStory
	of      map[string]place                // of each article
	same    map[string]place                // of each other record of an article's address
	text    func(id string) (string, error) // title and text of an article; nil to read them from the input of the run
}

// A place is where an article stands in the stories of a run.
type place struct{ story, member int }

func (v *explainVerb) run(ctx context.Context, args []string) error {
	if len(args) != 3 {
		return usage("explain wants the folder of a run, or an archive, and two ids; qissa help explain shows examples")
	}
	read := v.readFolder
	if isArchive(args[0]) {
		read = v.readArchive
	}
	pairs, err := read(ctx, args[0], args[1:])
	if err != nil {
		return err
	}
	from, err := v.articles(args[1])
	if err != nil {
		return err
	}
	to, err := v.articles(args[2])
	if err != nil {
		return err
	}
	a, b, pair := nearestPair(from, to, pairs)
	v.describeBoth(a, b)
	if pair != nil {
		v.describePair(*pair)
		v.passages(ctx, a, b, *pair)
	} else {
		fmt.Fprintln(v.out, "pair    not compared word by word: too little in common, too far apart in time, or neither is among the other's nearest")
	}
	v.said(a, b, pairs)
	v.path(a, b, pairs)
	return nil
}

// readFolder reads the stories of a run, and returns its pairs.
func (v *explainVerb) readFolder(_ context.Context, dir string, _ []string) (map[[2]string]runPair, error) {
	if err := settle(dir); err != nil {
		return nil, err
	}
	var err error
	if v.record, err = readRun(filepath.Join(dir, runFileName)); err != nil {
		return nil, err
	}
	v.talk.warnOfChanges(dir, v.record.Files)
	stories, err := openRecords(filepath.Join(dir, storiesFileName))
	if err != nil {
		return nil, err
	}
	defer stories.Close()
	if err := v.takeStories(stories); err != nil {
		return nil, err
	}
	return readPairs(filepath.Join(dir, pairsFileName))
}

// takeStories takes the lines of stories.jsonl.
func (v *explainVerb) takeStories(lines io.Reader) error {
	v.of, v.same = map[string]place{}, map[string]place{}
	return report.EachLine(lines, storiesFileName, func(_ int, s runStory) error {
		for i, a := range s.Articles {
			v.of[a.ID] = place{len(v.stories), i}
			for _, r := range slices.Concat(a.AlsoIn, a.Versions) {
				v.same[r.ID] = v.of[a.ID]
			}
		}
		v.stories = append(v.stories, s)
		return s.check()
	})
}

// articles returns the article of an id, or those of a story.
func (v *explainVerb) articles(id string) ([]runArticle, error) {
	if at, ok := v.of[id]; ok {
		return []runArticle{v.article(at)}, nil
	}
	if at, ok := v.same[id]; ok && id != "" {
		fmt.Fprintf(v.out, "same    %s is the same address as %s\n", report.Harmless(id), report.Harmless(v.article(at).ID))
		return []runArticle{v.article(at)}, nil
	}
	var ids []string
	for _, s := range v.stories {
		if s.ID == id {
			return s.Articles, nil
		}
		ids = append(ids, s.ID)
		for _, a := range s.Articles {
			ids = append(ids, a.ID)
			for _, r := range slices.Concat(a.AlsoIn, a.Versions) {
				ids = append(ids, r.ID)
			}
		}
	}
	if near := nearest(id, ids); near != "" {
		return nil, usage("no article or story has the id %q (did you mean %s?)", id, near)
	}
	return nil, usage("no article or story has the id %q; stories.jsonl and articles.csv list them", id)
}

func (v *explainVerb) article(at place) runArticle { return v.stories[at.story].Articles[at.member] }

// nearestPair returns the two articles with the greatest similarity, and their
// pair, nil if there is none.
func nearestPair(from, to []runArticle, pairs map[[2]string]runPair) (a, b runArticle, best *runPair) {
	a, b = from[0], to[0]
	for _, x := range from {
		for _, y := range to {
			if p, ok := pairs[[2]string{x.ID, y.ID}]; ok && (best == nil || p.Same > best.Same) {
				a, b, best = x, y, &p
			}
		}
	}
	return a, b, best
}

func (v *explainVerb) describeBoth(a, b runArticle) {
	isolated := isolates(v.out)
	for i, x := range []runArticle{a, b} {
		fmt.Fprintf(v.out, "%s       %s  %s  %s\n        %s\n", "AB"[i:i+1], report.Harmless(x.ID), report.Harmless(cmp.Or(v.record.local(x), "no date")), report.Harmless(x.Source), report.Line(x.Title, 100, isolated))
	}
	s, t := v.of[a.ID].story, v.of[b.ID].story
	v.level(v.stories[s], v.stories[t])
	if s == t {
		story := v.stories[s]
		fmt.Fprintf(v.out, "story   together in %s, %s, cohesion %.2f\n", report.Harmless(story.ID), count(story.Size, "article", "articles"), story.Cohesion)
		if story.Bridge != "" {
			fmt.Fprintf(v.out, "        article %s alone holds it together\n", report.Harmless(story.Bridge))
		}
		return
	}
	fmt.Fprintf(v.out, "story   apart, in %s (%s) and %s (%s)\n", report.Harmless(v.stories[s].ID), count(v.stories[s].Size, "article", "articles"),
		report.Harmless(v.stories[t].ID), count(v.stories[t].Size, "article", "articles"))
}

// level tells at which of the two levels two stories meet.
func (v *explainVerb) level(s, t runStory) {
	k, l := s.Storyline, t.Storyline
	wide := func(l *runStoryline) string {
		return fmt.Sprintf("%s, %s in %s", report.Harmless(l.ID), count(l.Size, "article", "articles"), count(l.Stories, "story", "stories"))
	}
	switch {
	case s.ID == t.ID && k == nil:
		fmt.Fprintln(v.out, "level   one story")
	case s.ID == t.ID:
		fmt.Fprintf(v.out, "level   one story, of storyline %s\n", wide(k))
	case k == nil || l == nil:
		fmt.Fprintln(v.out, "level   two stories; this run knows no storylines")
	case k.ID == l.ID:
		fmt.Fprintf(v.out, "level   one storyline, two stories: %s\n        %s\n", wide(k), report.Line(k.Title, 100, isolates(v.out)))
	default:
		fmt.Fprintf(v.out, "level   none: two storylines, %s, and %s\n", wide(k), wide(l))
	}
}

// reasons are the words for what pairs.jsonl calls why.
var reasons = map[string]string{
	"copy":            "one is a copy of the other",
	"linkage":         "their groups were near enough on average",
	"below_threshold": "their similarity is below the threshold",
	"contained":       "one stands inside the other, a round-up",
	"correction":      "a correction says so",
	"linkage_apart":   "near each other, but their groups are not, on average",
}

func (v *explainVerb) describePair(p runPair) {
	threshold := ""
	if t, ok := v.record.Settings["story"]; ok {
		threshold = report.Harmless(fmt.Sprintf(" (threshold %v)", t))
	}
	fmt.Fprintf(v.out, "pair    cosine %.3f, similarity %.3f%s: %s, since %s\n", p.Cosine, p.Same, threshold, report.Harmless(p.Decision), report.Harmless(cmp.Or(reasons[p.Why], p.Why)))
	fmt.Fprintf(v.out, "shares  %.0f %% of A's words stand in B, %.0f %% of B's in A\n", 100*p.AInB, 100*p.BInA)
	if p.Borrowed > 0 && p.Decision == string(qissa.Apart) {
		fmt.Fprintf(v.out, "borrows %s\n", p.borrowing())
	}
	for i, only := range [][]struct{ Text string }{p.OnlyA, p.OnlyB} {
		var facts []string
		for _, f := range only {
			facts = append(facts, report.Harmless(f.Text))
		}
		if len(facts) > 0 {
			fmt.Fprintf(v.out, "only %s  %s\n", "AB"[i:i+1], strings.Join(facts, ", "))
		}
	}
}

// borrowing tells who has the longest passage that two share of whom.
func (p runPair) borrowing() string {
	words := count(p.Borrowed, "word", "words") + " in a row stand in both; "
	switch {
	case p.Order != string(qissa.ByTime):
		return words + "the times do not say who had them first"
	case p.back:
		return words + "A has them of B"
	}
	return words + "B has them of A"
}

const shownPassages = 5

// passages shows what the two share, if the input is still there.
func (v *explainVerb) passages(ctx context.Context, a, b runArticle, p runPair) {
	if len(p.Runs) == 0 {
		fmt.Fprintln(v.out, "shared  no passage of four words or more")
		return
	}
	text, err := v.stored(ctx, a)
	longest := slices.Clone(p.Runs)
	slices.SortStableFunc(longest, func(x, y runPassage) int { return cmp.Compare(y.Words, x.Words) })
	for i, r := range longest {
		if i == shownPassages {
			fmt.Fprintf(v.out, "        and %s\n", count(len(longest)-i, "shorter passage", "shorter passages"))
			break
		}
		shown := fmt.Sprintf("at %d–%d of A, %d–%d of B", r.A[0], r.A[1], r.B[0], r.B[1])
		if err == nil && r.A[1] > len(text) {
			v.talk.warn("passage_outside", "the passage at %d–%d lies outside of article %q; pairs.jsonl is not as its run left it", r.A[0], r.A[1], a.ID)
		} else if err == nil {
			shown = "«" + report.Line(string(text[r.A[0]:r.A[1]]), 100, isolates(v.out)) + "»"
		}
		stock := ""
		if r.Stock {
			stock = ", a stock phrase"
		}
		fmt.Fprintf(v.out, "shared  %d words%s: %s\n", r.Words, stock, shown)
	}
	if err != nil {
		v.talk.warn("passages_hidden", "the passages are not shown: %v", err)
	}
}

// stored reads an article again, as code points of its title, a line break and
// its body.
func (v *explainVerb) stored(ctx context.Context, a runArticle) ([]rune, error) {
	if v.text != nil {
		text, err := v.text(a.ID)
		return []rune(text), err
	}
	opt, err := v.record.reading()
	if err != nil {
		return nil, err
	}
	name := a.Origin.File
	for _, input := range v.record.Inputs { // a file in an archive is read through it
		if strings.HasPrefix(name, input.Name+"/") {
			name = input.Name
		}
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, unreadable(name, err)
	}
	defer f.Close()
	for x, err := range article.SkipBad(article.Read(f, name, opt), func(*article.RecordError) {}) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		if x.Origin == a.Origin {
			return []rune(x.Title + "\n" + x.Body), nil
		}
	}
	return nil, errors.New(name + " holds it no longer")
}
