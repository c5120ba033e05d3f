package tiles

import (
	"context"
	"maps"
	"slices"

	"qissa/internal/corpus"
	"qissa/internal/grouping"
)

// keys are what articles are sampled by.
type keys struct {
	At         []Place
	Outlet, ID []string
	Title      []uint64 // hashes
}

// Keys finds the keys of a tile.
func (r *Run) Keys(ctx context.Context, i int) error {
	b, places, err := r.batch(ctx, i, i+1, all)
	if err != nil {
		return err
	}
	out := keys{At: places, Title: b.Words.TitleHashes()}
	for k := range b.Articles {
		out.Outlet, out.ID = append(out.Outlet, b.Articles[k].Source), append(out.ID, b.Articles[k].ID)
	}
	return put(ctx, r.Files, r.name("keys", i), out)
}

// Sample finds what outlets add to their articles. Memory for the sample, and for 16 bytes
// an article.
func (r *Run) Sample(ctx context.Context) error {
	var s corpus.Sampler
	for i := range r.Tiles {
		k, err := get[keys](ctx, r.Files, r.name("keys", i))
		if err != nil {
			return err
		}
		for n, p := range k.At {
			s.Add(int64(p), k.Outlet[n], k.ID[n], k.Title[n])
		}
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

// Count counts the terms of a tile.
func (r *Run) Count(ctx context.Context, i int) error {
	of, err := get[corpus.Boilerplate](ctx, r.Files, "boilerplate")
	if err != nil {
		return err
	}
	b, _, err := r.batch(ctx, i, i+1, all)
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
	return put(ctx, r.Files, r.name("counts", i), out)
}

// counts are in how many documents of a tile terms stand, as [grouping.Counts] of those
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
	for i := range r.Tiles {
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
