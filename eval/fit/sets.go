package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"qissa"
	"qissa/article"
	"qissa/cluster"
	"qissa/eval"
	"qissa/internal/grouping"
)

// The labelled sets. Those of dev and of everyday have stories and storylines; dev and
// two of everyday were labelled twice and adjudicated, the others by one reader. The
// sets of everyday are all articles of a few days of one outlet each.
var (
	dev      = []string{"ant-dev", "ant-dev2", "snn-dev", "snn-dev2"}
	extra    = []string{"ant-train1", "ant-train2", "ant-train3", "ant-train4", "snn-train1", "snn-train2", "snn-train3"}
	everyday = []string{"jawhara-sparse1", "jawhara-sparse2", "ant-sparse", "jazeera-undated"}
	dumps    = []dump{{"ant", "ant"}, {"snn", "saudinewsnet"}}
)

// A dump is what the sets of a collection were drawn from.
type dump struct{ collection, name string }

// collection is the outlet collection that a set was drawn from.
func collection(set string) string { return set[:3] }

// isEveryday reports whether a set is of the everyday feed of one outlet.
func isEveryday(set string) bool { return slices.Contains(everyday, set) }

// A labelled set of articles and the pairs that the decision is asked about.
type labelled struct {
	name     string
	context  bool // clustered with the whole dump, not by itself
	gold     cluster.Partition
	lines    cluster.Partition // storylines; nil where none are labelled
	time     []int64           // of each article, by place in gold
	pairs    []cluster.Pair    // by place in gold; Sim unused
	features [][cluster.NumFeatures]float64
	fixed    []float64 // similarity whatever the decision says; NaN where it decides
}

// load reads a set's articles and labels: those of both levels, or of the older guide
// where there are no others.
func load(data, set string) ([]article.Article, eval.Labels, error) {
	articles, err := read(filepath.Join(data, "stories", set+".jsonl"))
	if err != nil {
		return nil, eval.Labels{}, err
	}
	name := filepath.Join(data, "stories", set+".v2.tsv")
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		name = filepath.Join(data, "stories", set+".gold.tsv")
		f, err = os.Open(name)
	}
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

// loadAll returns every named set, by itself and, but for everyday feeds, in context, with the pairs of
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
		c, err := findFacts(ctx, articles, minSim, ids(gold))
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
		inSets := map[string]bool{}
		for set, gold := range golds {
			if collection(set) == dump.collection && !isEveryday(set) {
				maps.Copy(inSets, ids(gold))
			}
		}
		c, err := findFacts(ctx, articles, minSim, inSets)
		if err != nil {
			return nil, err
		}
		for _, set := range names {
			if gold, ok := golds[set]; ok && collection(set) == dump.collection && !isEveryday(set) {
				all = append(all, c.label(set, gold, true))
			}
		}
	}
	return all, nil
}

// facts are what is true of the pairs of articles, before any decision.
type facts struct {
	articles []article.Article
	*grouping.Facts
}

// findFacts finds the pairs of a mixed cosine of leastSim or more, with the features
// of those whose articles are both labelled.
func findFacts(ctx context.Context, articles []article.Article, leastSim float64, isLabelled map[string]bool) (facts, error) {
	var b *grouping.Batch
	wanted := func(a, c int32) bool { return isLabelled[b.Articles[a].ID] && isLabelled[b.Articles[c].ID] }
	b, err := grouping.Read(ctx, articles, grouping.Options{Features: wanted})
	if err != nil {
		return facts{}, err
	}
	w, err := b.Weigh(ctx, nil)
	if err != nil {
		return facts{}, err
	}
	f, err := w.WithDecisions(cluster.Fitted, leastSim).FindFacts(ctx, qissa.DefaultOptions().Window, nil)
	return facts{b.Articles, f}, err
}

// ids returns the ids of the labelled articles.
func ids(gold eval.Labels) map[string]bool {
	known := map[string]bool{}
	for _, item := range gold.Items {
		known[strings.TrimSpace(item.ID)] = true
	}
	return known
}

// label keeps the pairs among the labelled articles, with their features.
func (f facts) label(set string, gold eval.Labels, inContext bool) labelled {
	at := map[string]int32{}
	for i, item := range gold.Items {
		at[strings.TrimSpace(item.ID)] = int32(i)
	}
	l := labelled{name: set, context: inContext, gold: groups(gold), time: make([]int64, len(gold.Items))}
	for i := range l.time {
		l.time[i] = cluster.Undated
	}
	for _, a := range f.articles {
		if i, ok := at[a.ID]; ok && !a.Time.IsZero() {
			l.time[i] = a.Time.Unix()
		}
	}
	if lines, ok := gold.Storylines(); ok {
		l.lines = groups(lines)
	}
	comparer, fixed := f.Neighbourhood().Comparer(), f.Fixed()
	for n, p := range f.Pairs {
		a, okA := at[f.articles[p.A].ID]
		b, okB := at[f.articles[p.B].ID]
		if okA && okB {
			l.pairs = append(l.pairs, cluster.Pair{A: min(a, b), B: max(a, b)})
			own, rest := *f.Features.At(n), comparer.Features(p)
			l.features = append(l.features, [cluster.NumFeatures]float64(append(own[:], rest[:]...)))
			sim := math.NaN()
			if x := fixed.At(n); x != nil {
				sim = *x
			}
			l.fixed = append(l.fixed, sim)
		}
	}
	return l
}

// groups returns the partition of labelled articles.
func groups(gold eval.Labels) cluster.Partition {
	labels := make([]string, 0, len(gold.Items))
	for _, item := range gold.Items {
		labels = append(labels, item.Story)
	}
	return eval.Group(labels)
}

// isHard tells whether a pair is of one storyline but of two stories: what most false
// pairs of a run are.
func (l labelled) isHard(n int) bool {
	p := l.pairs[n]
	return l.lines != nil && !l.same(n) && l.lines[p.A] == l.lines[p.B]
}

// same tells whether a pair is of one gold story.
func (l labelled) same(n int) bool { return l.gold[l.pairs[n].A] == l.gold[l.pairs[n].B] }
