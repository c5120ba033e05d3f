package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"

	"qissa"
	"qissa/article"
	"qissa/cluster"
	"qissa/eval"
)

// The labelled sets. Those of dev were labelled twice and adjudicated; the
// others by one reader.
var (
	dev   = []string{"ant-dev", "ant-dev2", "snn-dev", "snn-dev2"}
	extra = []string{"ant-train1", "ant-train2", "ant-train3", "ant-train4", "snn-train1", "snn-train2", "snn-train3"}
	dumps = []dump{{"ant", "ant"}, {"snn", "saudinewsnet"}}
)

// A dump is what the sets of a corpus were drawn from.
type dump struct{ corpus, name string }

// corpus is the outlet collection that a set was drawn from.
func corpus(set string) string { return set[:3] }

// A labelled set of articles and the pairs that the decision is asked about.
type labelled struct {
	name     string
	context  bool // clustered with the whole dump, not by itself
	gold     cluster.Partition
	pairs    []cluster.Pair // by place in gold; Sim unused
	features [][cluster.NumFeatures]float64
	fixed    []float64 // similarity whatever the decision says; NaN where it decides
}

// load reads a set's articles and labels.
func load(data, set string) ([]article.Article, eval.Labels, error) {
	articles, err := read(filepath.Join(data, "stories", set+".jsonl"))
	if err != nil {
		return nil, eval.Labels{}, err
	}
	name := filepath.Join(data, "stories", set+".gold.tsv")
	f, err := os.Open(name)
	if err != nil {
		return nil, eval.Labels{}, err
	}
	defer f.Close()
	gold, err := eval.ReadLabels(f, name)
	return articles, gold, err
}

func read(name string) ([]article.Article, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	articles, bad, err := article.ReadAll(f, name, article.Options{})
	if len(bad) > 0 {
		fmt.Fprintf(os.Stderr, "fit: %s: %d records skipped, the first: %v\n", name, len(bad), bad[0])
	}
	return articles, err
}

// fitFrom is the least cosine of the pairs that the decision is fitted on. It learns
// from more of them than a run looks at.
const fitFrom = 0.12

// loadAll returns every named set, by itself and in context, with the pairs of
// cosine minSim or more: first all sets by themselves, then those of each dump, in
// the order in which they are named, so that sums over them always have the same bits.
func loadAll(ctx context.Context, data string, names []string, minSim float64) ([]labelled, error) {
	var all []labelled
	golds := map[string]eval.Labels{}
	for _, set := range names {
		articles, gold, err := load(data, set)
		if errors.Is(err, fs.ErrNotExist) {
			fmt.Fprintln(os.Stderr, "fit: left out", set, "which is not there")
			continue
		}
		if err != nil {
			return nil, err
		}
		golds[set] = gold
		c, err := decide(ctx, articles, minSim)
		if err != nil {
			return nil, err
		}
		all = append(all, c.label(set, gold, false))
	}
	for _, dump := range dumps {
		articles, err := read(filepath.Join(data, "dumps", dump.name+".jsonl.gz"))
		if err != nil {
			return nil, err
		}
		c, err := decide(ctx, articles, minSim)
		if err != nil {
			return nil, err
		}
		for _, set := range names {
			if gold, ok := golds[set]; ok && corpus(set) == dump.corpus {
				all = append(all, c.label(set, gold, true))
			}
		}
	}
	return all, nil
}

type decided struct{ *qissa.Grouping }

func decide(ctx context.Context, articles []article.Article, minSim float64) (decided, error) {
	opt := qissa.DefaultOptions()
	opt.MinSim = minSim
	c, err := qissa.FindCandidates(ctx, articles, opt)
	if err != nil {
		return decided{}, err
	}
	g, err := c.Decide(ctx, opt)
	return decided{g}, err
}

// label keeps the pairs among the labelled articles, with their features.
func (d decided) label(set string, gold eval.Labels, inContext bool) labelled {
	at, stories := map[string]int32{}, make([]string, 0, len(gold.Items))
	for i, item := range gold.Items {
		at[strings.TrimSpace(item.ID)] = int32(i)
		stories = append(stories, item.Story)
	}
	l := labelled{name: set, context: inContext, gold: eval.Group(stories)}
	comparer := d.Documents.Comparer(d.Neighbourhood)
	for n, p := range d.Pairs {
		a, okA := at[d.Articles[p.A].ID]
		b, okB := at[d.Articles[p.B].ID]
		if okA && okB {
			l.pairs = append(l.pairs, cluster.Pair{A: min(a, b), B: max(a, b)})
			l.features = append(l.features, comparer.Features(p, d.Cosines(n)))
			sim, fixed := d.Fixed(n)
			if !fixed {
				sim = math.NaN()
			}
			l.fixed = append(l.fixed, sim)
		}
	}
	return l
}

// same tells whether a pair is of one gold story.
func (l labelled) same(n int) bool { return l.gold[l.pairs[n].A] == l.gold[l.pairs[n].B] }
