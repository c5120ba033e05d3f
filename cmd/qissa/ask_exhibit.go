package main

import (
	"bytes"
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"qissa"
	"qissa/internal/parallel"
	"qissa/report"
	"qissa/vectorize/arabic"
)

// An exhibit is what is shown of articles when a question is asked.
type exhibit struct {
	local    func(runArticle) string // the time of an article, as it is shown
	articles map[string]runArticle
	pairs    map[[2]string]runPair
	dir      string             // of the run that more is read of; "" where all is there
	read     map[[2]string]bool // whose articles and evidence are there
}

func newExhibit(local func(runArticle) string, dir string) *exhibit {
	return &exhibit{local, map[string]runArticle{}, map[[2]string]runPair{}, dir, map[[2]string]bool{}}
}

// take takes the articles of a story.
func (e *exhibit) take(s runStory) error {
	for _, a := range s.Articles {
		e.articles[a.ID] = a
	}
	return s.check()
}

// takePair takes the evidence on two articles.
func (e *exhibit) takePair(p runPair) error {
	e.pairs[[2]string{p.A, p.B}] = p
	e.pairs[[2]string{p.B, p.A}] = p.turned()
	return p.check()
}

// holds reports whether all that is known of some pairs of articles is there.
func (e *exhibit) holds(pairs [][2]string) bool {
	return e.dir == "" || !slices.ContainsFunc(pairs, func(p [2]string) bool { return !e.read[p] })
}

// readMore reads what the run has about some pairs of articles. Of its files, only lines
// that name them are decoded. Cost linear in the files.
func (e *exhibit) readMore(pairs [][2]string) error {
	of, both := map[string]bool{}, map[[2]string]bool{}
	for _, p := range pairs {
		e.read[p], of[p[0]], of[p[1]] = true, true, true
		both[p], both[[2]string{p[1], p[0]}] = true, true
	}
	var failed error
	compared := parallel.Go(func() bool {
		failed = someLines(filepath.Join(e.dir, pairsFileName), func(line []byte) bool { return isOfPair(line, both) }, e.takePair)
		return failed == nil
	})
	stories := filepath.Join(e.dir, storiesFileName)
	err := someLines(stories, func(line []byte) bool { return names(line, of) }, e.take)
	for id := range of {
		if _, found := e.articles[id]; !found && err == nil { // it is written otherwise: escaped, or spaced
			err = eachLine(stories, e.take)
			break
		}
	}
	compared()
	return cmp.Or(err, failed)
}

// names reports whether a line of stories.jsonl may be of a story with some articles.
func names(line []byte, articles map[string]bool) bool {
	for {
		_, rest, found := bytes.Cut(line, []byte(`"id":"`))
		id, rest, ended := bytes.Cut(rest, []byte{'"'})
		if !found || !ended || articles[string(id)] {
			return found && ended
		}
		line = rest
	}
}

// isOfPair reports whether a line of pairs.jsonl may be of some pairs: one that does not
// begin as they are written may.
func isOfPair(line []byte, pairs map[[2]string]bool) bool {
	a, b, plain := report.PairOf(line)
	return !plain || pairs[[2]string{string(a), string(b)}]
}

func (e *exhibit) title(id string) string { return cmp.Or(e.articles[id].Title, id) }

// A comparison is what two articles share, and what one has alone: words of their
// headlines, and numbers and dates of their texts.
type comparison struct {
	shared, onlyA, onlyB []string
	aInB, bInA           float64 // shares of words, 0 to 1
	known                bool    // shares and facts: the run has compared the two word by word
}

func (e *exhibit) compare(a, b string) (c comparison) {
	inA, inB := headlineWords(e.articles[a].Title), headlineWords(e.articles[b].Title)
	for _, w := range inA {
		if slices.ContainsFunc(inB, w.same) {
			c.shared = append(c.shared, w.text)
		} else {
			c.onlyA = append(c.onlyA, w.text)
		}
	}
	for _, w := range inB {
		if !slices.ContainsFunc(inA, w.same) {
			c.onlyB = append(c.onlyB, w.text)
		}
	}
	p, ok := e.pairs[[2]string{a, b}]
	if c.known = ok; !ok {
		return c
	}
	c.aInB, c.bInA = p.AInB, p.BInA
	for _, f := range p.OnlyA {
		c.onlyA = append(c.onlyA, f.Text)
	}
	for _, f := range p.OnlyB {
		c.onlyB = append(c.onlyB, f.Text)
	}
	return c
}

type headlineWord struct{ text, stem string }

func (w headlineWord) same(x headlineWord) bool { return w.stem == x.stem }

// headlineWords returns the words of a headline, each once, without stop words.
func headlineWords(title string) (words []headlineWord) {
	letters := []rune(title)
	for w := range arabic.Words(title) {
		x := headlineWord{string(letters[w.Start:w.End]), arabic.Stem(w.Text)}
		if !arabic.IsStop(w.Text) && !slices.ContainsFunc(words, x.same) {
			words = append(words, x)
		}
	}
	return words
}

// show writes a question for a terminal.
func (e *exhibit) show(links *qissa.Links, q qissa.Question, isolated bool) string {
	var b strings.Builder
	for i, head := range []int{q.HeadA, q.HeadB} {
		a := e.articles[links.IDs[head]]
		of := [][]int{q.A, q.B}[i]
		fmt.Fprintf(&b, "%c  %s  %s  %s", "AB"[i], report.Harmless(cmp.Or(e.local(a), "no date")), report.Harmless(a.Source), report.Harmless(a.ID))
		if len(of) > 1 {
			fmt.Fprintf(&b, ", and %s with it", count(len(of)-1, "article", "articles"))
		}
		fmt.Fprintf(&b, "\n   %s\n", report.Line(e.title(a.ID), 110, isolated))
	}
	c := e.compare(links.IDs[q.HeadA], links.IDs[q.HeadB])
	for _, x := range []struct {
		name string
		list []string
	}{{"both", c.shared}, {"only A", c.onlyA}, {"only B", c.onlyB}} {
		if len(x.list) > 0 {
			fmt.Fprintf(&b, "%-6s  %s\n", x.name, report.Line(strings.Join(x.list, "، "), 100, isolated))
		}
	}
	fmt.Fprintf(&b, "now     %s, similarity %.2f", state(q), q.Same)
	if c.known {
		fmt.Fprintf(&b, "; %.0f %% of A's words stand in B, %.0f %% of B's in A", 100*c.aInB, 100*c.bInA)
	}
	return b.String() + "\n"
}

// asked returns a question as it is written, with the corrections of each answer.
func (e *exhibit) asked(links *qissa.Links, q qissa.Question, answer func(key byte) []qissa.Correction) report.Asked {
	ids := func(of []int) (list []string) {
		for _, i := range of {
			list = append(list, links.IDs[i])
		}
		return list
	}
	a, b := links.IDs[q.HeadA], links.IDs[q.HeadB]
	c := e.compare(a, b)
	return report.Asked{
		Of: q, Shared: c.shared, Yes: answer('y'), No: answer('n'), OneStoryline: answer('l'),
		A: report.AskedGroup{ID: a, Title: e.articles[a].Title, Articles: ids(q.A), Only: c.onlyA},
		B: report.AskedGroup{ID: b, Title: e.articles[b].Title, Articles: ids(q.B), Only: c.onlyB},
	}
}
