package grouping

import (
	"context"
	"iter"
	"slices"
	"sort"

	"qissa/cluster"
	"qissa/internal/overlap"
	"qissa/internal/parallel"
	"qissa/internal/sparse"
)

// Links are the pairs of articles and how sure it is that each is one story.
type Links struct {
	Pairs   []cluster.Pair                 // as in [Facts]
	Overlap sparse.Values[overlap.Overlap] // likewise
	Folded  []int32                        // likewise

	time []int64                 // of each article
	same sparse.Values[float64]  // by pair, where above 0
	line sparse.Values[float64]  // that a pair is of one storyline; likewise
	near sparse.Values[struct{}] // pairs that are compared word by word and shown; nil for all
	opt  Options
}

// LinksOf returns links between articles of the given times: pairs by (A, B), and both
// similarities of each.
func LinksOf(time []int64, pairs []cluster.Pair, same []cluster.Levels) *Links {
	l := &Links{Pairs: pairs, time: time, opt: Options{Jobs: 1}}
	l.setLevels(same)
	return l
}

// Options returns how the links are worked on.
func (l *Links) Options() Options { return l.opt }

// Kept returns what groups are made of, for keeping: as [Links.Write] writes it, without
// overlaps and options. Groups of it are made by one worker.
func (l *Links) Kept() *Links {
	return &Links{Pairs: l.Pairs, Folded: l.Folded, time: l.time, same: l.same, line: l.line, opt: Options{Jobs: 1}}
}

// setLevels gives all pairs their similarities.
func (l *Links) setLevels(same []cluster.Levels) {
	l.same, l.line = sparse.New[float64](len(l.Pairs)), sparse.New[float64](len(l.Pairs))
	for n, s := range same {
		l.add(n, s)
	}
}

// add gives a pair its similarities.
func (l *Links) add(n int, same cluster.Levels) {
	if same.Story > 0 {
		l.same.Add(n, same.Story)
	}
	if same.Storyline > 0 {
		l.line.Add(n, same.Storyline)
	}
}

// Same returns the similarity that decides of a pair, by its number: the probability
// that the two are one story, 0 to 1.
func (l *Links) Same(pair int) float64 {
	if same := l.same.At(pair); same != nil {
		return *same
	}
	return 0
}

// Weighty yields the pairs that linkage averages over, by (A, B), with the similarity that
// decides: above 0, and of no folded article.
func (l *Links) Weighty() iter.Seq[cluster.Pair] {
	return func(yield func(cluster.Pair) bool) {
		for n, p := range l.Pairs {
			if same := l.Same(n); same > 0 && !l.IsFolded(p.B) && !yield(cluster.Pair{A: p.A, B: p.B, Sim: same}) {
				return
			}
		}
	}
}

// Follows returns the article that a folded one follows, and any other itself.
func (l *Links) Follows(i int32) int32 {
	if l.IsFolded(i) {
		return l.Folded[i]
	}
	return i
}

// Line returns the probability that the articles of a pair, by its number, belong to one
// storyline, 0 to 1.
func (l *Links) Line(pair int) float64 {
	if line := l.line.At(pair); line != nil {
		return *line
	}
	return 0
}

// IsNear reports whether a pair, by its number, is among the most similar ones of its
// later article, whose words are aligned and shown.
func (l *Links) IsNear(pair int) bool { return isNear(l.near, pair) }

func (l *Links) articles() int { return len(l.time) }

// IsFolded reports whether an article follows an earlier one with its words.
func (l *Links) IsFolded(i int32) bool { return isFolded(l.Folded, i) }

// Decide gives every pair of articles its two similarities, from its facts and from how
// dense the surroundings of both are. Of limits the pairs to those with an article for
// which it is true; nil for all. Cost linear in the pairs.
func (f *Facts) Decide(ctx context.Context, of func(i int32) bool) (*Links, error) {
	w, opt := f.weighed, f.weighed.opt
	l := &Links{Pairs: f.Pairs, Overlap: f.Overlap, Folded: f.Folded, time: w.Time, opt: opt}
	opt.stage(StageNeighbours)
	neighbourhood := f.Neighbourhood()
	l.near = f.near()
	l.same, l.line = sparse.New[float64](len(f.Pairs)), sparse.New[float64](len(f.Pairs))
	copies := f.copiesFar(l.near)
	comparers := make([]*cluster.NeighbourComparer, opt.Jobs)
	for w := range comparers {
		comparers[w] = neighbourhood.Comparer()
	}
	err := parallel.ForBlocks(ctx, parallel.Blocks(len(f.Pairs)), opt.Jobs, opt.stage(StageDeciding), func(worker, b int) {
		from, to := parallel.Range(b, len(f.Pairs))
		for n := from; n < to; n++ {
			p := f.Pairs[n]
			if of != nil && !of(p.A) && !of(p.B) {
				continue
			}
			sim, fixed := f.fixed(n, l.near, copies)
			same := cluster.Levels{Story: sim, Storyline: sim}
			if !fixed {
				comparers[worker].Prefetch(f.Pairs[n:])
				same = w.modelOf(p.B).Decisions.Decide(f.Own(n), comparers[worker], p)
			}
			l.add(n, same)
		}
	})
	return l, err
}

// fixed returns the similarity of a pair that its words decide alone: 1 for parts of one
// agency item and for one text in two articles, if only by way of others where the pair is far, 0 for two
// instances of a template or bulletins of two days.
func (f *Facts) fixed(n int, near, copies sparse.Values[struct{}]) (sim float64, fixed bool) {
	switch text := f.Text[n]; {
	case text == OtherDay:
		return 0, true
	case text == Folded, text == OneItem:
		return 1, true
	case !isNear(near, n):
		return 1, copies.Has(n)
	case text == OneText:
		return 1, true
	default:
		return 0, text == OtherIssue
	}
}

// Fixed returns the similarities of pairs that their words decide alone, by number;
// those without one the decision is asked about.
func (f *Facts) Fixed() sparse.Values[float64] {
	near := f.near()
	copies, all := f.copiesFar(near), sparse.New[float64](len(f.Pairs))
	for n := range f.Pairs {
		if sim, fixed := f.fixed(n, near, copies); fixed {
			all.Add(n, sim)
		}
	}
	return all
}

// copiesFar returns which of the pairs that are not near are one text all the same, by
// way of others: a chain of near pairs that are one text, all within a window of the
// part of time, one window long, in which the later article stands. Nil if all pairs
// are near.
func (f *Facts) copiesFar(near sparse.Values[struct{}]) sparse.Values[struct{}] {
	if near == nil {
		return nil
	}
	far := map[int64][]int{} // by part of time of the later article
	for n, p := range f.Pairs {
		if !near.Has(n) {
			part := f.part(p.B)
			far[part] = append(far[part], n)
		}
	}
	var copies []int
	parts := cluster.NewParts(len(f.weighed.Time))
	for part, pairs := range far {
		var joined []int32
		for _, n := range f.oneTextAround(part, near) {
			parts.Join(f.Pairs[n].A, f.Pairs[n].B)
			joined = append(joined, f.Pairs[n].A, f.Pairs[n].B)
		}
		for _, n := range pairs {
			if parts.Joined(f.Pairs[n].A, f.Pairs[n].B) {
				copies = append(copies, n)
			}
		}
		for _, i := range joined {
			parts.Reset(i)
		}
	}
	slices.Sort(copies)
	found := sparse.New[struct{}](len(f.Pairs))
	for _, n := range copies {
		found.Add(n, struct{}{})
	}
	return found
}

// part returns the part of time, one window long and counted from 1970 on, in which an
// article stands; 0 for all without a window, and one of their own for undated ones.
func (f *Facts) part(i int32) int64 {
	switch t := f.weighed.Time[i]; {
	case f.window <= 0:
		return 0
	case t == cluster.Undated:
		return cluster.Undated
	default:
		return floorDiv(t, Seconds(f.window))
	}
}

// oneTextAround returns the near pairs that are one text and stand within a window of
// a part of time. Undated articles stand everywhere, and all stand around them.
func (f *Facts) oneTextAround(part int64, near sparse.Values[struct{}]) []int {
	times, n := f.weighed.Time, len(f.weighed.Time)
	dated := sort.Search(n, func(i int) bool { return times[i] == cluster.Undated })
	from, to := 0, dated
	if f.window > 0 && part != cluster.Undated {
		window := Seconds(f.window)
		from = sort.Search(dated, func(i int) bool { return times[i] >= (part-1)*window })
		to = sort.Search(dated, func(i int) bool { return times[i] >= (part+2)*window })
	}
	around := func(i int32) bool { return from <= int(i) && int(i) < to || int(i) >= dated }
	pairAt := func(a int) int { return sort.Search(len(f.Pairs), func(n int) bool { return int(f.Pairs[n].A) >= a }) }
	var found []int
	for _, r := range [2][2]int{{pairAt(from), pairAt(to)}, {pairAt(dated), len(f.Pairs)}} {
		for n := r[0]; n < r[1]; n++ {
			if f.Text[n] == OneText && near.Has(n) && around(f.Pairs[n].B) {
				found = append(found, n)
			}
		}
	}
	return found
}
