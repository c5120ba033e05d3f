package carry_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"qissa/internal/carry"
)

// groups reads "ab cd": groups of articles whose names are letters.
func groups(s string) [][]string {
	var out [][]string
	for _, g := range strings.Fields(s) {
		out = append(out, strings.Split(g, ""))
	}
	return out
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		what, before, after string
		newOf               []int
		heirs               []int
	}{
		{"nothing changed", "ab c", "ab c", []int{0, 1}, []int{0, 1}},
		{"another order of groups", "ab c", "c ab", []int{1, 0}, []int{1, 0}},
		{"grown", "ab", "abcdefgh", []int{0}, []int{0}},
		{"gone", "ab c", "ab", []int{0, -1}, []int{0, -1}},
		{"new", "ab", "c ab", []int{1}, []int{1}},
		{"merged: the group of more articles stays itself", "ab cde", "abcde", []int{-1, 0}, []int{0, 0}},
		{"merged, as many from both: the first stays itself", "ab cd", "abcd", []int{0, -1}, []int{0, 0}},
		{"split: the larger part stays itself", "abcde", "ab cde", []int{1}, []int{1}},
		{"split into halves: the first", "abcd", "ab cd", []int{0}, []int{0}},
		{"what an old group left goes to another's group", "abc defg", "ab cdefg", []int{0, 1}, []int{0, 1}},
		{"torn between two that others carry", "abc defg hijk", "adefg bchijk", []int{-1, 0, 1}, []int{1, 0, 1}},
		{"most shared articles, whatever the sizes", "abcdefghij kl", "ijkl abcd", []int{1, 0}, []int{1, 0}},
		{"carried by the second choice, where the first is taken", "abc xyzw", "abxyzw c", []int{1, 0}, []int{1, 0}},
		{"none before", "", "ab", nil, nil},
		{"none after", "ab", "", []int{-1}, []int{-1}},
	} {
		t.Run(c.what, func(t *testing.T) {
			m := carry.Match(groups(c.before), groups(c.after))
			heirs := []int(nil)
			for i := range m.NewOf {
				heirs = append(heirs, m.Heir(i))
			}
			if !slices.Equal(m.NewOf, c.newOf) || !slices.Equal(heirs, c.heirs) {
				t.Errorf("carried by %v, heirs %v; want %v, %v", m.NewOf, heirs, c.newOf, c.heirs)
			}
		})
	}
}

// oracle matches as the rule says it: again and again the pair of free groups that shares most, the first old one, the first new one.
func oracle(before, after [][]string) []int {
	newOf := make([]int, len(before))
	for i := range newOf {
		newOf[i] = -1
	}
	for {
		best, bi, bj := 0, -1, -1
		for i, a := range before {
			for j, b := range after {
				shared := 0
				for _, name := range a {
					if slices.Contains(b, name) {
						shared++
					}
				}
				if newOf[i] < 0 && !slices.Contains(newOf, j) && shared > best {
					best, bi, bj = shared, i, j
				}
			}
		}
		if best == 0 {
			return newOf
		}
		newOf[bi] = bj
	}
}

func TestMatchIsItsOracleAndMirrors(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		before, after := randomGroups(r), randomGroups(r)
		m, back := carry.Match(before, after), carry.Match(after, before)
		if want := oracle(before, after); !slices.Equal(m.NewOf, want) {
			t.Fatalf("%v → %v: %v, want %v", before, after, m.NewOf, want)
		}
		if !slices.Equal(m.NewOf, back.OldOf) || !slices.Equal(m.OldOf, back.NewOf) {
			t.Fatalf("%v → %v: there %v %v, back %v %v", before, after, m.NewOf, m.OldOf, back.NewOf, back.OldOf)
		}
		for i, names := range before {
			left := 0
			for _, o := range m.Overlaps(i) {
				left += o.Shared
			}
			if left > len(names) || left > 0 != (m.Heir(i) >= 0) {
				t.Fatalf("%v → %v: of group %d %d articles are left, heir %d", before, after, i, left, m.Heir(i))
			}
		}
	}
}

// randomGroups puts some of 12 articles into up to 5 groups, none of them empty.
func randomGroups(r *rand.Rand) [][]string {
	out := make([][]string, 1+r.IntN(5))
	for name := range 12 {
		if g := r.IntN(len(out) + 1); g < len(out) {
			out[g] = append(out[g], fmt.Sprint(name))
		}
	}
	return slices.DeleteFunc(out, func(g []string) bool { return len(g) == 0 })
}

// 62,498 articles in 45,000 groups, a tenth of them moved.
func BenchmarkMatch(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	before, after := make([][]string, 45000), make([][]string, 45000)
	for k := range 62498 {
		name, g := fmt.Sprintf("article-%d", k), r.IntN(45000)
		before[g] = append(before[g], name)
		if r.IntN(10) == 0 {
			g = r.IntN(45000)
		}
		after[g] = append(after[g], name)
	}
	for b.Loop() {
		carry.Match(before, after)
	}
}
