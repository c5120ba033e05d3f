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
	p, g, err := Align(pred, gold)
	if err != nil || !slices.Equal(p, group("abb")) || !slices.Equal(g, group("aba")) {
		t.Errorf("Align = %v, %v, %v, want the groups y x x and a b a", p, g, err)
	}
	more := labels(t, "pred.tsv", "3\tx\n9\tx\n2\tx\n1\ty\n7\tz\n")
	p, _, err = Align(more, gold)
	if err != nil || !slices.Equal(p, group("abb")) {
		t.Errorf("Align of a subset = %v, %v, want the groups y x x", p, err)
	}
	if ids := gold.Lacking(more); !slices.Equal(ids, []string{"9", "7"}) || more.Lacking(gold) != nil {
		t.Errorf("lacking %v", ids)
	}
	if common := more.Among(gold); len(common.Items) != 3 || len(more.Items) != 5 {
		t.Errorf("in common %v", common)
	}
}

func TestAlignRefuses(t *testing.T) {
	gold := labels(t, "gold.tsv", "1\ta\n2\tb\n")
	for _, c := range []struct {
		name, pred, want string
	}{
		{"missing id", "2\tx\n3\tx\n",
			"pred.tsv: lacks 1 of the 2 articles of gold.tsv: 1; run on the dump that was labelled"},
		{"no common id", "3\tx\n4\tx\n",
			"pred.tsv: lacks 2 of the 2 articles of gold.tsv: 1, 2; run on the dump that was labelled"},
	} {
		_, _, err := Align(labels(t, "pred.tsv", c.pred), gold)
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: Align error %v\nwant %s", c.name, err, c.want)
		}
	}
}
