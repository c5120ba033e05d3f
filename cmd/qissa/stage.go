package main

import (
	"bufio"
	"cmp"
	"context"
	"crypto/sha256"
	"hash"
	"io"
	"os"
	"path/filepath"

	"qissa/internal/parallel"
)

// A stagedFile is a file of a staging folder that is being written.
type stagedFile struct {
	*bufio.Writer
	folder *folder
	name   string
	file   *os.File
	hash   hash.Hash
}

func (f *folder) newFile(name string, file *os.File) *stagedFile {
	h := sha256.New()
	return &stagedFile{bufio.NewWriterSize(f.wrote(io.MultiWriter(file, h)), 1<<20), f, name, file, h}
}

// Close waits until the file is safe on the disk.
func (s *stagedFile) Close() error {
	err := s.Flush()
	info, fault := s.file.Stat()
	if err = cmp.Or(err, fault, s.file.Sync(), s.file.Close()); err == nil {
		s.folder.listed(s.name, info.Size(), s.hash.Sum(nil))
	}
	return err
}

// write stages the outputs at once.
func (f *folder) write(ctx context.Context, outputs []output) error {
	if err := f.stage(); err != nil {
		return err
	}
	faults := make([]error, len(outputs))
	parallel.Workers(ctx, len(outputs), func(_ context.Context, i int) {
		faults[i] = f.add(outputs[i].name, outputs[i].write)
	})
	if err := ctx.Err(); err != nil {
		return err
	}
	for i, o := range outputs {
		if faults[i] != nil {
			return unwritable(filepath.Join(f.path, o.name), faults[i])
		}
	}
	return nil
}

// A stopping writer fails once its context has ended. It tells what it wrote.
type stopping struct {
	ctx   context.Context
	w     io.Writer
	wrote func(bytes int)
}

func (s stopping) Write(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	s.wrote(len(p))
	return s.w.Write(p)
}
