package article

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// list writes what a reader yields, one line each: an article as
// line: id/source/title/body/time, a damaged record as "code: message", the
// error that ended the reading as "error: message".
func list(seq iter.Seq2[Article, error]) string {
	var b strings.Builder
	for a, err := range seq {
		var bad *RecordError
		switch {
		case errors.As(err, &bad):
			fmt.Fprintf(&b, "%s: %v\n", bad.Code, bad)
		case err != nil:
			fmt.Fprintf(&b, "error: %v\n", err)
		default:
			when := ""
			if !a.Time.IsZero() {
				when = a.Time.Format(time.RFC3339)
			}
			fmt.Fprintf(&b, "%d: %s/%s/%s/%s/%s\n", a.Origin.Line, a.ID, a.Source, a.Title, strings.ReplaceAll(a.Body, "\n", "⏎"), when)
		}
	}
	return b.String()
}

// A readCase is an input and what comes of it, with blank lines and
// indentation left out.
type readCase struct {
	name, input, want string
}

func (c readCase) test(t *testing.T, file string, opt Options) {
	t.Run(c.name, func(t *testing.T) {
		var want strings.Builder
		for line := range strings.Lines(c.want) {
			if line = strings.TrimSpace(line); line != "" {
				want.WriteString(line + "\n")
			}
		}
		got := list(Read(strings.NewReader(c.input), file, opt))
		if got != want.String() {
			t.Errorf("got\n%swant\n%s", got, want.String())
		}
		slow := list(Read(iotest.OneByteReader(strings.NewReader(c.input)), file, opt))
		if slow != got {
			t.Errorf("read byte by byte:\n%swhole:\n%s", slow, got)
		}
		for range Read(strings.NewReader(c.input), file, opt) {
			break // stopping early is no error
		}
	})
}

func TestFormatIsToldFromTheContentThenTheName(t *testing.T) {
	for _, c := range []struct{ name, head, want string }{
		{"x", `{"title":"a","text":"b"}`, "jsonl"},
		{"x.json", "{\"title\":\"a\"}\n{\"title\":\"b\"}\n", "jsonl"},
		{"x.csv", "{\"title\":\"a\"}\n{\"title\":\"b\"}\n", "jsonl"},
		{"x.jsonl", "[{\"title\":\"a\"}]", "json"},
		{"x", "[\n]", "json"},
		{"x", "{\n \"title\": \"a\"\n}\n", "json"},
		{"x", `{"articles":[{"title":"a"}]}`, "json"},
		{"x", `{"status":"ok","data":{"articles":[`, "json"},
		{"x", "{\"title\":\"a\", bad\n{\"title\":\"b\"}\n", "jsonl"},
		{"x", "{\"title\":\"a\"}\nbad\n", "jsonl"},
		{"x", "title,text\na,b\n", "csv"},
		{"x", "العنوان;النص\nأ;ب\n", "csv"},
		{"x.txt", "id\ttitle\tbody\n1\ta\tb\n", "csv"},
		{"x.csv", "hdr,story\n", "csv"},
		{"x.tsv.gz", "a\n", "tsv"},
		{"x.ndjson.zst", "", "jsonl"},
		{"x.txt", "خبر، مع نص\nنص", "text"},
		{"x", "[صورة] خبر\nنص", "text"},
		{"x", "{خبر}\nنص", "text"},
		{"-", "", "text"},
	} {
		f, err := newFields(nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := sniffFormat([]byte(c.head), c.name, f); got != c.want {
			t.Errorf("%s with %q is %s, want %s", c.name, c.head, got, c.want)
		}
	}
}

func TestFound(t *testing.T) {
	var got []string
	opt := Options{Found: func(r Recognised) { got = append(got, r.String()) }}
	for _, c := range []struct{ name, text, want string }{
		{"a.jsonl", `{"headline":"خبر","body":"نص","pubDate":"2025-07-14","site":"الوسط"}`, "a.jsonl: jsonl, UTF-8; source=site title=headline text=body time=pubDate"},
		{"a.json", `{"status":"ok","data":{"news":[{"title":"خبر","text":"نص"}]}}`, `a.json: json, UTF-8; list under "data.news"; title=title text=text`},
		{"a.csv", "\xef\xbb\xbfID;العنوان;النص\n1;خبر;نص", "a.csv: csv, UTF-8; id=ID title=العنوان text=النص"},
		{"a.txt", "خبر\nنص", "a.txt: text, UTF-8"},
	} {
		got = nil
		list(Read(strings.NewReader(c.text), c.name, opt))
		if !slices.Equal(got, []string{c.want}) {
			t.Errorf("%s: found %q, want %q", c.name, got, c.want)
		}
	}
}

// lines are articles as JSON lines, n of them.
func lines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "{\"id\":%d,\"title\":\"خبر رقم %d\",\"text\":\"قال المتحدث إن الاجتماع رقم %d انتهى من دون اتفاق بين الطرفين\"}\n", i, i, i)
	}
	return b.String()
}

// packed returns text in the given packing.
func packed(t testing.TB, how, text string) []byte {
	var b bytes.Buffer
	var w io.WriteCloser
	switch how {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "zstd":
		var err error
		if w, err = zstd.NewWriter(&b); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPackedInput(t *testing.T) {
	text := lines(2000)
	want := list(Read(strings.NewReader(text), "d", Options{}))
	for _, how := range []string{"gzip", "zstd"} {
		whole := packed(t, how, text)
		if got := list(Read(bytes.NewReader(whole), "d", Options{})); got != want {
			t.Errorf("%s: other articles than unpacked", how)
		}
		half := text[:strings.Index(text, `{"id":1000,`)]
		parts := append(packed(t, how, half), packed(t, how, text[len(half):])...)
		if got := list(Read(bytes.NewReader(parts), "d", Options{})); got != want {
			t.Errorf("%s in two members: other articles than unpacked", how)
		}
		for _, cut := range []int{len(whole) / 2, len(whole) - 5, len(whole) - 1} {
			got := list(Read(bytes.NewReader(whole[:cut]), "d", Options{}))
			good, last := got[:strings.LastIndex(got[:len(got)-1], "\n")+1], got[strings.LastIndex(got[:len(got)-1], "\n")+1:]
			wantLast := fmt.Sprintf("truncated: d: ends early at record %d; everything before it was used (unexpected EOF)\n", strings.Count(good, "\n")+1)
			if !strings.HasPrefix(want, good) || last != wantLast {
				t.Errorf("%s cut at %d of %d: %d records, then %q, want %q", how, cut, len(whole), strings.Count(good, "\n"), last, wantLast)
			}
		}
		damaged := bytes.Clone(whole)
		copy(damaged[len(damaged)/2:], "damage damage damage")
		got := list(Read(bytes.NewReader(damaged), "d", Options{}))
		if !strings.Contains(got, "truncated: d: is damaged at record ") || strings.Contains(got, "error: ") {
			t.Errorf("%s damaged: …%q", how, got[max(0, len(got)-300):])
		}
	}
}

// bzip2 has no writer here: these bytes are `{"title":"a","text":"b"}` as
// bzip2 1.0 packs them.
func TestBzip2(t *testing.T) {
	whole, err := hex.DecodeString("425a683931415926535998846fbd00000b1980100400103224044a200021a47a9e835310340d02ad04eaa064c321e7ce8bb9229c28484c4237de80")
	if err != nil {
		t.Fatal(err)
	}
	if got := list(Read(bytes.NewReader(whole), "d", Options{})); got != "1: //a/b/\n" {
		t.Error(got)
	}
	if got := list(Read(bytes.NewReader(whole[:20]), "d", Options{})); !strings.HasPrefix(got, "truncated: d: ") {
		t.Error(got)
	}
}

func TestReadingThatFails(t *testing.T) {
	broken := errors.New("disk on fire")
	r := io.MultiReader(strings.NewReader(lines(3)), iotest.ErrReader(broken))
	got := 0
	var last error
	for _, err := range Read(r, "d", Options{}) {
		got++
		last = err
	}
	if got != 4 || !errors.Is(last, broken) || last.Error() != "d: disk on fire" {
		t.Errorf("%d yields, the last with %v", got, last)
	}
	packedText := packed(t, "gzip", lines(5000))
	r = io.MultiReader(bytes.NewReader(packedText[:len(packedText)/2]), iotest.ErrReader(broken))
	for _, err := range Read(r, "d", Options{}) {
		last = err
	}
	if !errors.Is(last, broken) || errors.As(last, new(*RecordError)) {
		t.Errorf("in packed input: %v", last)
	}
}

func TestInputWithoutRecords(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"d.jsonl", "", "d.jsonl has no records (0 bytes)"},
		{"d.jsonl", "\n \n", "d.jsonl has no records (3 bytes)"},
		{"d.json", "[]", "d.json has no records (2 bytes)"},
		{"d.json", "[", ""},
		{"d.csv", "", "d.csv has no records (0 bytes)"},
		{"d.csv", "title,text\n", "d.csv has no records (11 bytes)"},
		{"d.txt", " \n", "d.txt has no records (2 bytes)"},
		{"-", "", "- has no records (0 bytes)"},
	} {
		var last error
		for _, err := range Read(strings.NewReader(c.text), c.name, Options{}) {
			last = err
		}
		if c.want == "" {
			continue
		}
		if !errors.Is(last, ErrNoRecords) || last.Error() != c.want {
			t.Errorf("%s of %q: %v, want %s", c.name, c.text, last, c.want)
		}
	}
}

func TestEncodings(t *testing.T) {
	text := lines(200)
	want := list(Read(strings.NewReader(text), "d", Options{}))
	for _, c := range []struct {
		name string
		as   encoding.Encoding
	}{
		{"UTF-8", unicode.UTF8BOM},
		{"UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)},
		{"UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)},
		{"UTF-16LE", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{"UTF-16BE", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
		{"windows-1256", charmap.Windows1256},
		{"ISO-8859-6", charmap.ISO8859_6},
	} {
		encoded, err := c.as.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		found := ""
		got := list(Read(strings.NewReader(encoded), "d", Options{Found: func(r Recognised) { found = r.Encoding }}))
		if got != want || found != c.name {
			t.Errorf("%s was read as %q:\n%.300s", c.name, found, got)
		}
	}
	greek, err := charmap.Windows1253.NewEncoder().String(strings.Repeat("Η συνάντηση ολοκληρώθηκε\n", 20))
	if err != nil {
		t.Fatal(err)
	}
	if got := list(Read(strings.NewReader(greek), "d", Options{})); !strings.HasPrefix(got, "error: d: the text is neither UTF-8") {
		t.Errorf("windows-1253: %s", got)
	}
}

func TestDamagedCharactersAreCounted(t *testing.T) {
	for text, want := range map[string]int{
		"{\"title\":\"خبر\",\"text\":\"نص طويل بما يكفي\"}":                        0,
		"{\"title\":\"خبر\",\"text\":\"نص\xff طويل بما يكفي\xd8\"}":                2,
		"{\"title\":\"خبر\",\"text\":\"نص\\u0000 طويل بما يكفي\"}":                 1,
		"{\"title\":\"خ\x00بر\",\"text\":\"نص طويل\ufffd بما يكفي وزيادة\"}":       1,
		"title,text\n\"خبر\",\"نص\xff\x00 طويل بما يكفي وزيادة فوق ذلك\"\n":        2,
		"خبر\nوهذا نص طويل بما يكفي\xfe وزيادة فوق ذلك كله حتى لا يشتبه بغيره\x00": 2,
	} {
		for a, err := range Read(strings.NewReader(text), "d", Options{}) {
			if err != nil || a.Repaired != want || strings.ContainsRune(a.Title+a.Body, 0) {
				t.Errorf("%q: %d repaired, error %v, want %d: %q", text, a.Repaired, err, want, a.Title+a.Body)
			}
		}
	}
}

// A line in another encoding than the start of the dump is told, not clustered.
func TestLineInAnotherEncoding(t *testing.T) {
	other, err := charmap.Windows1256.NewEncoder().String("{\"title\":\"خبر من سطر آخر\",\"text\":\"قال المتحدث إن الاجتماع انتهى من دون اتفاق\"}\n")
	if err != nil {
		t.Fatal(err)
	}
	got := list(Read(strings.NewReader(lines(500)+other+lines(1)), "d", Options{}))
	if !strings.Contains(got, "\nencoding: d:501: the text is not UTF-8\n502: ") {
		t.Error(got[len(got)-300:])
	}
}

func TestSkipBad(t *testing.T) {
	text := lines(1) + "oops\n" + lines(1) + "{}\n"
	var bad []string
	got := list(SkipBad(Read(strings.NewReader(text), "d", Options{}), func(e *RecordError) { bad = append(bad, e.Error()) }))
	if want := []string{"d:2: not JSON (invalid character 'o' looking for beginning of value, column 1)", "d:4: no title and no body"}; !slices.Equal(bad, want) {
		t.Errorf("reported %q, want %q", bad, want)
	}
	if strings.Count(got, "\n") != 2 || strings.Contains(got, ": d") {
		t.Errorf("got %s", got)
	}
	got = list(SkipBad(Read(strings.NewReader(""), "d", Options{}), nil))
	if got != "error: d has no records (0 bytes)\n" {
		t.Errorf("an empty input: %s", got)
	}
}

func TestUnknownFormatAndField(t *testing.T) {
	for want, opt := range map[string]Options{
		"error: d: unknown format \"docx\"; the formats are jsonl, json, csv, tsv, feed, xml, html, text\n":              {Format: "docx"},
		"error: no field is called \"headline\"; the fields are id, source, url, title, text, time, time_raw, records\n": {Map: map[string]string{"headline": "x"}},
	} {
		if got := list(Read(strings.NewReader(lines(1)), "d", opt)); got != want {
			t.Errorf("got %swant %s", got, want)
		}
	}
}

// ReadAll gives what Read and SkipBad give, and what was read before an error.
func TestReadAll(t *testing.T) {
	text := "{\"title\":\"واحد\",\"text\":\"نص\"}\n{\"title\":\n{\"title\":\"اثنان\",\"text\":\"نص\"}\n"
	articles, bad, err := ReadAll(strings.NewReader(text), "d.jsonl", Options{})
	if err != nil || len(articles) != 2 || articles[1].Title != "اثنان" || len(bad) != 1 || bad[0].Line != 2 {
		t.Errorf("%d articles, damaged %v, error %v, want 2, line 2, none", len(articles), bad, err)
	}
	broken := errors.New("the disk is gone")
	articles, bad, err = ReadAll(io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken)), "d.jsonl", Options{})
	if !errors.Is(err, broken) || len(articles) != 2 || len(bad) != 1 {
		t.Errorf("%d articles, damaged %v, error %v, want 2, 1 and %v", len(articles), bad, err, broken)
	}
	if articles, bad, err = ReadAll(strings.NewReader(text), "d", Options{Format: "nonsense"}); err == nil || articles != nil || bad != nil {
		t.Errorf("%d articles, damaged %v, error %v, want an error alone", len(articles), bad, err)
	}
}
