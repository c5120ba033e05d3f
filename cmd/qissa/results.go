package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"qissa"
	"qissa/article"
	"qissa/report"
)

// A runStory is what stories.jsonl says of a story.
type runStory struct {
	ID        string
	Storyline *runStoryline // nil in runs of older versions
	Size      int
	Title     string
	Cohesion  float64
	Bridge    string
	Articles  []runArticle
}

// A runStoryline is what stories.jsonl says of the storyline of a story.
type runStoryline struct {
	ID, Title     string
	Size, Stories int
}

type runArticle struct {
	ID, Title, Source, Time, Relation string
	Precision                         article.Precision
	CopyOf                            string `json:"copy_of"`
	Origin                            article.Origin
	AlsoIn                            []struct{ ID string } `json:"also_in"`
	Versions                          []struct{ ID string }
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
	Borrowed int
	Order    string `json:"borrow_order"`
	Decision string
	Why      string
	back     bool // B comes before A
}

type runPassage struct {
	A, B  [2]int
	Words int
	Stock bool
}

// strength returns how strong the two hold together, 0 to 1.
func (p runPair) strength() float64 {
	if p.Why == "correction" {
		return 1
	}
	return p.Same
}

// turned returns the pair seen from its other article.
func (p runPair) turned() runPair {
	p.A, p.B, p.AInB, p.BInA, p.OnlyA, p.OnlyB = p.B, p.A, p.BInA, p.AInB, p.OnlyB, p.OnlyA
	p.Runs = slices.Clone(p.Runs)
	for i, r := range p.Runs {
		p.Runs[i].A, p.Runs[i].B = r.B, r.A
	}
	p.back = !p.back
	return p
}

// eachLine decodes the lines of a file. Errors begin with its name and the line.
func eachLine[T any](path string, use func(T) error) error {
	return someLines(path, func([]byte) bool { return true }, use)
}

// someLines is eachLine of the lines that are wanted.
func someLines[T any](path string, wanted func(line []byte) bool, use func(T) error) error {
	f, err := openRecords(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return report.SomeLines(f, path, wanted, func(_ int, x T) error { return use(x) })
}

// check tells what is wrong with a story.
func (s runStory) check() error {
	switch {
	case s.ID == "":
		return errors.New("a story without id")
	case len(s.Articles) == 0:
		return fmt.Errorf("story %q has no articles", s.ID)
	}
	return nil
}

// check tells of passages that no article can have.
func (p runPair) check() error {
	for _, r := range p.Runs {
		for _, at := range [][2]int{r.A, r.B} {
			if at[0] < 0 || at[1] < at[0] {
				return fmt.Errorf("a passage from %d to %d", at[0], at[1])
			}
		}
	}
	return nil
}

// readPairs returns the pairs of a run by their articles, in both orders.
func readPairs(path string) (map[[2]string]runPair, error) {
	f, err := openRecords(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return takePairs(f, path)
}

// takePairs is readPairs of lines.
func takePairs(lines io.Reader, name string) (map[[2]string]runPair, error) {
	pairs := map[[2]string]runPair{}
	err := report.EachLine(lines, name, func(_ int, p runPair) error {
		pairs[[2]string{p.A, p.B}] = p
		pairs[[2]string{p.B, p.A}] = p.turned()
		return p.check()
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
	return parseCorrections(f, path)
}

const maxCorrection = 16 << 20 // bytes of a line, as of a record of a dump

// parseCorrection reads one line.
func parseCorrection(line []byte) (qissa.Correction, bool) {
	var c struct{ Type, Level, A, B string }
	if err := json.Unmarshal(line, &c); err != nil || c.A == "" || c.B == "" {
		return qissa.Correction{}, false
	}
	ok := (c.Type == "must_link" || c.Type == "cannot_link") && (c.Level == "" || c.Level == "story" || c.Level == "storyline")
	return qissa.Correction{Together: c.Type == "must_link", Storyline: c.Level == "storyline", A: c.A, B: c.B}, ok
}

func parseCorrections(r io.Reader, path string) ([]qissa.Correction, error) {
	var list []qissa.Correction
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxCorrection)
	n := 0
	for lines.Scan() {
		n++
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		where := fmt.Sprintf("%s:%d", path, n)
		c, ok := parseCorrection(lines.Bytes())
		if !ok {
			return nil, fmt.Errorf(`%s: not a correction; want {"type":"must_link" or "cannot_link","a":ID,"b":ID}, with "level":"storyline" for storylines`, where)
		}
		c.Where = where
		list = append(list, c)
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, fmt.Errorf("%s:%d: longer than 16 MiB, which no correction is", path, n+1)
	} else if err != nil {
		return nil, unreadable(path, err)
	}
	return list, nil
}
