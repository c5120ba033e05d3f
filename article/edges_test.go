package article

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func edgeRecord(n int) string {
	return fmt.Sprintf(`{"id":"%d","title":"خبر %d","text":"افتتح وزير النقل صباح اليوم الجسر المعلق"}`+"\n", n, n)
}

// readAll reads an input to its end.
func readAll(data []byte, name string) (articles []Article, bad []*RecordError, format string, err error) {
	opt := Options{KeepRaw: true, Found: func(r Recognised) { format = r.Format }}
	for a, fault := range Read(bytes.NewReader(data), name, opt) {
		var damage *RecordError
		switch {
		case errors.As(fault, &damage):
			bad = append(bad, damage)
		case fault != nil:
			err = fault
		default:
			articles = append(articles, a)
		}
	}
	return articles, bad, format, err
}

func zipOf(t *testing.T, name string, data []byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	w.Write(data)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// overlapping makes of a zip with one file one with many names for it.
func overlapping(one []byte, names int) []byte {
	end := bytes.LastIndex(one, []byte("PK\x05\x06"))
	start := int(binary.LittleEndian.Uint32(one[end+16:]))
	entry, tail := one[start:end], slices.Clone(one[end:])
	all := slices.Concat(one[:start], bytes.Repeat(entry, names))
	binary.LittleEndian.PutUint16(tail[8:], uint16(names))
	binary.LittleEndian.PutUint16(tail[10:], uint16(names))
	binary.LittleEndian.PutUint32(tail[12:], uint32(len(entry)*names))
	return append(all, tail...)
}

// An archive is bounded as a whole: by what comes out of all files in it, at
// every depth. What ended the reading is named, once.
func TestArchivesThatGrowWithoutEnd(t *testing.T) {
	defer func(n int64) { guardedFrom = n }(guardedFrom)
	guardedFrom = 1 << 20
	blank := bytes.Repeat([]byte("\n"), 100<<10)
	lines := append(blank, edgeRecord(1)...)
	overlap := overlapping(zipOf(t, "a.jsonl", lines), 2000)
	nested := overlap
	for i := range 2 {
		nested = overlapping(zipOf(t, fmt.Sprintf("z%d.zip", i), nested), 200)
	}
	var packed bytes.Buffer
	g := gzip.NewWriter(&packed)
	g.Write(bytes.Repeat(blank, 100))
	g.Close()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := range 100 {
		w.WriteHeader(&tar.Header{Name: fmt.Sprintf("m%d.jsonl.gz", i), Mode: 0o666, Size: int64(packed.Len()), Typeflag: tar.TypeReg})
		w.Write(packed.Bytes())
	}
	w.Close()
	var outer bytes.Buffer
	g = gzip.NewWriter(&outer)
	g.Write(b.Bytes())
	g.Close()
	for _, test := range []struct {
		name  string
		data  []byte
		where string
	}{
		{"overlap.zip", overlap, "overlap.zip/a.jsonl"},
		{"nested.zip", nested, "nested.zip/z1.zip/z0.zip/a.jsonl"},
		{"members.tar.gz", outer.Bytes(), "members.tar.gz/m"},
	} {
		in := &input{name: test.name}
		var told []*RecordError
		read := 0
		in.read(bytes.NewReader(test.data), Options{}, func(_ Article, err error) bool {
			var bad *RecordError
			if errors.As(err, &bad) && strings.Contains(err.Error(), "500 times its size; not read on") {
				told = append(told, bad)
			} else if err == nil {
				read++
			}
			return true
		})
		if len(told) != 1 || told[0].Code != "truncated" || !strings.HasPrefix(told[0].File, test.where) {
			t.Errorf("%s: told %v, want once, of %s", test.name, told, test.where)
		}
		if out := in.budget.out; out > 4*guardedFrom+int64(mostGrowth*len(test.data)) {
			t.Errorf("%s: %d bytes were unpacked of %d", test.name, out, len(test.data))
		}
		if test.name == "overlap.zip" && read == 0 {
			t.Error("nothing was read before the bound")
		}
	}
	var many bytes.Buffer
	z := zip.NewWriter(&many)
	for i := range 300 {
		f, _ := z.Create(fmt.Sprintf("%d.jsonl", i))
		f.Write([]byte(edgeRecord(i) + edgeRecord(1000+i)))
	}
	z.Close()
	if got, bad, _, err := readAll(many.Bytes(), "many.zip"); len(got) != 600 || len(bad) != 0 || err != nil {
		t.Errorf("an honest archive: %d articles, %v, %v", len(got), bad, err)
	}
}

// JSON lines are told from one JSON object by what follows the first line,
// however long that is and whatever it begins with.
func TestLongFirstLine(t *testing.T) {
	long := strings.Repeat("كلمة ", 20000)
	nested := `{"meta":{"a":[1,2]},"id":"1","title":"خبر","text":"` + long + `"}`
	list := `{"articles":[` + strings.TrimSpace(edgeRecord(1)) + "," + `{"id":"2","title":"خبر","text":"` + long + `"}` + "]}"
	for _, test := range []struct {
		name, text, format string
		articles           int
		damaged            int // line
	}{
		{"lines", nested + "\n" + edgeRecord(2) + edgeRecord(3), "jsonl", 3, 0},
		{"lines apart", "\n " + nested + "\r\n\n" + edgeRecord(2), "jsonl", 2, 0},
		{"a damaged line", nested + "\n" + edgeRecord(2) + "{\n" + edgeRecord(3), "jsonl", 3, 3},
		{"one object with a list", list, "json", 2, 0},
		{"one object with a list and a line break", list + "\n", "json", 2, 0},
		{"elements on lines", `{"articles":[` + "\n" + edgeRecord(1) + ",\n" + edgeRecord(2) + "]}", "json", 2, 0},
		{"elements on lines, the first at once", `{"articles":[` + strings.TrimSpace(edgeRecord(1)) + ",\n" + edgeRecord(2) + "]}", "json", 2, 0},
		{"elements on long lines", `{"articles":[{"id":"2","title":"خبر","text":"` + long + `"},` + "\n" + edgeRecord(2) + "]}", "json", 2, 0},
		{"longer than a record", `{"meta":{"a":1},"text":"` + strings.Repeat("x", maxRecord) + `"}` + "\n" + edgeRecord(2), "jsonl", 1, 1},
	} {
		got, bad, format, err := readAll([]byte(test.text), "dump.jsonl")
		if format != test.format || len(got) != test.articles || err != nil {
			t.Errorf("%s: %s, %d articles, %v, %v", test.name, format, len(got), bad, err)
			continue
		}
		if line := func() int {
			if len(bad) == 1 {
				return bad[0].Line
			}
			return len(bad)
		}(); line != test.damaged {
			t.Errorf("%s: line %d is damaged, want %d", test.name, line, test.damaged)
		}
		if test.format == "jsonl" {
			for _, a := range got {
				if !strings.Contains(test.text, a.Raw+"\n") && !strings.Contains(test.text, a.Raw+"\r\n") {
					t.Errorf("%s: the record is not as it came: %.40q", test.name, a.Raw)
				}
			}
		}
	}
}

// What tools of the trade take for whole is whole.
func TestPackedAndJoinedFiles(t *testing.T) {
	records := edgeRecord(1) + edgeRecord(2)
	var z bytes.Buffer
	g := gzip.NewWriter(&z)
	g.Write([]byte(records))
	g.Close()
	encoder, _ := zstd.NewWriter(nil)
	frame := encoder.EncodeAll([]byte(records), nil)
	skippable := slices.Concat([]byte{0x53, 0x2A, 0x4D, 0x18, 5, 0, 0, 0}, []byte("about"))
	const mark = "\ufeff"
	table := mark + "id,title,text\n1,خبر,افتتح وزير النقل الجسر\n"
	for _, test := range []struct {
		name     string
		data     []byte
		articles int
		bad      int
	}{
		{"padded.jsonl.gz", slices.Concat(z.Bytes(), make([]byte, 10240)), 2, 0},
		{"padded between.jsonl.gz", slices.Concat(z.Bytes(), make([]byte, 512), z.Bytes(), make([]byte, 7)), 4, 0},
		{"joined.jsonl.gz", slices.Concat(z.Bytes(), z.Bytes()), 4, 0},
		{"rubbish behind.jsonl.gz", slices.Concat(z.Bytes(), []byte("rubbish behind")), 2, 1},
		{"cut.jsonl.gz", z.Bytes()[:z.Len()-4], 2, 1},
		{"skippable.jsonl.zst", slices.Concat(skippable, frame), 2, 0},
		{"skippable between.jsonl.zst", slices.Concat(skippable, frame, skippable, frame), 4, 0},
		{"joined.jsonl", []byte(mark + records + mark + records), 4, 0},
		{"joined.json", []byte(mark + "[" + strings.TrimSpace(edgeRecord(1)) + "]\n" + mark + "[" + strings.TrimSpace(edgeRecord(2)) + "]"), 2, 0},
		{"joined.csv", []byte(table + table), 2, 0},
	} {
		got, bad, _, err := readAll(test.data, test.name)
		if len(got) != test.articles || len(bad) != test.bad || err != nil {
			t.Errorf("%s: %d articles, want %d; %v, %v", test.name, len(got), test.articles, bad, err)
		}
		for _, a := range got {
			if strings.Contains(a.Raw, mark) {
				t.Errorf("%s: a record with a byte order mark", test.name)
			}
		}
	}
}

// A feed that is longer than what is parsed at once is read part by part: the
// same articles as if it had been parsed whole.
func TestLongFeeds(t *testing.T) {
	defer func(n int) { maxDocument = n }(maxDocument)
	const whole = 1 << 30
	item := func(tag string, n int) string {
		link := fmt.Sprintf("<link>http://x/%d</link>", n)
		if tag == "entry" {
			link = fmt.Sprintf(`<id>http://x/%d</id><link href="http://x/%d"/>`, n, n)
		}
		return fmt.Sprintf("<%s><title>خبر %d</title>%s<description>%s</description></%s>\n", tag, n, link, strings.Repeat("كلمة ", 5+n%40), tag)
	}
	for name, feed := range map[string][3]string{
		"rss":  {`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>وكالة</title>` + "\n", "item", "</channel></rss>\n"},
		"atom": {`<feed xmlns="http://www.w3.org/2005/Atom"><title>وكالة</title>`, "entry", "</feed>"},
		"rdf":  {`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>وكالة</title></channel>`, "item", "</rdf:RDF>"},
	} {
		var b strings.Builder
		b.WriteString(feed[0])
		for n := range 200 {
			b.WriteString(item(feed[1], n))
		}
		b.WriteString(feed[2])
		maxDocument = whole
		want, _, _, err := readAll([]byte(b.String()), name+".xml")
		if len(want) != 200 || err != nil {
			t.Fatalf("%s: %d articles, %v", name, len(want), err)
		}
		for _, maxDocument = range []int{2000, 5000, b.Len() - 1} {
			got, bad, format, err := readAll([]byte(b.String()), name+".xml")
			if !slices.EqualFunc(got, want, func(a, b Article) bool {
				return a.Title == b.Title && a.Body == b.Body && a.URL == b.URL && a.Source == b.Source && a.Origin == b.Origin
			}) || len(bad) > 0 || err != nil || format != "feed" {
				t.Errorf("%s, %d bytes at once: %d articles, %v, %v", name, maxDocument, len(got), bad, err)
			}
		}
		maxDocument = 2000
		cut := b.String()[:b.Len()-len(feed[2])-30]
		if got, bad, _, err := readAll([]byte(cut), name+".xml"); len(got) != 199 || len(bad) != 1 || bad[0].Code != "truncated" || err != nil {
			t.Errorf("%s, cut: %d articles, %v, %v", name, len(got), bad, err)
		}
		huge := feed[0] + item(feed[1], 1) + strings.Replace(item(feed[1], 2), "خبر", strings.Repeat("خبر ", 2000), 1) + feed[2]
		if got, bad, _, err := readAll([]byte(huge), name+".xml"); len(got) != 1 || len(bad) != 1 || err != nil {
			t.Errorf("%s, with an entry that is too long: %d articles, %v, %v", name, len(got), bad, err)
		}
	}
}
