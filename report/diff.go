package report

import (
	"cmp"
	"fmt"
	"slices"

	"qissa/internal/carry"
)

// retitled is the kind of a group of the same articles under another title.
const retitled carry.Kind = "title"

// diffKinds are the kinds of changes in the order in which they are told.
var diffKinds = []carry.Kind{carry.New, carry.Grown, carry.Shrunk, carry.Changed, carry.Merged, carry.Split, carry.Gone, retitled}

// A Diff is what became of the groups of one run in another.
type Diff struct {
	before, after []Group
	changes       []carry.Change[string] // by kind, then the largest first; none that is unchanged
	counts        map[carry.Kind]int
	titles        int // that changed, of groups of any kind
	strange       int // ids that both runs have, under another headline
	shared        int // ids that both runs have
}

// Compare tells what became of the groups of an earlier run, by the articles that they share. Cost n log n in the articles.
func Compare(before, after []Group) *Diff {
	d := &Diff{before: before, after: after, counts: map[carry.Kind]int{}}
	articles := func(groups []Group) (lists [][]string) {
		for _, g := range groups {
			lists = append(lists, g.Articles)
		}
		return lists
	}
	for _, c := range carry.Compare(articles(before), articles(after)) {
		if d.isRetitled(c) {
			d.titles++
			if c.Kind == carry.Unchanged {
				c.Kind = retitled
			}
		}
		if d.counts[c.Kind]++; c.Kind != carry.Unchanged {
			d.changes = append(d.changes, c)
		}
	}
	slices.SortStableFunc(d.changes, func(a, b carry.Change[string]) int {
		return cmp.Or(cmp.Compare(slices.Index(diffKinds, a.Kind), slices.Index(diffKinds, b.Kind)), cmp.Compare(d.size(b), d.size(a)))
	})
	d.countStrange()
	return d
}

// countStrange counts the ids that name articles with different headlines in the two runs.
func (d *Diff) countStrange() {
	headline := map[string]string{}
	for _, g := range d.before {
		for i, id := range g.Articles {
			headline[id] = g.Headlines[i]
		}
	}
	for _, g := range d.after {
		for i, id := range g.Articles {
			if h, ok := headline[id]; ok {
				d.shared++
				if h != g.Headlines[i] {
					d.strange++
				}
			}
		}
	}
}

func (d *Diff) isRetitled(c carry.Change[string]) bool {
	return c.Old >= 0 && c.New >= 0 && d.before[c.Old].Title != d.after[c.New].Title
}

// size is the number of articles of a group, where it was or is larger.
func (d *Diff) size(c carry.Change[string]) int {
	n := 0
	if c.Old >= 0 {
		n = len(d.before[c.Old].Articles)
	}
	if c.New >= 0 {
		n = max(n, len(d.after[c.New].Articles))
	}
	return n
}

// Same reports whether nothing changed.
func (d *Diff) Same() bool { return len(d.changes) == 0 }

// Strange reports whether the ids of the two runs seem to name different articles: a fifth of 50 or more that both have stand over other headlines.
func (d *Diff) Strange() (strange, shared int, is bool) {
	return d.strange, d.shared, d.shared >= 50 && d.strange*5 >= d.shared
}

// Summary tells in one line how many groups became what; one and many name them.
func (d *Diff) Summary(one, many string) string {
	noun := many
	if len(d.before) == 1 {
		noun = one
	}
	s := fmt.Sprintf("%s %s before, %s now: %s unchanged", number(len(d.before)), noun, number(len(d.after)), number(d.counts[carry.Unchanged]))
	for _, kind := range diffKinds[:len(diffKinds)-1] {
		if n := d.counts[kind]; n > 0 {
			s += fmt.Sprintf(", %s %s", number(n), kind)
		}
	}
	switch d.titles {
	case 0:
		return s
	case 1:
		return s + "; 1 title changed"
	}
	return s + fmt.Sprintf("; %s titles changed", number(d.titles))
}
