//go:build unix

package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// isClosed tells whether standard output was closed when the command began: the
// runtime of Go then opens the null device in its place, for reading and writing.
// Some programs open it in the same way for what they start and do not listen to;
// the two cannot be told apart.
func isClosed(stdout any) bool {
	f, ok := stdout.(*os.File)
	if !ok || f != os.Stdout {
		return false
	}
	flags, err := unix.FcntlInt(f.Fd(), unix.F_GETFL, 0)
	if err != nil || flags&unix.O_ACCMODE != unix.O_RDWR {
		return err != nil
	}
	null, err := os.Stat(os.DevNull)
	if err != nil {
		return false
	}
	info, err := f.Stat()
	return err == nil && os.SameFile(info, null)
}
