// Command join finds all similar pairs of rows as qissa does, on one processor,
// for comparison with bench/join.py, bench/l2ap and bench/minhash.
//
//	go run ./bench/join ROWS.bin LEAST...
package main

import (
	"context"
	"fmt"

	"qissa/bench/rowsfile"
	"qissa/cluster"
	"qissa/vectorize"
)

func main() {
	rowsfile.Command(func(rows vectorize.Rows, least float64) (string, error) {
		_, c, err := cluster.Pairs(context.Background(), cluster.Rows(rows), nil, cluster.Join{MinSim: least})
		return fmt.Sprintf("%d pairs, %d postings, %d computed at least in part", c.Pairs, c.Postings, c.Verified), err
	})
}
