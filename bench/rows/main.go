// Rows writes the rows that qissa joins to a file, as package rowsfile does, for
// bench/join.py, bench/l2ap, bench/minhash and BenchmarkRealPairs.
//
//	go run ./bench/rows DUMP OUT
package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"qissa/article"
	"qissa/bench/rowsfile"
	"qissa/internal/grouping"
	"qissa/vectorize"
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
	articles, _, err := article.ReadAll(in, args[0], article.Options{})
	if err != nil {
		return err
	}
	b, err := grouping.Read(context.Background(), articles, grouping.Options{})
	if err != nil {
		return err
	}
	w, err := b.Weigh(context.Background(), nil)
	if err != nil {
		return err
	}
	rows, err := w.Rows(context.Background())
	if err != nil {
		return err
	}
	return rowsfile.Write(args[1], vectorize.Rows(rows), b.Time)
}
