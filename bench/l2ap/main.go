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
	"log"
	"os"
	"runtime"
	"strconv"

	"qissa/bench/rowsfile"
	"qissa/cluster"
)

func main() {
	if len(os.Args) < 3 {
		log.Fatal("usage: l2ap ROWS.bin LEAST...")
	}
	runtime.GOMAXPROCS(1)
	rows, _, err := rowsfile.Read(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	for _, arg := range os.Args[2:] {
		least, err := strconv.ParseFloat(arg, 64)
		if err != nil {
			log.Fatal(err)
		}
		before := rowsfile.CPU()
		j := newJoin(cluster.Rows(rows), least)
		for _, x := range j.order {
			j.find(x)
			j.index(x)
		}
		fmt.Printf("least cosine %v: %d pairs, %d postings, %d computed, %.1f s processor time\n",
			least, j.pairs, j.postings, j.computed, rowsfile.CPU()-before)
	}
}
