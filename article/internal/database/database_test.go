package database

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// written returns the bytes of a database that the statements make.
func written(t *testing.T, statements ...string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestTablesAndRows(t *testing.T) {
	for _, mode := range []string{"delete", "wal"} {
		data := written(t, "PRAGMA journal_mode="+mode, `CREATE TABLE "a ""b" (id INTEGER PRIMARY KEY, "عنوان" TEXT, n REAL, b BLOB)`,
			`CREATE TABLE z (x)`, `INSERT INTO "a ""b" VALUES (2, 'خبر', 1.5, x'D986'), (1, NULL, NULL, NULL)`)
		db, err := Open(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		tables, err := db.Tables()
		want := []Table{{`a "b`, []string{"id", "عنوان", "n", "b"}}, {"z", []string{"x"}}}
		if err != nil || !reflect.DeepEqual(tables, want) {
			t.Fatalf("%s: tables %q, %v", mode, tables, err)
		}
		var rows [][]string
		err = db.Rows(tables[0], func(values []string) error {
			rows = append(rows, append([]string{}, values...))
			return nil
		})
		if err != nil || !reflect.DeepEqual(rows, [][]string{{"1", "", "", ""}, {"2", "خبر", "1.5", "ن"}}) {
			t.Errorf("%s: rows %q, %v", mode, rows, err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestDamagedFilesAreErrors(t *testing.T) {
	data := written(t, "CREATE TABLE a (title, text)", "INSERT INTO a VALUES ('خبر', hex(zeroblob(20000)))")
	for _, broken := range [][]byte{data[:100], data[:len(data)/2], append([]byte(Magic), make([]byte, 5000)...)} {
		db, err := Open(bytes.NewReader(broken), int64(len(broken)))
		if err != nil {
			continue
		}
		tables, err := db.Tables()
		for _, table := range tables {
			if err == nil {
				err = db.Rows(table, func([]string) error { return nil })
			}
		}
		if err == nil {
			t.Errorf("%d bytes of a damaged file are read without an error", len(broken))
		}
		db.Close()
	}
}
