package article

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// maxRow is the longest row of a table, in bytes: a quote that is never closed
// makes all that follows one field.
const maxRow = 16 << 20

// readCSV yields one article for each row below the first, which names the
// columns. Where a row has the wrong number of fields, its first line alone is
// given up and reading goes on at the next one, so that a lost quote costs one
// row and not the rest of the file.
func (in *input) readCSV(format string) error {
	t := &table{in: in, comma: separator(in.head(), format)}
	names, err := t.row()
	if err != nil {
		if bad := (*csv.ParseError)(nil); errors.As(err, &bad) || err == errTooLong {
			return fmt.Errorf("%s:%d: the first row, which should name the columns, is damaged (%w)", in.name, t.start, err)
		}
		return in.end(err)
	}
	names = slices.Clone(names)
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	columns := in.fields.columns(names)
	if columns[textField] < 0 {
		return noText(in.name, "column", names)
	}
	in.found(format, "", recognised(columns, names))
	for {
		row, err := t.row()
		if err == io.EOF {
			return in.end(err)
		}
		in.items++
		switch {
		case err == errTooLong, errors.As(err, new(*csv.ParseError)):
			err = t.giveUp(fmt.Errorf("a quote is not closed"))
		case err != nil:
			in.items--
			return in.end(err)
		case len(row) != len(names):
			err = t.giveUp(t.wrongCount(len(row), len(names)))
		default:
			err = t.yield(row, columns)
		}
		if err != nil {
			return err
		}
	}
}

// A table reads rows and can go back to the second line of the last one.
type table struct {
	in    *input
	comma rune
	csv   *csv.Reader
	held  []byte // the input since the start of the last row
	read  int    // bytes of held that csv has been given
	base  int64  // csv.InputOffset at the start of held
	start int    // first line of the last row
	lines int    // line breaks in the last row, at least 1
	ended error  // the error that ended the input
}

// row returns the next row, valid until the next call.
func (t *table) row() ([]string, error) {
	if t.csv == nil {
		t.csv = csv.NewReader(t)
		t.csv.Comma = t.comma
		t.csv.FieldsPerRecord = -1
		t.csv.LazyQuotes = true
		t.csv.ReuseRecord = true
		t.base, t.read = 0, 0
	}
	t.drop(int(t.csv.InputOffset() - t.base))
	row, err := t.csv.Read()
	size := int(t.csv.InputOffset() - t.base)
	for skip := t.blank(); skip > 0 && skip <= size; skip = t.blank() {
		t.drop(skip)
		size -= skip
	}
	t.start = t.in.line + 1
	t.lines = bytes.Count(t.held[:min(size, len(t.held))], []byte("\n"))
	return row, err
}

// drop forgets the first n bytes held, which are behind us.
func (t *table) drop(n int) {
	t.in.line += bytes.Count(t.held[:n], []byte("\n"))
	t.held = t.held[:copy(t.held, t.held[n:])]
	t.base += int64(n)
	t.read -= n
}

// blank returns the length of the blank line at the start of held, 0 if there
// is none.
func (t *table) blank() int {
	if n := bytes.IndexByte(t.held, '\n'); n == 0 || n == 1 && t.held[0] == '\r' {
		return n + 1
	}
	return 0
}

// Read gives csv what is held, then more of the input.
func (t *table) Read(p []byte) (int, error) {
	if t.read == len(t.held) {
		if len(t.held) > maxRow {
			return 0, errTooLong
		}
		n, err := t.in.text.Read(p)
		t.held = append(t.held, p[:n]...)
		t.read += n
		if err != nil {
			t.ended = err
		}
		return n, err
	}
	n := copy(p, t.held[t.read:])
	t.read += n
	return n, nil
}

// giveUp yields the first line of the last row as damaged; the next row starts
// at the line below.
func (t *table) giveUp(err error) error {
	line := t.held
	if n := bytes.IndexByte(line, '\n'); n >= 0 {
		line = line[:n+1]
	}
	stop := t.in.bad(t.start, "csv", err, bytes.TrimRight(line, "\r\n"))
	if t.lines > 1 || err == errTooLong {
		t.drop(len(line))
		t.csv = nil
	}
	return stop
}

func (t *table) wrongCount(got, want int) error {
	if t.lines > 1 {
		return fmt.Errorf("%d fields, expected %d (unclosed quote?)", got, want)
	}
	return fmt.Errorf("%d fields, expected %d", got, want)
}

// yield yields the article of a row.
func (t *table) yield(row []string, columns [fieldCount]int) error {
	in := t.in
	var rec record
	for i, column := range columns {
		if column >= 0 {
			rec.set(choice{field: field(i)}, row[column])
		}
	}
	a, err := rec.article(in.opt.Now, in.opt.Zone)
	if err != nil {
		return in.bad(t.start, "empty", err, []byte(strings.Join(row, string(t.comma))))
	}
	a.Origin = Origin{in.name, t.start, in.items}
	return in.give(a)
}

// separator returns the character that parts the columns of the first line.
func separator(head []byte, format string) rune {
	line := firstLine(head)
	best, most := ',', bytes.Count(line, []byte(","))
	if format == "tsv" {
		best, most = '\t', bytes.Count(line, []byte("\t"))
	}
	for _, c := range "\t;|" {
		if n := bytes.Count(line, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

// headerRow returns the names of the columns if the first line is a row of a
// table.
func headerRow(head []byte) []string {
	r := csv.NewReader(bytes.NewReader(firstLine(head)))
	r.Comma = separator(head, "")
	row, err := r.Read()
	if err != nil {
		return nil
	}
	for i := range row {
		row[i] = strings.TrimSpace(row[i])
	}
	return row
}

// firstLine returns the first line of head that is not blank.
func firstLine(head []byte) []byte {
	line, _, _ := bytes.Cut(bytes.TrimLeft(head, "\r\n"), []byte("\n"))
	return line
}
