package qissa

import (
	"fmt"
	"slices"
	"testing"
)

// A template filled in again and again is compared with the fifty rounds before and
// after only: n rounds take 50 n pairs, not n².
func TestRounds(t *testing.T) {
	const n = 3000
	codes := notices(n)[:n]
	for i := range codes {
		codes[i].Body += fmt.Sprint(" رقم الطلب ", 7000+i)
	}
	r := clustered(t, codes)
	if most := int(mostRounds) * n; r.Counts.SimilarPairs == 0 || r.Counts.SimilarPairs > most {
		t.Errorf("%d pairs of %d rounds, want some and at most %d", r.Counts.SimilarPairs, n, most)
	}
}

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
	all := notices(len(articles))[:len(articles)]
	for i := range all {
		all[i].Body = articles[i]
	}
	opt := DefaultOptions()
	c, err := readCandidates(t.Context(), all, opt.withJobs())
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.texts.sameTemplate(t.Context(), 2)
	if want := []int32{0, 0, 0, 3, 4, 0}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
}
