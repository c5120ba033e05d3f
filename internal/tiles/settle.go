package tiles

import (
	"context"
	"slices"

	"qissa"
	"qissa/cluster"
	"qissa/internal/grouping"
)

// Settle obeys the corrections, and finds how far stories reach. Memory for the articles
// of the storylines that corrections name.
func (r *Run) Settle(ctx context.Context) error {
	s := &settled{Reach: make([]int, len(r.Tiles))}
	for i := range s.Reach {
		s.Reach[i] = i
	}
	if err := r.correct(ctx, s); err != nil {
		return err
	}
	for i := range r.Tiles {
		b, err := r.book(ctx, s, []int{i})
		if err != nil {
			return err
		}
		for _, l := range b {
			first := r.of(l.story)
			s.Reach[first] = max(s.Reach[first], i)
		}
	}
	return put(ctx, r.Files, "settled", s)
}

// correct obeys the corrections: on the articles of the storylines that they name, as on
// all.
func (r *Run) correct(ctx context.Context, s *settled) error {
	if len(r.Options.Corrections) == 0 {
		return nil
	}
	known, constraints, err := r.constraints(ctx, s)
	if err != nil || len(known) == 0 {
		return err
	}
	if err := qissa.Contradiction(known); err != nil {
		return err
	}
	named := map[Place]bool{}
	for _, c := range constraints {
		named[c[0]], named[c[1]] = true, true
	}
	members, err := r.lineMembers(ctx, named)
	if err != nil {
		return err
	}
	var at []Place
	for p := range members {
		at = append(at, p)
	}
	number := numbered(at)
	var between links
	tiles := map[int]bool{}
	for p := range named {
		tiles[r.of(p)] = true
	}
	for i := range tiles {
		if err := r.addLinks(ctx, &between, i, func(a, b Place) bool { return named[a] && named[b] }); err != nil {
			return err
		}
	}
	return s.obey(ctx, r, known, constraints, members, number, between.numbered(number, r.grouping()))
}

// constraints returns the corrections of articles that are there, and the places of these.
func (r *Run) constraints(ctx context.Context, s *settled) (known []qissa.Correction, at [][2]Place, err error) {
	places := map[string]Place{}
	for i := range r.Tiles {
		f, err := get[named](ctx, r.Files, r.name("named", i))
		if err != nil {
			return nil, nil, err
		}
		for n, id := range f.ID {
			places[id] = f.At[n]
		}
	}
	for _, c := range r.Options.Corrections {
		a, okA := places[c.A]
		b, okB := places[c.B]
		if !okA || !okB {
			s.Unmet = append(s.Unmet, c)
			continue
		}
		known, at = append(known, c), append(at, [2]Place{a, b})
		if !c.Storyline && a != b {
			s.Said = append(s.Said, [2]Place{min(a, b), max(a, b)})
		}
	}
	return known, at, nil
}

// lineMembers returns the labels of all articles of the storylines of some.
func (r *Run) lineMembers(ctx context.Context, named map[Place]bool) (book, error) {
	lines, members := map[Place]bool{}, book{}
	for i := range r.Tiles {
		b, err := r.book(ctx, nil, []int{i})
		if err != nil {
			return nil, err
		}
		for p := range named {
			if r.of(p) == i {
				members[p] = b.at(p)
				lines[b.at(p).line] = true
			}
		}
	}
	for p := range lines { // the first of each has no label if its story begins with it
		members[p] = label{p, p, p}
	}
	for i := range r.Tiles {
		b, err := r.book(ctx, nil, []int{i})
		if err != nil {
			return nil, err
		}
		for p, l := range b {
			if lines[l.line] {
				members[p] = l
			}
		}
	}
	return members, nil
}

func (s *settled) obey(ctx context.Context, r *Run, known []qissa.Correction, at [][2]Place, members book, number numbering, between *grouping.Links) error {
	stories, lines := make(cluster.Partition, len(number.places)), make(cluster.Partition, len(number.places))
	for k, p := range number.places {
		stories[k], lines[k] = int(number.of(members[p].story)), int(number.of(members[p].line))
	}
	of := make([][2]int32, len(known))
	for n := range known {
		of[n] = [2]int32{number.of(at[n][0]), number.of(at[n][1])}
	}
	now, err := qissa.Obey(ctx, between, stories, lines, known, of, r.Options.Story)
	if err != nil {
		return err
	}
	s.Drawn = now.Drawn
	for _, why := range now.Unobeyed {
		s.Unkept = append(s.Unkept, why.Error())
	}
	for k, p := range number.places {
		if to := (label{number.places[now.Stories[k]], number.places[now.Lines[k]], members[p].before}); to != members[p] {
			s.Moved.At, s.Moved.Story, s.Moved.Line = append(s.Moved.At, p), append(s.Moved.Story, to.story), append(s.Moved.Line, to.line)
		}
	}
	return nil
}

// uniquePairs returns pairs, each once.
func uniquePairs(pairs [][2]Place) [][2]Place {
	slices.SortFunc(pairs, func(x, y [2]Place) int { return slices.Compare(x[:], y[:]) })
	return slices.Compact(pairs)
}
