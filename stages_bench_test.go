package qissa_test

import (
	"path/filepath"
	"testing"

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
	rate := func(b *testing.B) {
		b.ReportMetric(float64(b.N*articles)/b.Elapsed().Seconds(), "articles/s")
	}
	b.Run("candidates", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := qissa.FindCandidates(b.Context(), all, opt); err != nil {
				b.Fatal(err)
			}
		}
		rate(b)
	})
	b.Run("decision and linkage", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := candidates.Decide(b.Context(), opt); err != nil {
				b.Fatal(err)
			}
		}
		rate(b)
	})
	b.Run("all", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := qissa.Cluster(b.Context(), all, opt); err != nil {
				b.Fatal(err)
			}
		}
		rate(b)
	})
}
