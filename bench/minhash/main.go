// Command minhash finds similar rows as tools for duplicates do, with MinHash in
// 32 bands of 4 (Broder, 1997; Leskovec, Rajaraman and Ullman, 2014), and
// computes the cosine of every candidate exactly. It shows what that costs, and
// how many of the pairs it finds.
//
//	go run ./bench/minhash ROWS.bin LEAST PAIRS
//
// ROWS.bin is made by bench/rows; PAIRS is how many pairs there are, as the
// exact join counts them.
package main

import (
	"fmt"
	"log"
	"math"
	"os"
	"runtime"
	"strconv"

	"qissa/bench/rowsfile"
	"qissa/cluster"
)

const (
	bandCount = 32
	bandRows  = 4
	hashes    = bandCount * bandRows
)

func main() {
	if len(os.Args) != 4 {
		log.Fatal("usage: minhash ROWS.bin LEAST PAIRS")
	}
	runtime.GOMAXPROCS(1)
	least, err := strconv.ParseFloat(os.Args[2], 64)
	if err != nil {
		log.Fatal(err)
	}
	all, err := strconv.Atoi(os.Args[3])
	if err != nil {
		log.Fatal(err)
	}
	rows, _, err := rowsfile.Read(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	before := rowsfile.CPU()
	signatures := sign(cluster.Rows(rows))
	signed := rowsfile.CPU()
	candidates, found := search(cluster.Rows(rows), signatures, least)
	fmt.Printf("least cosine %v: %d candidates, %d of %d pairs (recall %.3f), signatures %.1f s, search and cosines %.1f s processor time\n",
		least, candidates, found, all, float64(found)/float64(all), signed-before, rowsfile.CPU()-signed)
}

// sign returns the least of each hash over the terms of each row.
func sign(rows cluster.Rows) [][hashes]uint32 {
	var a, b [hashes]uint64
	seed := uint64(42)
	for i := range a {
		seed = mix(seed + 0x9e3779b97f4a7c15)
		a[i] = seed | 1
		seed = mix(seed + 0x9e3779b97f4a7c15)
		b[i] = seed
	}
	signatures := make([][hashes]uint32, rows.Len())
	for d := range signatures {
		s := &signatures[d]
		for i := range s {
			s[i] = math.MaxUint32
		}
		for _, term := range rows.Term[rows.Start[d]:rows.Start[d+1]] {
			for i := range s {
				if h := uint32((a[i]*uint64(term) + b[i]) >> 32); h < s[i] { // multiply and shift (Dietzfelbinger et al., 1997)
					s[i] = h
				}
			}
		}
	}
	return signatures
}

// search computes the cosine of all pairs that share a band.
func search(rows cluster.Rows, signatures [][hashes]uint32, least float64) (candidates, found int) {
	seen := map[[2]int32]bool{}
	for band := range bandCount {
		buckets := map[[bandRows]uint32][]int32{}
		for d := range signatures {
			if rows.Start[d] == rows.Start[d+1] {
				continue
			}
			key := [bandRows]uint32(signatures[d][band*bandRows:])
			for _, other := range buckets[key] {
				if pair := [2]int32{other, int32(d)}; !seen[pair] {
					seen[pair] = true
					candidates++
					if cluster.Dot(rows, int(other), d) >= least {
						found++
					}
				}
			}
			buckets[key] = append(buckets[key], int32(d))
		}
	}
	return candidates, found
}

func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
