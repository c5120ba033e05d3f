package tiles

import (
	"cmp"
	"context"
	"slices"

	"qissa/cluster"
	"qissa/internal/grouping"
)

// links are the links of tiles.
type links struct {
	A, B             []Place
	Sim, Story, Line []float64
	Near, Folded     []bool
}

func (l *links) add(a, b Place, x grouping.Link) {
	l.A, l.B = append(l.A, a), append(l.B, b)
	l.Sim, l.Story, l.Line = append(l.Sim, x.Sim), append(l.Story, x.Levels.Story), append(l.Line, x.Levels.Storyline)
	l.Near, l.Folded = append(l.Near, x.Near), append(l.Folded, x.Folded)
}

// addAll adds the links of other tiles for which it is true.
func (l *links) addAll(of links, wanted func(a, b Place) bool) {
	for n, a := range of.A {
		if b := of.B[n]; wanted(a, b) {
			l.add(a, b, grouping.Link{Pair: cluster.Pair{Sim: of.Sim[n]}, Levels: cluster.Levels{Story: of.Story[n], Storyline: of.Line[n]}, Near: of.Near[n], Folded: of.Folded[n]})
		}
	}
}

func anyPair(Place, Place) bool { return true }

// numbered returns the links by the numbers of articles.
func (l *links) numbered(n numbering, opt grouping.Options) *grouping.Links {
	all := make([]grouping.Link, len(l.A))
	for k := range all {
		all[k] = grouping.Link{
			Pair:   cluster.Pair{A: n.of(l.A[k]), B: n.of(l.B[k]), Sim: l.Sim[k]},
			Levels: cluster.Levels{Story: l.Story[k], Storyline: l.Line[k]}, Near: l.Near[k], Folded: l.Folded[k],
		}
	}
	slices.SortFunc(all, func(x, y grouping.Link) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	return grouping.LinksFrom(n.times(), all, opt)
}

// Links decides on the pairs of a tile.
func (r *Run) Links(ctx context.Context, i int) error {
	tile := r.stretch(i)
	around := tile.wider(2*r.window(), 2*r.window())
	var all facts
	from, to := r.in(around)
	for k := from; k < to; k++ {
		f, err := get[facts](ctx, r.Files, r.name("facts", k))
		if err != nil {
			return err
		}
		for n, b := range f.B {
			if around.has(b) {
				all.add(f.A[n], b, f.fact(n))
			}
		}
	}
	number := numbered(all.A, all.B)
	known := all.numbered(number)
	slices.SortFunc(known, func(x, y grouping.Fact) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	model, later := r.Options.Grouping()
	f := grouping.FactsOf(number.times(), r.Options.Window, known, r.grouping(), model, later...)
	decided, err := f.Decide(ctx, func(k int32) bool { return tile.has(number.places[k]) })
	if err != nil {
		return err
	}
	var out links
	for n, p := range decided.Pairs {
		if b := number.places[p.B]; tile.has(b) {
			out.add(number.places[p.A], b, decided.Link(n))
		}
	}
	return put(ctx, r.Files, r.name("links", i), out)
}
