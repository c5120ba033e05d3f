package grouping

import (
	"cmp"
	"slices"
	"testing"

	"qissa/cluster"
	"qissa/internal/sparse"
)

// linksOf returns links between n articles of the given similarities.
func linksOf(n int, same map[[2]int32]float64) *Links {
	l := &Links{articles: n}
	for pair := range same {
		l.Pairs = append(l.Pairs, cluster.Pair{A: pair[0], B: pair[1], Sim: 1})
	}
	slices.SortFunc(l.Pairs, func(p, q cluster.Pair) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) })
	l.same = sparse.New[float64](len(l.Pairs))
	for k, p := range l.Pairs {
		l.same.Add(k, same[[2]int32{p.A, p.B}])
	}
	return l
}

// Stories that weak links connect share a storyline; one that only the weakest reach
// does not, nor one that is nothing to most of them.
func TestStorylines(t *testing.T) {
	for _, test := range []struct {
		name    string
		n       int
		same    map[[2]int32]float64
		stories cluster.Partition
		want    cluster.Partition
	}{
		{"all alone", 3, nil, cluster.Partition{0, 1, 2}, cluster.Partition{0, 1, 2}},
		{"a link of .15", 2, map[[2]int32]float64{{0, 1}: 0.15}, cluster.Partition{0, 1}, cluster.Partition{0, 0}},
		{"a weaker one", 2, map[[2]int32]float64{{0, 1}: 0.14}, cluster.Partition{0, 1}, cluster.Partition{0, 1}},
		{"a story stays whole", 4, map[[2]int32]float64{{0, 1}: 0.9, {1, 3}: 0.2}, cluster.Partition{0, 0, 2, 0}, cluster.Partition{0, 0, 2, 0}},
		{"one link between two stories", 4, map[[2]int32]float64{{0, 1}: 0.9, {2, 3}: 0.9, {1, 2}: 0.2}, cluster.Partition{0, 0, 2, 2}, cluster.Partition{0, 0, 0, 0}},
		{"the later story has the earlier first article", 3, map[[2]int32]float64{{1, 2}: 0.9, {0, 1}: 0.3}, cluster.Partition{0, 1, 1}, cluster.Partition{0, 0, 0}},
	} {
		got, err := linksOf(test.n, test.same).Storylines(t.Context(), test.stories)
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, %v, want %v", test.name, got, err, test.want)
		}
	}
}

// No story is split, and what stands outside a component of links of 0.15 or more has
// no say: each component by itself gives the storylines of all.
func TestStorylinesAreNestedAndOfTheirComponent(t *testing.T) {
	all := runWhole(t, madeUp(800))
	stories, err := all.links.Group(t.Context(), nil, 0.3)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := all.links.Storylines(t.Context(), stories)
	if err != nil {
		t.Fatal(err)
	}
	wider := 0
	for i, story := range stories {
		if lines[i] != lines[story] {
			t.Fatalf("article %d of story %d stands in storyline %d, its first in %d", i, story, lines[i], lines[story])
		}
		if lines[i] != story {
			wider++
		}
	}
	if wider == 0 {
		t.Error("no storyline has two stories: nothing is tested")
	}
	reach := cluster.NewParts(all.links.articles)
	for n, p := range all.links.Pairs {
		if all.links.Same(n) >= lineReach {
			reach.Join(p.A, p.B)
		}
	}
	component := reach.Partition()
	components := map[int][]int{}
	for i, first := range component {
		components[first] = append(components[first], i)
	}
	links := map[int]map[[2]int32]float64{}
	for n, p := range all.links.Pairs {
		if first := component[p.A]; first == component[p.B] && all.links.Same(n) > 0 {
			if links[first] == nil {
				links[first] = map[[2]int32]float64{}
			}
			links[first][[2]int32{p.A, p.B}] = all.links.Same(n)
		}
	}
	for first, same := range links {
		got, err := linksOf(all.links.articles, same).Storylines(t.Context(), stories)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range components[first] {
			if got[i] != lines[i] {
				t.Fatalf("article %d stands in storyline %d by itself, %d of all", i, got[i], lines[i])
			}
		}
	}
}
