package cluster

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"qissa/bench/rowsfile"
)

// zipfRows makes documents of about length terms whose frequencies follow
// Zipf's law, a third of them retelling an earlier document in part.
func zipfRows(n, length int, seed uint64) Rows {
	r := rand.New(rand.NewPCG(seed, 2))
	zipf := rand.NewZipf(r, 1.1, 8, uint64(10*n+1000))
	docs := make([]map[uint32]float64, n)
	order := make([][]uint32, n) // the terms of each document as they came
	for i := range docs {
		docs[i] = map[uint32]float64{}
		put := func(t uint32) {
			if _, ok := docs[i][t]; !ok {
				order[i] = append(order[i], t)
				docs[i][t] = 0.3 + float64(t)/(float64(t)+30) + 0.3*r.Float64()
			}
		}
		if i > 0 && r.IntN(3) == 0 {
			share := r.Float64()
			for _, t := range order[max(0, i-1-r.IntN(50))] {
				if r.Float64() < share {
					put(t)
				}
			}
		}
		for want := length/2 + r.IntN(length); len(order[i]) < want; {
			put(uint32(zipf.Uint64()))
		}
	}
	return unitRows(docs)
}

// realRows loads the rows and times from the file of bench/rows that the
// environment variable QISSA_ROWS names.
func realRows(tb testing.TB) (Rows, []int64) {
	name := os.Getenv("QISSA_ROWS")
	if name == "" {
		tb.Skip("QISSA_ROWS does not name a file of rows")
	}
	rows, times, err := rowsfile.Read(name)
	if err != nil {
		tb.Fatal(err)
	}
	return Rows(rows), times
}

var joins = []Join{
	{MinSim: 0.12}, {MinSim: 0.15}, {MinSim: 0.2}, {MinSim: 0.3}, {MinSim: 0.5}, {MinSim: 0.7}, {MinSim: 0.9},
}

func benchmarkPairs(b *testing.B, rows Rows, times []int64) {
	for _, window := range []int64{72 * 3600, 0} {
		for _, j := range joins {
			j.Window = window
			b.Run(fmt.Sprintf("window=%dh/least=%v", window/3600, j.MinSim), func(b *testing.B) {
				var c JoinCounts
				before := rowsfile.CPU()
				for b.Loop() {
					var err error
					if _, c, err = Pairs(b.Context(), rows, times, j); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric((rowsfile.CPU()-before)/float64(b.N), "cpu-s/op")
				b.ReportMetric(float64(c.Postings), "postings")
				b.ReportMetric(float64(c.Swept), "swept")
				b.ReportMetric(float64(c.Verified), "verified")
				b.ReportMetric(float64(c.Computed), "computed")
				b.ReportMetric(float64(c.Pairs), "pairs")
			})
		}
	}
}

func BenchmarkPairs(b *testing.B) {
	rows := zipfRows(10_000, 100, 1)
	times := make([]int64, rows.Len())
	for i := range times {
		times[i] = int64(i) * 86
	}
	benchmarkPairs(b, rows, times)
}

func BenchmarkRealPairs(b *testing.B) {
	rows, times := realRows(b)
	benchmarkPairs(b, rows, times)
}
