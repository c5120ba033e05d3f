// Command join finds all similar pairs of rows as qissa does, on one processor,
// for comparison with bench/join.py, bench/l2ap and bench/minhash.
//
//	go run ./bench/join ROWS.bin LEAST...
package main

import (
	"context"
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
		log.Fatal("usage: join ROWS.bin LEAST...")
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
		_, c, err := cluster.Pairs(context.Background(), cluster.Rows(rows), nil, cluster.Join{MinSim: least})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("least cosine %v: %d pairs, %d postings, %d computed at least in part, %.1f s processor time\n",
			least, c.Pairs, c.Postings, c.Verified, rowsfile.CPU()-before)
	}
}
