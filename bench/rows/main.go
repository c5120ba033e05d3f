// Rows writes the rows that qissa joins to a file, for bench/join.py and
// BenchmarkRealPairs: the numbers of documents and of entries, the starts and
// times of 8 bytes each, the terms and weights of 4, all little-endian.
//
//	go run ./bench/rows DUMP OUT
package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"

	"qissa"
	"qissa/article"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "rows:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return errors.New("usage: rows DUMP OUT")
	}
	in, err := os.Open(args[0])
	if err != nil {
		return err
	}
	defer in.Close()
	var articles []article.Article
	for a, err := range article.SkipBad(article.Read(in, args[0], article.Options{}), func(*article.RecordError) {}) {
		if err != nil {
			return err
		}
		articles = append(articles, a)
	}
	opt := qissa.DefaultOptions()
	opt.MinSim = 0.95 // the rows are wanted, not the pairs
	c, err := qissa.FindCandidates(context.Background(), articles, opt)
	if err != nil {
		return err
	}
	out, err := os.Create(args[1])
	if err != nil {
		return err
	}
	b, rows := bufio.NewWriterSize(out, 1<<20), c.Documents.Mixed
	start := make([]int64, len(rows.Start))
	for i, s := range rows.Start {
		start[i] = int64(s)
	}
	for _, v := range []any{[2]int64{int64(rows.Len()), int64(len(rows.Term))}, start, c.Documents.Time, rows.Term, rows.Weight} {
		if err := binary.Write(b, binary.LittleEndian, v); err != nil {
			return err
		}
	}
	return errors.Join(b.Flush(), out.Close())
}
