package main

import (
	"io"
	"strings"

	"qissa/testdata"
)

// demo is the built-in sample.
func demo() source {
	return source{"sample.jsonl", true, func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(testdata.Sample)), nil
	}}
}
