package corpus

import (
	"errors"
	"math/rand/v2"
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

// Digests are the same where words, or templates, are: in two corpora whose words have other
// numbers, with what outlets add.
func TestDigests(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 8))
	articles := make([]article.Article, 300)
	for i := range articles {
		words := strings.Fields("بلغ سعر الذهب اليوم 310 دراهم 312")
		words[r.IntN(len(words))] = words[r.IntN(2)]
		at := r.IntN(3)
		articles[i] = article.Article{Title: strings.Join(words[:at], " "), Body: strings.Join(words[at:], " ")}
	}
	margins := make([]Margins, len(articles))
	for i := range margins {
		margins[i].Below = int32(r.IntN(2))
	}
	digests := func(from int) (words, template []Digest) {
		c := read(t, articles[from:])
		words, template, err := c.withFrames(frames{margins: margins[from:]}).Digests(t.Context(), 2, nil)
		if err != nil {
			t.Fatal(err)
		}
		return words, template
	}
	all := read(t, articles).withFrames(frames{margins: margins})
	sameWords, err := all.SameWords(t.Context(), 2)
	sameTemplate, errTemplate := all.SameTemplate(t.Context(), 2)
	if err := errors.Join(err, errTemplate); err != nil {
		t.Fatal(err)
	}
	words, template := digests(0)
	later, laterTemplate := digests(100)
	alike := 0
	for i := 100; i < len(articles); i++ {
		for j := range i {
			if got, want := later[i-100] == words[j], sameWords[i] == sameWords[j]; got != want {
				t.Fatalf("%q and %q: same digests %v, same words %v", articles[i].Body, articles[j].Body, got, want)
			} else if want {
				alike++
			}
			if got, want := laterTemplate[i-100] == template[j], sameTemplate[i] == sameTemplate[j]; got != want {
				t.Fatalf("%q and %q: same digests %v, same template %v", articles[i].Body, articles[j].Body, got, want)
			}
		}
	}
	if alike < 100 {
		t.Errorf("%d pairs with the same words: nothing is tested", alike)
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
