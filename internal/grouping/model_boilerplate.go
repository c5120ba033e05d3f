package grouping

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"qissa/internal/corpus"
)

// writeBoilerplate writes what outlets add to their articles.
func writeBoilerplate(w io.Writer, of *corpus.Boilerplate) {
	for _, a := range of.Affixes {
		kind := "suffix"
		if a.Before {
			kind = "prefix"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", kind, strconv.Quote(a.Outlet), a.Words)
	}
	for _, p := range of.Passages {
		fmt.Fprintf(w, "passage\t%s\t%s\n", strconv.Quote(p.Outlet), strings.Join(p.Words, " "))
	}
	for _, g := range of.Ends {
		fmt.Fprintf(w, "boilerplate\t%s\t%s\n", strconv.Quote(g.Outlet), strings.Join(g.Words[:], "\t"))
	}
}

// readBoilerplate reads a line of what an outlet adds to its articles.
func readBoilerplate(kind string, fields []string, of *corpus.Boilerplate) error {
	outlet, err := strconv.Unquote(fields[0])
	switch words := fields[1:]; {
	case kind == "boilerplate" && len(words) == len(corpus.NGram{}.Words):
		of.Ends = append(of.Ends, corpus.NGram{Outlet: outlet, Words: [len(corpus.NGram{}.Words)]string(words)})
	case kind == "passage" && len(words) == 1:
		of.Passages = append(of.Passages, corpus.Passage{Outlet: outlet, Words: strings.Fields(words[0])})
	case kind != "boilerplate" && len(words) == 1:
		of.Affixes = append(of.Affixes, corpus.Affix{Outlet: outlet, Before: kind == "prefix", Words: words[0]})
	default:
		return fmt.Errorf("%q with %d fields is unknown", kind, len(fields))
	}
	return err
}
