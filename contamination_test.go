package qissa_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"qissa"
	"qissa/article"
)

// Items of 20 to 60 words are found inside longer articles, and long items that hold short
// articles, however they are written; texts that stand nowhere else are not.
func TestContamination(t *testing.T) {
	passageCorpora(t, func(t *testing.T, articles []article.Article) {
		ours, others := articles[:len(articles)/2], articles[len(articles)/2+20:] // real ones: of 2015, of 2018
		for _, words := range []int{20, 40, 60} {
			r := rand.New(rand.NewPCG(uint64(words), 9))
			hosts, lifted := lift(ours, words, 200, r, func(s string) string { return respelled(s, r) })
			item := func(n int, text string) article.Article {
				return article.Article{ID: fmt.Sprint("item", n), Body: text}
			}
			var items []article.Article // those put into hosts, then as many that were not
			for n, l := range lifted {
				items = append(items, item(n, l.source.Text(&ours[l.from])))
			}
			items = append(items, others...)
			var train []article.Article // where the items came from is not among them
			for _, l := range lifted {
				train = append(train, hosts[l.to])
			}
			found := contaminations(t, items, train)
			there, wrong := 0, 0
			for n := range items {
				h := found[n]
				switch {
				case n < len(lifted):
					if h != nil && holds(h, len(items)+n, true) {
						there++
					}
				case h != nil:
					wrong++
				}
			}
			t.Logf("%d words: %d of %d items found, %d of %d others", words, there, len(lifted), wrong, len(items)-len(lifted))
			if 100*there < 99*len(lifted) || 1000*wrong > len(items)-len(lifted) {
				t.Errorf("%d words: %d of %d items found, %d of %d others", words, there, len(lifted), wrong, len(items)-len(lifted))
			}
			found = contaminations(t, train, items[:len(lifted)]) // the other way round
			there = 0
			for n := range train {
				if h := found[n]; h != nil && holds(h, len(train)+n, false) {
					there++
				}
			}
			if t.Logf("%d words: %d of %d long items hold a short article", words, there, len(train)); 100*there < 99*len(train) {
				t.Errorf("%d words: %d of %d long items hold a short article", words, there, len(train))
			}
		}
	})
}

// contaminations returns what is found of items in articles, by item.
func contaminations(t *testing.T, items, articles []article.Article) map[int]*qissa.Contamination {
	t.Helper()
	opt := qissa.DefaultContaminationOptions()
	opt.Other = func(i int) bool { return i < len(items) }
	all, err := qissa.FindContamination(context.Background(), append(append([]article.Article{}, items...), articles...), opt)
	if err != nil {
		t.Fatal(err)
	}
	of := map[int]*qissa.Contamination{}
	for i := range all {
		of[all[i].Item] = &all[i]
	}
	return of
}

// holds reports whether an article holds an item, or is held by it.
func holds(c *qissa.Contamination, article int, holds bool) bool {
	for _, h := range c.Holders {
		if h.Article == article && (holds && h.Holds == 1 || !holds && h.Held == 1) {
			return true
		}
	}
	return false
}
