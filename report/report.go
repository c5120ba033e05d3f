// Package report renders a result: as JSON lines, CSV, a table, or a page.
//
// Every function writes the same bytes for the same result: no clock, no
// machine's time zone, no map order.
package report

import (
	"time"

	"qissa"
	"qissa/article"
)

// A Run describes how a result came about. [RunJSON] writes it, and [HTML]
// repeats it for the reader.
type Run struct {
	Version  string
	Settings []Setting // every effective one, in the order in which they are shown
	Inputs   []Input
	Zone     string // in which the page shows times; "" if there is none to tell
	Counts   qissa.Counts
	Skipped  int // records that could not be read
	Warnings []*article.Message
	Timings  []Timing // left out of the output if empty; two runs give the same bytes only without them
	Peak     int64    // bytes of memory that the run took at most; left out likewise if 0
	Files    []File   // that the run wrote, but for its record; left out if there are none
}

// A File is a file of results.
type File struct {
	Name   string `json:"name"`   // in the folder of the run, with slashes
	Bytes  int64  `json:"bytes"`  // its size
	SHA256 string `json:"sha256"` // in hex
}

// A Setting is one option of a run with the value that took effect.
type Setting struct {
	Name  string
	Value any // a string, number or bool
}

// An Input is a file that was read.
type Input struct {
	Name     string `json:"name"`     // as the user named it
	SHA256   string `json:"sha256"`   // of the bytes as they were on the disk, in hex
	Articles int    `json:"articles"` // articles that it gave
}

// A Timing is how long a stage of the run took.
type Timing struct {
	Stage   string  `json:"stage"`   // as -v shows it
	Seconds float64 `json:"seconds"` // by the clock
	Memory  int64   `json:"memory"`  // bytes that the process took at most by its end, mapped files included
}

// dated reports whether an article has a usable time.
func dated(a article.Article) bool { return a.HasClock() }

// timeText is an article's time in RFC 3339 with the zone it was given in,
// "" if unknown.
func timeText(a article.Article) string {
	if !dated(a) {
		return ""
	}
	return a.Time.Format(time.RFC3339)
}
