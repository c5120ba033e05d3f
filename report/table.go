package report

import (
	"fmt"
	"io"
	"text/tabwriter"

	"qissa"
	"qissa/article"
)

// headlineLength is the greatest length of a headline in the table, in
// characters as a reader counts them (grapheme clusters).
const headlineLength = 60

// TableOptions are the settings of [Table].
type TableOptions struct {
	Rows    int  // stories shown; 0 means 20
	Isolate bool // keep right-to-left headlines apart with direction isolates, for terminals only
}

// Table writes the first stories of the result as a table for a terminal. The
// headline is the last column and is not padded, because no two terminals
// agree on the width of Arabic.
func Table(w io.Writer, r *qissa.Result, opt TableOptions) error {
	rows := opt.Rows
	if rows == 0 {
		rows = 20
	}
	rows = min(rows, len(r.Stories))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "articles\tsources\tstoryline\tfirst seen\theadline")
	for _, s := range r.Stories[:rows] {
		wide := len(s.Members)
		if l := storylineRecord(r, s); l != nil {
			wide = l.Size
		}
		fmt.Fprintf(t, "%8d\t%7d\t%9d\t%s\t%s\n", len(s.Members), len(s.Sources), wide, firstSeen(r, s), headline(r, s, opt.Isolate))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	if more := len(r.Stories) - rows; more > 0 {
		_, err := fmt.Fprintf(w, "and %d more\n", more)
		return err
	}
	return nil
}

// firstSeen is the time of a story's first dated article, as exact as it is
// known.
func firstSeen(r *qissa.Result, s qissa.Story) string {
	if s.First < 0 {
		return "undated"
	}
	a := r.Articles[s.First]
	switch a.Precision {
	case article.Day:
		return a.Time.Format("2006-01-02")
	case article.Relative:
		return a.Time.UTC().Format("~2006-01-02 15:04")
	}
	return a.Time.UTC().Format("2006-01-02 15:04")
}

func headline(r *qissa.Result, s qissa.Story, isolated bool) string {
	a := &r.Articles[s.Representative]
	for _, text := range []string{a.Title, opening(a.LoadBody(nil), 2*headlineLength)} {
		if h := Line(text, headlineLength, isolated); h != "" {
			return h
		}
	}
	return "(no text)"
}

// opening returns at most the first n code points of s.
func opening(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
