package qissa

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/grouping"
	"qissa/internal/overlap"
)

// editedTexts are articles of few texts, most of them edited: many repeat many.
func editedTexts(r *rand.Rand, n int) []article.Article {
	word := func() string {
		return string([]rune{rune('ا' + r.IntN(28)), rune('ب' + r.IntN(27)), rune('ت' + r.IntN(26))})
	}
	texts := make([][]string, 1+r.IntN(6))
	for i := range texts {
		for range 10 + r.IntN(60) {
			texts[i] = append(texts[i], word())
		}
	}
	all := make([]article.Article, n)
	for i := range all {
		body := append([]string(nil), texts[r.IntN(len(texts))]...)
		body = body[r.IntN(len(body)/3):]
		for range r.IntN(4) * r.IntN(6) {
			body[r.IntN(len(body))] = word()
		}
		if r.IntN(3) == 0 {
			body = append(body, fmt.Sprint(r.IntN(3)))
		}
		all[i] = article.Article{ID: fmt.Sprint(i), Title: body[0], Body: strings.Join(body[1:], " "), URL: fmt.Sprint("https://example.org/", r.IntN(n))}
		if r.IntN(5) > 0 {
			all[i].Time, all[i].Precision = time.Date(2025, 7, 1, r.IntN(400), 0, 0, 0, time.UTC), article.Exact
		}
	}
	return all
}

// FindRepeats compares no words that are dropped already. That changes nothing.
func TestRepeatsEqualThoseOfAllPairs(t *testing.T) {
	dropped := 0
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 14))
		articles := editedTexts(r, 1+r.IntN(900))
		opt := DefaultRepeatOptions()
		opt.Level = []DedupLevel{LevelVerbatim, LevelEdited, LevelEdited, LevelStory, LevelStoryline}[r.IntN(5)]
		if r.IntN(2) == 0 {
			opt.Window = time.Duration(1+r.IntN(100)) * time.Hour
		}
		if r.IntN(2) == 0 {
			opt.Prefer = func(a, b int) int { return cmp.Compare(len(articles[b].Body), len(articles[a].Body)) }
		}
		if r.IntN(3) == 0 {
			opt.Keep = func(i int) bool { return i%7 == 0 }
		}
		got, err := FindRepeats(t.Context(), articles, opt)
		if err != nil {
			t.Fatal(err)
		}
		want := repeatsOfAllPairs(t, articles, opt)
		for i := range want {
			if !reflect.DeepEqual(got[i], want[i]) {
				t.Fatalf("seed %d, %s, article %d of %d: %+v, of all pairs %+v", seed, opt.Level, i, len(want), got[i], want[i])
			}
			if want[i] != nil {
				dropped++
			}
		}
	}
	if dropped < 3000 {
		t.Errorf("%d dropped: too few to tell anything", dropped)
	}
}

// repeatsOfAllPairs knows all candidates before it decides.
func repeatsOfAllPairs(t *testing.T, articles []article.Article, opt RepeatOptions) []*Repeat {
	t.Helper()
	batch, err := grouping.Read(t.Context(), articles, grouping.Options{})
	if err != nil {
		t.Fatal(err)
	}
	words, _, err := batch.WithoutBoilerplate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	d := newDedup(batch, words, opt)
	d.first, _ = words.SameWords(t.Context(), 1)
	if opt.Level == LevelStory || opt.Level == LevelStoryline {
		if err := d.findStories(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	least := overlap.Verbatim
	if opt.Level != LevelVerbatim {
		least = min(opt.Copy, overlap.Verbatim)
		if err := d.findPages(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	var all []int32
	for i := range articles {
		if d.first[i] == int32(i) && !words.TooShort(i) {
			all = append(all, int32(i))
		}
	}
	for _, a := range d.order {
		d.undecided[d.first[a]]++
	}
	overlaps, err := d.overlaps(t.Context(), all, cluster.Containment{Least: least, Compared: func(a, b int) bool { return d.mayRepeat(all[a], all[b]) }})
	if err != nil {
		t.Fatal(err)
	}
	eachCandidate(d.first, all, overlaps, func(a int32, p candidate) { d.candidates[a] = append(d.candidates[a], p) })
	for _, a := range d.order {
		d.decide(a)
	}
	return d.repeat
}
