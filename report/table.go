package report

import (
	"cmp"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"qissa"
	"qissa/article"
)

// headlineLength is the greatest length of a headline in the table, in
// characters as a reader counts them (grapheme clusters).
const headlineLength = 60

// TableOptions are the settings of [Table].
type TableOptions struct {
	Rows    int            // stories shown; 0 means 20
	Zone    *time.Location // in which times are shown, and which the heading names; nil means UTC, which goes without saying
	Isolate bool           // keep right-to-left headlines apart with direction isolates, for terminals only
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
	zone, named := zoneNamed(opt.Zone)
	fmt.Fprintf(t, "articles\tsources\torigins\tstoryline\tfirst seen%s\theadline\n", named)
	for _, s := range r.Stories[:rows] {
		wide := len(s.Members)
		if l := storylineRecord(r, s); l != nil {
			wide = l.Size
		}
		fmt.Fprintf(t, "%8d\t%7d\t%7d\t%9d\t%s\t%s\n", len(s.Members), len(s.Sources), len(s.Origins), wide, firstSeen(r, s, zone), headline(r, s, opt.Isolate))
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

// zoneNamed returns a zone, UTC for nil, and how a heading names it: UTC goes without
// saying.
func zoneNamed(zone *time.Location) (*time.Location, string) {
	if zone = cmp.Or(zone, time.UTC); zone.String() != "UTC" {
		return zone, " (" + zone.String() + ")"
	}
	return zone, ""
}

// firstSeen is the time of a story's first dated article, as exact as it is
// known. Where the times are a crawler's it is when the story was collected, and a
// question mark says so.
func firstSeen(r *qissa.Result, s qissa.Story, zone *time.Location) string {
	if s.Earliest < 0 {
		return "undated"
	}
	a := &r.Articles[s.Earliest]
	if s.FirstReason == qissa.FirstByCrawl {
		return a.Time.In(zone).Format("2006-01-02 15:04?")
	}
	return seenAt(a, zone)
}

// seenAt is the time of an article, as exact as it is known.
func seenAt(a *article.Article, zone *time.Location) string {
	switch a.Precision {
	case article.Day:
		return a.Time.Format("2006-01-02")
	case article.Relative:
		return a.Time.In(zone).Format("~2006-01-02 15:04")
	}
	return a.Time.In(zone).Format("2006-01-02 15:04")
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
