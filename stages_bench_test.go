package qissa_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"qissa"
	"qissa/article"
	"qissa/internal/grouping"
)

// BenchmarkStages runs each stage on the first articles of a dump, as often as
// the rate is wanted:
//
//	go test . -run '^$' -bench Stages
func BenchmarkStages(b *testing.B) {
	const articles = 5000
	all := readArticles(b, filepath.Join(dataFolder, "dumps", "saudinewsnet.jsonl.gz"))[:articles]
	opt := qissa.DefaultOptions()
	batch, err := grouping.Read(b.Context(), all, grouping.Options{})
	if err != nil {
		b.Fatal(err)
	}
	weighed, err := batch.Weigh(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	facts, err := weighed.FindFacts(b.Context(), opt.Window, nil)
	if err != nil {
		b.Fatal(err)
	}
	links, err := facts.Decide(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	for _, stage := range []struct {
		name string
		run  func() error
	}{
		{"words", func() error { _, err := grouping.Read(b.Context(), all, grouping.Options{}); return err }},
		{"weights", func() error { _, err := batch.Weigh(b.Context(), nil); return err }},
		{"facts", func() error { _, err := weighed.FindFacts(b.Context(), opt.Window, nil); return err }},
		{"decision", func() error { _, err := facts.Decide(b.Context(), nil); return err }},
		{"groups", func() error { _, err := links.Group(b.Context(), opt.Story); return err }},
		{"all", func() error { _, err := qissa.Cluster(b.Context(), all, opt); return err }},
	} {
		b.Run(stage.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := stage.run(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N*articles)/b.Elapsed().Seconds(), "articles/s")
		})
	}
}

// BenchmarkManyAlike takes one text thousands of times, all within a few hours: a page
// of an error under 20,000 addresses; the same with a number in it; 3,000 copies, each
// edited in another way. Four thousand that share half of their words follow:
//
//	go test . -run '^$' -bench ManyAlike
func BenchmarkManyAlike(b *testing.B) {
	pages := errorPages(20_000)
	for i := range pages {
		pages[i].Time = pages[0].Time.Add(time.Duration(i) * time.Second)
	}
	numbered, edited := slices.Clone(pages), slices.Clone(pages[:3000])
	for i := range numbered {
		numbered[i].Body += fmt.Sprint("، رقم الطلب ", i)
	}
	for i := range edited {
		letters := []rune(fmt.Sprintf("%05d", i))
		for k := range letters {
			letters[k] += 'ب' - '0'
		}
		edited[i].Body += "، وتفضل باختيار " + string(letters)
	}
	for _, alike := range []struct {
		name  string
		pages []article.Article
	}{{"page", pages}, {"template", numbered}, {"copies", edited}, {"half", halfAlike(4000)}} {
		b.Run(alike.name+"/cluster", func(b *testing.B) {
			for b.Loop() {
				if _, err := qissa.Cluster(b.Context(), alike.pages, qissa.DefaultOptions()); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(alike.name+"/dedup", func(b *testing.B) {
			for b.Loop() {
				if _, err := qissa.FindRepeats(b.Context(), alike.pages, qissa.DefaultRepeatOptions()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
