package qissa_test

import (
	"context"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"qissa"
	"qissa/article"
	"qissa/vectorize/arabic"
)

// Sentences are cut, and articles dropped, exactly as by going through the articles with a
// set of all sequences of so many words that are written so far.
func TestCutsEqualNaiveOnes(t *testing.T) {
	passageCorpora(t, func(t *testing.T, articles []article.Article) {
		r := rand.New(rand.NewPCG(2, 2))
		for _, words := range []int{12, 40} {
			articles, _ = lift(articles, words, 100, r, func(s string) string { return ". " + respelled(s, r) + ". " })
		}
		articles = append(slices.Clone(articles), articles[7], articles[9])
		const least = 12
		var found [2]*qissa.FoundCuts
		for jobs := range 2 {
			var err error
			if found[jobs], err = qissa.FindCuts(context.Background(), articles, qissa.CutOptions{Words: least, Passages: true, Jobs: jobs + 1}); err != nil {
				t.Fatal(err)
			}
		}
		if !reflect.DeepEqual(found[0], found[1]) || found[0].LeftOut > 0 {
			t.Errorf("other cuts by two workers, or %d passages left out", found[0].LeftOut)
		}
		cut, dropped := 0, 0
		for i, want := range naiveCuts(articles, least) {
			if (found[0].Repeats[i] != nil) != (want == nil) {
				t.Fatalf("article %d: dropped %v, want %v", i, found[0].Repeats[i], want == nil)
			}
			if want == nil {
				dropped++
				continue
			}
			left := []rune(articles[i].Body)
			for _, c := range slices.Backward(found[0].Cuts[i]) {
				left = append(left[:c.Span[0]:c.Span[0]], left[c.Span[1]:]...)
				cut++
			}
			if string(left) != *want {
				t.Fatalf("article %d: left %q, want %q", i, string(left), *want)
			}
		}
		if t.Logf("%d articles: %d passages cut, %d dropped", len(articles), cut, dropped); cut < 50 || dropped < 2 {
			t.Errorf("%d cut, %d dropped", cut, dropped)
		}
	})
}

// naiveCuts returns what is left of each text; nil if it is dropped.
func naiveCuts(articles []article.Article, least int) (left []*string) {
	written, whole := map[string]bool{}, map[string]bool{}
	for _, a := range articles {
		all := slices.Collect(arabic.Words(a.Title))
		title := len(all)
		body := slices.Collect(arabic.Words(a.Body))
		all = append(all, body...)
		var text []string
		for _, w := range all {
			text = append(text, w.Text)
		}
		repeated := make([]bool, len(all))
		for i := range max(0, len(all)-least+1) {
			if written[strings.Join(text[i:i+least], " ")] {
				for k := range least {
					repeated[i+k] = true
				}
			}
		}
		var starts []int // of sentences with words
		for s := range arabic.Sentences(a.Body) {
			if slices.ContainsFunc(body, func(w arabic.Word) bool { return s.From <= w.Start && w.Start < s.To }) {
				starts = append(starts, s.From)
			}
		}
		cut := make([]bool, len(all))
		rest, letters, words, gone := "", []rune(a.Body), 0, false
		for n, from := range starts {
			to := utf8.RuneCountInString(a.Body)
			if n+1 < len(starts) {
				to = starts[n+1]
			}
			if n == 0 {
				from = 0
			}
			own := 0
			for i, w := range body {
				if from <= w.Start && w.Start < to && !repeated[title+i] {
					own++
				}
			}
			for i, w := range body {
				if from <= w.Start && w.Start < to {
					if cut[title+i] = own == 0; own > 0 {
						words++
					}
				}
			}
			if gone = gone || own == 0; own > 0 {
				rest += string(letters[from:to])
			}
		}
		if gone && words < least || whole[strings.Join(text, " ")] {
			left = append(left, nil)
			continue
		}
		if !gone {
			rest, whole[strings.Join(text, " ")] = a.Body, true
		}
		left = append(left, &rest)
		for i := range max(0, len(all)-least+1) {
			if !slices.Contains(cut[i:i+least], true) {
				written[strings.Join(text[i:i+least], " ")] = true
			}
		}
	}
	return left
}

// After passages of a test were cut out of articles, nothing of it is found in them.
func TestPurifiedPassages(t *testing.T) {
	passageCorpora(t, func(t *testing.T, articles []article.Article) {
		r := rand.New(rand.NewPCG(6, 9))
		hosts, lifted := lift(articles, 30, 100, r, func(s string) string { return ". " + respelled(s, r) + ". " })
		var all []article.Article
		for _, l := range lifted {
			all = append(all, article.Article{ID: "item", Body: l.source.Text(&articles[l.from])})
		}
		items := len(all)
		for _, l := range lifted {
			all = append(all, hosts[l.to])
		}
		opt := qissa.DefaultContaminationOptions()
		opt.Other = func(i int) bool { return i < items }
		found, err := qissa.FindContamination(context.Background(), all, opt)
		if err != nil {
			t.Fatal(err)
		}
		cuts, err := qissa.FindCuts(context.Background(), all, qissa.CutOptions{Words: 20, Contamination: found, Keep: opt.Other})
		if err != nil {
			t.Fatal(err)
		}
		left, cut := slices.Clone(all[:items]), 0
		for i := items; i < len(all); i++ {
			if cuts.Repeats[i] != nil {
				continue
			}
			a, body := all[i], []rune(all[i].Body)
			for _, c := range slices.Backward(cuts.Cuts[i]) {
				body = append(body[:c.Span[0]:c.Span[0]], body[c.Span[1]:]...)
				cut++
			}
			a.Body = string(body)
			left = append(left, a)
		}
		again, err := qissa.FindContamination(context.Background(), left, opt)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%d items found, %d passages cut, %d of %d articles dropped, %d items found again", len(found), cut, len(all)-len(left), len(lifted), len(again))
		if len(found) < items*99/100 || len(again) > 0 || len(left) == items {
			t.Errorf("%d of %d items found, %d again, %d articles left", len(found), items, len(again), len(left)-items)
		}
	})
}
