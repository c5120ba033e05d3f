package main

import (
	"cmp"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// An outputName is what the name of an output says: clean.csv.gz is clean, csv, packed
// with gz.
type outputName struct {
	stem    string // the path without what follows
	format  string // jsonl, csv or parquet; "" if the name says nothing
	packing string // gz or zst; "" for none
}

func readOutputName(path string) (n outputName) {
	cut := func(known ...string) string {
		ext := filepath.Ext(path)
		if name := strings.ToLower(strings.TrimPrefix(ext, ".")); slices.Contains(known, name) {
			path = strings.TrimSuffix(path, ext)
			return name
		}
		return ""
	}
	n.packing = cut("gz", "zst")
	n.format = cut("jsonl", "ndjson", "csv", "parquet")
	if n.format == "ndjson" {
		n.format = "jsonl"
	}
	if n.stem = path; n.format == "" && n.packing == "" {
		n.stem = strings.TrimSuffix(path, filepath.Ext(path))
	}
	return n
}

// packed writes as a name says: through gzip or zstd.
func packed(packing string, write func(io.Writer) error) func(io.Writer) error {
	through := func(w io.Writer, z io.WriteCloser) error { return cmp.Or(write(z), z.Close()) }
	switch packing {
	case "gz":
		return func(w io.Writer) error { return through(w, gzip.NewWriter(w)) }
	case "zst":
		return func(w io.Writer) error {
			z, err := zstd.NewWriter(w)
			if err != nil {
				return err
			}
			return through(w, z)
		}
	}
	return write
}
