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
	"qissa/internal/grouping"
)

// group clusters a set into stories and storylines, by the word of decisions alone.
func (l labelled) group(ctx context.Context, d cluster.Decisions) (stories, lines cluster.Partition, err error) {
	same := l.decide(d)
	order := make([]int, len(l.pairs))
	for n := range order {
		order[n] = n
	}
	slices.SortFunc(order, func(n, m int) int {
		return cmp.Or(cmp.Compare(l.pairs[n].A, l.pairs[m].A), cmp.Compare(l.pairs[n].B, l.pairs[m].B))
	})
	var pairs []cluster.Pair
	var sorted []cluster.Levels
	for _, n := range order {
		pairs, sorted = append(pairs, l.pairs[n]), append(sorted, same[n])
	}
	links := grouping.LinksOf(l.time, pairs, sorted)
	if stories, err = links.Group(ctx, qissa.DefaultOptions().Story); err == nil {
		lines, err = links.Storylines(ctx, stories, grouping.LineCut)
	}
	return stories, lines, err
}

// decide returns both similarities of each pair.
func (l labelled) decide(d cluster.Decisions) []cluster.Levels {
	same := make([]cluster.Levels, len(l.pairs))
	for n, sim := range l.fixed {
		same[n] = cluster.Levels{Story: sim, Storyline: sim}
		if math.IsNaN(sim) {
			same[n] = cluster.Levels{Story: d.Story.Same(l.features[n]), Storyline: d.Storyline.Same(l.features[n])}
		}
	}
	return same
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

// check writes tables for each experiment: dense days in context and alone, and
// everyday feeds; stories, and storylines where they are labelled.
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

// experiment writes the tables of the measured sets.
func experiment(ctx context.Context, out io.Writer, fitted, measured []labelled, use func(train, test string) bool) error {
	var stories, lines level
	wrong, near := 0, 0 // pairs of one found story but of two gold ones; of these of one gold storyline
	slices.SortFunc(measured, func(a, b labelled) int { return cmp.Compare(a.name, b.name) })
	for _, test := range measured {
		var train []labelled
		for _, s := range fitted {
			if use(s.name, test.name) {
				train = append(train, s)
			}
		}
		d, err := fitBoth(train)
		if err != nil {
			return err
		}
		s, l, err := test.group(ctx, d)
		if err != nil {
			return err
		}
		stories.add(test.name, s, test.gold)
		if test.lines != nil {
			lines.add(test.name, l, test.lines)
			w, n := test.faults(s)
			wrong, near = wrong+w, near+n
		}
	}
	if err := stories.write(out); err != nil || len(lines.pred) == 0 {
		return err
	}
	fmt.Fprintf(out, "of %d pairs wrong as stories %d are of one storyline\nstorylines\n", wrong, near)
	return lines.write(out)
}

// faults counts the pairs that stories join wrongly, and those of them whose articles
// are of one storyline.
func (l labelled) faults(stories cluster.Partition) (wrong, near int) {
	for a := range stories {
		for b := range a {
			if stories[a] == stories[b] && l.gold[a] != l.gold[b] {
				wrong++
				if l.lines[a] == l.lines[b] {
					near++
				}
			}
		}
	}
	return wrong, near
}

// A level is the measured sets as stories or as storylines.
type level struct {
	rows       []eval.Summary
	pred, gold []cluster.Partition
}

func (l *level) add(set string, pred, gold cluster.Partition) {
	l.rows = append(l.rows, eval.Summarize(set, pred, gold))
	l.pred, l.gold = append(l.pred, pred), append(l.gold, gold)
}

// write writes the table, and the intervals of the mean.
func (l *level) write(out io.Writer) error {
	if err := eval.Table(out, l.rows); err != nil {
		return err
	}
	const resamples, seed = 1000, 1
	bcubed, pairwise := eval.MeanIntervals(l.pred, l.gold, resamples, seed)
	_, err := fmt.Fprintf(out, "95 %% of the mean: B-cubed F1 %s, pairwise P %s R %s F1 %s\n", bcubed.F1, pairwise.Precision, pairwise.Recall, pairwise.F1)
	return err
}
