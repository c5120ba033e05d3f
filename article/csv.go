package article

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// readCSV yields one article for each row below the first, which names the
// columns. Where a quote or the number of fields is wrong, the first line of
// the row alone is given up and reading goes on at the next line, so that a
// lost quote costs one row and not the rest of the file.
func (in *input) readCSV(format string) error {
	t := &table{in: in, comma: separator(in.head(), format)}
	names, err := t.row()
	if errors.As(err, new(*rowError)) {
		return fmt.Errorf("%s:%d: %w", in.name, t.start, Messagef("first_row", "the first row, which should name the columns, is damaged: %w", err))
	}
	if err != nil {
		return in.end(err)
	}
	names = slices.Clone(names)
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	t.want = len(names)
	columns, err := in.columns(names)
	if err != nil {
		return err
	}
	in.found(format, "", recognised(in.fields.columns(names), names))
	kept := &Table{names}
	for {
		row, err := t.row()
		damage := (*rowError)(nil)
		switch {
		case errors.As(err, &damage):
			in.items++
			err = in.bad(t.start, damage.code, damage.why, t.held[:t.size])
		case err != nil:
			return in.end(err)
		case strings.HasPrefix(row[0], string(byteOrderMark)) && t.isHeader(row, names): // of files that were joined
		default:
			err = t.yield(row, columns, kept)
		}
		if err != nil {
			return err
		}
	}
}

// isHeader reports whether a row with a byte order mark names the columns again.
func (t *table) isHeader(row, names []string) bool {
	for i, cell := range row {
		if strings.TrimSpace(strings.TrimPrefix(cell, string(byteOrderMark))) != names[i] {
			return false
		}
	}
	return true
}

// A rowError is a row that cannot be read.
type rowError struct {
	code string
	why  *Message
}

func (e *rowError) Error() string { return e.why.Text }
func (e *rowError) Unwrap() error { return e.why }

// A table reads rows, and can go back to the second line of the last one.
// encoding/csv does the parsing.
type table struct {
	in    *input
	comma rune
	want  int         // fields of a row; 0 while not known
	csv   *csv.Reader // nil: begin at the start of held
	held  []byte      // the input since the start of the last row
	given int         // bytes of held that csv has been given
	base  int64       // csv.InputOffset at the start of held
	size  int         // bytes of the last row
	start int         // its first line
	tried int         // bytes read in vain to mend rows
	ended error       // the error that ended the input
}

// maxTried bounds the time that a table full of lost quotes takes.
const maxTried = 4 * maxRecord

// row returns the next row, valid until the next call. A row that cannot be
// read is a rowError; others come from the input.
func (t *table) row() ([]string, error) {
	t.drop(t.size)
	if t.csv == nil {
		t.csv = t.parser(false)
	}
	row, err := t.csv.Read()
	t.size = int(t.csv.InputOffset() - t.base)
	for n := t.blank(); n > 0 && n <= t.size; n = t.blank() {
		t.size -= n
		t.drop(n)
	}
	t.start = t.in.line + 1
	switch {
	case errors.As(err, new(*csv.ParseError)), err == errTooLong:
		return t.mend()
	case err != nil:
		return nil, err
	case t.want > 0 && len(row) != t.want:
		why := Messagef("csv_fields", "%d fields, expected %d", len(row), t.want)
		if n := len(firstLine(t.held[:t.size])); n < t.size-2 {
			why = Messagef("csv_fields_quote", "%d fields, expected %d (unclosed quote?)", len(row), t.want)
			t.stopAt(n + 1)
		}
		return nil, &rowError{"csv", why}
	}
	return row, nil
}

// mend reads the row at the start of held with loose quotes: over several
// lines, unless one of them is a row by itself, else its first line alone.
func (t *table) mend() ([]string, error) {
	t.stopAt(0)
	if len(t.held) > maxRecord && bytes.IndexByte(t.held, '\n') < 0 {
		t.skipLine()
		return nil, &rowError{"too_long", Messagef("line_too_long", "line %w", errTooLong)}
	}
	if t.tried < maxTried {
		loose := t.parser(true)
		row, err := loose.Read()
		n := int(loose.InputOffset())
		if err == nil && len(row) == t.want && !t.hidesRow(t.held[:n]) {
			t.stopAt(n)
			return row, nil
		}
		t.tried += n
	}
	line := firstLine(t.held)
	t.stopAt(min(len(line)+1, len(t.held)))
	if bytes.Count(line, []byte(`"`))%2 == 0 {
		if row := t.parseLine(line); len(row) == t.want {
			return row, nil
		}
	}
	return nil, &rowError{"csv", Messagef("csv_quote", "a quote is not closed")}
}

// skipLine moves over the rest of a line of which nothing but the start is held.
func (t *table) skipLine() {
	err := bufio.ErrBufferFull
	for err == bufio.ErrBufferFull {
		_, err = t.in.text.ReadSlice('\n')
	}
	t.ended = err
	t.held = append(t.held[:4<<10:4<<10], '\n')
	t.stopAt(len(t.held))
}

// hidesRow reports whether one of the lines below the first is a row.
func (t *table) hidesRow(rows []byte) bool {
	_, rows, _ = bytes.Cut(rows, []byte("\n"))
	for line := range bytes.Lines(rows) {
		if len(t.parseLine(line)) == t.want {
			return true
		}
	}
	return false
}

// parseLine returns the fields of one line.
func (t *table) parseLine(line []byte) []string {
	r := csv.NewReader(bytes.NewReader(line))
	r.Comma, r.LazyQuotes = t.comma, true
	row, _ := r.Read()
	return row
}

// parser returns a parser that starts at the start of held.
func (t *table) parser(loose bool) *csv.Reader {
	t.base, t.given = 0, 0
	r := csv.NewReader(t)
	r.Comma = t.comma
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	r.LazyQuotes = loose
	return r
}

// stopAt ends the last row after n bytes; the next one is parsed afresh.
func (t *table) stopAt(n int) { t.size, t.csv = n, nil }

// drop forgets the first n bytes held.
func (t *table) drop(n int) {
	t.in.line += bytes.Count(t.held[:n], []byte("\n"))
	t.held = t.held[n:]
	t.base += int64(n)
	t.given -= n
}

// blank returns the length of the blank line at the start of held, 0 if there
// is none.
func (t *table) blank() int {
	if n := bytes.IndexByte(t.held, '\n'); n == 0 || n == 1 && t.held[0] == '\r' {
		return n + 1
	}
	return 0
}

// Read gives the parser what is held, then more of the input.
func (t *table) Read(p []byte) (int, error) {
	if t.given < len(t.held) {
		n := copy(p, t.held[t.given:])
		t.given += n
		return n, nil
	}
	if t.ended != nil {
		return 0, t.ended
	}
	if len(t.held) > maxRecord {
		return 0, errTooLong
	}
	n, err := t.in.text.Read(p)
	t.held = append(t.held, p[:n]...)
	t.given += n
	t.ended = err
	return n, err
}

// yield yields the article of a row.
func (t *table) yield(row []string, columns []column, kept *Table) error {
	var rec record
	if t.in.opt.KeepRaw {
		rec.keep(row, kept)
	}
	for _, c := range columns {
		rec.at = c.pointer
		rec.set(c.choice, row[c.at])
	}
	return t.in.judged(rec, t.start, func() []byte { return []byte(strings.Join(row, string(t.comma))) })
}

// columns tells what the columns of a table stand for, or that they are not those
// of articles.
func (in *input) columns(names []string) ([]column, error) {
	if name := in.fields.missing(names); name != "" {
		return nil, &FieldError{in.name, Messagef("no_column", "no column is called %q; columns: %s", name, listNames(names)), name, names}
	}
	columns, articles := in.fields.choices(names)
	if !articles {
		return nil, noText(in.name, "column", names)
	}
	return columns, nil
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
