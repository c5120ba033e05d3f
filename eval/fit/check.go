package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"slices"

	"qissa"
	"qissa/cluster"
	"qissa/eval"
)

// group clusters a set by the decision's word alone.
func (l labelled) group(ctx context.Context, d cluster.Decision) (cluster.Partition, error) {
	links := make([]cluster.Pair, len(l.pairs))
	for n, p := range l.pairs {
		if p.Sim = l.fixed[n]; math.IsNaN(p.Sim) {
			p.Sim = d.Same(l.features[n])
		}
		links[n] = p
	}
	slices.SortFunc(links, func(a, b cluster.Pair) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	cut := qissa.DefaultOptions().Story
	dendrogram, err := cluster.AverageLinkage(ctx, len(l.gold), links, cut, 1)
	if err != nil {
		return nil, err
	}
	return dendrogram.Cut(cut), nil
}

// experiments say on which sets the decision is fitted that is measured on a set.
var experiments = []struct {
	name string
	use  func(train, test string) bool
}{
	{"leave one set out", func(train, test string) bool { return train != test }},
	{"leave one corpus out", func(train, test string) bool { return collection(train) != collection(test) }},
	{"leave one kind out", func(train, test string) bool { return isEveryday(train) != isEveryday(test) }},
	{"fitted on all", func(train, test string) bool { return true }},
}

// check writes three tables for each experiment: dense days in context and alone, and
// everyday feeds.
func check(ctx context.Context, data string, out io.Writer) error {
	fitted, err := loadAll(ctx, data, slices.Concat(dev, extra, everyday), fitFrom)
	if err != nil {
		return err
	}
	measured, err := loadAll(ctx, data, slices.Concat(dev, everyday), cluster.LeastSim)
	if err != nil {
		return err
	}
	for _, part := range []struct {
		name string
		of   func(labelled) bool
	}{
		{"dense days in context", func(l labelled) bool { return l.context }},
		{"dense days alone", func(l labelled) bool { return !l.context && !isEveryday(l.name) }},
		{"everyday feeds alone", func(l labelled) bool { return isEveryday(l.name) }},
	} {
		for _, e := range experiments {
			fmt.Fprintf(out, "\n%s, %s\n", e.name, part.name)
			test := slices.DeleteFunc(slices.Clone(measured), func(l labelled) bool { return !part.of(l) })
			if err := experiment(ctx, out, fitted, test, e.use); err != nil {
				return err
			}
		}
	}
	return nil
}

// experiment writes the table of the measured sets.
func experiment(ctx context.Context, out io.Writer, fitted, measured []labelled, use func(train, test string) bool) error {
	var rows []eval.Summary
	for _, test := range measured {
		var train []labelled
		for _, s := range fitted {
			if use(s.name, test.name) {
				train = append(train, s)
			}
		}
		d, err := fit(train)
		if err != nil {
			return err
		}
		p, err := test.group(ctx, d)
		if err != nil {
			return err
		}
		rows = append(rows, eval.Summarize(test.name, p, test.gold))
	}
	slices.SortFunc(rows, func(a, b eval.Summary) int { return cmp.Compare(a.Set, b.Set) })
	return eval.Table(out, rows)
}
