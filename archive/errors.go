package archive

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// What goes wrong with the file, whoever asks.
var (
	ErrBusy    = errors.New("the archive is being written by another process")
	ErrFull    = errors.New("the disk is full")
	ErrDamaged = errors.New("the file is damaged")
	ErrNoWrite = errors.New("the file cannot be opened, or not be written")
	ErrNoLocks = errors.New("the file system has no shared memory or locks")
)

// A NoArchiveError is a file that is no archive.
type NoArchiveError struct {
	Path, Why string
	Empty     bool // it holds nothing at all, and can be made one
}

func (e *NoArchiveError) Error() string { return e.Path + " is no archive: " + e.Why }

// told returns an error of the database as the one that it stands for.
func told(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch code := e.Code(); {
	case code&0xff == sqlite3.SQLITE_BUSY:
		return ErrBusy
	case code&0xff == sqlite3.SQLITE_FULL, code == sqlite3.SQLITE_IOERR_SHMSIZE: // no room for the memory that processes share
		return ErrFull
	case code&0xff == sqlite3.SQLITE_CORRUPT:
		return ErrDamaged
	case code&0xff == sqlite3.SQLITE_CANTOPEN, code&0xff == sqlite3.SQLITE_READONLY, code&0xff == sqlite3.SQLITE_PERM:
		return ErrNoWrite
	case code&0xff == sqlite3.SQLITE_PROTOCOL, code == sqlite3.SQLITE_IOERR_SHMOPEN, code == sqlite3.SQLITE_IOERR_SHMMAP, code == sqlite3.SQLITE_IOERR_SHMLOCK, code == sqlite3.SQLITE_IOERR_LOCK:
		return ErrNoLocks
	case code&0xff == sqlite3.SQLITE_NOTADB:
		return &NoArchiveError{Path: "the file", Why: "it is no database"}
	}
	return err
}

// damaged returns an error for what no writer of an archive leaves.
func (a *Archive) damaged(format string, args ...any) error {
	return fmt.Errorf("%s is damaged: %s; qissa archive check tells more", a.path, fmt.Sprintf(format, args...))
}
