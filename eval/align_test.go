package eval

import (
	"slices"
	"strings"
	"testing"
)

func labels(t *testing.T, name, in string) Labels {
	t.Helper()
	l, err := ReadLabels(strings.NewReader(in), name)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestAlign(t *testing.T) {
	gold := labels(t, "gold.tsv", "1\ta\n2\tb\n3\ta\n")
	pred := labels(t, "pred.tsv", "3\tx\n2\tx\n1\ty\n")
	p, g, err := Align(pred, gold, false)
	if err != nil || !slices.Equal(p, group("abb")) || !slices.Equal(g, group("aba")) {
		t.Errorf("Align = %v, %v, %v, want the groups y x x and a b a", p, g, err)
	}
	more := labels(t, "pred.tsv", "3\tx\n9\tx\n2\tx\n1\ty\n7\tz\n")
	p, _, err = Align(more, gold, true)
	if err != nil || !slices.Equal(p, group("abb")) {
		t.Errorf("Align of a subset = %v, %v, want the groups y x x", p, err)
	}
}

func TestAlignRefuses(t *testing.T) {
	gold := labels(t, "gold.tsv", "1\ta\n2\tb\n")
	for _, c := range []struct {
		name, pred string
		subset     bool
		want       string
	}{
		{"more ids", "1\tx\n2\tx\n3\tx\n4\tx\n5\tx\n6\tx\n", false,
			"gold.tsv: lacks 4 of the 6 articles of pred.tsv: 3, 4, 5, …; label them, or leave them out with --subset"},
		{"missing id", "2\tx\n3\tx\n", true,
			"pred.tsv: lacks 1 of the 2 articles of gold.tsv: 1; run on the dump that was labelled"},
		{"no common id", "3\tx\n4\tx\n", false,
			"pred.tsv: lacks 2 of the 2 articles of gold.tsv: 1, 2; run on the dump that was labelled"},
	} {
		_, _, err := Align(labels(t, "pred.tsv", c.pred), gold, c.subset)
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: Align error %v\nwant %s", c.name, err, c.want)
		}
	}
}
