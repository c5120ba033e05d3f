package tiles

import (
	"context"
	"maps"
	"slices"

	"qissa/article"
	"qissa/internal/corpus"
	"qissa/internal/grouping"
	"qissa/internal/parallel"
)

// keys are what articles are sampled by.
type keys struct {
	At         []Place
	Outlet, ID []string
	Title      []uint64 // hashes
}

// Keys finds the keys of a piece.
func (r *Run) Keys(ctx context.Context, task int) error {
	p := r.pieces()[task]
	var out keys
	var titles []article.Article // without their texts, whose words take longest
	err := r.eachText(ctx, p.tile, p.tile+1, p.has, func(at Place, a article.Article) {
		out.At, out.Outlet, out.ID = append(out.At, at), append(out.Outlet, a.Source), append(out.ID, a.ID)
		titles = append(titles, article.Article{Title: a.Title})
	})
	if err != nil {
		return err
	}
	words, err := corpus.Read(ctx, titles, corpus.Options{Jobs: parallel.Jobs(r.Options.Jobs)})
	if err != nil {
		return err
	}
	out.Title = words.TitleHashes()
	return put(ctx, r.Files, r.name("keys", task), out)
}

// Sample finds what outlets add to their articles. Memory for the sample, and for 16 bytes
// an article.
func (r *Run) Sample(ctx context.Context) error {
	var s corpus.Sampler
	var of keys // of a tile
	pieces := r.pieces()
	for i, p := range pieces {
		k, err := get[keys](ctx, r.Files, r.name("keys", i))
		if err != nil {
			return err
		}
		of.At, of.Outlet, of.ID, of.Title = append(of.At, k.At...), append(of.Outlet, k.Outlet...), append(of.ID, k.ID...), append(of.Title, k.Title...)
		if p.part < p.of-1 {
			continue
		}
		for _, n := range inOrder(of.At) {
			s.Add(int64(of.At[n]), of.Outlet[n], of.ID[n], of.Title[n])
		}
		of = keys{}
	}
	sample := s.Sample()
	at := map[Place]bool{}
	for _, p := range sample.At {
		at[Place(p)] = true
	}
	b, _, err := r.batch(ctx, 0, len(r.Tiles), func(p Place) bool { return at[p] })
	if err != nil {
		return err
	}
	found, err := b.Boilerplate(ctx, sample)
	if err != nil {
		return err
	}
	return put(ctx, r.Files, "boilerplate", found)
}

// Count counts the terms of a piece.
func (r *Run) Count(ctx context.Context, task int) error {
	of, err := get[corpus.Boilerplate](ctx, r.Files, "boilerplate")
	if err != nil {
		return err
	}
	p := r.pieces()[task]
	b, _, err := r.batch(ctx, p.tile, p.tile+1, p.has)
	if err != nil {
		return err
	}
	c, err := b.Count(ctx, of)
	if err != nil {
		return err
	}
	out := counts{Documents: c.Documents, Term: slices.Sorted(maps.Keys(c.Of))}
	for _, term := range out.Term {
		out.Of = append(out.Of, c.Of[term])
	}
	return put(ctx, r.Files, r.name("counts", task), out)
}

// counts are in how many documents of a piece terms stand, as [grouping.Counts] of those
// terms.
type counts struct {
	Documents int
	Term      []string
	Of        [][3]int
}

// Model writes the model. Memory for all terms.
func (r *Run) Model(ctx context.Context) error {
	of, err := get[corpus.Boilerplate](ctx, r.Files, "boilerplate")
	if err != nil {
		return err
	}
	var sum grouping.Counts
	for i := range r.pieces() {
		c, err := get[counts](ctx, r.Files, r.name("counts", i))
		if err != nil {
			return err
		}
		sum.Documents += c.Documents
		for n, term := range c.Term {
			sum.Add(term, c.Of[n])
		}
	}
	f, err := r.Create(ctx, "model")
	if err != nil {
		return err
	}
	if err := sum.Model(of).Write(f); err != nil {
		return err // f is left open: it is not there
	}
	return f.Close()
}
