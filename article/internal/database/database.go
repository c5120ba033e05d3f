// Package database reads the tables of SQLite files as rows of text, without
// writing to them.
package database

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver
	"modernc.org/sqlite/vfs"
)

// Magic is how a SQLite file starts.
const Magic = "SQLite format 3\x00"

// A Table is a table and the names of its columns.
type Table struct {
	Name    string
	Columns []string
}

// A DB is an open database.
type DB struct {
	db    *sql.DB
	files *vfs.FS
}

// Open opens the database in r, which has size bytes. What stands in a log
// beside the file and was not put into it is not seen. Close it after use.
func Open(r io.ReaderAt, size int64) (*DB, error) {
	name, files, err := vfs.New(oneFile{r, size})
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", "file:db?mode=ro&immutable=1&vfs="+name+"&_pragma=trusted_schema(0)&_pragma=query_only(1)&_pragma=temp_store(2)")
	if err != nil {
		files.Close()
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return &DB{db, files}, nil
}

// Close closes the database.
func (d *DB) Close() error { return errors.Join(d.db.Close(), d.files.Close()) }

// Tables returns the tables, by name.
func (d *DB) Tables() ([]Table, error) {
	rows, err := d.db.Query(`SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY m.name, c.cid`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var tables []Table
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			return nil, err
		}
		if n := len(tables); n == 0 || tables[n-1].Name != table {
			tables = append(tables, Table{Name: table})
		}
		t := &tables[len(tables)-1]
		t.Columns = append(t.Columns, column)
	}
	return tables, rows.Err()
}

// Rows calls row for each row of a table with the text of each value, "" for
// NULL, and ends early with its error.
func (d *DB) Rows(table Table, row func(values []string) error) error {
	quoted := make([]string, len(table.Columns))
	for i, name := range table.Columns {
		quoted[i] = quote(name)
	}
	rows, err := d.db.Query("SELECT " + strings.Join(quoted, ", ") + " FROM " + quote(table.Name))
	if err != nil {
		return err
	}
	defer rows.Close()
	values, places, texts := make([]any, len(quoted)), make([]any, len(quoted)), make([]string, len(quoted))
	for i := range values {
		places[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(places...); err != nil {
			return err
		}
		for i, v := range values {
			texts[i] = text(v)
		}
		if err := row(texts); err != nil {
			return err
		}
	}
	return rows.Err()
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []byte:
		return string(v)
	case time.Time:
		return v.Format(time.RFC3339)
	}
	return fmt.Sprint(v)
}

// oneFile is a file system of one file, whatever its name.
type oneFile struct {
	r    io.ReaderAt
	size int64
}

// Open implements fs.FS.
func (f oneFile) Open(name string) (fs.File, error) {
	if name != "db" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &openFile{io.NewSectionReader(f.r, 0, f.size), f}, nil
}

type openFile struct {
	*io.SectionReader
	file oneFile
}

func (*openFile) Close() error                 { return nil }
func (f *openFile) Stat() (fs.FileInfo, error) { return fileInfo{f.file}, nil }

type fileInfo struct{ oneFile }

func (fileInfo) Name() string       { return "db" }
func (i fileInfo) Size() int64      { return i.size }
func (fileInfo) Mode() fs.FileMode  { return 0o444 }
func (fileInfo) ModTime() time.Time { return time.Time{} }
func (fileInfo) IsDir() bool        { return false }
func (fileInfo) Sys() any           { return nil }
