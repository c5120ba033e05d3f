package article

import (
	"fmt"
	"io"
	"maps"
	"net/textproto"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// warcText yields the page whose text a conversion record holds.
func (in *input) warcText(block io.Reader, header textproto.MIMEHeader) error {
	address := strings.Trim(header.Get("WARC-Target-URI"), "<>")
	if kind := header.Get("Content-Type"); kind != "" && !strings.HasPrefix(strings.ToLower(kind), "text/plain") {
		return nil
	}
	raw, err := io.ReadAll(io.LimitReader(block, maxRecord+1))
	switch {
	case err != nil:
		return in.end(err)
	case len(raw) > maxRecord:
		in.items++
		return in.bad(0, "too_long", Messagef("page_too_long", "%s: page %w", address, errTooLong), raw)
	}
	return in.document(textRecord(string(raw), address), 0, address)
}

// textRecord is the record of a page's text: its title is the first line, its
// text what stands from the first to the last line of prose, its date the first
// line that is one.
func textRecord(text, address string) record {
	var rec record
	lines := strings.Split(tidyLines(text), "\n")
	rec.value[urlField] = address
	rec.value[timeField] = dateLine(lines)
	rec.value[titleField] = lines[0]
	lines = lines[1:]
	first := slices.IndexFunc(lines, isProse)
	if first < 0 {
		rec.value[textField] = strings.Join(lines, "\n")
		return rec
	}
	last := len(lines)
	for !isProse(lines[last-1]) {
		last--
	}
	rec.value[textField] = strings.Join(lines[first:last], "\n")
	return rec
}

// mostDateLine is how many characters a line may have that is a date and little
// else: «الجمعة، 06 تشرين الثاني/نوفمبر 2009، آخر تحديث 09:01 (GMT+0400)» has 63.
const mostDateLine = 90

// dateLine returns the first line of a page that is an absolute date with a clock,
// else the first without one, "" if there is none: at the head of a page stands the
// day on which it was saved.
func dateLine(lines []string) (day string) {
	for _, line := range lines {
		if len(line) < 8 || utf8.RuneCountInString(line) > mostDateLine || !strings.ContainsAny(line, "0123456789٠١٢٣٤٥٦٧٨٩") {
			continue
		}
		switch _, precision := ParseTime(line, time.Time{}, nil); {
		case isNumber(line):
		case precision == Exact:
			return line
		case precision == Day && day == "":
			day = line
		}
	}
	return day
}

// isNumber reports whether a line is a number, which a date may be but seldom is.
func isNumber(s string) bool { return strings.Trim(s, "0123456789.") == "" }

// noPages says that a web archive holds records, and no page among them.
type noPages struct {
	file  string
	kinds map[string]int
}

func (e *noPages) Error() string {
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(e.kinds)) {
		parts = append(parts, fmt.Sprintf("%d %s", e.kinds[kind], kind))
	}
	return fmt.Sprintf("%s has no page: its records are %s", e.file, strings.Join(parts, ", "))
}

func (e *noPages) Unwrap() error { return ErrNoRecords }
