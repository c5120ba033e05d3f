package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"qissa/article"
	"qissa/cluster"
	"qissa/eval"
	"qissa/vectorize"
	"qissa/vectorize/arabic"
)

// A recipe is one way from text to a row.
type recipe struct {
	name  string
	stem  func(string) string
	stop  func(string) bool
	tf    func(float64) float64
	title float64 // mentions that a mention in the title stands for
}

func plain(word string) string { return word }

// light10 is the stemmer as published, on folded words.
func light10(word string) string {
	long := func(letters int) bool { return len([]rune(word)) >= letters }
	if strings.HasPrefix(word, "و") && long(4) {
		word = strings.TrimPrefix(word, "و")
	}
	for _, article := range []string{"ال", "وال", "بال", "كال", "فال", "لل"} {
		if rest, ok := strings.CutPrefix(word, article); ok && len([]rune(rest)) >= 2 {
			word = rest
			break
		}
	}
	for _, ending := range []string{"ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"} {
		if rest, ok := strings.CutSuffix(word, ending); ok && len([]rune(rest)) >= 2 {
			word = rest
		}
	}
	return word
}

// compareWords writes how well plain cosine of TF-IDF rows with average linkage
// groups the dev sets, for each stemmer and weighting. Nothing fitted takes
// part but the threshold, one for all four sets.
func compareWords(ctx context.Context, data string, out io.Writer) error {
	base := recipe{"as qissa has it: own stems, stop words, 1 + ln tf, title × 3", arabic.Stem, arabic.IsStop, vectorize.Sublinear, 3}
	recipes := []recipe{base}
	vary := func(name string, change func(*recipe)) {
		r := base
		r.name = name
		change(&r)
		recipes = append(recipes, r)
	}
	vary("stems of light10 as published", func(r *recipe) { r.stem = light10 })
	vary("words without stemming", func(r *recipe) { r.stem = plain })
	vary("stop words kept", func(r *recipe) { r.stop = func(string) bool { return false } })
	vary("tf as counted", func(r *recipe) { r.tf = nil })
	for _, n := range []float64{1, 2, 5} {
		vary(fmt.Sprintf("title × %g", n), func(r *recipe) { r.title = n })
	}
	fmt.Fprintln(out, "| recipe | terms | B-cubed F1 | pairwise F1 | threshold |\n| --- | --- | --- | --- | --- |")
	for _, r := range recipes {
		if err := r.measure(ctx, data, out); err != nil {
			return err
		}
	}
	return nil
}

// measure writes the recipe's row of the table.
func (r recipe) measure(ctx context.Context, data string, out io.Writer) error {
	const thresholds, least = 60, 0.05
	var sum [thresholds]eval.Summary
	terms := 0
	for _, set := range dev {
		articles, labels, err := load(data, set)
		if err != nil {
			return err
		}
		story := map[string]string{}
		for _, item := range labels.Items {
			story[item.ID] = item.Story
		}
		var stories []string
		for _, a := range articles {
			stories = append(stories, story[a.ID])
		}
		gold := eval.Group(stories)
		n, rows, times := r.rows(articles)
		terms += n
		pairs, _, err := cluster.Pairs(ctx, cluster.Rows(rows), times, cluster.Join{MinSim: least, Window: 72 * 3600})
		if err != nil {
			return err
		}
		dendrogram, err := cluster.AverageLinkage(ctx, len(articles), pairs, least, 1)
		if err != nil {
			return err
		}
		for i := range sum {
			s := eval.Summarize(set, dendrogram.Cut(least+float64(i)/100), gold)
			sum[i].BCubed.F1 += s.BCubed.F1 / float64(len(dev))
			sum[i].Pairwise.F1 += s.Pairwise.F1 / float64(len(dev))
		}
	}
	best := 0
	for i, s := range sum {
		if s.BCubed.F1+s.Pairwise.F1 > sum[best].BCubed.F1+sum[best].Pairwise.F1 {
			best = i
		}
	}
	_, err := fmt.Fprintf(out, "| %s | %d | %.3f | %.3f | %.2f |\n", r.name, terms, sum[best].BCubed.F1, sum[best].Pairwise.F1, least+float64(best)/100)
	return err
}

// rows returns the number of distinct terms, and the rows of the articles.
func (r recipe) rows(articles []article.Article) (terms int, rows vectorize.Rows, times []int64) {
	var lexicon vectorize.Lexicon
	var df vectorize.DocumentFrequency
	each := func(text string, use func(term uint32)) {
		for w := range arabic.Words(text) {
			if !r.stop(w.Text) {
				use(lexicon.Number(r.stem(w.Text)))
			}
		}
	}
	for _, a := range articles {
		df.Document()
		count := func(term uint32) { df.Term(term) }
		each(a.Title, count)
		each(a.Body, count)
		times = append(times, cluster.Undated)
		if !a.Time.IsZero() {
			times[len(times)-1] = a.Time.Unix()
		}
	}
	b := vectorize.Builder{IDF: vectorize.IDF(df.Of, df.Documents), TF: r.tf}
	for _, a := range articles {
		each(a.Title, func(term uint32) { b.Add(term, r.title) })
		each(a.Body, func(term uint32) { b.Add(term, 1) })
		b.End()
	}
	return len(lexicon.Words), b.Rows(), times
}
