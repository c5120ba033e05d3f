//go:build unix && !aix && !solaris

package main

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// tryLock locks an open folder for this process, until it is closed. It returns
// errLocked where another has it, and errors.ErrUnsupported where the file
// system knows no locks.
func tryLock(dir *os.File) error {
	for {
		err := unix.Flock(int(dir.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		switch {
		case err == nil:
			return nil
		case err == unix.EINTR:
		case err == unix.EWOULDBLOCK:
			return errLocked
		default:
			return errors.ErrUnsupported
		}
	}
}
