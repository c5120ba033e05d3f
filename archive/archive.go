// Package archive keeps the articles that came batch by batch, and the stories that they
// are, in one file: tomorrow's dump joins yesterday's stories.
//
// The grouping is a function of the models, the settings, the articles and the
// corrections: how the articles came, in which batches, late, twice or anew, leaves no
// trace in it. Only ids and the log of changes have a history. Stories and storylines
// keep their ids; an id that is no more leads to where its articles are.
//
// What comparing found out about the articles of the last weeks is kept in sheets, so that a
// batch compares what comes and no other articles anew; they can be lost without harm.
//
// The file is an SQLite database. One process writes at a time, each batch in one
// transaction, and any number read meanwhile, each of them one state.
//
//	Open    to read: [Archive.Changes], [Archive.Result], [Archive.Info], [Archive.Check]
//	Begin   to write: [Archive.Create], [Archive.Feed], [Archive.Correct], [Archive.Withdraw], [Archive.Renew], [Archive.Refresh], then [Archive.Commit]
//
// Nothing here prints or looks at a clock.
package archive

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	_ "modernc.org/sqlite" // the driver
)

// driverName is another one in a test that watches the queries.
var driverName = "sqlite"

// An Archive is open for reading or for writing, in one transaction.
type Archive struct {
	path     string
	db       *sql.DB
	tx       *sql.Tx
	stmts    map[string]*statement // of the transaction, by query
	settings map[string]string     // nil for a file that holds nothing yet
	format   int                   // of the tables, likewise 0

	forceWhole bool // for tests: every batch reads all
	forceKnown bool // likewise: no batch does for which there are sheets, or could be
	renewFrom  int  // likewise: a new model after so many articles, 0 for as many as else
	local      int  // batches that did not read all
	spared     int  // articles of which sheets told enough
	read       int  // articles that were read, with or without their texts
	written    int  // stories whose records were written
}

// Open opens an archive for reading: all that is read of it is one state, whatever
// others write meanwhile.
func Open(ctx context.Context, path string) (*Archive, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	query := "mode=ro&_pragma=busy_timeout(60000)&_pragma=trusted_schema(0)"
	if alone(path) {
		query += "&immutable=1"
	}
	a, err := begin(ctx, path, query)
	if err == nil && a.settings == nil {
		a.Close()
		return nil, &NoArchiveError{path, "it holds nothing yet", true}
	}
	return a, err
}

// alone reports whether an archive lies where nobody can write, so that its file is all
// there is.
func alone(path string) bool {
	if _, err := os.Stat(path + "-wal"); err == nil {
		return false
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".qissa-try-*")
	if err != nil {
		return true
	}
	f.Close()
	os.Remove(f.Name())
	return false
}

// Begin opens an archive for writing, and makes the file if it is not there. While
// another process writes it waits, at most so long. Nothing changes before
// [Archive.Commit].
func Begin(ctx context.Context, path string, wait time.Duration) (*Archive, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > 0 {
		there, err := begin(ctx, path, "mode=ro&_pragma=busy_timeout(60000)") // a database of something else stays as it is
		if err != nil {
			return nil, err
		}
		there.Close()
	}
	// The driver runs pragmas in the order of letters, and the size of pages must come before WAL.
	query := "_txlock=immediate&_pragma=busy_timeout(" + strconv.FormatInt(max(1, wait.Milliseconds()), 10) + ")" +
		"&_pragma=%22main%22.page_size(8192)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=wal_autocheckpoint(50000)" +
		"&_pragma=cache_size(-65536)&_pragma=foreign_keys(1)&_pragma=trusted_schema(0)"
	a, err := begin(ctx, path, query)
	if err == nil && !a.IsNew() {
		if err = a.migrate(ctx, a.format); err != nil {
			a.Close()
			return nil, err
		}
	}
	return a, err
}

func begin(ctx context.Context, path, query string) (*Archive, error) {
	a := &Archive{path: path}
	var err error
	name := "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
	if a.db, err = sql.Open(driverName, name+"?"+query); err != nil {
		return nil, told(err)
	}
	a.db.SetMaxOpenConns(1)
	if a.tx, err = a.db.BeginTx(ctx, nil); err == nil {
		err = a.recognise(ctx)
	}
	if err != nil {
		a.Close()
		return nil, told(err)
	}
	return a, nil
}

// recognise reads what the file is.
func (a *Archive) recognise(ctx context.Context) error {
	var application, version, tables int
	err := a.tx.QueryRowContext(ctx, `SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)`).
		Scan(&application, &version, &tables)
	switch {
	case err != nil:
		return err
	case application == 0 && tables == 0:
		return nil
	case application != ApplicationID || version < 1:
		return &NoArchiveError{a.path, "it is a database of something else", false}
	case version > format:
		return fmt.Errorf("%s has format %d; this qissa reads up to %d", a.path, version, format)
	}
	a.settings, a.format = map[string]string{}, version
	rows, err := a.tx.QueryContext(ctx, `SELECT key, value FROM setting`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var key, value string
		if err := rows.Scan(&key, &value); err != nil {
			return err
		}
		a.settings[key] = value
	}
	return rows.Err()
}

// IsNew reports whether the file holds nothing yet: it wants [Archive.Create].
func (a *Archive) IsNew() bool { return a.settings == nil }

// A statement is run again and again, and looks up or changes little each time. It ends
// with the transaction.
type statement struct{ *sql.Stmt }

// prepared returns a statement.
func (a *Archive) prepared(ctx context.Context, query string) (*statement, error) {
	if s := a.stmts[query]; s != nil {
		return s, nil
	}
	s, err := a.tx.PrepareContext(ctx, query)
	if err != nil {
		return nil, told(err)
	}
	if a.stmts == nil {
		a.stmts = map[string]*statement{}
	}
	a.stmts[query] = &statement{s}
	return a.stmts[query], nil
}

// The driver starts a goroutine to watch over a context, for each statement that is run:
// for one that takes no longer than that, the context is looked at before.

func (s *statement) run(ctx context.Context, values ...any) (sql.Result, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r, err := s.ExecContext(context.WithoutCancel(ctx), values...)
	return r, told(err)
}

func (s *statement) rows(ctx context.Context, values ...any) (*sql.Rows, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r, err := s.QueryContext(context.WithoutCancel(ctx), values...)
	return r, told(err)
}

// scan reads the only row of a look-up; sql.ErrNoRows if there is none.
func (s *statement) scan(ctx context.Context, values []any, to ...any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.QueryRowContext(context.WithoutCancel(ctx), values...).Scan(to...)
}

// again runs a statement.
func (a *Archive) again(ctx context.Context, query string, values ...any) (sql.Result, error) {
	s, err := a.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return s.run(ctx, values...)
}

// Commit makes what was done safe on the disk, all of it.
func (a *Archive) Commit() error {
	err := a.tx.Commit()
	a.tx = nil
	return told(err)
}

// Close lets the archive go. What was not committed is as if it had never been.
func (a *Archive) Close() error {
	if a.tx != nil {
		a.tx.Rollback()
		a.tx = nil
	}
	if a.db == nil {
		return nil
	}
	err := a.db.Close()
	a.db = nil
	return told(err)
}
