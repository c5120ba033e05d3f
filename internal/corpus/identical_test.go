package corpus

import (
	"slices"
	"strings"
	"testing"

	"qissa/article"
)

// Articles have one template if all words without a digit are the same, in order.
func TestSameTemplate(t *testing.T) {
	articles := []string{
		"بلغ سعر الذهب 310 دراهم للغرام اليوم",
		"بلغ سعر الذهب 312 دراهم للغرام اليوم",
		"بلغ سعر الذهب دراهم للغرام اليوم",
		"بلغ سعر الذهب 312 دراهم اليوم للغرام",
		"بلغ سعر الفضة 312 دراهم للغرام اليوم",
		"بلغ 5 سعر الذهب دراهم للغرام اليوم 2025",
	}
	all := make([]article.Article, len(articles))
	for i := range all {
		all[i].Body = articles[i]
	}
	got, err := read(t, all).SameTemplate(t.Context(), 2)
	if want := []int32{0, 0, 0, 3, 4, 0}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
}

// Articles have the same words if title and body have, each by itself, however they
// are spelled.
func TestSameWords(t *testing.T) {
	articles := []article.Article{
		{Title: "سعر الذهب", Body: "بلغ 310 دراهم"},
		{Title: "سعر الذهب", Body: "بَلَغ ٣١٠ دراهم."},
		{Title: "سعر", Body: "الذهب بلغ 310 دراهم"},
		{Title: "سعر الذهب", Body: "بلغ 311 دراهم"},
	}
	got, err := read(t, articles).SameWords(t.Context(), 2)
	if want := []int32{0, 0, 2, 3}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
}

// An article rises or falls by its title, else by its first sentence, however often
// the words stand there.
func TestTrend(t *testing.T) {
	for _, test := range []struct {
		title, body string
		want        int8
	}{
		{"ارتفاع أسعار النفط", "", 1},
		{"تراجع أسعار النفط", "ارتفعت", -1},
		{"أسعار النفط", "ارتفعت الأسعار اليوم", 1},
		{"ارتفاع ثم تراجع", "", 0},
		{"أسعار النفط", "", 0},
		{strings.Repeat("ارتفع ", 127), "", 1},
		{strings.Repeat("ارتفع ", 200), "", 1},
		{strings.Repeat("ارتفع ", 256), "", 1},
		{strings.Repeat("هبط ", 1000), "", -1},
	} {
		if got := read(t, []article.Article{{Title: test.title, Body: test.body}}).Trend(0); got != test.want {
			t.Errorf("%.40s, %s: %d, want %d", test.title, test.body, got, test.want)
		}
	}
}
