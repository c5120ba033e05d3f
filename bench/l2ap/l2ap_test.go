package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"qissa/cluster"
)

func TestFindsAllPairs(t *testing.T) {
	for seed := range uint64(50) {
		rows := randomRows(rand.New(rand.NewPCG(seed, 1)))
		for _, least := range []float64{0.1, 0.2, 0.5, 0.9} {
			want, _, err := cluster.Pairs(t.Context(), rows, nil, cluster.Join{MinSim: least})
			if err != nil {
				t.Fatal(err)
			}
			j := newJoin(rows, least)
			j.run()
			if j.pairs != len(want) {
				t.Errorf("seed %d, least %v: %d pairs, the join of qissa has %d", seed, least, j.pairs, len(want))
			}
		}
	}
}

// randomRows makes unit rows of frequent and rare terms, many of them alike.
func randomRows(r *rand.Rand) cluster.Rows {
	rows := cluster.Rows{Start: []int{0}}
	for range 80 {
		var terms []uint32
		for range 1 + r.IntN(20) {
			terms = append(terms, uint32(60*math.Pow(r.Float64(), 3)))
		}
		slices.Sort(terms)
		terms = slices.Compact(terms)
		square, weights := 0.0, make([]float64, len(terms))
		for i := range terms {
			weights[i] = 0.1 + r.Float64()
			square += weights[i] * weights[i]
		}
		for _, w := range weights {
			rows.Weight = append(rows.Weight, float32(w/math.Sqrt(square)))
		}
		rows.Term = append(rows.Term, terms...)
		rows.Start = append(rows.Start, len(rows.Term))
	}
	return rows
}
