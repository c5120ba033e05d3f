package qissa_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"qissa"
	"qissa/article"
)

// BenchmarkStages runs each stage on the first articles of a dump, as often as
// the rate is wanted:
//
//	go test . -run '^$' -bench Stages
func BenchmarkStages(b *testing.B) {
	const articles = 5000
	all := readArticles(b, filepath.Join(dataFolder, "dumps", "saudinewsnet.jsonl.gz"))[:articles]
	opt := qissa.DefaultOptions()
	candidates, err := qissa.FindCandidates(b.Context(), all, opt)
	if err != nil {
		b.Fatal(err)
	}
	for _, stage := range []struct {
		name string
		run  func() error
	}{
		{"candidates", func() error { _, err := qissa.FindCandidates(b.Context(), all, opt); return err }},
		{"decision and linkage", func() error { _, err := candidates.Decide(b.Context(), opt); return err }},
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
// edited in another way:
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
	}{{"page", pages}, {"template", numbered}, {"copies", edited}} {
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
