package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
)

// shardName is what a job on many machines calls the parts of a file.
var shardName = regexp.MustCompile(`^(.+)-(\d{5,})-of-(\d{5,})(\.[a-z]+)$`)

// wholeName returns the name of the file that a shard is a part of; other names as they
// are.
func wholeName(name string) string {
	if part := shardName.FindStringSubmatch(name); part != nil {
		return part[1] + part[4]
	}
	return name
}

// isRecords tells whether a file of a run, or a shard, holds its stories or pairs.
func isRecords(name string) bool {
	whole := wholeName(name)
	return whole == storiesFileName || whole == pairsFileName
}

// openRecords opens a file of a run: under its name, or the shards of it one behind the
// other.
func openRecords(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if !errors.Is(err, fs.ErrNotExist) {
		if err != nil {
			return nil, unreadable(path, err)
		}
		return f, nil
	}
	ext := filepath.Ext(path)
	stem := path[:len(path)-len(ext)]
	entries, _ := os.ReadDir(filepath.Dir(path)) // the error of the file tells
	s := &shards{}
	of := ""
	for _, e := range entries { // in order of their names
		part := shardName.FindStringSubmatch(e.Name())
		if part == nil || wholeName(e.Name()) != filepath.Base(path) {
			continue
		}
		if of != "" && part[3] != of {
			return nil, fmt.Errorf("%s has shards of two jobs: of %s and of %s", filepath.Dir(path), of, part[3])
		}
		of = part[3]
		s.names = append(s.names, filepath.Join(filepath.Dir(path), e.Name()))
	}
	if of == "" {
		return nil, unreadable(path, err)
	}
	count, _ := strconv.Atoi(of)
	for n := range max(count, len(s.names)) {
		want := fmt.Sprintf("%s-%0*d-of-%s%s", stem, len(of), n, of, ext)
		if n == len(s.names) || s.names[n] != want {
			return nil, fmt.Errorf("%s is not there; all shards of a job are wanted in one folder", want)
		}
	}
	return s, nil
}

// shards are read one behind the other, each open only while it is.
type shards struct {
	names []string
	open  *os.File
	next  int   // of the names
	lines int   // that were read
	first []int // lines before each shard that was opened
}

func (s *shards) Read(p []byte) (int, error) {
	for {
		if s.open == nil {
			if s.next == len(s.names) {
				return 0, io.EOF
			}
			f, err := os.Open(s.names[s.next])
			if err != nil {
				return 0, unreadable(s.names[s.next], err)
			}
			s.open, s.first, s.next = f, append(s.first, s.lines), s.next+1
		}
		n, err := s.open.Read(p)
		s.lines += bytes.Count(p[:n], []byte{'\n'})
		if err == io.EOF {
			err = s.Close()
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}

func (s *shards) Close() error {
	if s.open == nil {
		return nil
	}
	err := s.open.Close()
	s.open = nil
	return err
}

// Line tells where a line stands that was read, from 1.
func (s *shards) Line(n int) string {
	at := max(0, len(s.first)-1)
	if later := slices.IndexFunc(s.first, func(before int) bool { return before >= n }); later > 0 {
		at = later - 1
	}
	return fmt.Sprintf("%s:%d", s.names[at], n-s.first[at])
}
