package grouping

import (
	"time"

	"qissa/cluster"
	"qissa/internal/overlap"
	"qissa/internal/parallel"
	"qissa/internal/sparse"
)

// A Fact is what [Facts] tell of one pair, for those who find the facts of stretches of
// time apart and put them together.
type Fact struct {
	cluster.Pair
	Own   cluster.Levels
	Title float32 // cosine
	Text  Text
}

// Fact returns what is known of a pair, by its number.
func (f *Facts) Fact(n int) Fact { return Fact{f.Pairs[n], f.Own(n), f.TitleCosine(n), f.Text[n]} }

// FactsOf returns the facts of articles of the given times, in order, to be decided on
// under a model, and those of later epochs: those of each pair, by (A, B). Overlaps are
// not known.
func FactsOf(times []int64, window time.Duration, facts []Fact, opt Options, m *Model, later ...Epoch) *Facts {
	opt.Jobs = parallel.Jobs(opt.Jobs)
	b := &Batch{Time: times, opt: opt, limits: defaultLimits}
	f := &Facts{
		Pairs: make([]cluster.Pair, len(facts)), Text: make([]Text, len(facts)), window: window, Overlap: sparse.New[overlap.Overlap](len(facts)),
		weighed: &Weighed{Batch: b, eras: b.eras(m, later)},
	}
	own, title := make([]cluster.Levels, len(facts)), make([]float32, len(facts))
	for n, x := range facts {
		f.Pairs[n], f.Text[n], own[n], title[n] = x.Pair, x.Text, x.Own, x.Title
		if x.Text == Folded {
			f.Folded = fold(f.Folded, len(times), x.A, x.B)
		}
	}
	for b := range parallel.Blocks(len(facts)) {
		from, to := parallel.Range(b, len(facts))
		f.own, f.title = append(f.own, own[from:to]), append(f.title, title[from:to])
	}
	return f
}

// A Link is what [Links] tell of one pair.
type Link struct {
	cluster.Pair
	Levels cluster.Levels
	Near   bool // among the most similar pairs of B
	Folded bool // B follows A
}

// Link returns what is known of a pair, by its number.
func (l *Links) Link(n int) Link {
	return Link{l.Pairs[n], cluster.Levels{Story: l.Same(n), Storyline: l.Line(n)}, l.IsNear(n), l.IsFolded(l.Pairs[n].B)}
}

// LinksFrom returns the links of articles of the given times, in order: one of each pair,
// by (A, B). Overlaps are not known.
func LinksFrom(times []int64, links []Link, opt Options) *Links {
	opt.Jobs = parallel.Jobs(opt.Jobs)
	l := &Links{
		Pairs: make([]cluster.Pair, len(links)), time: times, opt: opt, near: sparse.New[struct{}](len(links)), Overlap: sparse.New[overlap.Overlap](len(links)),
		same: sparse.New[float64](len(links)), line: sparse.New[float64](len(links)),
	}
	for n, x := range links {
		l.Pairs[n] = x.Pair
		l.add(n, x.Levels)
		if x.Near {
			l.near.Add(n, struct{}{})
		}
		if x.Folded {
			l.Folded = fold(l.Folded, len(times), x.A, x.B)
		}
	}
	return l
}
