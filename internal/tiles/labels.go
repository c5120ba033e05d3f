package tiles

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"qissa"
	"qissa/cluster"
	"qissa/internal/grouping"
)

// labels are the articles of a tile that are not first of story and storyline both.
type labels struct {
	At, Story, Line []Place
	Links           int // of the tile
}

// Labels finds the stories and storylines of the articles of a tile. A storyline depends
// on what stands within LineSpan and a window, a story on all that a chain of links
// connects: as many tiles are read as hold it.
func (r *Run) Labels(ctx context.Context, i int) error {
	tile := r.stretch(i)
	reach := grouping.Seconds(grouping.LineSpan) + r.window()
	around := tile.wider(reach, reach)
	from, to := r.in(around)
	var all links
	own := 0
	for k := from; k < to; k++ {
		before := len(all.A)
		if err := r.addLinks(ctx, &all, k, anyPair); err != nil {
			return err
		}
		if k == i {
			own = len(all.A) - before
		}
	}
	for {
		number := numbered(all.A, all.B)
		l := all.numbered(number, r.grouping())
		parts := l.Parts(nil, r.Options.Story)
		if err := r.bound(ctx, l, number, parts); err != nil {
			return err
		}
		before, behind := r.openEnds(parts, number, around, from, to)
		if !before && !behind {
			return r.label(ctx, i, own, l, number)
		}
		if before {
			from--
			if err := r.addLinks(ctx, &all, from, anyPair); err != nil {
				return err
			}
		}
		if behind {
			if err := r.addLinks(ctx, &all, to, anyPair); err != nil {
				return err
			}
			to++
		}
	}
}

func (r *Run) addLinks(ctx context.Context, all *links, tile int, wanted func(a, b Place) bool) error {
	l, err := get[links](ctx, r.Files, r.name("links", tile))
	all.addAll(l, wanted)
	return err
}

// openEnds reports whether parts that stand in a stretch may go on in the tiles before
// those that were read, from one up to another, and behind them.
func (r *Run) openEnds(parts cluster.Partition, number numbering, around stretch, from, to int) (before, behind bool) {
	if from == to {
		return false, false
	}
	first, last := r.stretch(from).from, r.stretch(to-1).to-r.window()
	asked := make([]bool, len(parts))
	for k, part := range parts {
		asked[part] = asked[part] || around.has(number.places[k])
	}
	for k, part := range parts {
		if s := number.places[k].second(); asked[part] {
			before = before || from > 0 && s < first
			behind = behind || to < len(r.Tiles) && s >= last
		}
	}
	return before, behind
}

// A part, the articles that a chain of links connects, is linked by one task: 7 GB of sums
// for so many articles that all pair, 3 GB for so many links. Those of real dumps have 142
// articles at most. Tests lower both.
var (
	mostArticles = 30_000
	mostLinks    = 50_000_000
)

// bound returns an error if a part, as far as it is read, is too large to be linked.
// Articles that are set aside, and what they follow, need no linking.
func (r *Run) bound(ctx context.Context, l *grouping.Links, number numbering, parts cluster.Partition) error {
	articles, linked, links := make([]int, len(parts)), make([]int, len(parts)), make([]int, len(parts))
	for k, first := range parts {
		if articles[first]++; !l.IsFolded(int32(k)) {
			linked[first]++
		}
	}
	for p := range l.Weighty() {
		if parts[p.A] == parts[p.B] {
			links[parts[p.A]]++
		}
	}
	for first, n := range articles {
		if linked[first] > mostArticles || links[first] > mostLinks {
			title, err := r.title(ctx, number.places[first])
			if err != nil {
				return err
			}
			return fmt.Errorf("one story of %d articles from %q: raise --story or leave the source out", n, title)
		}
	}
	return nil
}

// title returns the title of an article, or its id.
func (r *Run) title(ctx context.Context, p Place) (string, error) {
	h, err := get[heads](ctx, r.Files, r.name("heads", r.of(p)))
	if err != nil {
		return "", err
	}
	n := slices.Index(h.At, p)
	return cmp.Or(h.Title[n], h.ID[n]), nil
}

// label writes the labels of a tile.
func (r *Run) label(ctx context.Context, i, own int, l *grouping.Links, number numbering) error {
	stories, err := l.Group(ctx, r.Options.Story)
	if err != nil {
		return err
	}
	lines, err := l.Storylines(ctx, stories, r.Options.Storyline)
	if err != nil {
		return err
	}
	out := labels{Links: own}
	tile := r.stretch(i)
	for k, p := range number.places {
		if tile.has(p) && (stories[k] != k || lines[k] != k) {
			out.At, out.Story, out.Line = append(out.At, p), append(out.Story, number.places[stories[k]]), append(out.Line, number.places[lines[k]])
		}
	}
	return put(ctx, r.Files, r.name("labels", i), out)
}

// settled is what the labels of all tiles tell.
type settled struct {
	Reach  []int              // of each tile the last one in which a story of it has an article
	Moved  labels             // the articles that corrections move
	Said   [][2]Place         // the pairs that corrections of stories name
	Unmet  []qissa.Correction // of articles that are not there
	Unkept []string           // why corrections of storylines are not obeyed
	Drawn  int                // articles to which corrections gave other company
}

// A label is the story and storyline of an article, by their first articles, and the story
// that it would be in without corrections.
type label struct{ story, line, before Place }

// A book tells the labels of articles.
type book map[Place]label

func (b book) at(p Place) label {
	if l, known := b[p]; known {
		return l
	}
	return label{p, p, p}
}

// book returns the labels of the articles of tiles, ascending.
func (r *Run) book(ctx context.Context, s *settled, tiles []int) (book, error) {
	b := book{}
	for _, i := range tiles {
		l, err := get[labels](ctx, r.Files, r.name("labels", i))
		if err != nil {
			return nil, err
		}
		for n, p := range l.At {
			b[p] = label{l.Story[n], l.Line[n], l.Story[n]}
		}
	}
	if s == nil {
		return b, nil
	}
	for n, p := range s.Moved.At {
		if _, is := slices.BinarySearch(tiles, r.of(p)); is {
			b[p] = label{s.Moved.Story[n], s.Moved.Line[n], b.at(p).before}
		}
	}
	return b, nil
}

// tiles lists those from one up to another.
func tiles(from, to int) []int {
	var list []int
	for i := from; i < to; i++ {
		list = append(list, i)
	}
	return list
}

// stories lists the members of the stories of the articles of a tile that are first in
// theirs, for those that have several.
func (b book) stories(in stretch) map[Place][]Place {
	members := map[Place][]Place{}
	for p, l := range b {
		if p != l.story && in.has(l.story) {
			members[l.story] = append(members[l.story], p)
		}
	}
	for first, list := range members {
		list = append(list, first)
		slices.Sort(list)
		members[first] = list
	}
	return members
}
