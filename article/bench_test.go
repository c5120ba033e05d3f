package article

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// saudiNews returns the first 64 MB of a real dump, whole lines, unpacked.
func saudiNews(b *testing.B) []byte {
	f, err := os.Open(filepath.Join(dumps(b), "dumps", "saudinewsnet.jsonl.gz"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	text, err := io.ReadAll(io.LimitReader(z, 64<<20))
	if err != nil {
		b.Fatal(err)
	}
	return text[:bytes.LastIndexByte(text, '\n')+1]
}

func BenchmarkRead(b *testing.B) {
	text := saudiNews(b)
	var table bytes.Buffer
	w := csv.NewWriter(&table)
	w.Write([]string{"id", "source", "url", "title", "text", "time"})
	for a, err := range Read(bytes.NewReader(text), "x", Options{Format: "jsonl"}) {
		if err == nil {
			w.Write([]string{a.ID, a.Source, a.URL, a.Title, a.Body, a.TimeRaw})
		}
	}
	w.Flush()
	array := "[" + strings.ReplaceAll(string(text[:len(text)-1]), "\n", ",\n") + "]"
	for format, text := range map[string][]byte{"jsonl": text, "json": []byte(array), "csv": table.Bytes()} {
		b.Run(format, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				for _, err := range Read(bytes.NewReader(text), "x", Options{Format: format}) {
					if _, bad := err.(*RecordError); err != nil && !bad {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

func BenchmarkEncodingJSON(b *testing.B) {
	text := saudiNews(b)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		for line := range bytes.Lines(text) {
			var a struct{ ID, Source, URL, Title, Body, Time string }
			if err := json.Unmarshal(line, &a); err != nil {
				b.Fatal(err)
			}
		}
	}
}
