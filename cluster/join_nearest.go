package cluster

import (
	"cmp"
	"context"
	"slices"
)

// nearer orders the pairs of one later place: the most similar first, of equals the
// one with the earliest other place.
func nearer(p, q Pair) int { return cmp.Or(cmp.Compare(q.Sim, p.Sim), cmp.Compare(p.A, q.A)) }

// most returns how many earlier places a place is paired with at most, 0 for all.
func (e *engine) most(x int) int {
	if x < e.time.dated {
		return e.nearest.Undated
	}
	return e.nearest.Dated
}

// nearestOf returns the first of the pairs of one later place, at most so many, 0 for
// all, and those that are alike. It sorts them if there are more.
func (e *engine) nearestOf(pairs []Pair, most int) []Pair {
	if most == 0 || len(pairs) <= most {
		return pairs
	}
	slices.SortFunc(pairs, nearer)
	for most < len(pairs) && e.alike(pairs[most]) {
		most++
	}
	return pairs[:most]
}

// alike reports whether a pair is kept in any case.
func (e *engine) alike(p Pair) bool { return e.nearest.Alike > 0 && p.Sim >= e.nearest.Alike }

// farthest holds, by later place, the last of the pairs that stay, where some do not.
type farthest []Pair

// has reports whether a pair is one of the nearest of its later place.
func (f farthest) has(p Pair) bool {
	return f == nil || f[p.B] == Pair{} || nearer(p, f[p.B]) <= 0
}

// farthest returns which of the pairs that were found stay: every scan has left the
// nearest in one tile.
func (e *engine) farthest(ctx context.Context, found [][]Pair) farthest {
	if e.nearest == (Nearest{}) {
		return nil
	}
	count, over := make([]int, len(e.time.doc)), false
	tooMany := func(x int32) bool { most := e.most(int(x)); return most > 0 && count[x] > most }
	for _, pairs := range found {
		for _, p := range pairs {
			count[p.B]++
			over = over || tooMany(p.B)
		}
	}
	if !over {
		return nil
	}
	nearest := make([][]Pair, len(count))
	for _, pairs := range found {
		if ctx.Err() != nil {
			return nil
		}
		for _, p := range pairs {
			if !tooMany(p.B) {
				continue
			}
			most := e.most(int(p.B))
			if nearest[p.B] = append(nearest[p.B], p); len(nearest[p.B]) >= 2*most && len(nearest[p.B]) == cap(nearest[p.B]) {
				nearest[p.B] = e.nearestOf(nearest[p.B], most)
			}
		}
	}
	last := make(farthest, len(count))
	e.each(ctx, len(count), func(x int) {
		if nearest[x] != nil {
			near := e.nearestOf(nearest[x], e.most(x))
			last[x] = near[len(near)-1]
		}
	})
	return last
}

// Of returns those of the pairs that stay, where several joins, each of some of the pairs,
// found them: of documents of the given times, each pair once. They are as one join leaves
// them, for each of the several has left all that are among the nearest of all.
func (n Nearest) Of(pairs []Pair, times []int64) []Pair {
	ctx := context.Background()
	e := &engine{nearest: n, jobs: 1, time: newTimeline(ctx, len(times), times, 0)}
	place := make([]int32, len(times))
	for p, doc := range e.time.doc {
		place[doc] = int32(p)
	}
	found := make([]Pair, len(pairs))
	for i, p := range pairs {
		x, y := place[p.A], place[p.B]
		found[i] = Pair{min(x, y), max(x, y), p.Sim}
	}
	near, kept := e.farthest(ctx, [][]Pair{found}), make([]Pair, 0, len(pairs))
	for i, p := range pairs {
		if near.has(found[i]) {
			kept = append(kept, p)
		}
	}
	return kept
}
