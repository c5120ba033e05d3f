package tfidf

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"qissa/cluster"
	"qissa/internal/corpus"
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

// A Reference is document frequencies by term, in each section.
type Reference struct {
	Documents int
	Of        map[string][3]int
}

// leastReference is the least document frequency that a term is listed with.
const leastReference = 5

// EmbeddedReference returns the reference that is part of the program.
var EmbeddedReference = sync.OnceValue(func() Reference {
	r, err := readReference(referenceData)
	if err != nil {
		panic("qissa: reference.tsv.gz: " + err.Error()) // it is part of the program
	}
	return r
})

func readReference(data []byte) (Reference, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return Reference{}, err
	}
	text, err := io.ReadAll(z)
	if err != nil {
		return Reference{}, err
	}
	r := Reference{Of: map[string][3]int{}}
	for line := range strings.Lines(string(text)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) == 2 {
			r.Documents, err = strconv.Atoi(fields[1])
		} else if len(fields) == 4 {
			var of [3]int
			for s := range of {
				if of[s], err = strconv.Atoi(fields[s+1]); err != nil {
					break
				}
			}
			r.Of[fields[0]] = of
		} else {
			err = fmt.Errorf("%d fields", len(fields))
		}
		if err != nil {
			return Reference{}, fmt.Errorf("line %q: %w", line, err)
		}
	}
	return r, nil
}

// Include counts the reference collection in, as if it had been read too.
func (f *Frequencies) Include(terms []string, r Reference) {
	for n, term := range terms {
		of := r.Of[term]
		for s := range f {
			f[s].Of[n] += of[s]
		}
	}
	for s := range f {
		f[s].Documents += r.Documents
	}
}

// WriteReference writes the frequencies of the terms of a corpus, numbered by
// falling frequency, in the form that is embedded: a line "documents" and their
// number, then a line for each term with its frequency in titles, whole texts and
// leads, the commonest first, all packed with gzip.
func WriteReference(w io.Writer, c *corpus.Corpus, f *Frequencies) error {
	z, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	fmt.Fprintf(z, "documents\t%d\n", c.Len())
	for n, term := range c.Terms {
		if f[cluster.Whole].Of[n] >= leastReference {
			fmt.Fprintf(z, "%s\t%d\t%d\t%d\n", term, f[cluster.Title].Of[n], f[cluster.Whole].Of[n], f[cluster.Lead].Of[n])
		}
	}
	return z.Close()
}
