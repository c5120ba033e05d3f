// Package article reads news articles from dumps.
//
// [Read] unpacks, decodes and parses whatever the bytes show to be there and
// yields articles and damaged records in input order; [SkipBad] sets the
// damaged ones aside. [Identify] then gives each article an id of its own and
// [CanonicalOrder] an order, both from the content alone, so that the order of
// files and lines never shows in a result.
package article

import (
	"fmt"
	"time"
)

// An Article is one news item as its dump gave it. Text is stored as it came,
// vowel marks included; only the readers' decoding, and the removal of HTML tags
// and of bytes that are not UTF-8, has touched it. Entities stand for their
// character in Title and Source, and are left in Body.
type Article struct {
	ID        string    // as given, or derived from the content; unique after Identify
	Source    string    // outlet; "" if unknown
	SourceRaw string    // outlet as the record names it, where Source is another name for it; "" where it is not
	URL       string    // "" if unknown
	Title     string    // "" if none
	Body      string    // "" if none or compressed; see [Article.LoadBody]
	Time      time.Time // zero if unknown
	TimeRaw   string    // the date as written, "" if none
	Precision Precision // how exactly Time is known
	Raw       string    // the record as it came, if [Options] asks for it and its format has records of their own; "" if compressed
	Table     *Table    // of which Raw is a row, nil if it is none
	BodyAt    string    // where in Raw the body stands, as a JSON pointer (RFC 6901), "/3" for the fourth column; "" without Raw
	Repaired  int       // characters of title and body that came damaged: not UTF-8, or NUL
	Recoded   bool      // the text came encoded twice in UTF-8, in a file that is not; it is repaired
	Origin    Origin    // where the record stands

	hosted     bool            // the record names no outlet: Source is the host of URL
	folded     bool            // Source is what FoldOutlets made of it
	Others     *Others         // the other records of its page, once [Unite] was called; nil if there are none
	Compressed CompressedTexts // Body and Raw, once [Article.Compress] was called
}

// Precision tells how exactly a time is known.
type Precision string

// The precisions, from the best known to the unknown.
const (
	Exact    Precision = "exact"    // to the second or minute, with a zone or one assumed
	Day      Precision = "day"      // the day only
	Relative Precision = "relative" // «منذ ساعتين»: placed only if the capture time is known
	None     Precision = "none"     // no date
)

// HasClock reports whether the time of an article can say who was first: it is known,
// if only by a relative date that is placed.
func (a *Article) HasClock() bool {
	return !a.Time.IsZero() && a.Precision != None
}

// IsFuture reports whether the date of an article was not taken because it is later than
// any news can be.
func (a *Article) IsFuture(latest time.Time) bool {
	if !a.Time.IsZero() || a.TimeRaw == "" || latest.IsZero() || a.Precision != None {
		return false
	}
	when, _ := ParseTime(a.TimeRaw, time.Time{}, nil)
	return when.After(latest)
}

// Origin is the place of a record in the input.
type Origin struct {
	File string // as the user named it, or the path inside a folder they named
	Line int    // first line of the record, from 1; 0 where lines mean nothing
	Item int    // number of the record in its file, from 1
}

// A RecordError is a record that could not be read. Reading goes on after it.
type RecordError struct {
	File    string
	Line    int    // from 1; 0 if unknown
	Code    string // reason as one word: "json", "csv", "truncated", "encoding", "empty", …
	Err     error
	Excerpt string // the start of the damaged record, at most 200 code points
}

func (e *RecordError) Error() string { return fmt.Sprintf("%s: %v", e.Place(), e.Err) }

// Place writes where the record stands: "file:line", or "file".
func (e *RecordError) Place() string {
	if e.Line == 0 {
		return e.File
	}
	return fmt.Sprintf("%s:%d", e.File, e.Line)
}

func (e *RecordError) Unwrap() error { return e.Err }
