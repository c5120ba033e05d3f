package grouping

import (
	"cmp"
	"slices"
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

// Columns are facts of pairs, by (A, B).
type Columns struct {
	Pairs []cluster.Pair
	Own   []cluster.Levels
	Title []float32
	Text  []Text
}

// NewColumns returns room for so many facts.
func NewColumns(n int) Columns {
	return Columns{make([]cluster.Pair, n), make([]cluster.Levels, n), make([]float32, n), make([]Text, n)}
}

// Set sets the nth fact.
func (c *Columns) Set(n int, x Fact) {
	c.Pairs[n], c.Own[n], c.Title[n], c.Text[n] = x.Pair, x.Own, x.Title, x.Text
}

// SortByLater sorts facts from one on up to another, all of one earlier article, by the later
// ones.
func (c *Columns) SortByLater(from, to int) {
	later := func(p, q cluster.Pair) int { return cmp.Compare(p.B, q.B) }
	if slices.IsSortedFunc(c.Pairs[from:to], later) {
		return
	}
	some := make([]Fact, 0, to-from)
	for n := from; n < to; n++ {
		some = append(some, Fact{c.Pairs[n], c.Own[n], c.Title[n], c.Text[n]})
	}
	slices.SortFunc(some, func(x, y Fact) int { return later(x.Pair, y.Pair) })
	for n, x := range some {
		c.Set(from+n, x)
	}
}

// FactsOf returns the facts of articles of the given times, in order, to be decided on
// under a model, and those of later epochs: those of each pair, by (A, B). Overlaps are
// not known.
func FactsOf(times []int64, window time.Duration, facts []Fact, opt Options, m *Model, later ...Epoch) *Facts {
	c := NewColumns(len(facts))
	for n, x := range facts {
		c.Set(n, x)
	}
	return c.Facts(times, window, opt, m, later...)
}

// Facts is [FactsOf] for facts in columns.
func (c *Columns) Facts(times []int64, window time.Duration, opt Options, m *Model, later ...Epoch) *Facts {
	opt.Jobs = parallel.Jobs(opt.Jobs)
	b := &Batch{Time: times, opt: opt, limits: defaultLimits}
	f := &Facts{
		Pairs: c.Pairs, Text: c.Text, window: window, Overlap: sparse.New[overlap.Overlap](len(c.Pairs)),
		weighed: &Weighed{Batch: b, eras: b.eras(m, later)},
	}
	for n, text := range c.Text {
		if text == Folded {
			f.Folded = fold(f.Folded, len(times), c.Pairs[n].A, c.Pairs[n].B)
		}
	}
	for b := range parallel.Blocks(len(c.Pairs)) {
		from, to := parallel.Range(b, len(c.Pairs))
		f.own, f.title = append(f.own, c.Own[from:to]), append(f.title, c.Title[from:to])
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
