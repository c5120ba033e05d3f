package grouping

import (
	"cmp"
	"slices"
	"time"

	"qissa/cluster"
	"qissa/internal/corpus"
	"qissa/internal/sparse"
)

const notFolded = -1

// isFolded reports whether an article is set aside as a duplicate of an earlier one.
func isFolded(folded []int32, i int32) bool { return folded != nil && folded[i] != notFolded }

// fold notes that b follows a, of so many articles.
func fold(folded []int32, articles int, a, b int32) []int32 {
	if folded == nil {
		folded = slices.Repeat([]int32{notFolded}, articles)
	}
	folded[b] = a
	return folded
}

// fold finds the articles that are set aside: each follows the last
// compared one with its words, shares its story, and is compared with none. An
// article is compared if fewer than 25 with its words stand in the window before it,
// if it is their first in its 25th part of a window, counted from 1970 on, or if it is
// a bulletin of another day. Nil for none. First is the first article with the words of each.
func (l limits) fold(first []int32, times []int64, tooShort func(i int) bool, bulletins corpus.Bulletins, window time.Duration) []int32 {
	alike := countAlike(first)
	if !slices.ContainsFunc(alike, l.many) {
		return nil
	}
	folded := make([]int32, len(first))
	all := map[int32]*duplicates{}
	for i, f := range first {
		folded[i] = notFolded
		if !l.many(alike[f]) || tooShort(i) {
			continue
		}
		if all[f] == nil {
			all[f] = &duplicates{most: l.duplicates, window: Seconds(window), last: notFolded}
		}
		d := all[f]
		if d.add(times[i]) || bulletins.OtherDay(d.last, int32(i)) {
			d.last = int32(i)
		} else {
			folded[i] = d.last
		}
	}
	return folded
}

// many reports whether so many articles with the same words may be too many.
func (l limits) many(n int) bool { return n > l.duplicates }

// duplicates are the articles with the same words so far, in the order of time.
type duplicates struct {
	most   int
	window int64   // in seconds, 0 for no limit
	time   []int64 // of all
	from   int     // the first in the window before the next
	part   int64   // of the window, in which the last one stands
	last   int32   // that is compared
}

// add adds an article of a time. It reports whether the article is to be compared by
// how many stand before it, or as the first in its part of the window.
func (d *duplicates) add(t int64) bool {
	part := int64(0)
	if t == cluster.Undated {
		d.from, part = 0, -1
	} else if d.window > 0 {
		for d.from < len(d.time) && t-d.time[d.from] > d.window {
			d.from++
		}
		part = floorDiv(t, max(1, d.window/int64(d.most)))
	}
	before := len(d.time) - d.from
	d.time = append(d.time, t)
	first := before == 0 || part != d.part
	d.part = part
	return before < d.most || first
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// countAlike counts for each first article those that are the same.
func countAlike(first []int32) []int {
	alike := make([]int, len(first))
	for _, f := range first {
		alike[f]++
	}
	return alike
}

func byArticles(p, q cluster.Pair) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) }

// An instance is the place of an article among those with its words but for numbers.
type instance struct {
	template int32 // the first of them
	place    int32
}

// instances are the places of all articles; none if no template has many.
type instances struct {
	of   []instance
	most int32
}

// findInstances finds the places of the articles that are compared.
func findInstances(template []int32, compared []bool, limit int32) instances {
	next := make([]int32, len(template))
	most := int32(0)
	all := make([]instance, len(template))
	for i, first := range template {
		all[i] = instance{first, next[first]}
		if compared[i] {
			next[first]++
		}
		most = max(most, next[first])
	}
	if most <= limit {
		return instances{}
	}
	return instances{all, limit}
}

// near reports whether two articles are to be compared: not instances of one template
// with many others between them.
func (r instances) near(a, b int32) bool {
	if r.of == nil {
		return true
	}
	x, y := r.of[a], r.of[b]
	return x.template != y.template || max(x.place-y.place, y.place-x.place) <= r.most
}

// nearPairs returns which pairs, by number, are among the most similar ones of their
// later article, at most that many of each, the first of those that are equally
// similar; nil for all. Cost p log p in the pairs.
func nearPairs(articles int, pairs []cluster.Pair, most int) sparse.Values[struct{}] {
	count := make([]int, articles) // of the pairs of each with earlier ones
	for _, p := range pairs {
		count[p.B]++
	}
	if !slices.ContainsFunc(count, func(n int) bool { return n > most }) {
		return nil
	}
	sims := make([][]float64, articles) // of those that have more
	for _, p := range pairs {
		if count[p.B] > most {
			sims[p.B] = append(sims[p.B], p.Sim)
		}
	}
	least, equal := make([]float64, articles), make([]int, articles) // equal: how many pairs of just the least similarity are near
	for i, all := range sims {
		if all != nil {
			slices.SortFunc(all, func(x, y float64) int { return cmp.Compare(y, x) })
			least[i] = all[most-1]
			equal[i] = most - slices.Index(all, least[i])
			sims[i] = nil
		}
	}
	near := sparse.New[struct{}](len(pairs))
	for n, p := range pairs {
		switch b := p.B; {
		case p.Sim < least[b]:
			continue
		case p.Sim == least[b] && equal[b] == 0:
			continue
		case p.Sim == least[b]:
			equal[b]--
		}
		near.Add(n, struct{}{})
	}
	return near
}

// isNear reports whether a pair, by its number, is one of the nearest.
func isNear(near sparse.Values[struct{}], pair int) bool { return near == nil || near.Has(pair) }

// IsCrowd reports whether so many articles with the same words, but for numbers, are so many
// that some may be set aside, or not be compared with each other.
func IsCrowd(n int) bool { return defaultLimits.many(n) }

// IsLimited reports whether of so many pairs of an article with earlier ones only the nearest
// may be kept, or aligned.
func IsLimited(pairs int) bool { return pairs > min(defaultLimits.near, defaultLimits.partners.Dated) }
