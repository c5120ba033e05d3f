package qissa

import "testing"

func TestRelationOfShares(t *testing.T) {
	for _, test := range []struct {
		name        string
		s           shared
		relation    Relation
		copied      bool
		contained   bool
		anotherDays bool
	}{
		{"one text", shared{AInB: 1, BInA: 1, numbers: agreement{1, 9}, amounts: agreement{1, 9}}, Verbatim, true, false, false},
		{"the first third of a text", shared{AInB: 0.3, BInA: 0.95, numbers: agreement{1, 2}}, Shortened, false, false, false},
		{"an item of a round-up", shared{AInB: 0.1, BInA: 0.95, numbers: agreement{1, 2}}, Shortened, false, true, false},
		{"rewritten here and there", shared{AInB: 0.7, BInA: 0.7, numbers: agreement{0.8, 5}, amounts: agreement{0.8, 5}}, Edited, false, false, false},
		{"a passage taken over", shared{AInB: 0.3, BInA: 0.3, numbers: agreement{0.5, 4}, amounts: agreement{0.5, 4}}, PartlyCopied, false, false, false},
		{"a stock phrase", shared{AInB: 0.05, BInA: 0.1, numbers: agreement{1, 0}}, OwnWording, false, false, false},
		{"the market of another day", shared{AInB: 0.9, BInA: 0.9, numbers: agreement{0.1, 8}, amounts: agreement{0, 8}}, PartlyCopied, false, false, true},
		{"the weather of another day", shared{AInB: 0.7, BInA: 0.7, numbers: agreement{0.1, 6}, amounts: agreement{1, 0}}, PartlyCopied, false, false, true},
		{"small numbers that agree by chance", shared{AInB: 0.9, BInA: 0.9, numbers: agreement{0.5, 20}, amounts: agreement{0, 6}}, Verbatim, true, false, true},
		{"an update with one number less", shared{AInB: 0.9, BInA: 0.9, numbers: agreement{0.75, 4}, amounts: agreement{0.75, 4}}, Verbatim, true, false, false},
		{"few numbers tell nothing", shared{AInB: 0.9, BInA: 0.9, numbers: agreement{0, 2}}, PartlyCopied, false, false, false},
	} {
		if got := test.s.relation(); got != test.relation {
			t.Errorf("%s: %s, want %s", test.name, got, test.relation)
		}
		if got := test.s.copied(surelyCopied); got != test.copied {
			t.Errorf("%s: surely one text %v, want %v", test.name, got, test.copied)
		}
		if got := test.s.contained(); got != test.contained {
			t.Errorf("%s: contained %v, want %v", test.name, got, test.contained)
		}
		if got := test.s.otherRound(); got != test.anotherDays {
			t.Errorf("%s: of another day %v, want %v", test.name, got, test.anotherDays)
		}
	}
}
