package article

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
)

const (
	maxNested = 3         // archives inside archives
	maxLoaded = 256 << 20 // bytes of an archive or table that must be read whole, where it is no file
)

// Readable are the extensions of the files that are read in a folder or an
// archive.
var Readable = []string{".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".txt", ".html", ".htm", ".xml", ".rss", ".atom", ".sgm", ".sgml", ".warc", ".wet", ".parquet", ".xlsx", ".db", ".sqlite", ".sqlite3", ".zip", ".tar", ".tgz"}

// Packed are the extensions that may follow them.
var Packed = []string{".gz", ".zst", ".bz2", ".xz"}

// Extension returns the readable extension of a name, "" if it has none.
func Extension(name string) string {
	name = strings.ToLower(name)
	for _, p := range Packed {
		name = strings.TrimSuffix(name, p)
	}
	if ext := path.Ext(name); slices.Contains(Readable, ext) {
		return ext
	}
	return ""
}

// isTar reports whether data starts like a tape archive.
func isTar(head []byte) bool { return len(head) > 262 && string(head[257:262]) == "ustar" }

// readTar yields the articles of the files in a tape archive.
func (in *input) readTar(r io.Reader) error {
	m := in.members("tar")
	t := tar.NewReader(r)
	for {
		header, err := t.Next()
		if err == io.EOF {
			return m.end(nil)
		}
		if err != nil {
			return m.end(err)
		}
		switch header.Typeflag {
		case tar.TypeReg:
			err = m.read(header.Name, t)
		case tar.TypeDir, tar.TypeXGlobalHeader, tar.TypeXHeader:
		default:
			err = m.refuse(header.Name, Messagef("link", "a link or device, which is not followed"))
		}
		if err == errSpent {
			return m.end(nil)
		}
		if err != nil {
			return err
		}
	}
}

// readZip yields the articles of the files in a zip archive.
func (in *input) readZip(r io.ReaderAt, size int64) error {
	if in.depth == 0 && in.compression == "" {
		in.budget.size = size
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return in.members("zip").end(err)
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	if slices.Contains(names, "xl/workbook.xml") {
		return in.readWorkbook(io.NewSectionReader(r, 0, size))
	}
	if err := refuseZip(in.name, names); err != nil {
		return err
	}
	m := in.members("zip")
	for _, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		if !f.Mode().IsRegular() {
			err = m.refuse(f.Name, Messagef("link", "a link or device, which is not followed"))
		} else {
			err = m.file(f)
		}
		if err == errSpent {
			break
		}
		if err != nil {
			return err
		}
	}
	return m.end(nil)
}

func (m *members) file(f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return m.refuse(f.Name, err)
	}
	defer r.Close()
	return m.read(f.Name, m.in.budget.guard(r))
}

// members are the files of an archive.
type members struct {
	in     *input
	others map[string]int // files that are not read, by extension
}

func (in *input) members(kind string) *members {
	in.found(kind, "", nil)
	return &members{in: in, others: map[string]int{}}
}

// read yields the articles of one file. What is wrong with it concerns it
// alone.
func (m *members) read(name string, r io.Reader) error {
	base := path.Base(name)
	switch {
	case strings.HasPrefix(base, "."), strings.HasPrefix(name, "__MACOSX/"):
		return nil
	case strings.HasPrefix(name, "/"), slices.Contains(strings.Split(name, "/"), ".."):
		return m.refuse(name, Messagef("path_outside", "a path out of the archive"))
	case Extension(name) == "":
		m.others[path.Ext(base)]++
		return nil
	case m.in.depth == maxNested:
		return m.refuse(name, Messagef("too_deep", "an archive in an archive, too deep"))
	}
	if err := m.in.budget.member(); err != nil {
		return m.stop(name)
	}
	opt := m.in.opt
	opt.Found = nil
	inner := &input{name: m.in.name + "/" + name, depth: m.in.depth + 1, budget: m.in.budget}
	err := inner.read(r, opt, m.in.yield)
	m.in.items += inner.items
	switch {
	case err == errStopped:
		return err
	case m.in.budget.spent != nil:
		return m.stop(name)
	case err == nil:
		return nil
	case errors.Is(err, ErrNoRecords):
		return m.refuse(name, Messagef("no_records", "no records in it"))
	}
	return m.refuse(name, withoutName(inner.name, err))
}

// stop ends the reading of all archives that a file stands in, since the budget
// is spent. It tells so once.
func (m *members) stop(name string) error {
	b := m.in.budget
	if b.told {
		return errSpent
	}
	b.told = true
	m.in.items++
	if !m.in.yield(Article{}, &RecordError{m.in.name + "/" + name, 0, "truncated", Messagef("archive_left", "the archive %w", b.spent), ""}) {
		return errStopped
	}
	return errSpent
}

// refuse yields a file that is not read.
func (m *members) refuse(name string, why error) error {
	m.in.items++
	if !m.in.yield(Article{}, &RecordError{m.in.name + "/" + name, 0, "member", why, ""}) {
		return errStopped
	}
	return nil
}

// withoutName is an error of a file without the file's name in front.
func withoutName(file string, err error) error {
	var why *Message
	if errors.As(err, &why) {
		return why
	}
	return errors.New(strings.TrimPrefix(err.Error(), file+": "))
}

// end tells how the archive ended.
func (m *members) end(err error) error {
	if len(m.others) > 0 {
		var kinds []string
		for _, ext := range slices.Sorted(maps.Keys(m.others)) {
			kinds = append(kinds, fmt.Sprintf("%d %s", m.others[ext], ext))
		}
		if err := m.in.bad(0, "member", Messagef("other_kinds", "files of other kinds not read: %s", strings.Join(kinds, ", ")), nil); err != nil {
			return err
		}
	}
	if err != nil {
		return m.in.end(err)
	}
	return m.in.end(io.EOF)
}

// whole gives random access to data: to the file itself where it is one, else
// after reading all of it.
func whole(r io.Reader, packed bool, original any) (io.ReaderAt, int64, error) {
	if f, ok := original.(interface {
		io.ReaderAt
		Size() int64
	}); ok && !packed {
		return f, f.Size(), nil
	}
	data, err := io.ReadAll(io.LimitReader(r, maxLoaded+1))
	if len(data) > maxLoaded {
		return nil, 0, Messagef("larger_inside", "larger than 256 MiB inside another file or a pipe; unpack it first")
	}
	return bytes.NewReader(data), int64(len(data)), err
}
