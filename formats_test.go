package qissa_test

import (
	"archive/tar"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"qissa/article"
	"qissa/eval"
	"qissa/internal/needs"
)

// A written article is what every format of the test can hold.
type written struct {
	ID    string `json:"id" parquet:"id"`
	URL   string `json:"url" parquet:"url"`
	Title string `json:"title" parquet:"title"`
	Text  string `json:"text" parquet:"text"`
	Time  string `json:"time" parquet:"time"`
}

// TestFormats writes one labelled day in every format and encoding, and asks
// for the same stories from each.
func TestFormats(t *testing.T) {
	needs.Time(t, "it clusters a day eleven times")
	needData(t)
	var day []written
	var originals []article.Article
	for _, a := range readArticles(t, filepath.Join(dataFolder, "stories", "snn-dev.jsonl")) {
		if strings.TrimSpace(a.Title) == "" || len(strings.Fields(a.Body)) < 40 {
			continue // a page without a title takes its first line
		}
		a.Source = ""
		originals = append(originals, a)
		day = append(day, written{a.ID, a.URL, a.Title, a.Body, a.Time.Format(time.RFC3339)})
	}
	want := storiesOf(t, originals)
	lines := jsonLines(t, day)
	for _, format := range []struct {
		name string
		data []byte
	}{
		{"day.jsonl", lines},
		{"day.csv", asCSV(t, day)},
		{"day.parquet", asParquet(t, day)},
		{"day.xml", asFeed(t, day)},
		{"pages.tar", asPages(t, day)},
		{"day.warc.gz", asWARC(t, day)},
		{"day.tar.zst", asTar(t, "day.jsonl", lines)},
		{"windows-1256.jsonl", encode(t, charmap.Windows1256, lines)},
		{"iso-8859-6.jsonl", encode(t, charmap.ISO8859_6, lines)},
		{"utf-16le.jsonl", encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), lines)},
		{"twice.jsonl", encodeTwice(lines)},
	} {
		var articles []article.Article
		for a, err := range article.Read(bytes.NewReader(format.data), format.name, article.Options{}) {
			if err != nil {
				t.Fatalf("%s: %v", format.name, err)
			}
			a.Source = ""
			articles = append(articles, a)
		}
		if len(articles) != len(originals) {
			t.Errorf("%s: %d articles, want %d", format.name, len(articles), len(originals))
			continue
		}
		if got := eval.ARI(storiesOf(t, articles), want); got != 1 {
			t.Errorf("%s: ARI %v, want 1", format.name, got)
		}
	}
}

func jsonLines(t *testing.T, day []written) []byte {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for _, w := range day {
		if err := enc.Encode(w); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func asCSV(t *testing.T, day []written) []byte {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	w.Write([]string{"id", "url", "title", "text", "time"})
	for _, x := range day {
		w.Write([]string{x.ID, x.URL, x.Title, x.Text, x.Time})
	}
	w.Flush()
	return b.Bytes()
}

func asParquet(t *testing.T, day []written) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[written](&b)
	if _, err := w.Write(day); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func escaped(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s))
	return b.String()
}

func asFeed(t *testing.T, day []written) []byte {
	t.Helper()
	var b bytes.Buffer
	b.WriteString("<rss version=\"2.0\"><channel><title>x</title>")
	for _, x := range day {
		when, _ := time.Parse(time.RFC3339, x.Time)
		fmt.Fprintf(&b, "<item><guid>%s</guid><link>%s</link><title>%s</title><description>%s</description><pubDate>%s</pubDate></item>",
			escaped(x.ID), escaped(x.URL), escaped(html.EscapeString(x.Title)), escaped(asParagraphs(x.Text)), when.Format(time.RFC1123Z))
	}
	b.WriteString("</channel></rss>")
	return b.Bytes()
}

func asParagraphs(text string) string {
	return "<p>" + strings.ReplaceAll(html.EscapeString(text), "\n", "</p>\n<p>") + "</p>"
}

func asPage(x written) string {
	return "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta property=\"og:title\" content=\"" + html.EscapeString(x.Title) + "\">" +
		"<meta property=\"og:url\" content=\"" + html.EscapeString(x.URL) + "\"><meta property=\"article:published_time\" content=\"" + x.Time + "\"></head>" +
		"<body><nav>الرئيسية</nav><article>" + asParagraphs(x.Text) + "</article></body></html>"
}

func asPages(t *testing.T, day []written) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i, x := range day {
		page := asPage(x)
		if err := w.WriteHeader(&tar.Header{Name: fmt.Sprintf("pages/%04d.html", i), Size: int64(len(page)), Mode: 0o644, Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(page))
	}
	w.Close()
	return b.Bytes()
}

func asWARC(t *testing.T, day []written) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, x := range day {
		block := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + asPage(x)
		z := gzip.NewWriter(&b)
		fmt.Fprintf(z, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", x.URL, len(block), block)
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

func asTar(t *testing.T, name string, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	if err := w.WriteHeader(&tar.Header{Name: name, Size: int64(len(data)), Mode: 0o644, Typeflag: tar.TypeReg}); err != nil {
		t.Fatal(err)
	}
	w.Write(data)
	w.Close()
	z, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return z.EncodeAll(b.Bytes(), nil)
}

// encode writes text in another encoding; letters that it lacks become its
// replacement, as in every old archive.
func encode(t *testing.T, to encoding.Encoding, text []byte) []byte {
	t.Helper()
	data, err := encoding.ReplaceUnsupported(to.NewEncoder()).Bytes(text)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func encodeTwice(text []byte) []byte {
	var b bytes.Buffer
	for _, c := range text {
		b.WriteRune(rune(c))
	}
	return b.Bytes()
}
