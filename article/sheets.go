package article

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"qissa/article/internal/database"
	"qissa/article/internal/workbook"
)

// mostAbove is how many rows may stand above the one that names the columns: a
// title and a date, say.
const mostAbove = 10

// readWorkbook yields the rows of a workbook: of each sheet that has a row with
// the names of an article's fields.
func (in *input) readWorkbook(r io.Reader) error {
	book, err := workbook.Open(r)
	if err != nil {
		return fmt.Errorf("%s: %w", in.name, Messagef("damaged_workbook", "damaged workbook (%w)", err))
	}
	defer book.Close()
	found, first := false, []string(nil)
	for _, sheet := range book.Sheets() {
		if in.fields.records != "" && sheet != in.fields.records {
			continue
		}
		s := sheetReader{in: in, name: sheet}
		err := book.Rows(sheet, s.row)
		var refusal *FieldError
		switch {
		case err == errStopped, errors.As(err, &refusal):
			return err
		case err != nil:
			if err := in.bad(0, "truncated", Messagef("sheet_damaged", "sheet %q is damaged after record %d; everything before it was used (%w)", sheet, in.items, err), nil); err != nil {
				return err
			}
		}
		found = found || s.columns != nil
		if first == nil {
			first = s.first
		}
	}
	switch {
	case found:
		return in.end(io.EOF)
	case in.fields.records != "" && !slices.Contains(book.Sheets(), in.fields.records):
		return &FieldError{in.name, Messagef("no_sheet", "no sheet is called %q; sheets: %s", in.fields.records, listNames(book.Sheets())), in.fields.records, book.Sheets()}
	case first == nil:
		return in.end(io.EOF)
	}
	_, err = in.columns(first)
	return err
}

// A sheetReader yields the rows of a sheet below the one that names the columns.
type sheetReader struct {
	in      *input
	name    string
	columns []column
	kept    *Table
	first   []string // the first row that is not empty
}

func (s *sheetReader) row(n int, cells []string) error {
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	if !slices.ContainsFunc(cells, func(c string) bool { return c != "" }) {
		return nil
	}
	if s.columns != nil {
		return s.yield(n, cells)
	}
	if s.first == nil {
		s.first = slices.Clone(cells)
	}
	if n > mostAbove {
		return nil
	}
	if columns, err := s.in.columns(cells); err == nil {
		s.columns, s.kept = columns, &Table{slices.Clone(cells)}
		s.in.found("xlsx", s.name, recognised(s.in.fields.columns(cells), slices.Clone(cells)))
	}
	return nil
}

func (s *sheetReader) yield(n int, cells []string) error {
	var rec record
	for _, c := range s.columns {
		if rec.at = c.pointer; c.at < len(cells) {
			rec.set(c.choice, cells[c.at])
		}
	}
	if s.in.opt.KeepRaw { // of a row the last cells may be missing, or stand under no name
		for len(s.kept.Columns) < len(cells) {
			s.kept.Columns = append(s.kept.Columns, "")
		}
		rec.keep(append(slices.Clone(cells), make([]string, len(s.kept.Columns)-len(cells))...), s.kept)
	}
	return s.in.judged(rec, n, func() []byte { return []byte(strings.Join(cells, ", ")) })
}

// readDatabase yields the rows of the table of a SQLite file that looks most like
// articles: that has the most of their fields.
func (in *input) readDatabase(r io.ReaderAt, size int64) error {
	db, err := database.Open(r, size)
	if err != nil {
		return fmt.Errorf("%s: %w", in.name, Messagef("damaged_sqlite", "damaged SQLite data (%w)", err))
	}
	defer db.Close()
	tables, err := db.Tables()
	if err != nil {
		return fmt.Errorf("%s: %w", in.name, Messagef("damaged_sqlite", "damaged SQLite data (%w)", err))
	}
	table, err := in.bestTable(tables)
	if err != nil {
		return err
	}
	columns, err := in.columns(table.Columns)
	if err != nil {
		return err
	}
	in.found("sqlite", table.Name, recognised(in.fields.columns(table.Columns), table.Columns))
	kept := &Table{table.Columns}
	err = db.Rows(table, func(values []string) error {
		var rec record
		if in.opt.KeepRaw {
			rec.keep(values, kept)
		}
		for _, c := range columns {
			rec.at = c.pointer
			rec.set(c.choice, values[c.at])
		}
		return in.judged(rec, 0, func() []byte { return []byte(strings.Join(values, ", ")) })
	})
	if err != nil && err != errStopped {
		return in.bad(0, "truncated", Messagef("damaged_after", "damaged after record %d; everything before it was used (%w)", in.items, err), nil)
	}
	if err == nil {
		err = in.end(io.EOF)
	}
	return err
}

// bestTable returns the table of articles.
func (in *input) bestTable(tables []database.Table) (best database.Table, err error) {
	most := 0
	var names []string
	for _, t := range tables {
		names = append(names, t.Name+"("+strings.Join(t.Columns, ", ")+")")
		if t.Name == in.fields.records {
			return t, nil
		}
		n := 0
		for i, at := range in.fields.columns(t.Columns) {
			if i < len(fieldNames) && at >= 0 {
				n++
			}
		}
		if _, articles := in.fields.choices(t.Columns); articles && n > most {
			best, most = t, n
		}
	}
	if most == 0 || in.fields.records != "" {
		return best, &FieldError{in.name, Messagef("no_table", "no table looks like articles; tables: %s; say e.g. --map records=TABLE,title=TITLE,text=TEXT", listNames(names)),
			in.fields.records, names}
	}
	return best, nil
}
