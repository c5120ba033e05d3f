package carry_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"qissa/internal/carry"
)

// tell writes changes as "grown 0→0 +c", a letter for each article, with the group that a moved one comes from or goes to.
func tell(changes []carry.Change[string]) string {
	var lines []string
	for _, c := range changes {
		s := fmt.Sprintf("%s %d→%d", c.Kind, c.Old, c.New)
		if c.Other >= 0 {
			s += fmt.Sprintf(" by %d", c.Other)
		}
		if len(c.Added) > 0 {
			s += " +" + strings.Join(c.Added, "")
		}
		if len(c.Removed) > 0 {
			s += " -" + strings.Join(c.Removed, "")
		}
		for _, m := range c.In {
			s += fmt.Sprintf(" in:%s%d", m.Article, m.Group)
		}
		for _, m := range c.Out {
			s += fmt.Sprintf(" out:%s%d", m.Article, m.Group)
		}
		lines = append(lines, s)
	}
	return strings.Join(lines, "; ")
}

func TestCompare(t *testing.T) {
	for _, c := range []struct{ what, before, after, want string }{
		{"the same", "ab c", "c ba", "unchanged 0→1; unchanged 1→0"},
		{"new and gone", "ab", "cd", "gone 0→-1 -ab; new -1→0 +cd"},
		{"grown by a new article", "ab", "abc", "grown 0→0 +c"},
		{"shrunk by one that is gone", "abc", "ab", "shrunk 0→0 -c"},
		{"one more, one less", "abc", "abd", "changed 0→0 +d -c"},
		{"merged", "abc de", "abcde", "grown 0→0 in:d1 in:e1; merged 1→-1 by 0 out:d0 out:e0"},
		{"split", "abcde", "de abc", "shrunk 0→1 out:d0 out:e0; split -1→0 by 0 in:d0 in:e0"},
		{"an article moved", "abc de", "ab cde", "shrunk 0→0 out:c1; grown 1→1 in:c0"},
		{"a split one with a new article", "abcd", "abc de", "shrunk 0→0 out:d1; split -1→1 by 0 +e in:d0"},
		{"a merged one that lost an article", "abc de", "abcd", "grown 0→0 in:d1; merged 1→-1 by 0 -e out:d0"},
		{"nothing at all", "", "", ""},
	} {
		t.Run(c.what, func(t *testing.T) {
			if got := tell(carry.Compare(groups(c.before), groups(c.after))); got != c.want {
				t.Errorf("%s\n want %s", got, c.want)
			}
		})
	}
}

func TestCompareAccountsForEachArticleOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		before, after := randomGroups(r), randomGroups(r)
		there, back := carry.Compare(before, after), carry.Compare(after, before)
		checkAccounts(t, before, after, there)
		if want := sorted(turned(there)); !reflect.DeepEqual(sorted(back), want) {
			t.Fatalf("%v → %v: back %s\n want %s", before, after, tell(sorted(back)), tell(want))
		}
		for _, c := range carry.Compare(before, before) {
			if c.Kind != carry.Unchanged || c.Old != c.New {
				t.Fatalf("%v with itself: %s", before, tell([]carry.Change[string]{c}))
			}
		}
	}
}

// checkAccounts counts where each article is told of, and each group.
func checkAccounts(t *testing.T, before, after [][]string, changes []carry.Change[string]) {
	t.Helper()
	in, out := map[string]int{}, map[string]int{} // articles that come and go
	olds, news := make([]int, len(before)), make([]int, len(after))
	stay := 0
	for _, c := range changes {
		if c.Old >= 0 {
			olds[c.Old]++
			stay += len(before[c.Old]) - len(c.Removed) - len(c.Out)
		}
		if c.New >= 0 {
			news[c.New]++
		}
		for _, name := range c.Added {
			in[name]++
		}
		for _, name := range c.Removed {
			out[name]++
		}
		for _, m := range c.In {
			in[m.Article]++
			if !slices.Contains(before[m.Group], m.Article) {
				t.Fatalf("%v → %v: %s is not from %d", before, after, m.Article, m.Group)
			}
		}
		for _, m := range c.Out {
			out[m.Article]++
			if !slices.Contains(after[m.Group], m.Article) {
				t.Fatalf("%v → %v: %s did not go to %d", before, after, m.Article, m.Group)
			}
		}
	}
	for _, n := range slices.Concat(olds, news) {
		if n != 1 {
			t.Fatalf("%v → %v: groups are told of %v and %v times", before, after, olds, news)
		}
	}
	count := func(groups [][]string, moved map[string]int) {
		total := 0
		for _, names := range groups {
			total += len(names)
			for _, name := range names {
				if moved[name] > 1 {
					t.Fatalf("%v → %v: %s counts %d times", before, after, name, moved[name])
				}
			}
		}
		if total != stay+len(moved) {
			t.Fatalf("%v → %v: %d articles, of which %d stay and %d do not", before, after, total, stay, len(moved))
		}
	}
	count(before, out)
	count(after, in)
}

// turned is a comparison seen from its other side.
func turned(changes []carry.Change[string]) []carry.Change[string] {
	kind := map[carry.Kind]carry.Kind{carry.New: carry.Gone, carry.Gone: carry.New, carry.Grown: carry.Shrunk, carry.Shrunk: carry.Grown,
		carry.Merged: carry.Split, carry.Split: carry.Merged, carry.Changed: carry.Changed, carry.Unchanged: carry.Unchanged}
	out := slices.Clone(changes)
	for i, c := range out {
		out[i] = carry.Change[string]{Kind: kind[c.Kind], Old: c.New, New: c.Old, Other: c.Other, Added: c.Removed, Removed: c.Added, In: c.Out, Out: c.In}
	}
	return out
}

func sorted(changes []carry.Change[string]) []carry.Change[string] {
	slices.SortFunc(changes, func(a, b carry.Change[string]) int {
		return slices.Compare([]int{a.Old, a.New}, []int{b.Old, b.New})
	})
	return changes
}
