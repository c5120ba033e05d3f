package report

import (
	"encoding/csv"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"qissa"
)

// articleColumns are the columns of [ArticlesCSV]. Their comments are the
// descriptions of doc/schema.
var articleColumns = []string{
	"article_id",         // as given, else 12 hex digits from the content; unique in a run
	"story_id",           // its story: "s_" and 12 hex digits
	"story_size",         // number of articles of the story, from 1
	"relation",           // how much of it repeats an earlier article of the story
	"copied",             // greatest share of its words that stand in one earlier article, 0 to 1
	"copy_of",            // id of that article; empty if it shares nothing with one
	"source",             // outlet; empty if unknown
	"time",               // RFC 3339, in the zone it was given in; empty if unknown
	"precision",          // how exactly the time is known
	"title",              // headline; empty if it has none
	"url",                // address; empty if unknown
	"file",               // where the record stands, as it was named, or the path inside a folder or archive
	"line",               // first line of the record, from 1; empty where lines mean nothing
	"credit",             // news agencies that it names as its source, with «، » between them
	"copy_order",         // how it is known that copy_of came before: by its time, by the credit of the agency, or not; empty without copy_of
	"origin_article",     // id of the article that stands for the text it goes back to
	"origin_agency",      // the agency whose text that is; empty if none is known
	"story_sources",      // outlets of the story
	"story_origin_count", // independent texts that the story goes back to
	"story_first",        // id of the article of the story that was first; empty if the data cannot say
	"story_first_reason", // why that is empty: undated, crawl_clock or same_time
	"storyline_id",       // the storyline of its story: "l_" and 12 hex digits
	"storyline_size",     // number of articles of the storyline
}

// ArticlesCSV writes one article per row, stories in the order of the result,
// under a line of column names. A byte order mark tells spreadsheets that the
// file is UTF-8. Unknown cells are empty, and cells that a spreadsheet would
// run as a formula begin with an apostrophe.
func ArticlesCSV(w io.Writer, r *qissa.Result) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	return ArticleRows(w, r)
}

// ArticleRows is [ArticlesCSV] without the byte order mark, which programs take
// for a part of the first name.
func ArticleRows(w io.Writer, r *qissa.Result) error {
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
	copyOf, line, goesBack, agency, first := "", "", "", "", ""
	var storyline, storylineSize string
	if l := storylineRecord(r, s); l != nil {
		storyline, storylineSize = l.ID, strconv.Itoa(l.Size)
	}
	if m.Origin < len(s.Origins) {
		o := s.Origins[m.Origin]
		goesBack, agency = r.Articles[o.Article].ID, o.Agency
	}
	if s.First >= 0 {
		first = r.Articles[s.First].ID
	}
	if m.CopyOf >= 0 {
		copyOf = r.Articles[m.CopyOf].ID
	}
	if a.Origin.Line > 0 {
		line = strconv.Itoa(a.Origin.Line)
	}
	copy(row, []string{
		a.ID, s.ID, strconv.Itoa(len(s.Members)), string(m.Relation), strconv.FormatFloat(math.Round(1000*m.Copied)/1000, 'f', 3, 64), copyOf,
		a.Source, timeText(a), string(a.Precision), a.Title, a.URL, a.Origin.File, line, strings.Join(m.Credit, "، "),
		string(m.Order), goesBack, agency, strconv.Itoa(len(s.Sources)), strconv.Itoa(len(s.Origins)), first, string(s.FirstReason), storyline, storylineSize,
	})
	for i, cell := range row {
		row[i] = inert(cell)
	}
}

// inert marks a cell that a spreadsheet would take for a formula as text, with
// the wide forms of the signs too, and drops control characters: spreadsheets
// stop reading at NUL, and a terminal obeys the others.
func inert(cell string) string {
	cell = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' {
			return -1
		}
		return r
	}, cell)
	if first, _ := utf8.DecodeRuneInString(cell); strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) && cell != "" {
		return "'" + cell
	}
	return cell
}
