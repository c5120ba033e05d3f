package qissa_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"qissa"
	"qissa/article"
)

// halfAlike are n articles of a day that have half of their words in common, in any
// order, and the others from a small vocabulary.
func halfAlike(n int) []article.Article {
	r := rand.New(rand.NewPCG(5, 16))
	word := func() string {
		letters := []rune("ابتثجحخدذرزسشصضطظعغفقكلمنهوي")
		w := make([]rune, 4+r.IntN(5))
		for i := range w {
			w[i] = letters[r.IntN(len(letters))]
		}
		return string(w)
	}
	common, others := make([]string, 30), make([]string, 400)
	for _, words := range [][]string{common, others} {
		for i := range words {
			words[i] = word()
		}
	}
	all := make([]article.Article, n)
	for i := range all {
		words := slices.Clone(common)
		for range 30 {
			words = append(words, others[r.IntN(len(others))])
		}
		r.Shuffle(len(words), func(a, b int) { words[a], words[b] = words[b], words[a] })
		all[i] = article.Article{
			ID: fmt.Sprint("half ", i), Source: fmt.Sprint("outlet ", i%9), Title: strings.Join(words[:8], " "), Body: strings.Join(words[8:], " "),
			Time: time.Date(2025, 7, 14, 0, 0, 20*i, 0, time.UTC), Precision: article.Exact,
		}
	}
	return all
}

// Of thousands that share half of their words each is paired with its nearest.
func TestManyHalfAlike(t *testing.T) {
	const n, most = 1500, 400
	r, err := qissa.Cluster(t.Context(), halfAlike(n), qissa.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	want := most*(most-1)/2 + (n-most)*most
	if got := r.Counts.SimilarPairs; got != want {
		t.Errorf("%d similar pairs, want %d", got, want)
	}
}
