// Package rowsfile keeps the rows that qissa joins in a file, so that other
// programs can join the same ones.
package rowsfile

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"os"

	"qissa/vectorize"
)

// Write writes the numbers of documents and of entries, the starts and times of
// 8 bytes each, the terms and weights of 4, all little-endian.
func Write(name string, rows vectorize.Rows, times []int64) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	start := make([]int64, len(rows.Start))
	for i, s := range rows.Start {
		start[i] = int64(s)
	}
	for _, v := range []any{[2]int64{int64(rows.Len()), int64(len(rows.Term))}, start, times, rows.Term, rows.Weight} {
		if err := binary.Write(w, binary.LittleEndian, v); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return errors.Join(w.Flush(), f.Close())
}

// Read reads what Write wrote.
func Read(name string) (vectorize.Rows, []int64, error) {
	f, err := os.Open(name)
	if err != nil {
		return vectorize.Rows{}, nil, err
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 1<<20)
	var size [2]int64
	if err := binary.Read(r, binary.LittleEndian, &size); err != nil {
		return vectorize.Rows{}, nil, fmt.Errorf("%s: %w", name, err)
	}
	start, times := make([]int64, size[0]+1), make([]int64, size[0])
	rows := vectorize.Rows{Term: make([]uint32, size[1]), Weight: make([]float32, size[1])}
	for _, part := range []any{start, times, rows.Term, rows.Weight} {
		if err := binary.Read(r, binary.LittleEndian, part); err != nil {
			return vectorize.Rows{}, nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	for _, s := range start {
		rows.Start = append(rows.Start, int(s))
	}
	return rows, times, nil
}
