package cluster_test

import (
	"context"
	"fmt"
	"log"

	"qissa/cluster"
)

// Rows of any kind can be joined, as long as their terms ascend and their length is
// 1. Documents 0 and 1 are alike, and so are 0 and 2, but a week apart.
func ExamplePairs() {
	rows := cluster.Rows{
		Start:  []int{0, 2, 4, 6, 7},
		Term:   []uint32{0, 1, 0, 1, 0, 2, 3},
		Weight: []float32{0.8, 0.6, 0.6, 0.8, 0.8, 0.6, 1},
	}
	const hour, day = 3600, 24 * 3600
	times := []int64{0, 5 * hour, 7 * day, cluster.Undated}
	for _, window := range []int64{3 * day, 0} { // 0 is no limit
		pairs, _, err := cluster.Pairs(context.Background(), rows, times, cluster.Join{MinSim: 0.4, Window: window})
		if err != nil {
			log.Fatal(err)
		}
		for _, p := range pairs {
			fmt.Printf("%d and %d: %.2f\n", p.A, p.B, p.Sim)
		}
		fmt.Println("---")
	}
	// Output:
	// 0 and 1: 0.96
	// ---
	// 0 and 1: 0.96
	// 0 and 2: 0.64
	// 1 and 2: 0.48
	// ---
}
