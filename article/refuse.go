package article

import (
	"bytes"
	"errors"
	"strings"
)

// A KindError says that a file is of a kind that is not read, and the way
// forward.
type KindError struct {
	File string
	Kind string // "a PDF document"
	Way  string // "save its text as HTML or .txt"
}

func (e *KindError) Error() string { return e.File + ": " + e.Why() }

// Why is the error without the file's name.
func (e *KindError) Why() string { return e.Kind + ", which is not read; " + e.Way }

const (
	asTable = "export its table as CSV or JSON lines"
	asText  = "save its text as HTML or as UTF-8 in a .txt file"
	unpack  = "unpack it first"
	nothing = "it holds no text"
)

// A kind is a sort of files by how they start.
type kind struct {
	start string
	name  string
	way   string
}

var refused = []kind{
	{"%PDF-", "a PDF document", asText + " (pdftotext does)"},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of Office before 2007", "save a table as .xlsx or CSV, a text as .txt"},
	{`{\rtf`, "an RTF document", asText},
	{"\x89PNG\r\n", "an image", nothing}, {"\xff\xd8\xff", "an image", nothing}, {"GIF8", "an image", nothing}, {"II*\x00", "an image", nothing}, {"MM\x00*", "an image", nothing},
	{"RIFF", "an image or a recording", nothing}, {"ID3", "a recording", nothing}, {"OggS", "a recording", nothing}, {"\x1aE\xdf\xa3", "a film", nothing},
	{"7z\xbc\xaf\x27\x1c", "a 7z archive", unpack}, {"Rar!\x1a\x07", "a RAR archive", unpack}, {"\x04\x22\x4d\x18", "LZ4 data", unpack}, {"\x1f\x9d", "data of compress", unpack},
	{"PGDMP", "a dump of PostgreSQL", asTable}, {"\x7fELF", "a program", nothing}, {"ORC\x00", "an ORC table", asTable}, {"Obj\x01", "an Avro table", asTable},
	{"ARROW1", "an Arrow table", "save it as Parquet"}, {"\x89HDF\r\n", "an HDF5 file", asTable}, {"\x80\x04\x95", "a Python pickle", "save it as JSON lines or Parquet"},
	{"bplist00", "a property list", asTable},
}

// refuse returns a KindError if the data, by how it starts, or the text, by its
// name, is of a kind that is known and not read.
func refuse(name string, head []byte) error {
	for _, k := range refused {
		if bytes.HasPrefix(head, []byte(k.start)) {
			return &KindError{name, k.name, k.way}
		}
	}
	if len(head) > 12 && string(head[4:8]) == "ftyp" {
		return &KindError{name, "a film or an image", nothing}
	}
	low := strings.ToLower(name)
	for _, packed := range Packed {
		low = strings.TrimSuffix(low, packed)
	}
	isSQL := strings.HasSuffix(low, ".sql")
	switch {
	case isSQL, bytes.HasPrefix(head, []byte("PRAGMA foreign_keys=OFF")), bytes.HasPrefix(head, []byte("-- MySQL dump")), bytes.HasPrefix(head, []byte("-- MariaDB dump")), bytes.HasPrefix(head, []byte("-- PostgreSQL database dump")),
		bytes.HasPrefix(head, []byte("--\n-- PostgreSQL database dump")):
		return &KindError{name, "a dump of a database in SQL", "load it into a database and " + asTable + ", or make a SQLite file of it"}
	case strings.HasSuffix(low, ".yml"), strings.HasSuffix(low, ".yaml"):
		return &KindError{name, "YAML", "convert it to JSON (yq does)"}
	}
	return nil
}

// refuseZip is refuse for a zip archive, by the names in it.
func refuseZip(name string, members []string) error {
	for _, m := range members {
		switch {
		case m == "word/document.xml":
			return &KindError{name, "a Word document", asText}
		case m == "ppt/presentation.xml":
			return &KindError{name, "a presentation", asText}
		case m == "xl/workbook.bin":
			return &KindError{name, "a binary workbook (.xlsb)", "save it as .xlsx or CSV"}
		case m == "mimetype":
			return &KindError{name, "a document of OpenOffice or an e-book", "save a table as .xlsx or CSV, a text as .txt or HTML"}
		case m == "AndroidManifest.xml", m == "META-INF/MANIFEST.MF":
			return &KindError{name, "a program", nothing}
		}
	}
	return nil
}

var errBinary = errors.New("no text, and no format that is known")

// isBinary reports whether data is no text: it has NUL, and more than a twentieth
// of its bytes are control characters that no text has. Random bytes have a ninth.
func isBinary(head []byte) bool {
	controls := 0
	for _, b := range head {
		if b < 0x20 && (b < '\t' || b > '\r') && b != 0x1a && b != 0x1b {
			controls++
		}
	}
	return controls*20 > len(head) && bytes.IndexByte(head, 0) >= 0
}

// Refuse returns a [*KindError] if a file, by its name or by how it starts, is of
// a kind that is known and not read, nil if it is not.
func Refuse(name string, head []byte) error { return refuse(name, head) }

// IsRecognised reports whether data starts like a format that is read, whatever
// its name. Tables and plain text have no such start.
func IsRecognised(head []byte) bool {
	for _, start := range []string{"\x1f\x8b", "\x28\xb5\x2f\xfd", "BZh", "\xfd7zXZ\x00", "PK\x03\x04", "PAR1", "SQLite format 3\x00"} {
		if bytes.HasPrefix(head, []byte(start)) {
			return true
		}
	}
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	return isTar(head) || isWARC(head) || isFeed(head) || isHTML(head) || isXML(head) || sniffJSON(head, &fields{}) != ""
}
