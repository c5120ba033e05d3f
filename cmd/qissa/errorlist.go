package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"text/tabwriter"

	"qissa/eval"
	"qissa/report"
)

// A similarity is what decided on two articles.
type similarity struct {
	Same float64 `json:"same"`
	Why  string  `json:"why"`
}

// readSimilarities reads the evidence of a run, by the ids of two articles in
// both orders. It returns nil if there is none.
func readSimilarities(path string) (map[[2]string]similarity, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	of := map[[2]string]similarity{}
	err := eachLine(path, func(p struct {
		A, B string
		similarity
	}) error {
		of[[2]string{p.A, p.B}] = p.similarity
		of[[2]string{p.B, p.A}] = p.similarity
		return nil
	})
	return of, err
}

// A lister writes stories with their fragments.
type lister struct {
	w        io.Writer
	similar  map[[2]string]similarity
	isolated bool // on a terminal that keeps directions apart
}

const (
	shownMembers  = 5  // articles of a fragment
	headlineWidth = 70 // characters
)

func (l lister) list(heading string, faults []eval.Fault) {
	fmt.Fprintf(l.w, "\n%s\n", heading)
	if len(faults) == 0 {
		fmt.Fprintln(l.w, "  none")
	}
	for _, f := range faults {
		articles := 0
		for _, part := range f.Fragments {
			articles += len(part.Items)
		}
		fmt.Fprintf(l.w, "  %s: %d articles in %d parts, %s\n", report.Harmless(f.Story), articles, len(f.Fragments), count(f.Wrong, "wrong pair", "wrong pairs"))
		for i, part := range f.Fragments {
			fmt.Fprintf(l.w, "    %s, %s%s\n", report.Harmless(part.Story), count(len(part.Items), "article", "articles"), l.nearest(part, f.Fragments[:i]))
			l.members(part)
		}
	}
}

// nearest tells the similarity that decided on a part and the parts above it.
func (l lister) nearest(part eval.Fragment, above []eval.Fragment) string {
	best, found := similarity{}, false
	for _, other := range above {
		for _, a := range part.Items {
			for _, b := range other.Items {
				if s, ok := l.similar[[2]string{a.ID, b.ID}]; ok && (!found || s.Same > best.Same) {
					best, found = s, true
				}
			}
		}
	}
	switch {
	case l.similar == nil || len(above) == 0:
		return ""
	case !found:
		return "; no pair with those above in pairs.jsonl"
	}
	return fmt.Sprintf("; nearest pair with those above %.3f (%s)", best.Same, report.Harmless(best.Why))
}

func (l lister) members(part eval.Fragment) {
	t := tabwriter.NewWriter(l.w, 0, 0, 2, ' ', 0)
	for i, it := range part.Items {
		if i == shownMembers {
			fmt.Fprintf(t, "      and %d more\n", len(part.Items)-i)
			break
		}
		fmt.Fprintf(t, "      %s\t%s\t%s\t%s\n", report.Harmless(it.ID), report.Harmless(it.Time), report.Harmless(it.Source), report.Line(it.Title, headlineWidth, l.isolated))
	}
	t.Flush()
}
