package tiles

import (
	"context"

	"qissa/internal/corpus"
	"qissa/internal/grouping"
)

// marks are what the tasks that compare parts of a tile need to know of all of its
// articles, and of those before it.
type marks struct {
	At              []Place
	Words, Template []byte // digests, one after the other
	Day             []int32
	TooShort        []bool
}

func (m *marks) add(at Place, x grouping.Mark) {
	m.At, m.Words, m.Template = append(m.At, at), append(m.Words, x.Words[:]...), append(m.Template, x.Template[:]...)
	m.Day, m.TooShort = append(m.Day, x.Day), append(m.TooShort, x.TooShort)
}

func (m *marks) mark(n int) grouping.Mark {
	const size = len(corpus.Digest{})
	from, to := n*size, n*size+size
	return grouping.Mark{Words: corpus.Digest(m.Words[from:to]), Template: corpus.Digest(m.Template[from:to]), Day: m.Day[n], TooShort: m.TooShort[n]}
}

// part is the name of a file of a part of a tile.
func (r *Run) part(step string, tile, part int) string {
	return r.name(step, tile) + "-" + r.name("part", part)
}

// Marks finds the marks of a part of a tile that is cut, and its heads.
func (r *Run) Marks(ctx context.Context, task int) error {
	p := r.cut()[task]
	tile := r.stretch(p.tile)
	weighed, places, err := r.weigh(ctx, tile.wider(2*r.window(), 0), p.tile, p.has)
	if err != nil {
		return err
	}
	found, err := weighed.Marks(ctx, nil)
	if err != nil {
		return err
	}
	var out marks
	for n, x := range found {
		out.add(places[n], x)
	}
	if err := put(ctx, r.Files, r.part("named", p.tile, p.part), r.named(weighed.Articles, places, tile)); err != nil {
		return err
	}
	if err := put(ctx, r.Files, r.part("heads", p.tile, p.part), headsOf(weighed.Articles, places, tile)); err != nil {
		return err
	}
	return put(ctx, r.Files, r.part("marks", p.tile, p.part), out)
}

// around returns which articles of a tile that is cut, and before it, are compared, and
// their places.
func (r *Run) around(ctx context.Context, tile int) (*grouping.Around, numbering, error) {
	var all marks
	for part := range r.parts(tile) {
		m, err := get[marks](ctx, r.Files, r.part("marks", tile, part))
		if err != nil {
			return nil, numbering{}, err
		}
		for n, at := range m.At {
			all.add(at, m.mark(n))
		}
	}
	number := numbered(all.At)
	sorted := make([]grouping.Mark, len(all.At))
	for n, at := range all.At {
		sorted[number.of(at)] = all.mark(n)
	}
	return grouping.AroundOf(number.times(), sorted, r.Options.Window), number, nil
}

// some is what two parts of a tile tell of the pairs between them.
type some struct {
	Facts  facts
	Claims claims
}

// compare finds the facts and claims of the pairs between two parts. What is further
// before the tile than a window pairs with none of it: its marks suffice.
func (r *Run) compare(ctx context.Context, c comparison) error {
	around, number, err := r.around(ctx, c.tile)
	if err != nil {
		return err
	}
	tile := r.stretch(c.tile)
	weighed, places, err := r.weigh(ctx, tile.wider(r.window(), 0), c.tile, c.reads)
	if err != nil {
		return err
	}
	numbers := make([]int32, len(places))
	for k, at := range places {
		numbers[k] = number.of(at)
	}
	asked := func(a, b int32) bool {
		return tile.has(places[max(a, b)]) && c.asks(places[a], places[b])
	}
	found, err := weighed.FindSome(ctx, r.Options.Window, around, numbers, asked)
	if err != nil {
		return err
	}
	out := some{Facts: factsOf(found, places)}
	if out.Claims, err = r.claim(ctx, weighed, places, asked); err != nil {
		return err
	}
	return put(ctx, r.Files, r.part("some", c.tile, c.number()), out)
}

// Together makes of what the parts of a tile tell, two at a time, the files of the tile.
// Memory for all its facts and claims.
func (r *Run) Together(ctx context.Context, task int) error {
	i := r.dense()[task]
	var all some
	for _, c := range r.comparisonsOf(i) {
		s, err := get[some](ctx, r.Files, r.part("some", i, c.number()))
		if err != nil {
			return err
		}
		for n, a := range s.Facts.A {
			all.Facts.add(a, s.Facts.B[n], s.Facts.fact(n))
		}
		all.Claims.addAll(s.Claims)
	}
	if err := put(ctx, r.Files, r.name("loans", i), all.Claims.granted()); err != nil {
		return err
	}
	if err := r.headsTogether(ctx, i); err != nil {
		return err
	}
	number := numbered(all.Facts.A, all.Facts.B)
	found := all.Facts.numbered(number)
	all = some{}
	_, later := r.Options.Grouping()
	var out facts
	for _, x := range grouping.Together(number.times(), found, later...) {
		out.add(number.places[x.A], number.places[x.B], x)
	}
	return put(ctx, r.Files, r.name("facts", i), out)
}

// headsTogether writes the heads of a tile, and the articles that corrections name, of
// those of its parts.
func (r *Run) headsTogether(ctx context.Context, tile int) error {
	var found heads
	var out named
	for part := range r.parts(tile) {
		h, err := get[heads](ctx, r.Files, r.part("heads", tile, part))
		if err != nil {
			return err
		}
		n, err := get[named](ctx, r.Files, r.part("named", tile, part))
		if err != nil {
			return err
		}
		found.At, found.ID, found.Story, found.Title = append(found.At, h.At...), append(found.ID, h.ID...), append(found.Story, h.Story...), append(found.Title, h.Title...)
		out.ID, out.At = append(out.ID, n.ID...), append(out.At, n.At...)
	}
	var sorted heads
	for _, k := range inOrder(found.At) {
		sorted.At, sorted.ID = append(sorted.At, found.At[k]), append(sorted.ID, found.ID[k])
		sorted.Story, sorted.Title = append(sorted.Story, found.Story[k]), append(sorted.Title, found.Title[k])
	}
	var sortedNames named
	for _, k := range inOrder(out.At) {
		sortedNames.ID, sortedNames.At = append(sortedNames.ID, out.ID[k]), append(sortedNames.At, out.At[k])
	}
	if err := put(ctx, r.Files, r.name("named", tile), sortedNames); err != nil {
		return err
	}
	return put(ctx, r.Files, r.name("heads", tile), sorted)
}
