package tiles

import (
	"context"

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

func (f *facts) add(a, b Place, x grouping.Fact) {
	f.A, f.B = append(f.A, a), append(f.B, b)
	f.Sim, f.Story, f.Line = append(f.Sim, x.Sim), append(f.Story, x.Own.Story), append(f.Line, x.Own.Storyline)
	f.Title, f.Text = append(f.Title, x.Title), append(f.Text, x.Text)
}

// fact returns the nth, but for the articles.
func (f *facts) fact(n int) grouping.Fact {
	return grouping.Fact{
		Pair: cluster.Pair{Sim: f.Sim[n]}, Own: cluster.Levels{Story: f.Story[n], Storyline: f.Line[n]}, Title: f.Title[n], Text: f.Text[n],
	}
}

// numbered returns the facts by the numbers of articles.
func (f *facts) numbered(number numbering) []grouping.Fact {
	all := make([]grouping.Fact, len(f.A))
	for n := range all {
		all[n] = f.fact(n)
		all[n].A, all[n].B = number.of(f.A[n]), number.of(f.B[n])
	}
	return all
}

// Facts finds the facts of the pairs of a tile, or of those between two parts of it.
func (r *Run) Facts(ctx context.Context, task int) error {
	c := r.comparisons()[task]
	if c.of > 1 {
		return r.compare(ctx, c)
	}
	i := c.tile
	tile := r.stretch(i)
	weighed, places, err := r.weigh(ctx, tile.wider(2*r.window(), 0), i, all)
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
	if err := put(ctx, r.Files, r.name("named", i), r.named(weighed.Articles, places, tile)); err != nil {
		return err
	}
	if err := put(ctx, r.Files, r.name("heads", i), headsOf(weighed.Articles, places, tile)); err != nil {
		return err
	}
	return put(ctx, r.Files, r.name("facts", i), factsOf(found, places))
}

// weigh reads those articles of a stretch that ends with a tile for which it is true.
func (r *Run) weigh(ctx context.Context, in stretch, tile int, wanted func(Place) bool) (*grouping.Weighed, []Place, error) {
	from, _ := r.in(in)
	batch, places, err := r.batch(ctx, from, tile+1, func(p Place) bool { return in.has(p) && wanted(p) })
	if err != nil {
		return nil, nil, err
	}
	model, later := r.Options.Grouping()
	weighed, err := batch.Weigh(ctx, model, later...)
	return weighed, places, err
}

func factsOf(found *grouping.Facts, places []Place) (out facts) {
	for n, p := range found.Pairs {
		out.add(places[p.A], places[p.B], found.Fact(n))
	}
	return out
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
