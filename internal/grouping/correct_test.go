package grouping

import (
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"qissa/article"
	"qissa/cluster"
)

func TestCorrect(t *testing.T) {
	apart := func(a, b int32) Constraint { return Constraint{A: a, B: b} }
	together := func(a, b int32) Constraint { return Constraint{A: a, B: b, Together: true} }
	two := cluster.Partition{0, 0, 0, 3, 3, 5}
	for _, test := range []struct {
		name        string
		constraints []Constraint
		want        cluster.Partition
	}{
		{"nothing said", nil, two},
		{"what is so already", []Constraint{together(0, 1), apart(0, 4)}, two},
		{"one leaves", []Constraint{apart(1, 0)}, cluster.Partition{0, 1, 0, 3, 3, 5}},
		{"the first one named leaves", []Constraint{apart(0, 1)}, cluster.Partition{0, 1, 1, 3, 3, 5}},
		{"two leave and are near each other", []Constraint{apart(1, 0), apart(2, 0)}, cluster.Partition{0, 1, 1, 3, 3, 5}},
		{"two leave and are to be apart", []Constraint{apart(1, 0), apart(2, 0), apart(1, 2)}, cluster.Partition{0, 1, 2, 3, 3, 5}},
		{"whole groups become one", []Constraint{together(1, 4)}, cluster.Partition{0, 0, 0, 0, 0, 5}},
		{"one moves", []Constraint{apart(1, 0), together(1, 4)}, cluster.Partition{0, 1, 0, 1, 1, 5}},
		{"one moves, what was left with it does not", []Constraint{apart(1, 0), apart(2, 0), together(1, 4)}, cluster.Partition{0, 1, 2, 1, 1, 5}},
		{"two leave together", []Constraint{apart(1, 0), together(1, 2)}, cluster.Partition{0, 1, 1, 3, 3, 5}},
		{"groups become one, but for one", []Constraint{together(1, 4), apart(2, 3), together(5, 3)}, cluster.Partition{0, 0, 2, 0, 0, 0}},
		{"one joins a part of a group", []Constraint{together(5, 0), apart(5, 1)}, cluster.Partition{0, 1, 0, 3, 3, 0}},
	} {
		l := LinksOf(make([]int64, 6), []cluster.Pair{{A: 0, B: 1}, {A: 0, B: 2}, {A: 1, B: 2}, {A: 3, B: 4}, {A: 2, B: 3}},
			[]cluster.Levels{{Story: .9}, {Story: .9}, {Story: .9}, {Story: .9}, {Story: .2}})
		got, err := l.Correct(t.Context(), two, test.constraints, 0.3)
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, %v, want %v", test.name, got, err, test.want)
		}
	}
}

func TestCorrectStorylines(t *testing.T) {
	stories, lines := cluster.Partition{0, 0, 2, 3, 3, 5}, cluster.Partition{0, 0, 0, 3, 3, 3}
	of := func(a, b int32, together bool) Constraint {
		return Constraint{A: a, B: b, Together: together, Storyline: true}
	}
	for _, test := range []struct {
		name           string
		stories, lines cluster.Partition
		constraints    []Constraint
		want           cluster.Partition
	}{
		{"nothing said", stories, lines, nil, lines},
		{"a whole story leaves", stories, lines, []Constraint{of(4, 5, false)}, cluster.Partition{0, 0, 0, 3, 3, 5}},
		{"whole storylines become one", stories, lines, []Constraint{of(1, 4, true)}, cluster.Partition{0, 0, 0, 0, 0, 0}},
		{"a story moves", stories, lines, []Constraint{of(2, 0, false), of(2, 5, true)}, cluster.Partition{0, 0, 2, 2, 2, 2}},
		{"what left a story stays in the storyline", cluster.Partition{0, 1, 2, 3, 3, 5}, lines, nil, lines},
		{"a story joined of two is in the storyline of most articles", cluster.Partition{0, 0, 2, 2, 2, 5}, lines, nil, cluster.Partition{0, 0, 2, 2, 2, 2}},
		{"of equals in the first", cluster.Partition{0, 0, 2, 3, 4, 2}, lines, nil, cluster.Partition{0, 0, 0, 3, 3, 0}},
	} {
		got, conflicts, err := CorrectStorylines(t.Context(), test.lines, test.stories, test.constraints)
		if err != nil || conflicts != nil || !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, %v, want %v", test.name, got, err, test.want)
		}
	}
	got, conflicts, err := CorrectStorylines(t.Context(), lines, stories, []Constraint{of(0, 2, false), of(1, 3, true), of(2, 4, true)})
	if err != nil || !slices.Equal(got, cluster.Partition{0, 0, 0, 0, 0, 0}) || len(conflicts) != 1 || conflicts[0].Apart != 0 || !slices.Equal(conflicts[0].Together, []int{1, 2}) {
		t.Errorf("articles of two stories that are one storyline and are not: %v, %v, %v", got, conflicts, err)
	}
}

// Whatever is said is obeyed, in any order; articles that are not named stay together,
// and come together only where what is said joins their groups.
func TestCorrectMovesWhatIsNamed(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	obeyed, conflicts := 0, 0
	for range 3000 {
		n := 2 + r.IntN(14)
		group := make([]int, n)
		for i := range group {
			group[i] = r.IntN(4)
		}
		groups, l := numbered(group), linksOf(n, nil)
		for a := range int32(n) {
			for b := a + 1; b < int32(n); b++ {
				l.Pairs = append(l.Pairs, cluster.Pair{A: a, B: b})
			}
		}
		levels := make([]cluster.Levels, len(l.Pairs))
		for i := range levels {
			levels[i].Story = float64(r.IntN(5)) / 4
		}
		l = LinksOf(make([]int64, n), l.Pairs, levels)
		var constraints []Constraint
		for range r.IntN(6) {
			if a, b := int32(r.IntN(n)), int32(r.IntN(n)); a != b {
				constraints = append(constraints, Constraint{A: a, B: b, Together: r.IntN(2) == 0})
			}
		}
		if newCorrector(groups, constraints, func(Constraint) bool { return true }).conflicts != nil {
			conflicts++
			continue
		}
		got, err := l.Correct(t.Context(), groups, constraints, 0.3)
		if err != nil {
			t.Fatal(err)
		}
		obeyed++
		joined, named := cluster.NewParts(n), map[int]bool{}
		for _, x := range constraints {
			named[int(x.A)], named[int(x.B)] = true, true
			if x.Together {
				joined.Join(int32(groups[x.A]), int32(groups[x.B]))
			}
			if x.Together != (got[x.A] == got[x.B]) {
				t.Fatalf("%v of %v: %v does not obey %v", constraints, groups, got, x)
			}
		}
		for a := range n {
			for b := range a {
				if named[a] || named[b] {
					continue
				}
				if was := groups[a] == groups[b]; was && got[a] != got[b] || got[a] == got[b] && !joined.Joined(int32(groups[a]), int32(groups[b])) {
					t.Fatalf("%v of %v: %v moves %d or %d, which are not named", constraints, groups, got, a, b)
				}
			}
		}
		r.Shuffle(len(constraints), func(i, j int) { constraints[i], constraints[j] = constraints[j], constraints[i] })
		if again, err := l.Correct(t.Context(), groups, constraints, 0.3); err != nil || !slices.Equal(again, got) {
			t.Fatalf("%v of %v: %v, %v in another order, else %v", constraints, groups, again, err, got)
		}
	}
	if obeyed < 1000 || conflicts < 30 {
		t.Errorf("%d obeyed, %d in conflict: too few to tell anything", obeyed, conflicts)
	}
}

// Of each of fifty stories one article is joined to another story, and two are taken
// out: these two leave, that other story comes, and nothing else changes.
func TestCorrectStories(t *testing.T) {
	const most = 50
	all := map[string][]article.Article{"made up": madeUp(800)}
	sets, err := filepath.Glob("../../../shared/data/stories/*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range sets {
		all[filepath.Base(set)] = dated(t, set)
	}
	tried := 0
	for name, articles := range all {
		links := runWhole(t, articles).links
		stories, err := links.Group(t.Context(), 0.3)
		if err != nil {
			t.Fatal(err)
		}
		members := map[int][]int{}
		for i, first := range stories {
			members[first] = append(members[first], i)
		}
		r, of := rand.New(rand.NewPCG(5, 6)), 0
		for _, i := range r.Perm(len(stories)) {
			s, other := slices.Clone(members[stories[i]]), members[stories[r.IntN(len(stories))]]
			if stories[i] != i || len(s) < 4 || other[0] == i || of == most {
				continue
			}
			of++
			r.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
			x, y, stays, joins := s[0], s[1], int32(s[2]), int32(s[3])
			got, err := links.Correct(t.Context(), stories, []Constraint{{A: int32(x), B: stays}, {A: joins, B: int32(other[0]), Together: true}, {A: int32(y), B: stays}}, 0.3)
			if err != nil {
				t.Fatal(err)
			}
			want := slices.Clone(stories)
			for k, first := range stories {
				if first == stories[other[0]] {
					want[k] = i
				}
			}
			want[x], want[y] = -1, -2
			if got[x] == got[y] {
				want[y] = -1
			}
			if !slices.Equal(got, numbered(want)) {
				t.Fatalf("%s: story %v with %v: %v", name, s, other, got)
			}
		}
		t.Logf("%s: %d stories", name, of)
		tried += of
	}
	if tried < most {
		t.Errorf("%d stories of four articles or more, want %d", tried, most)
	}
}
