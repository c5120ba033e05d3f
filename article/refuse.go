package article

import (
	"bytes"
	"strings"
)

// A KindError says that a file is of a kind that is not read, and the way
// forward.
type KindError struct {
	File string
	Kind *Message // "a PDF document"
	Way  *Message // "save its text as HTML or .txt"
}

func (e *KindError) Error() string { return e.File + ": " + e.Why().Text }

// Why is the error without the file's name.
func (e *KindError) Why() *Message {
	return Messagef("kind_refused", "%s, which is not read; %s", e.Kind, e.Way)
}

var (
	asTable   = Messagef("way_table", "export its table as CSV or JSON lines")
	asText    = Messagef("way_text", "save its text as HTML or as UTF-8 in a .txt file")
	asEither  = Messagef("way_either", "save a table as .xlsx or CSV, a text as .txt")
	asParquet = Messagef("way_parquet", "save it as JSON lines or Parquet")
	unpack    = Messagef("way_unpack", "unpack it first")
	nothing   = Messagef("way_none", "it holds no text")
)

// A kind is a sort of files by how they start.
type kind struct {
	start string
	name  *Message
	way   *Message
}

var (
	anImage   = Messagef("kind_image", "an image")
	recording = Messagef("kind_recording", "a recording")
	aProgram  = Messagef("kind_program", "a program")
)

var refused = []kind{
	{"%PDF-", Messagef("kind_pdf", "a PDF document"), Messagef("way_pdf", "save its text as HTML or as UTF-8 in a .txt file (pdftotext does)")},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Messagef("kind_office", "a document of Office before 2007"), asEither},
	{`{\rtf`, Messagef("kind_rtf", "an RTF document"), asText},
	{"\x89PNG\r\n", anImage, nothing}, {"\xff\xd8\xff", anImage, nothing}, {"GIF8", anImage, nothing}, {"II*\x00", anImage, nothing}, {"MM\x00*", anImage, nothing},
	{"RIFF", Messagef("kind_image_or_recording", "an image or a recording"), nothing}, {"ID3", recording, nothing}, {"OggS", recording, nothing}, {"\x1aE\xdf\xa3", Messagef("kind_film", "a film"), nothing},
	{"7z\xbc\xaf\x27\x1c", Messagef("kind_7z", "a 7z archive"), unpack}, {"Rar!\x1a\x07", Messagef("kind_rar", "a RAR archive"), unpack}, {"\x04\x22\x4d\x18", Messagef("kind_lz4", "LZ4 data"), unpack}, {"\x1f\x9d", Messagef("kind_compress", "data of compress"), unpack},
	{"PGDMP", Messagef("kind_pg_dump", "a dump of PostgreSQL"), asTable}, {"\x7fELF", aProgram, nothing}, {"ORC\x00", Messagef("kind_orc", "an ORC table"), asTable}, {"Obj\x01", Messagef("kind_avro", "an Avro table"), asTable},
	{"ARROW1", Messagef("kind_arrow", "an Arrow table"), Messagef("way_to_parquet", "save it as Parquet")}, {"\x89HDF\r\n", Messagef("kind_hdf5", "an HDF5 file"), asTable}, {"\x80\x04\x95", Messagef("kind_pickle", "a Python pickle"), asParquet},
	{"bplist00", Messagef("kind_plist", "a property list"), asTable},
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
		return &KindError{name, Messagef("kind_film_or_image", "a film or an image"), nothing}
	}
	low := strings.ToLower(name)
	for _, packed := range Packed {
		low = strings.TrimSuffix(low, packed)
	}
	isSQL := strings.HasSuffix(low, ".sql")
	switch {
	case isSQL, bytes.HasPrefix(head, []byte("PRAGMA foreign_keys=OFF")), bytes.HasPrefix(head, []byte("-- MySQL dump")), bytes.HasPrefix(head, []byte("-- MariaDB dump")), bytes.HasPrefix(head, []byte("-- PostgreSQL database dump")),
		bytes.HasPrefix(head, []byte("--\n-- PostgreSQL database dump")):
		return &KindError{name, Messagef("kind_sql", "a dump of a database in SQL"), Messagef("way_sql", "load it into a database and export its table as CSV or JSON lines, or make a SQLite file of it")}
	case strings.HasSuffix(low, ".yml"), strings.HasSuffix(low, ".yaml"):
		return &KindError{name, Messagef("kind_yaml", "YAML"), Messagef("way_yaml", "convert it to JSON (yq does)")}
	}
	return nil
}

// refuseZip is refuse for a zip archive, by the names in it.
func refuseZip(name string, members []string) error {
	for _, m := range members {
		switch {
		case m == "word/document.xml":
			return &KindError{name, Messagef("kind_word", "a Word document"), asText}
		case m == "ppt/presentation.xml":
			return &KindError{name, Messagef("kind_presentation", "a presentation"), asText}
		case m == "xl/workbook.bin":
			return &KindError{name, Messagef("kind_xlsb", "a binary workbook (.xlsb)"), Messagef("way_xlsb", "save it as .xlsx or CSV")}
		case m == "mimetype":
			return &KindError{name, Messagef("kind_opendocument", "a document of OpenOffice or an e-book"), Messagef("way_either_html", "save a table as .xlsx or CSV, a text as .txt or HTML")}
		case m == "AndroidManifest.xml", m == "META-INF/MANIFEST.MF":
			return &KindError{name, aProgram, nothing}
		}
	}
	return nil
}

var errBinary = Messagef("binary", "no text, and no format that is known")

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
