//go:build unix

package main

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/sys/unix"
)

// peak returns the bytes of memory that the process took at most, mapped files
// included.
func peak() int64 {
	var usage unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &usage) != nil {
		return int64(memory())
	}
	if runtime.GOOS == "darwin" { // elsewhere in kilobytes
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) << 10
}

// grow maps another block of the file, which it makes first.
func (s *scratch) grow() error {
	if s.file == nil {
		f, err := makeNameless()
		if err != nil {
			return err
		}
		s.file = f
	}
	end := int64(len(s.blocks)) * scratchBlock
	if err := s.file.Truncate(end + scratchBlock); err != nil {
		return err
	}
	block, err := unix.Mmap(int(s.file.Fd()), end, scratchBlock, unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		return err
	}
	s.blocks, s.used = append(s.blocks, block), 0
	return nil
}

// makeNameless makes a file without a name where the user says, else where large
// files belong: the usual folder is in memory on many systems.
func makeNameless() (f *os.File, err error) {
	folders := []string{os.TempDir()}
	if os.Getenv("TMPDIR") == "" {
		folders = []string{"/var/tmp", os.TempDir()}
	}
	for _, folder := range folders {
		if f, err = os.CreateTemp(folder, "qissa-"); err == nil {
			return f, os.Remove(f.Name())
		}
	}
	return nil, err
}

// statm tells how much memory the process has, where the system does.
var statm = sync.OnceValue(func() *os.File {
	f, _ := os.Open("/proc/self/statm")
	return f
})

// mapped returns how many bytes of files are in memory, where the system tells:
// reading a text brings its neighbours along.
func mapped() (read int, known bool) {
	var pages [128]byte
	n, _ := statm().ReadAt(pages[:], 0)
	fields := strings.Fields(string(pages[:n])) // of which the third is shared with files
	if len(fields) < 3 {
		return 0, false
	}
	shared, err := strconv.Atoi(fields[2])
	return shared * os.Getpagesize(), err == nil
}

// release lets go of the memory that blocks take; it comes back when they are
// read.
func (s *scratch) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, block := range s.blocks {
		unix.Madvise(block, unix.MADV_DONTNEED)
	}
}
