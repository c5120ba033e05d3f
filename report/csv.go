package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"qissa"
)

// articleColumns are the columns of [ArticlesCSV].
var articleColumns = []string{
	"article_id", "story_id", "story_size", "relation", "copied", "copy_of",
	"source", "time", "precision", "title", "url", "file", "line", "credit", "storyline_id", "storyline_size",
}

// ArticlesCSV writes one article per row, stories in the order of the result,
// under a line of column names. A byte order mark tells spreadsheets that the
// file is UTF-8. Unknown cells are empty, and cells that a spreadsheet would
// run as a formula begin with an apostrophe.
func ArticlesCSV(w io.Writer, r *qissa.Result) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	if err := c.Write(articleColumns); err != nil {
		return err
	}
	row := make([]string, len(articleColumns))
	for _, s := range r.Stories {
		for _, m := range s.Members {
			articleRow(row, r, s, m)
			if err := c.Write(row); err != nil {
				return err
			}
		}
	}
	c.Flush()
	return c.Error()
}

func articleRow(row []string, r *qissa.Result, s qissa.Story, m qissa.Member) {
	a := r.Articles[m.Article]
	copyOf, line := "", ""
	var storyline, storylineSize string
	if l := storylineRecord(r, s); l != nil {
		storyline, storylineSize = l.ID, strconv.Itoa(l.Size)
	}
	if m.CopyOf >= 0 {
		copyOf = r.Articles[m.CopyOf].ID
	}
	if a.Origin.Line > 0 {
		line = strconv.Itoa(a.Origin.Line)
	}
	copy(row, []string{
		a.ID, s.ID, strconv.Itoa(len(s.Members)), string(m.Relation), strconv.FormatFloat(m.Copied, 'f', 3, 64), copyOf,
		a.Source, timeText(a), string(a.Precision), a.Title, a.URL, a.Origin.File, line, strings.Join(m.Credit, "، "), storyline, storylineSize,
	})
	for i, cell := range row {
		row[i] = inert(cell)
	}
}

// inert marks a cell that a spreadsheet would take for a formula as text, and
// drops NUL, at which some stop reading.
func inert(cell string) string {
	cell = strings.ReplaceAll(cell, "\x00", "")
	if cell == "" {
		return cell
	}
	switch cell[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n':
		return "'" + cell
	}
	return cell
}
