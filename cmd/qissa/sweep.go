package main

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"qissa"
	"qissa/article"
	"qissa/cluster"
	"qissa/eval"
)

// sweepSteps is the number of thresholds of a sweep: 0.05, 0.10 … 1.
const sweepSteps = 20

// A sweep cuts one run at many thresholds.
type sweep struct {
	on       bool
	svg      string
	force    bool
	input    inputFlags
	grouping clusterFlags
}

func (s *sweep) groups() []flagGroup {
	sweeping := group("Sweep", func(fs *pflag.FlagSet) {
		fs.BoolVar(&s.on, "sweep", false, "read dumps in place of PRED, and score 20 thresholds of one run")
		fs.StringVar(&s.svg, "svg", "", "also draw the curve into this `file`")
		fs.BoolVar(&s.force, "force", false, "overwrite the file of --svg")
	})
	return []flagGroup{sweeping, s.input.group(), s.grouping.group()}
}

// run reads DUMP…, groups the articles once, and scores each threshold on the
// articles of GOLD, which stands last.
func (s *sweep) run(ctx context.Context, st *streams, args []string) error {
	if len(args) < 2 {
		return usage("eval --sweep wants DUMP… GOLD, not %s", count(len(args), "file", "files"))
	}
	if err := checkNames(named(s.svg), s.force); err != nil {
		return err
	}
	dumps, goldPath := args[:len(args)-1], args[len(args)-1]
	gold, err := readLabels(goldPath, st.in)
	if err != nil {
		return err
	}
	g, err := s.group(ctx, st, dumps)
	if err != nil {
		return err
	}
	start := time.Now()
	points, err := scoreCuts(g, strings.Join(dumps, ", "), gold)
	if err != nil {
		return err
	}
	st.talk.detail("%d thresholds scored in %s", len(points), seconds(start))
	if s.svg != "" {
		curve := output{s.svg, func(w io.Writer) error { return eval.Curve(w, points) }}
		if err := writeFiles(ctx, []output{curve}, s.force, st.talk); err != nil {
			return err
		}
	}
	return eval.CurveTable(st.out, points)
}

// A linked dump is its articles and the linkage over them.
type linked struct {
	articles []article.Article
	linkage  cluster.Dendrogram
}

// group reads the dumps and links their articles.
func (s *sweep) group(ctx context.Context, st *streams, dumps []string) (*linked, error) {
	reading, err := s.input.options()
	if err != nil {
		return nil, err
	}
	opt, err := s.grouping.options(st.talk)
	if err != nil {
		return nil, err
	}
	reading.Jobs = opt.Jobs
	found, err := find(dumps, st.in, st.talk)
	if err != nil {
		return nil, err
	}
	d, err := load(ctx, found, reading, st)
	if err != nil {
		return nil, err
	}
	st.talk.say("%s", d.line(""))
	start := time.Now()
	articles, linkage, err := qissa.Linkage(ctx, d.articles, opt)
	st.talk.detail("grouped in %s", seconds(start))
	return &linked{articles, linkage}, err
}

// scoreCuts scores the groups of each threshold on the articles of gold. The
// name of the dump stands in messages.
func scoreCuts(l *linked, dump string, gold eval.Labels) ([]eval.Point, error) {
	pred := eval.Labels{Name: dump, Items: make([]eval.Item, len(l.articles))}
	for i := range l.articles {
		pred.Items[i].ID = l.articles[i].ID
	}
	var points []eval.Point
	for n := 1; n <= sweepSteps; n++ {
		threshold := float64(n) / sweepSteps
		for i, first := range l.linkage.Cut(threshold) {
			pred.Items[i].Story = strconv.Itoa(first)
		}
		p, want, err := eval.Align(pred, gold)
		if err != nil {
			return nil, err
		}
		points = append(points, eval.Point{Threshold: threshold, BCubed: eval.BCubed(p, want), Pairwise: eval.Pairwise(p, want), ARI: eval.ARI(p, want)})
	}
	return points, nil
}
