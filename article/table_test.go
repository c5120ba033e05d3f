package article

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"
)

// Cells come out as they were put in, whatever is in them.
func FuzzTableRow(f *testing.F) {
	f.Add("a", "b,\"c\"\r\n", "")
	f.Add("", "", "")
	f.Add("\"", "\r", "خبر\n")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		var table Table
		want := []string{a, b, c}
		if got := table.Cells(table.Row(want)); !slices.Equal(got, want) {
			t.Errorf("Cells(Row(%q)) = %q", want, got)
		}
	})
}

// A record knows where its text stands in it.
func TestBodyAt(t *testing.T) {
	for _, c := range []struct{ name, dump, at string }{
		{"member", `{"title":"خبر","text":"نص الخبر هنا"}`, "/text"},
		{"inside another", `{"title":"خبر","content":{"rendered":"نص الخبر هنا"}}`, "/content"},
		{"search engine", `{"_id":"1","_source":{"title":"خبر","text":"نص الخبر هنا"}}`, "/_source/text"},
		{"the better of two", `{"title":"خبر","summary":"نص","text":"نص الخبر هنا"}`, "/text"},
		{"column", "title,x,text\nخبر,1,نص الخبر هنا\n", "/2"},
	} {
		articles, _, err := ReadAll(strings.NewReader(c.dump), "dump", Options{KeepRaw: true})
		if err != nil || len(articles) != 1 || articles[0].BodyAt != c.at {
			t.Errorf("%s: %v, %v; want %q", c.name, articles, err, c.at)
		}
	}
}

// Rows of Parquet and of workbooks keep all their columns.
func TestRowsAreKept(t *testing.T) {
	type row struct {
		ID    int64    `parquet:"id"`
		Text  string   `parquet:"text"`
		Tags  []string `parquet:"tags,list"`
		Views *int64   `parquet:"views,optional"`
	}
	views := int64(12)
	var b bytes.Buffer
	if err := parquet.Write(&b, []row{{1, "نص الخبر\r\nهنا", []string{"أ", "ب"}, &views}, {2, "نص آخر", nil, nil}}); err != nil {
		t.Fatal(err)
	}
	book := excelize.NewFile()
	for cell, v := range map[string]any{"A1": "id", "B1": "text", "C1": "القسم", "A2": 1, "B2": "نص الخبر هنا", "C2": "محليات", "E2": "x", "A3": 2, "B3": "نص آخر"} {
		book.SetCellValue("Sheet1", cell, v)
	}
	var x bytes.Buffer
	if err := book.Write(&x); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data    []byte
		columns []string
		rows    [][]string
	}{
		"parquet": {b.Bytes(), []string{"id", "text", "tags.list.element", "views"}, [][]string{{"1", "نص الخبر\r\nهنا", `["أ","ب"]`, "12"}, {"2", "نص آخر", "[]", ""}}},
		"xlsx":    {x.Bytes(), []string{"id", "text", "القسم", "", ""}, [][]string{{"1", "نص الخبر هنا", "محليات", "", "x"}, {"2", "نص آخر", "", "", ""}}},
	} {
		articles, bad, err := ReadAll(bytes.NewReader(c.data), "dump."+name, Options{KeepRaw: true})
		if err != nil || len(bad) > 0 || len(articles) != len(c.rows) {
			t.Fatalf("%s: %d articles, %v, %v", name, len(articles), bad, err)
		}
		var rows [][]string
		for _, a := range articles {
			if !slices.Equal(a.Table.Columns, c.columns) || a.BodyAt != "/1" {
				t.Errorf("%s: columns %q, text at %s", name, a.Table.Columns, a.BodyAt)
			}
			rows = append(rows, a.Table.Cells(a.Raw))
		}
		if !reflect.DeepEqual(rows, c.rows) {
			t.Errorf("%s: rows %q, want %q", name, rows, c.rows)
		}
	}
}
