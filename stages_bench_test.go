package qissa_test

import (
	"path/filepath"
	"testing"
	"time"

	"qissa"
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

// BenchmarkOnePage takes a page of an error that stands under 20,000 addresses:
//
//	go test . -run '^$' -bench OnePage
func BenchmarkOnePage(b *testing.B) {
	pages := errorPages(20_000)
	for i := range pages {
		pages[i].Time = pages[0].Time.Add(time.Duration(i) * time.Second)
	}
	b.Run("cluster", func(b *testing.B) {
		for b.Loop() {
			if _, err := qissa.Cluster(b.Context(), pages, qissa.DefaultOptions()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("dedup", func(b *testing.B) {
		for b.Loop() {
			if _, err := qissa.FindRepeats(b.Context(), pages, qissa.DefaultRepeatOptions()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
