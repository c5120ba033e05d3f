package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"

	"qissa/article"
)

// A runStory is what stories.jsonl says of a story.
type runStory struct {
	ID       string
	Size     int
	Title    string
	Cohesion float64
	Bridge   string
	Articles []runArticle
}

type runArticle struct {
	ID, Title, Source, Time, Relation string
	CopyOf                            string `json:"copy_of"`
	Origin                            article.Origin
}

// A runPair is what pairs.jsonl says of two articles.
type runPair struct {
	A, B     string
	Cosine   float64
	Same     float64
	AInB     float64 `json:"a_in_b"`
	BInA     float64 `json:"b_in_a"`
	Runs     []runPassage
	OnlyA    []struct{ Text string } `json:"only_a"`
	OnlyB    []struct{ Text string } `json:"only_b"`
	Decision string
	Why      string
}

type runPassage struct {
	A, B  [2]int
	Words int
	Stock bool
}

// turned returns the pair seen from its other article.
func (p runPair) turned() runPair {
	p.A, p.B, p.AInB, p.BInA, p.OnlyA, p.OnlyB = p.B, p.A, p.BInA, p.AInB, p.OnlyB, p.OnlyA
	p.Runs = slices.Clone(p.Runs)
	for i, r := range p.Runs {
		p.Runs[i].A, p.Runs[i].B = r.B, r.A
	}
	return p
}

// eachLine decodes the lines of a file.
func eachLine[T any](path string, use func(T)) error {
	f, err := os.Open(path)
	if err != nil {
		return unreadable(path, err)
	}
	defer f.Close()
	dec := json.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	for {
		var x T
		if err := dec.Decode(&x); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		use(x)
	}
}

// readPairs returns the pairs of a run by their articles, in both orders.
func readPairs(path string) (map[[2]string]runPair, error) {
	pairs := map[[2]string]runPair{}
	err := eachLine(path, func(p runPair) {
		pairs[[2]string{p.A, p.B}] = p
		pairs[[2]string{p.B, p.A}] = p.turned()
	})
	return pairs, err
}
