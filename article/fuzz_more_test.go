package article

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzReadXML reads XML of any vocabulary.
func FuzzReadXML(f *testing.F) {
	for _, name := range []string{"sitemap-news.xml", "records.xml", "corpus.sgm"} {
		data, err := os.ReadFile(filepath.Join("testdata", "schemas", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add("<a><b><title>خبر<title>خبر</b><b/></a><a>")
	f.Add("<!DOCTYPE a [<!ENTITY x 'y'>]><a title='خبر'><text>&x;&nbsp;&#0;\x00</text></a>")
	f.Fuzz(func(t *testing.T, text string) { checkAll(t, text, Options{Format: "xml"}) })
}

// FuzzReadDatabase reads SQLite files with damage in them.
func FuzzReadDatabase(f *testing.F) {
	data := databaseOfNews(f)
	f.Add(uint16(100), []byte{1, 2, 3})
	f.Fuzz(func(t *testing.T, at uint16, damage []byte) {
		damaged := string(data)
		if from := int(at) % len(data); from >= 16 {
			damaged = string(append(append(append([]byte{}, data[:from]...), damage...), data[min(len(data), from+len(damage)):]...))
		}
		checkAll(t, damaged, Options{})
	})
}

// FuzzReadWorkbook reads workbooks with damage in them.
func FuzzReadWorkbook(f *testing.F) {
	data := workbookOfNews(f)
	f.Add(uint16(100), []byte{1, 2, 3})
	f.Fuzz(func(t *testing.T, at uint16, damage []byte) {
		from := int(at) % len(data)
		damaged := append(append(append([]byte{}, data[:from]...), damage...), data[min(len(data), from+len(damage)):]...)
		checkAll(t, string(damaged), Options{})
	})
}
