package eval

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"qissa/cluster"
)

// dump returns two groupings of 30,000 articles: stories of 1 to some 60
// articles, of which one article in ten is in a wrong story.
func dump() (pred, gold cluster.Partition) {
	r := rand.New(rand.NewPCG(9, 10))
	var a, b []int
	for story := 0; len(a) < 30_000; story++ {
		for range 1 + int(r.ExpFloat64()*r.ExpFloat64()) {
			a, b = append(a, story), append(b, story)
		}
	}
	for i := range b {
		if r.IntN(10) == 0 {
			b[i] = b[r.IntN(len(b))]
		}
	}
	return Group(b), Group(a)
}

func BenchmarkMeasures(b *testing.B) {
	pred, gold := dump()
	for _, m := range []struct {
		name string
		run  func()
	}{
		{"BCubed", func() { BCubed(pred, gold) }},
		{"Pairwise", func() { Pairwise(pred, gold) }},
		{"ARI", func() { ARI(pred, gold) }},
		{"AMI", func() { AMI(pred, gold) }},
		{"VMeasure", func() { VMeasure(pred, gold) }},
		{"CEAF", func() { CEAF(pred, gold) }},
		{"Intervals", func() { Intervals(pred, gold, 1000, 1) }},
	} {
		b.Run(m.name, func(b *testing.B) {
			for b.Loop() {
				m.run()
			}
		})
	}
}

// The worst case of the matching: unrelated groupings, one knot of overlaps.
func BenchmarkCEAFUnrelated(b *testing.B) {
	for _, groups := range []int{200, 1000, 3000, 10_000} {
		b.Run(fmt.Sprint(groups), func(b *testing.B) {
			r := rand.New(rand.NewPCG(11, 12))
			x, y := make([]int, 30_000), make([]int, 30_000)
			for i := range x {
				x[i], y[i] = r.IntN(groups), r.IntN(groups)
			}
			pred, gold := Group(x), Group(y)
			for b.Loop() {
				CEAF(pred, gold)
			}
		})
	}
}

func BenchmarkReadLabels(b *testing.B) {
	_, gold := dump()
	var lines strings.Builder
	for i, g := range gold {
		fmt.Fprintf(&lines, "article-%d\tstory-%d\n", i, g)
	}
	for b.Loop() {
		if _, err := ReadLabels(strings.NewReader(lines.String()), "x"); err != nil {
			b.Fatal(err)
		}
	}
}
