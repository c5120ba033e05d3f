package eval

import (
	"fmt"
	"strings"
	"testing"
)

// describe writes faults as "story wrong: label ids; label ids".
func describe(faults []Fault) string {
	var out []string
	for _, f := range faults {
		var parts []string
		for _, p := range f.Fragments {
			var ids []string
			for _, it := range p.Items {
				ids = append(ids, it.ID)
			}
			parts = append(parts, p.Story+" "+strings.Join(ids, ","))
		}
		out = append(out, fmt.Sprintf("%s %d: %s", f.Story, f.Wrong, strings.Join(parts, "; ")))
	}
	return strings.Join(out, " | ")
}

func TestErrors(t *testing.T) {
	gold := labels(t, "gold", "1\ta\n2\ta\n3\ta\n4\tb\n5\tb\n6\tc\n7\tc\n8\td\n")
	pred := labels(t, "pred", "9\tx\n8\tx\n7\ty\n6\tx\n5\tz\n4\tw\n3\tu\n2\tu\n1\tv\n")
	split, mixed := Errors(pred, gold, 9)
	for _, c := range []struct{ name, got, want string }{
		{"split", describe(split), "a 2: u 2,3; v 1 | b 1: w 4; z 5 | c 1: x 6; y 7"},
		{"mixed", describe(mixed), "x 1: d 8; c 6"}, // 9 is not labelled
	} {
		if c.got != c.want {
			t.Errorf("%s = %s\nwant %s", c.name, c.got, c.want)
		}
	}
	split, _ = Errors(pred, gold, 2)
	if got, want := describe(split), "a 2: u 2,3; v 1 | b 1: w 4; z 5"; got != want {
		t.Errorf("two worst = %s\nwant %s", got, want)
	}
}

// Wrong pairs of all faults are the pairs that the two groupings disagree on.
func TestErrorsCount(t *testing.T) {
	for c := range 100 {
		p, g := drawPair(c)
		pred, gold := numbered(p), numbered(g)
		split, mixed := Errors(pred, gold, len(p))
		both, inPred, inGold, _ := newTable(p, g).pairCounts()
		if got, want := wrong(split), inGold-both; got != want {
			t.Fatalf("case %d: %v wrong pairs in split stories, want %v", c, got, want)
		}
		if got, want := wrong(mixed), inPred-both; got != want {
			t.Fatalf("case %d: %v wrong pairs in mixed stories, want %v", c, got, want)
		}
	}
}

func wrong(faults []Fault) (sum float64) {
	for _, f := range faults {
		sum += float64(f.Wrong)
	}
	return sum
}

// numbered returns labels with the numbers of items and groups as names.
func numbered(p []int) Labels {
	var l Labels
	for i, g := range p {
		l.Items = append(l.Items, Item{ID: fmt.Sprint(i), Story: fmt.Sprint(g)})
	}
	return l
}

func TestErrorsCarryDetails(t *testing.T) {
	gold := labels(t, "gold", "1\ta\n2\ta\n")
	pred := labels(t, "pred", `{"id":"x","articles":[{"id":"1","title":"خبر","source":"الوطن","time":"2015-08-02T10:00:00Z"}]}`+
		"\n"+`{"id":"y","articles":[{"id":"2"}]}`)
	split, _ := Errors(pred, gold, 1)
	want := Item{"1", "a", "", "خبر", "الوطن", "2015-08-02T10:00:00Z"}
	if got := split[0].Fragments[0].Items[0]; got != want {
		t.Errorf("first item = %v, want %v", got, want)
	}
}

func TestWhole(t *testing.T) {
	pred := labels(t, "pred", strings.Join([]string{
		`{"id":"x","articles":[{"id":"1","source":"A"},{"id":"2","source":"B"}]}`,                            // whole
		`{"id":"y","articles":[{"id":"3","source":"A"},{"id":"4","source":"B"},{"id":"5"}]}`,                 // not pure
		`{"id":"z","articles":[{"id":"6","source":"A"}]}`, `{"id":"u","articles":[{"id":"7","source":"B"}]}`, // not whole
		`{"id":"v","articles":[{"id":"8","source":"A"},{"id":"9","source":"A"}]}`,                            // one outlet
		`{"id":"w","articles":[{"id":"10","source":"A"},{"id":"11","source":"B"},{"id":"99","source":"B"}]}`, // 99 is not labelled
	}, "\n"))
	gold := labels(t, "gold", "1\ta\n2\ta\n3\tb\n4\tb\n5\tc\n6\td\n7\td\n8\te\n9\te\n10\tf\n11\tf\n")
	if whole, of := Whole(pred, gold); whole != 2 || of != 4 {
		t.Errorf("Whole = %d of %d, want 2 of 4", whole, of)
	}
}
