package article

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestReadCSV(t *testing.T) {
	for _, c := range []readCase{
		{"commas", "id,title,text,source,date\n1,خبر,نص,الوسط,14/07/2025\n", "2: 1/الوسط/خبر/نص/2025-07-14T00:00:00Z"},
		{"semicolons, byte order mark, line ends of Windows", "\xef\xbb\xbfid;title;text\r\n1;خبر;نص, وفاصلة\r\n\r\n2;آخر;نص", "2: 1//خبر/نص, وفاصلة/\n4: 2//آخر/نص/"},
		{"tabs", "id\ttitle\ttext\n1\tخبر\tنص, وفاصلة; وأخرى\n", "2: 1//خبر/نص, وفاصلة; وأخرى/"},
		{"bars", "id|title|text\n1|خبر|نص\n", "2: 1//خبر/نص/"},
		{"Arabic names", "المعرف,العنوان,النص,المصدر,التاريخ,الرابط\n1,خبر,نص,الوسط,14 تموز 2025,u\n", "2: 1/الوسط/خبر/نص/2025-07-14T00:00:00Z"},
		{"quotes, breaks inside", "title,text\n\"خبر \"\"عاجل\"\"\",\"سطر\nوسطر, آخر\"\nآخر,نص\n", "2: //خبر \"عاجل\"/سطر⏎وسطر, آخر/\n4: //آخر/نص/"},
		{"quotes inside a field", "title,text\nخبر \"عاجل\",نص\n", "2: //خبر \"عاجل\"/نص/"},
		{"the day and the clock apart", "time,date,title,text\n10:30,14/07/2025,خبر,نص\n", "2: //خبر/نص/2025-07-14T00:00:00Z"},
		{"search engine's columns", "_source.title,_source.text\nخبر,نص\n", "2: //خبر/نص/"},
		{"wrong number of fields", "id,title,text\n1,خبر,نص\n2,خبر\n3,خبر,نص,زائد\n4,آخر,نص\n",
			"2: 1//خبر/نص/\ncsv: d:3: 2 fields, expected 3\ncsv: d:4: 4 fields, expected 3\n5: 4//آخر/نص/"},
		{"a quote that is never closed", "id,title,text\n1,خبر,\"نص\n2,آخر,نص\n3,آخر,نص\n",
			"csv: d:2: a quote is not closed\n3: 2//آخر/نص/\n4: 3//آخر/نص/"},
		{"a lost quote before quoted rows", "id,title,text\n\"1\",\"خبر\",\"نص\n\"2\",\"آخر\",\"نص\"\n\"3\",\"آخر\",\"نص\"\n",
			"csv: d:2: a quote is not closed\n3: 2//آخر/نص/\n4: 3//آخر/نص/"},
		{"two of them", "id,title,text\n1,\"خبر,نص\n2,آخر,نص\n3,\"خبر,نص\n4,آخر,نص\n",
			"csv: d:2: a quote is not closed\n3: 2//آخر/نص/\ncsv: d:4: a quote is not closed\n5: 4//آخر/نص/"},
		{"a quote lost in silence", "id,title,text\n1,\"خبر,نص\n2,\"آخر\",نص\n3,آخر,نص\n",
			"csv: d:2: a quote is not closed\n3: 2//آخر/نص/\n4: 3//آخر/نص/"},
		{"a quote lost where the fields still differ", "id,title,text\n1,خبر,\"نص\n2,\"آخر\",نص\n",
			"csv: d:2: a quote is not closed\n3: 2//آخر/نص/"},
		{"strict quotes but too many fields", "id,title,text\n1,خبر,\"نص\",\"x\ny\"\n2,آخر,نص\n",
			"csv: d:2: 4 fields, expected 3 (unclosed quote?)\ncsv: d:3: a quote is not closed\n4: 2//آخر/نص/"},
		{"quotes not doubled, over several lines", "id,title,text\n1,خبر,\"قال \"نعم\" ثم\nمضى\"\n2,آخر,نص\n",
			"2: 1//خبر/قال \"نعم\" ثم⏎مضى/\n4: 2//آخر/نص/"},
		{"nothing to read in a row", "id,title,text\n1, ,\n2,خبر,نص\n", "empty: d:2: no title and no body\n3: 2//خبر/نص/"},
		{"no column for the text", "id,hdr,story_html\n1,خبر,نص\n",
			"error: d: no column looks like the article text or its title; columns: id, hdr, story_html; say e.g. --map title=hdr,text=story_html"},
		{"blank lines before the names", "\n\r\ntitle,text\n\nخبر,نص\n", "5: //خبر/نص/"},
	} {
		c.test(t, "d", Options{Format: "csv"})
	}
}

func TestColumnsOfTheUser(t *testing.T) {
	for _, c := range []struct {
		readCase
		names map[string]string
	}{
		{readCase{"named", "id,hdr,story_html\n1,خبر,نص\n", "2: 1//خبر/نص/"}, map[string]string{"title": "hdr", "text": "story_html"}},
		{readCase{"not there", "id,title,text\n1,خبر,نص\n", `error: d: no column is called "paper"; columns: id, title, text`}, map[string]string{"source": "paper"}},
		{readCase{"named twice", "id,title,text\n1,خبر,نص\n", `error: "title" is given for both text and title`}, map[string]string{"title": "title", "text": "title"}},
	} {
		c.test(t, "d", Options{Format: "csv", Map: c.names})
	}
}

// Whole tables are read as encoding/csv reads them at one go.
func TestTableEqualsEncodingCSV(t *testing.T) {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Write([]string{"title", "text"})
	for i := range 3000 {
		w.Write([]string{fmt.Sprintf("خبر %d", i), strings.Repeat("نص \"طويل\"\n", i%50)})
	}
	w.Flush()
	rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for a, err := range Read(strings.NewReader(b.String()), "d", Options{Format: "csv"}) {
		n++
		if err != nil || a.Title != rows[n][0] || a.Body != rows[n][1] || a.Origin.Item != n {
			t.Fatalf("row %d: %v, %v, want %q", n, err, a, rows[n])
		}
	}
	if n != len(rows)-1 {
		t.Errorf("%d rows, want %d", n, len(rows)-1)
	}
}

// A quote that is never closed costs its own row, at any length of the rest.
func TestUnclosedQuoteInALargeTable(t *testing.T) {
	row := "1,خبر," + strings.Repeat("نص ", 1000) + "\n"
	text := "id,title,text\n" + strings.Repeat(row, 10) + "2,\"خبر,نص\n" + strings.Repeat(row, 4000) // 20 MB
	articles, bad := 0, []string{}
	for _, err := range Read(strings.NewReader(text), "d", Options{Format: "csv"}) {
		if err != nil {
			bad = append(bad, err.Error())
		} else {
			articles++
		}
	}
	if articles != 4010 || len(bad) != 1 || bad[0] != "d:12: a quote is not closed" {
		t.Errorf("%d articles, %q", articles, bad)
	}
}

// A table in which every row has a lost quote takes time in proportion to its
// length.
func TestTableFullOfLostQuotes(t *testing.T) {
	const rows = 200_000
	bad := 0
	for _, err := range Read(strings.NewReader("id,title,text\n"+strings.Repeat("1,\"خ\n", rows)), "d", Options{Format: "csv"}) {
		if err != nil {
			bad++
		}
	}
	if bad != rows {
		t.Errorf("%d damaged rows, want %d", bad, rows)
	}
}

// Any bytes are read without a crash, and what encoding/csv writes below
// damage comes back as it was.
func FuzzReadCSV(f *testing.F) {
	f.Add("1,خبر,\"نص\n2,آخر,نص\n", "خبر \"عاجل\"", "سطر\nوسطر, آخر")
	f.Add("\"\"\"\n\n", "خبر", "")
	f.Fuzz(func(t *testing.T, damage, title, text string) {
		if got := list(Read(strings.NewReader(damage), "d.csv", Options{})); got == "" {
			t.Error("nothing was said")
		}
		if !utf8.ValidString(title) || !utf8.ValidString(text) || strings.ContainsAny(title+text, "\x00\r") || strings.TrimSpace(title) == "" || strings.TrimSpace(text) == "" {
			return
		}
		var b strings.Builder
		w := csv.NewWriter(&b)
		w.Write([]string{title, text})
		w.Flush()
		var last Article
		for a, err := range Read(strings.NewReader("title,text\nواحد\n"+b.String()+"واحد\n"+b.String()), "d", Options{Format: "csv"}) {
			if err == nil {
				last = a
			}
		}
		if last.Title != title || last.Body != text || last.Origin.Item != 4 {
			t.Errorf("%q, %q came back as %v", title, text, last)
		}
	})
}
