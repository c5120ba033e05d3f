package tiles

import (
	"cmp"
	"context"
	"slices"

	"qissa"
)

// names tell of the stories of a tile what ids and storylines are made of.
type names struct {
	Story, Line []Place
	ID          []string // by content
	Title       []string // of the article that represents it
	Size        []int
}

// Names finds who represents each story of a tile.
func (r *Run) Names(ctx context.Context, i int) error {
	s, err := get[*settled](ctx, r.Files, "settled")
	if err != nil {
		return err
	}
	labels, err := r.book(ctx, s, tiles(i, s.Reach[i]+1))
	if err != nil {
		return err
	}
	tile := r.stretch(i)
	members := labels.stories(tile)
	represents, err := r.representatives(ctx, i, s.Reach[i]+1, members, labels)
	if err != nil {
		return err
	}
	title, id, firsts := map[Place]string{}, map[Place]string{}, []Place{}
	wanted := map[Place]bool{}
	for _, p := range represents {
		wanted[p] = true
	}
	for k := i; k <= s.Reach[i]; k++ {
		h, err := get[heads](ctx, r.Files, r.name("heads", k))
		if err != nil {
			return err
		}
		for n, p := range h.At {
			first := k == i && labels.at(p).story == p
			if first {
				id[p], firsts = h.Story[n], append(firsts, p)
			}
			if first || wanted[p] {
				title[p] = h.Title[n]
			}
		}
	}
	var out names
	for _, p := range firsts {
		size, by := 1, p
		if list := members[p]; list != nil {
			size, by = len(list), represents[p]
		}
		out.Story, out.Line, out.Size = append(out.Story, p), append(out.Line, labels.at(p).line), append(out.Size, size)
		out.ID, out.Title = append(out.ID, id[p]), append(out.Title, title[by])
	}
	return put(ctx, r.Files, r.name("names", i), out)
}

// representatives returns the article that stands for each of the stories, by their first
// articles; the tiles, from one up to another, hold their links.
func (r *Run) representatives(ctx context.Context, from, to int, stories map[Place][]Place, labels book) (map[Place]Place, error) {
	var inside links
	for i := from; i < to; i++ {
		err := r.addLinks(ctx, &inside, i, func(a, b Place) bool {
			story := labels.at(a).story
			return stories[story] != nil && story == labels.at(b).story
		})
		if err != nil {
			return nil, err
		}
	}
	lists := [][]Place{}
	for _, list := range stories {
		lists = append(lists, list)
	}
	number := numbered(lists...)
	l := inside.numbered(number, r.grouping())
	of := map[Place][]int{}
	for n, p := range l.Pairs {
		first := labels.at(number.places[p.A]).story
		of[first] = append(of[first], n)
	}
	represents := map[Place]Place{}
	for first, list := range stories {
		members := make([]int, len(list))
		for k, p := range list {
			members[k] = int(number.of(p))
		}
		represents[first] = number.places[qissa.Representative(l, members, of[first])]
	}
	return represents, nil
}

// ids are the final names of the stories of a tile.
type ids struct {
	Story                     []Place
	ID, LineID, LineTitle     []string
	LineArticles, LineStories []int
}

// A namedStory is one whose id, or storyline, others have too.
type namedStory struct {
	at    Place
	size  int
	id    string
	title string
}

// larger puts stories in the order of a result.
func larger(x, y namedStory) int { return cmp.Or(cmp.Compare(y.size, x.size), cmp.Compare(x.at, y.at)) }

// IDs gives the stories of all tiles their ids, and tells their storylines. Memory for 32
// bytes a story, and for the titles of storylines of several stories.
func (r *Run) IDs(ctx context.Context) error {
	again, shared, err := r.notAlone(ctx)
	if err != nil {
		return err
	}
	lines, same := map[Place][]namedStory{}, map[string][]namedStory{}
	err = r.eachNames(ctx, func(_ int, n *names) error {
		for k, p := range n.Story {
			x := namedStory{p, n.Size[k], n.ID[k], n.Title[k]}
			if again[n.ID[k]] {
				same[n.ID[k]] = append(same[n.ID[k]], x)
			}
			if shared[n.Line[k]] {
				lines[n.Line[k]] = append(lines[n.Line[k]], x)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	renamed := map[Place]string{}
	for id, stories := range same {
		slices.SortFunc(stories, larger)
		for n, x := range stories {
			renamed[x.at] = qissa.NumberedID(id, n+1)
		}
	}
	final := func(p Place, id string) string {
		if other, ok := renamed[p]; ok {
			return other
		}
		return id
	}
	told := map[Place]lineNames{}
	for line, stories := range lines {
		told[line] = nameLine(stories, final)
	}
	return r.eachNames(ctx, func(i int, n *names) error {
		var out ids
		for k, p := range n.Story {
			line, known := told[n.Line[k]]
			if !known {
				line = nameLine([]namedStory{{p, n.Size[k], n.ID[k], n.Title[k]}}, final)
			}
			out.Story, out.ID = append(out.Story, p), append(out.ID, final(p, n.ID[k]))
			out.LineID, out.LineTitle = append(out.LineID, line.id), append(out.LineTitle, line.title)
			out.LineArticles, out.LineStories = append(out.LineArticles, line.articles), append(out.LineStories, line.stories)
		}
		return put(ctx, r.Files, r.name("ids", i), out)
	})
}

// A lineNames is what records tell of a storyline.
type lineNames struct {
	id, title         string
	articles, stories int
}

func nameLine(stories []namedStory, final func(Place, string) string) lineNames {
	first := slices.MinFunc(stories, func(x, y namedStory) int { return cmp.Compare(x.at, y.at) })
	largest := slices.MinFunc(stories, larger)
	line := lineNames{id: qissa.StorylineID(final(first.at, first.id)), title: largest.title, stories: len(stories)}
	for _, x := range stories {
		line.articles += x.size
	}
	return line
}

// notAlone returns the ids that several stories have, and the storylines of several.
func (r *Run) notAlone(ctx context.Context) (again map[string]bool, shared map[Place]bool, err error) {
	again, shared = map[string]bool{}, map[Place]bool{}
	seen := map[[12]byte]struct{}{}
	err = r.eachNames(ctx, func(_ int, n *names) error {
		for k, id := range n.ID {
			digits := [12]byte([]byte(id)[len("s_"):])
			if _, met := seen[digits]; met {
				again[id] = true
			}
			seen[digits] = struct{}{}
			if n.Line[k] != n.Story[k] {
				shared[n.Line[k]] = true
			}
		}
		return nil
	})
	return again, shared, err
}

func (r *Run) eachNames(ctx context.Context, do func(i int, n *names) error) error {
	for i := range r.Tiles {
		n, err := get[*names](ctx, r.Files, r.name("names", i))
		if err == nil {
			err = do(i, n)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
