package qissa

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"qissa/article"
)

// referenceData holds the document frequencies of a reference collection of
// Arabic news, so that a run on ten articles knows which words are rare. It is
// written by
//
//	go run ./eval/fit reference DUMP…
//
// from the dumps ant, saudinewsnet, jawhara and hespress-jazeera.
//
//go:embed reference.tsv.gz
var referenceData []byte

// reference is document frequencies by term, in each section.
type reference struct {
	documents int
	of        map[string][3]int
}

// leastReference is the least document frequency that a term is listed with.
const leastReference = 5

var loadReference = sync.OnceValue(func() reference {
	r, err := readReference(referenceData)
	if err != nil {
		panic("qissa: reference.tsv.gz: " + err.Error()) // it is part of the program
	}
	return r
})

func readReference(data []byte) (reference, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return reference{}, err
	}
	text, err := io.ReadAll(z)
	if err != nil {
		return reference{}, err
	}
	r := reference{of: map[string][3]int{}}
	for line := range strings.Lines(string(text)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) == 2 {
			r.documents, err = strconv.Atoi(fields[1])
		} else if len(fields) == 4 {
			var of [3]int
			for s := range of {
				if of[s], err = strconv.Atoi(fields[s+1]); err != nil {
					break
				}
			}
			r.of[fields[0]] = of
		} else {
			err = fmt.Errorf("%d fields", len(fields))
		}
		if err != nil {
			return reference{}, fmt.Errorf("line %q: %w", line, err)
		}
	}
	return r, nil
}

// add counts the reference collection in, as if it had been read too.
func (r reference) add(t *texts, df *frequencies) {
	for n, term := range t.terms {
		of := r.of[term]
		for s := range df {
			df[s].Of[n] += of[s]
		}
	}
	for s := range df {
		df[s].Documents += r.documents
	}
}

// WriteReference writes the document frequencies of the articles' terms in
// the form that is embedded: a line "documents" and their number, then a line
// for each term with its frequency in titles, whole texts and leads, the
// commonest first, all packed with gzip.
func WriteReference(ctx context.Context, w io.Writer, articles []article.Article) error {
	t, err := readTexts(ctx, articles, 1, nil, nil)
	if err != nil {
		return err
	}
	df, _, err := countFrequencies(ctx, t, 1, reference{})
	if err != nil {
		return err
	}
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	fmt.Fprintf(z, "documents\t%d\n", len(articles))
	for n, term := range t.terms {
		if df[1].Of[n] >= leastReference {
			fmt.Fprintf(z, "%s\t%d\t%d\t%d\n", term, df[0].Of[n], df[1].Of[n], df[2].Of[n])
		}
	}
	return z.Close()
}
