package article

import (
	"archive/zip"
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// zipNamed is a zip archive with empty members of these names.
func zipNamed(t *testing.T, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		if _, err := z.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestKindsThatAreNotRead(t *testing.T) {
	random := make([]byte, 5000)
	for i := range random {
		random[i] = byte(rand.New(rand.NewPCG(1, uint64(i))).Uint32())
	}
	for _, test := range []struct{ name, data, want string }{
		{"a.pdf", "%PDF-1.7\n%âãÏÓ\n1 0 obj", "a PDF document, which is not read; save its text"},
		{"no-extension", "%PDF-1.4\n", "a PDF document"},
		{"a.docx", zipNamed(t, "[Content_Types].xml", "word/document.xml"), "a Word document, which is not read; save its text"},
		{"a.odt", zipNamed(t, "mimetype", "content.xml"), "OpenOffice"},
		{"a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "before 2007"},
		{"a.sql", "-- a comment\nINSERT INTO `news` VALUES (1,'خبر');\n", "in SQL, which is not read; load it into a database"},
		{"dump", "-- MySQL dump 10.13  Distrib 8.0.36\n", "in SQL"},
		{"a.sql.gz", string(packed(t, "gzip", "-- PostgreSQL database dump\n")), "in SQL"},
		{"a.yml", "title: خبر\ntext: نص\n", "YAML, which is not read; convert it to JSON"},
		{"a.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "an image, which is not read; it holds no text"},
		{"a.jpg", "\xff\xd8\xff\xe0\x00\x10JFIF", "an image"},
		{"a.7z", "7z\xbc\xaf\x27\x1c\x00\x04", "a 7z archive, which is not read; unpack it first"},
		{"random", string(random), "no text, and no format that is known"},
		{"a.xlsx", zipNamed(t, "[Content_Types].xml", "xl/workbook.xml"), "damaged workbook"},
		{"a.db", "SQLite format 3\x00" + strings.Repeat("\x00", 200), "damaged SQLite data"},
	} {
		var err error
		for _, err = range Read(strings.NewReader(test.data), test.name, Options{}) {
		}
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.HasPrefix(err.Error(), test.name+": ") {
			t.Errorf("%s: %v, want %q", test.name, err, test.want)
		}
		var bad *RecordError
		if errors.As(err, &bad) {
			t.Errorf("%s: a damaged record (%v), want an error of the whole file", test.name, err)
		}
	}
}

func TestWARCWithoutPages(t *testing.T) {
	check(t, "metadata alone", said(t, "a.warc", []byte("WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n"), Options{}),
		"error: a.warc has no page: its records are 1 warcinfo")
}

func TestDateLines(t *testing.T) {
	for _, test := range []struct{ lines, want string }{
		{"عنوان\nالجمعة، 06 تشرين الثاني/نوفمبر 2009، آخر تحديث 09:01 (GMT+0400)\nنص", "الجمعة، 06 تشرين الثاني/نوفمبر 2009، آخر تحديث 09:01 (GMT+0400)"},
		{"الأحد 20 يوليو 2025\n14 يوليو 2025 - 04:20", "14 يوليو 2025 - 04:20"},
		{"الأحد 20 يوليو 2025\nنص", "الأحد 20 يوليو 2025"},
		{"20250714\n2025\nفي 14 يوليو\n12:30", ""},
	} {
		if got := dateLine(strings.Split(test.lines, "\n")); got != test.want {
			t.Errorf("%q: %q, want %q", test.lines, got, test.want)
		}
	}
	when, precision := ParseTime("الجمعة، 06 تشرين الثاني/نوفمبر 2009، آخر تحديث 09:01 (GMT+0400)", time.Time{}, nil)
	if precision != Exact || when.Format("2006-01-02T15:04Z07:00") != "2009-11-06T09:01+04:00" {
		t.Errorf("%v, %s", when, precision)
	}
}

func TestHost(t *testing.T) {
	for address, want := range map[string]string{
		"https://www.hespress.com/a/1.html": "hespress.com", "http://m.aps.dz:8080/x": "aps.dz", "https://amp.www.bbc.com": "bbc.com", "//ar.example.org/": "example.org",
		"https://arabic.rt.com/": "arabic.rt.com", "HTTPS://User:pw@WWW.Example.COM.?q": "example.com", "https://ar.com/": "ar.com", "/path": "", "": "", "urn:x": "",
	} {
		if got := Host(address); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}
