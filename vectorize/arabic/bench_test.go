package arabic

import (
	"strings"
	"testing"
)

// bodies returns about 4 MB of text.
func bodies(b *testing.B, real bool) []string {
	const size = 4 << 20
	var texts []string
	if !real {
		own := strings.Join(ownTexts(b), "\n")
		return append(texts, strings.Repeat(own, size/len(own)))
	}
	total := 0
	for r := range records(b, sharedFiles(b, "dumps/saudinewsnet.jsonl.gz")[0], 1) {
		if texts = append(texts, r.Body); total > size {
			break
		}
		total += len(r.Body)
	}
	return texts
}

func benchmark(b *testing.B, do func(string)) {
	for _, kind := range []string{"own", "real"} {
		b.Run(kind, func(b *testing.B) {
			texts := bodies(b, kind == "real")
			n := 0
			for _, s := range texts {
				n += len(s)
			}
			b.SetBytes(int64(n))
			b.ReportAllocs()
			for b.Loop() {
				for _, s := range texts {
					do(s)
				}
			}
			b.ReportMetric(float64(len(texts)), "texts/op")
		})
	}
}

func BenchmarkWords(b *testing.B) {
	benchmark(b, func(s string) {
		for range Words(s) {
		}
	})
}

func BenchmarkTerms(b *testing.B) {
	benchmark(b, func(s string) {
		for range Terms(s) {
		}
	})
}

func BenchmarkNormalize(b *testing.B) {
	benchmark(b, func(s string) { Normalize(s) })
}

func BenchmarkSlowTwin(b *testing.B) {
	benchmark(b, func(s string) { slowWords(s) })
}

func BenchmarkStem(b *testing.B) {
	words := benchmarkWords(b)
	for b.Loop() {
		for _, w := range words {
			Stem(w)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(words)), "ns/word")
}

func BenchmarkIsStop(b *testing.B) {
	words := benchmarkWords(b)
	for b.Loop() {
		for _, w := range words {
			IsStop(w)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(words)), "ns/word")
}

func benchmarkWords(b *testing.B) []string {
	var words []string
	for _, s := range ownTexts(b) {
		for w := range Words(s) {
			words = append(words, w.Text)
		}
	}
	return words
}
