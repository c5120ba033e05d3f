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
	{"leave one set out", func(train, test string) bool { return train != test && slices.Contains(dev, train) }},
	{"leave one set out, extra sets too", func(train, test string) bool { return train != test }},
	{"leave one corpus out", func(train, test string) bool {
		return collection(train) != collection(test) && slices.Contains(dev, train)
	}},
	{"leave one corpus out, extra sets too", func(train, test string) bool { return collection(train) != collection(test) }},
	{"fitted on all", func(train, test string) bool { return true }},
}

// check writes two tables of the dev sets for each experiment, in context and alone.
func check(ctx context.Context, data string, out io.Writer) error {
	fitted, err := loadAll(ctx, data, slices.Concat(dev, extra), fitFrom)
	if err != nil {
		return err
	}
	measured, err := loadAll(ctx, data, dev, cluster.LeastSim)
	if err != nil {
		return err
	}
	for _, inContext := range []bool{true, false} {
		for _, e := range experiments {
			if err := experiment(ctx, out, fitted, measured, e.name, inContext, e.use); err != nil {
				return err
			}
		}
	}
	return nil
}

func experiment(ctx context.Context, out io.Writer, fitted, measured []labelled, name string, inContext bool, use func(train, test string) bool) error {
	where := "alone"
	if inContext {
		where = "in context"
	}
	fmt.Fprintf(out, "\n%s, %s\n", name, where)
	var rows []eval.Summary
	for _, test := range measured {
		if test.context != inContext {
			continue
		}
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
