package grouping

import (
	"slices"
	"sort"
	"time"

	"qissa/cluster"
	"qissa/internal/parallel"
	"qissa/internal/sparse"
)

// reach returns the articles that those of an era pair with, and the era itself: from
// which on, and up to which.
func (w *Weighed) reach(e *era, window time.Duration) (from, to int) {
	last := w.Time[max(0, e.to-1)]
	if window <= 0 || last == cluster.Undated {
		return 0, e.to
	}
	return sort.Search(e.from, func(i int) bool { return w.Time[e.from]-w.Time[i] <= Seconds(window) }), e.to
}

// reaches reports whether one of the pairs that are asked for can be of an era.
func (f *Facts) reaches(e *era) bool {
	if f.fresh == nil {
		return true
	}
	from, to := f.weighed.reach(e, f.window)
	for i := from; i < to; i++ {
		if f.fresh(int32(i)) {
			return true
		}
	}
	return false
}

// limit has only those articles compared that stand in the reach of the era.
func (f *Facts) limit() {
	if len(f.weighed.eras) == 1 {
		return
	}
	from, to := f.weighed.reach(f.era, f.window)
	some := make([]bool, len(f.compared))
	copy(some[from:to], f.compared[from:to])
	f.compared = some
}

// merged returns the facts of all eras: pairs by (A, B).
func merged(parts []*Facts) *Facts {
	if len(parts) == 1 {
		return parts[0]
	}
	all := &Facts{weighed: parts[0].weighed, window: parts[0].window, some: parts[0].some, Folded: parts[0].Folded}
	type place struct{ part, pair int }
	var places []place
	for k, p := range parts {
		for n := range p.Pairs {
			places = append(places, place{k, n})
		}
		all.Counts.Add(p.Counts)
	}
	slices.SortFunc(places, func(x, y place) int { return byArticles(parts[x.part].Pairs[x.pair], parts[y.part].Pairs[y.pair]) })
	all.Pairs, all.Text = make([]cluster.Pair, len(places)), make([]Text, len(places))
	all.Features = sparse.New[[cluster.NumOwn]float64](len(places))
	for b := range parallel.Blocks(len(places)) {
		from, to := parallel.Range(b, len(places))
		own, title := make([]cluster.Levels, to-from), make([]float32, to-from)
		for i, at := range places[from:to] {
			p := parts[at.part]
			all.Pairs[from+i], all.Text[from+i] = p.Pairs[at.pair], p.Text[at.pair]
			own[i], title[i] = p.Own(at.pair), p.TitleCosine(at.pair)
			if x := p.Features.At(at.pair); x != nil {
				all.Features.Add(from+i, *x)
			}
		}
		all.own, all.title = append(all.own, own), append(all.title, title)
	}
	return all
}
