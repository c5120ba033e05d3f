// Command l2ap finds all similar pairs of rows as L2AP does (Anastasiu and
// Karypis, L2AP: fast cosine similarity search with prefix L-2 norm bounds,
// ICDE 2014), on one processor.
//
//	go run ./bench/l2ap ROWS.bin LEAST...
//
// ROWS.bin is made by bench/rows.
package main

import (
	"fmt"

	"qissa/bench/rowsfile"
	"qissa/cluster"
	"qissa/vectorize"
)

func main() {
	rowsfile.Command(func(rows vectorize.Rows, least float64) (string, error) {
		j := newJoin(cluster.Rows(rows), least)
		j.run()
		return fmt.Sprintf("%d pairs, %d postings, %d computed", j.pairs, j.postings, j.computed), nil
	})
}
