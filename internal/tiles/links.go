package tiles

import (
	"cmp"
	"context"
	"slices"

	"qissa"
	"qissa/article"
	"qissa/cluster"
	"qissa/internal/grouping"
)

// facts are the facts of a tile.
type facts struct {
	A, B             []Place
	Sim, Story, Line []float64
	Title            []float32
	Text             []grouping.Text
}

// Facts finds the facts of the pairs of a tile.
func (r *Run) Facts(ctx context.Context, i int) error {
	tile := r.stretch(i)
	around := tile.wider(2*r.window(), 0)
	from, _ := r.in(around)
	batch, places, err := r.batch(ctx, from, i+1, around.has)
	if err != nil {
		return err
	}
	articles := batch.Articles
	model, later := r.Options.Grouping()
	weighed, err := batch.Weigh(ctx, model, later...)
	if err != nil {
		return err
	}
	fresh := func(k int32) bool { return tile.has(places[k]) }
	if tile.has(places[0]) {
		fresh = nil
	}
	found, err := weighed.FindFacts(ctx, r.Options.Window, fresh)
	if err != nil {
		return err
	}
	if err := r.lend(ctx, i, weighed, places, fresh); err != nil {
		return err
	}
	var out facts
	for n := range found.Pairs {
		f := found.Fact(n)
		out.A, out.B = append(out.A, places[f.A]), append(out.B, places[f.B])
		out.Sim, out.Story, out.Line = append(out.Sim, f.Sim), append(out.Story, f.Own.Story), append(out.Line, f.Own.Storyline)
		out.Title, out.Text = append(out.Title, f.Title), append(out.Text, f.Text)
	}
	if err := put(ctx, r.Files, r.name("named", i), r.named(articles, places, tile)); err != nil {
		return err
	}
	if err := put(ctx, r.Files, r.name("heads", i), headsOf(articles, places, tile)); err != nil {
		return err
	}
	return put(ctx, r.Files, r.name("facts", i), out)
}

// heads are what names of stories are made of, of the articles of a tile.
type heads struct {
	At               []Place
	ID, Story, Title []string // Story is the id of a story of which it is the first
}

func headsOf(articles []article.Article, places []Place, in stretch) (h heads) {
	for i, p := range places {
		if a := &articles[i]; in.has(p) {
			h.At, h.ID, h.Story, h.Title = append(h.At, p), append(h.ID, a.ID), append(h.Story, qissa.StoryID(a)), append(h.Title, a.Title)
		}
	}
	return h
}

// named are articles that corrections name.
type named struct {
	ID []string
	At []Place
}

// named returns the articles of a stretch that corrections name.
func (r *Run) named(articles []article.Article, places []Place, in stretch) (found named) {
	asked := map[string]bool{}
	for _, c := range r.Options.Corrections {
		asked[c.A], asked[c.B] = true, true
	}
	for i, p := range places {
		if in.has(p) && asked[articles[i].ID] {
			found.ID, found.At = append(found.ID, articles[i].ID), append(found.At, p)
		}
	}
	return found
}

// A numbering numbers the articles at some places, in order.
type numbering struct{ places []Place }

func numbered(places ...[]Place) numbering {
	all := slices.Concat(places...)
	slices.Sort(all)
	return numbering{slices.Compact(all)}
}

// of returns the number of an article that has one.
func (n numbering) of(p Place) int32 {
	i, _ := slices.BinarySearch(n.places, p)
	return int32(i)
}

func (n numbering) times() []int64 {
	times := make([]int64, len(n.places))
	for i, p := range n.places {
		times[i] = p.time()
	}
	return times
}

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
				all.A, all.B = append(all.A, f.A[n]), append(all.B, b)
				all.Sim, all.Story, all.Line = append(all.Sim, f.Sim[n]), append(all.Story, f.Story[n]), append(all.Line, f.Line[n])
				all.Title, all.Text = append(all.Title, f.Title[n]), append(all.Text, f.Text[n])
			}
		}
	}
	number := numbered(all.A, all.B)
	known := make([]grouping.Fact, len(all.A))
	for n := range known {
		known[n] = grouping.Fact{
			Pair: cluster.Pair{A: number.of(all.A[n]), B: number.of(all.B[n]), Sim: all.Sim[n]},
			Own:  cluster.Levels{Story: all.Story[n], Storyline: all.Line[n]}, Title: all.Title[n], Text: all.Text[n],
		}
	}
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
