package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"qissa"
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

// readCorrections reads the lines that a report makes of a reader's corrections.
func readCorrections(path string) ([]qissa.Correction, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	defer f.Close()
	var list []qissa.Correction
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var c struct{ Type, A, B string }
		where := fmt.Sprintf("%s:%d", path, n)
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil || c.A == "" || c.B == "" || c.Type != "must_link" && c.Type != "cannot_link" {
			return nil, fmt.Errorf(`%s: not a correction; want {"type":"must_link" or "cannot_link","a":ID,"b":ID}`, where)
		}
		list = append(list, qissa.Correction{Together: c.Type == "must_link", A: c.A, B: c.B, Where: where})
	}
	return list, lines.Err()
}
