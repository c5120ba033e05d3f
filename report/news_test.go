package report

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// A digest tells what changes come to, not each of them.
func TestNews(t *testing.T) {
	change := func(batch int64, kind ChangeKind, story, added, removed, other string) Change {
		c := Change{Batch: batch, Kind: kind, Story: story, Added: strings.Fields(added), Removed: strings.Fields(removed)}
		switch kind {
		case ChangeMerged:
			c.Into = other
		case ChangeSplit:
			c.From = other
		}
		return c
	}
	for _, test := range []struct {
		name    string
		changes []Change
		came    map[string]string // articles, by story
		lost    map[string]int
		fresh   string
	}{
		{"a new story that grows and shrinks", []Change{
			change(1, ChangeNew, "x", "a b c", "", ""), change(2, ChangeGrew, "x", "d", "", ""), change(3, ChangeShrank, "x", "", "b", ""),
		}, map[string]string{"x": "a c d"}, nil, "x"},
		{"one that was there", []Change{
			change(1, ChangeGrew, "x", "c", "", ""), change(2, ChangeShrank, "x", "", "a", ""),
		}, map[string]string{"x": "c"}, map[string]int{"x": 1}, ""},
		{"what leaves and comes back is no news", []Change{
			change(1, ChangeSplit, "y", "a b", "", "x"), change(1, ChangeShrank, "x", "", "a b", ""),
			change(2, ChangeGrew, "x", "a b", "", ""), change(2, ChangeMerged, "y", "", "a b", "x"),
		}, nil, nil, ""},
		{"a story that splits off brings what is new in it", []Change{
			change(1, ChangeSplit, "y", "a b new", "", "x"), change(1, ChangeShrank, "x", "", "a b", ""),
		}, map[string]string{"y": "new"}, map[string]int{"x": 2}, ""},
		{"one that splits off a new one is new", []Change{
			change(1, ChangeNew, "x", "a b c", "", ""), change(2, ChangeSplit, "y", "b c", "", "x"), change(2, ChangeShrank, "x", "", "b c", ""),
		}, map[string]string{"x": "a", "y": "b c"}, nil, "x y"},
		{"what came into a story that is a part of another now", []Change{
			change(1, ChangeGrew, "y", "new", "", ""), change(2, ChangeGrew, "x", "old new", "", ""), change(2, ChangeMerged, "y", "", "old new", "x"),
		}, map[string]string{"x": "new"}, nil, ""},
		{"an article that came, left and came back", []Change{
			change(1, ChangeGrew, "x", "new", "", ""), change(2, ChangeShrank, "x", "", "new", ""), change(2, ChangeSplit, "y", "new", "", "x"),
			change(3, ChangeGrew, "x", "new", "", ""), change(3, ChangeMerged, "y", "", "new", "x"),
		}, map[string]string{"x": "new"}, nil, ""},
		{"what a reader has taken back", []Change{
			change(1, ChangeGrew, "x", "new", "", ""), change(2, ChangeShrank, "x", "", "new old", ""),
		}, nil, map[string]int{"x": 1}, ""},
		{"two stories that were one for a batch", []Change{
			change(1, ChangeGrew, "x", "c d", "", ""), change(1, ChangeMerged, "y", "", "c d", "x"),
			change(2, ChangeSplit, "y", "c d", "", "x"), change(2, ChangeShrank, "x", "", "c d", ""),
		}, nil, nil, ""},
	} {
		n := newsOf(test.changes)
		for _, story := range []string{"x", "y"} {
			came := strings.Join(slices.DeleteFunc(slices.Sorted(maps.Keys(n.now)), func(a string) bool { return !n.came(story, a) }), " ")
			if came != test.came[story] {
				t.Errorf("%s: %q came into %s, want %q", test.name, came, story, test.came[story])
			}
			if lost := n.lost(story); n.before[story] && n.into[story] == "" && lost != test.lost[story] {
				t.Errorf("%s: %s lost %d, want %d", test.name, story, lost, test.lost[story])
			}
			if n.fresh[story] != strings.Contains(test.fresh, story) {
				t.Errorf("%s: %s is fresh: %v", test.name, story, n.fresh[story])
			}
		}
	}
}
