package qissa

import (
	"testing"

	"qissa/internal/overlap"
)

func TestRelationOfShares(t *testing.T) {
	for _, test := range []struct {
		name        string
		s           overlap.Overlap
		relation    Relation
		copied      bool
		contained   bool
		anotherDays bool
	}{
		{"one text", overlap.Overlap{AInB: 1, BInA: 1, Numbers: agree(1, 9), Amounts: agree(1, 9)}, Verbatim, true, false, false},
		{"the first third of a text", overlap.Overlap{AInB: 0.3, BInA: 0.95, Numbers: agree(1, 2)}, Shortened, false, false, false},
		{"an item of a round-up", overlap.Overlap{AInB: 0.1, BInA: 0.95, Numbers: agree(1, 2)}, Shortened, false, true, false},
		{"rewritten here and there", overlap.Overlap{AInB: 0.7, BInA: 0.7, Numbers: agree(0.8, 5), Amounts: agree(0.8, 5)}, Edited, false, false, false},
		{"a passage taken over", overlap.Overlap{AInB: 0.3, BInA: 0.3, Numbers: agree(0.5, 4), Amounts: agree(0.5, 4)}, PartlyCopied, false, false, false},
		{"a stock phrase", overlap.Overlap{AInB: 0.05, BInA: 0.1, Numbers: agree(1, 0)}, OwnWording, false, false, false},
		{"the market of another day", overlap.Overlap{AInB: 0.9, BInA: 0.9, Numbers: agree(0.1, 8), Amounts: agree(0, 8)}, PartlyCopied, false, false, true},
		{"the weather of another day", overlap.Overlap{AInB: 0.7, BInA: 0.7, Numbers: agree(0.1, 6), Amounts: agree(1, 0)}, PartlyCopied, false, false, true},
		{"small numbers that agree by chance", overlap.Overlap{AInB: 0.9, BInA: 0.9, Numbers: agree(0.5, 20), Amounts: agree(0, 6)}, Verbatim, true, false, true},
		{"an update with one number less", overlap.Overlap{AInB: 0.9, BInA: 0.9, Numbers: agree(0.75, 4), Amounts: agree(0.75, 4)}, Verbatim, true, false, false},
		{"few numbers tell nothing", overlap.Overlap{AInB: 0.9, BInA: 0.9, Numbers: agree(0, 2)}, PartlyCopied, false, false, false},
	} {
		if got := relation(&test.s, overlap.Edited); got != test.relation {
			t.Errorf("%s: %s, want %s", test.name, got, test.relation)
		}
		if got := test.s.Copied(overlap.OneText); got != test.copied {
			t.Errorf("%s: surely one text %v, want %v", test.name, got, test.copied)
		}
		if got := test.s.Contained(); got != test.contained {
			t.Errorf("%s: contained %v, want %v", test.name, got, test.contained)
		}
		if got := test.s.OtherIssue(); got != test.anotherDays {
			t.Errorf("%s: another issue %v, want %v", test.name, got, test.anotherDays)
		}
	}
}

func agree(share float64, of int) overlap.Agreement { return overlap.Agreement{Share: share, Of: of} }
