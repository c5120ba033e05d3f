package grouping

import (
	"slices"
	"testing"

	"qissa/cluster"
)

// linksOf returns links between n articles of one time, by the probability that they are
// of one storyline.
func linksOf(n int, line map[[2]int32]float64) *Links {
	var pairs []cluster.Pair
	for pair := range line {
		pairs = append(pairs, cluster.Pair{A: pair[0], B: pair[1], Sim: 1})
	}
	slices.SortFunc(pairs, byArticles)
	var same []cluster.Levels
	for _, p := range pairs {
		same = append(same, cluster.Levels{Storyline: line[[2]int32{p.A, p.B}]})
	}
	return LinksOf(make([]int64, n), pairs, same)
}

// Stories that strong links connect share a storyline; one that weak ones reach does
// not, nor one that is nothing to most of them.
func TestStorylines(t *testing.T) {
	for _, test := range []struct {
		name    string
		n       int
		line    map[[2]int32]float64
		stories cluster.Partition
		want    cluster.Partition
	}{
		{"all alone", 3, nil, cluster.Partition{0, 1, 2}, cluster.Partition{0, 1, 2}},
		{"a link of .6", 2, map[[2]int32]float64{{0, 1}: 0.6}, cluster.Partition{0, 1}, cluster.Partition{0, 0}},
		{"a weaker one", 2, map[[2]int32]float64{{0, 1}: 0.59}, cluster.Partition{0, 1}, cluster.Partition{0, 1}},
		{"a story stays whole", 4, map[[2]int32]float64{{0, 1}: 0.9, {1, 3}: 0.2}, cluster.Partition{0, 0, 2, 0}, cluster.Partition{0, 0, 2, 0}},
		{"one link between two stories", 4, map[[2]int32]float64{{0, 1}: 0.9, {2, 3}: 0.9, {1, 2}: 0.6}, cluster.Partition{0, 0, 2, 2}, cluster.Partition{0, 0, 0, 0}},
		{"the later story has the earlier first article", 3, map[[2]int32]float64{{1, 2}: 0.9, {0, 1}: 0.6}, cluster.Partition{0, 1, 1}, cluster.Partition{0, 0, 0}},
		{"a chain whose ends are nothing to one another", 5, map[[2]int32]float64{{0, 1}: 0.9, {1, 2}: 0.8, {2, 3}: 0.7, {3, 4}: 0.6}, cluster.Partition{0, 1, 2, 3, 4}, cluster.Partition{0, 0, 2, 2, 2}},
	} {
		got, err := linksOf(test.n, test.line).Storylines(t.Context(), test.stories, LineCut)
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, %v, want %v", test.name, got, err, test.want)
		}
	}
}

// No story is split, and what stands outside the reach of a storyline has no say: each
// component by itself gives the storylines of all.
func TestStorylinesAreNestedAndOfTheirComponent(t *testing.T) {
	all := runWhole(t, madeUp(800))
	stories, err := all.links.Group(t.Context(), 0.3)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := all.links.Storylines(t.Context(), stories, LineCut)
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
	component := all.links.reach(stories, all.links.links(all.links.Line))
	components := map[int][]int{}
	for i, first := range component {
		components[first] = append(components[first], i)
	}
	links := map[int]map[[2]int32]float64{}
	for n, p := range all.links.Pairs {
		if first := component[p.A]; first == component[p.B] && all.links.Line(n) > 0 {
			if links[first] == nil {
				links[first] = map[[2]int32]float64{}
			}
			links[first][[2]int32{p.A, p.B}] = all.links.Line(n)
		}
	}
	for first, line := range links {
		some := linksOf(all.links.articles(), line)
		some.time = all.links.time
		got, err := some.Storylines(t.Context(), stories, LineCut)
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

// A chain of links longer than LineSpan counts as far as its stronger links go; days
// count, not the number of links, and undated articles are near to all.
func TestReachIsShort(t *testing.T) {
	const day = 24 * hour
	for _, test := range []struct {
		name string
		days []int64 // -1 for none
		line map[[2]int32]float64
		want cluster.Partition
	}{
		{"a week", []int64{0, 3, 6, 7}, map[[2]int32]float64{{0, 1}: 0.6, {1, 2}: 0.6, {2, 3}: 0.6}, cluster.Partition{0, 0, 0, 0}},
		{"longer than a week", []int64{0, 3, 6, 8}, map[[2]int32]float64{{0, 1}: 0.65, {1, 2}: 0.75, {2, 3}: 0.8}, cluster.Partition{0, 1, 1, 1}},
		{"longer by all links", []int64{0, 3, 6, 9}, map[[2]int32]float64{{0, 1}: 1, {1, 2}: 1, {2, 3}: 1}, cluster.Partition{0, 1, 2, 3}},
		{"of two, one longer", []int64{0, 3, 6, 6, 8, 9}, map[[2]int32]float64{{0, 1}: 0.6, {1, 2}: 0.6, {3, 4}: 0.6, {2, 5}: 0.6}, cluster.Partition{0, 1, 2, 3, 3, 5}},
		{"undated", []int64{0, 3, 9, -1}, map[[2]int32]float64{{0, 3}: 0.6, {1, 3}: 0.7, {2, 3}: 0.8}, cluster.Partition{0, 1, 1, 1}},
	} {
		l := linksOf(len(test.days), test.line)
		alone := make(cluster.Partition, len(test.days))
		for i, d := range test.days {
			alone[i], l.time[i] = i, d*day
			if d < 0 {
				l.time[i] = cluster.Undated
			}
		}
		if got := l.reach(alone, l.links(l.Line)); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
