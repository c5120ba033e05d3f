package report

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"

	"qissa/article"
)

// recordJSON is an article whose record was not JSON.
type recordJSON struct {
	ID     text `json:"id"`
	Source text `json:"source"`
	URL    text `json:"url"`
	Title  text `json:"title"`
	Body   text `json:"text"`
	Time   text `json:"time"`
}

// fateJSON is what becomes of a record, with [Deduplication].Annotate.
type fateJSON struct {
	Fate    string `json:"qissa_fate"`    // kept, cut or dropped
	How     text   `json:"qissa_how"`     // as in dropped.jsonl
	Repeats text   `json:"qissa_repeats"` // the id of what it repeats
	Copied  share  `json:"qissa_copied"`  // share of its words that stand there, 0 to 1
}

// each calls do for each record that is to be written.
func (d Deduplication) each(do func(i int) error) error {
	for i := d.Others; i < len(d.Articles); i++ {
		if d.Repeats[i] == nil || d.Annotate {
			if err := do(i); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d Deduplication) fate(i int) fateJSON {
	r, fate := d.Repeats[i], "dropped"
	if r == nil && d.cutsOf(i) != nil {
		r, fate = d.Cuts.Cut[i], "cut"
	}
	if r == nil {
		return fateJSON{Fate: "kept"}
	}
	f := fateJSON{Fate: fate, How: text(r.How), Copied: share(r.Copied)}
	if r.Of >= 0 {
		f.Repeats = text(d.Articles[r.Of].ID)
	}
	return f
}

// Kept writes the records that are kept, one per line: a JSON record byte for
// byte as it came, unless it has line breaks between its values, which are
// taken out; others as JSON. What is cut is taken out of the string of the text alone. An
// annotated record is whole, and has its fate behind its fields.
func (d Deduplication) Kept(w io.Writer) error {
	b := bufio.NewWriter(w)
	var memory lineMemory
	err := d.each(func(i int) error {
		line, err := d.lineOf(i, &memory)
		if err == nil && d.Annotate {
			line, err = withFate(line, d.fate(i))
		}
		b.Write(line)
		b.WriteByte('\n')
		return err
	})
	if err != nil {
		return err
	}
	return b.Flush()
}

// lineMemory is used again for the bodies and the records of articles that are compressed.
type lineMemory struct{ body, raw []byte }

// rawOf returns the record of an article: as it came, or as JSON if its format has none.
func rawOf(a *article.Article, memory *lineMemory) (string, error) {
	if raw := a.LoadRaw(&memory.raw); raw != "" {
		return raw, nil
	}
	line, err := json.Marshal(ownRecord(a, a.LoadBody(&memory.body)))
	return string(line), err
}

// withoutCuts returns a record as it is written.
func (d Deduplication) withoutCuts(i int, memory *lineMemory) (cutRecord, error) {
	a := &d.Articles[i]
	raw, err := rawOf(a, memory)
	if cuts := d.cutsOf(i); err == nil && cuts != nil && !d.Annotate {
		return cutOut(a, raw, a.LoadBody(&memory.body), cuts)
	}
	return cutRecord{raw: raw}, err
}

// lineOf returns the record of an article as a line of JSON.
func (d Deduplication) lineOf(i int, memory *lineMemory) ([]byte, error) {
	a := &d.Articles[i]
	c, err := d.withoutCuts(i, memory)
	raw := c.raw
	switch {
	case err != nil:
		return nil, err
	case a.Table != nil:
		return json.Marshal(ownRecord(a, d.textOf(i, memory)))
	case strings.ContainsAny(raw, "\r\n"):
		var compact bytes.Buffer
		if json.Compact(&compact, []byte(raw)) == nil {
			return compact.Bytes(), nil
		}
		return bytes.ReplaceAll(bytes.ReplaceAll([]byte(raw), []byte("\r"), nil), []byte("\n"), []byte(" ")), nil
	}
	return []byte(raw), nil
}

// textOf returns what is written of the text of an article.
func (d Deduplication) textOf(i int, memory *lineMemory) string {
	body := d.Articles[i].LoadBody(&memory.body)
	if cuts := d.cutsOf(i); cuts != nil && !d.Annotate {
		body, _, _ = cutText(body, body, cuts, codePoints)
	}
	return body
}

// ownRecord is an article without the record that it came as.
func ownRecord(a *article.Article, body string) recordJSON {
	when := text(a.TimeRaw)
	if when == "" || a.Precision == article.Relative {
		when = text(timeText(*a))
	}
	return recordJSON{text(a.ID), text(a.Source), text(a.URL), text(a.Title), text(body), when}
}

// withFate adds the fate to a JSON object.
func withFate(line []byte, fate fateJSON) ([]byte, error) {
	more, err := json.Marshal(fate)
	end := bytes.LastIndexByte(line, '}')
	if err != nil || end < 0 {
		return line, err
	}
	fields := bytes.TrimSpace(line[:end])
	if !bytes.HasSuffix(fields, []byte("{")) {
		fields = append(bytes.Clone(fields), ',')
	}
	return slices.Concat(fields, more[1:], line[end+1:]), nil
}

// A cell is a field of a record, as text.
type cell struct{ name, value string }

// cells returns the fields of a record in their order: the columns of a table, the
// members of a JSON object, of which those that are no text are JSON.
func (d Deduplication) cells(i int, memory *lineMemory) (cells []cell, err error) {
	a := &d.Articles[i]
	c, err := d.withoutCuts(i, memory)
	if err != nil {
		return nil, err
	}
	raw := c.raw
	switch {
	case a.Table != nil:
		row := a.Table.Cells(raw)
		for k, name := range a.Table.Columns[:len(row)] { // a later row may have more
			switch {
			case name == "":
				name = "column " + strconv.Itoa(k+1)
			case k > slices.Index(a.Table.Columns, name): // two columns of one name
				name += " " + strconv.Itoa(k+1)
			}
			cells = append(cells, cell{name, row[k]})
		}
	default:
		if cells, err = members(raw); err != nil {
			return nil, err
		}
	}
	if d.Annotate {
		f := d.fate(i)
		copied := ""
		if f.Fate != "kept" {
			copied = strconv.FormatFloat(float64(f.Copied), 'f', 3, 64)
		}
		cells = append(cells, cell{"qissa_fate", f.Fate}, cell{"qissa_how", string(f.How)}, cell{"qissa_repeats", string(f.Repeats)}, cell{"qissa_copied", copied})
	}
	return cells, nil
}

// members returns the members of a JSON object.
func members(object string) (cells []cell, err error) {
	dec := json.NewDecoder(strings.NewReader(object))
	if _, err = dec.Token(); err != nil {
		return nil, err
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, err
		}
		var words *string
		if json.Unmarshal(value, &words) != nil {
			cells = append(cells, cell{name.(string), string(value)})
		} else if words != nil {
			cells = append(cells, cell{name.(string), *words})
		} else {
			cells = append(cells, cell{name.(string), ""})
		}
	}
	return cells, nil
}

// table calls do for each record with its fields by column, once columns was called with
// the names of all fields, in the order in which they are met.
func (d Deduplication) table(columns func(names []string) error, do func(row []string) error) error {
	var names []string
	at := map[string]int{}
	var memory lineMemory
	err := d.each(func(i int) error {
		cells, err := d.cells(i, &memory)
		for _, c := range cells {
			if _, known := at[c.name]; !known {
				at[c.name] = len(names)
				names = append(names, c.name)
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := columns(names); err != nil {
		return err
	}
	row := make([]string, len(names))
	return d.each(func(i int) error {
		cells, err := d.cells(i, &memory)
		if err != nil {
			return err
		}
		clear(row)
		for _, c := range cells {
			row[at[c.name]] = c.value
		}
		return do(row)
	})
}

// KeptCSV writes the records that are kept, under the names of all their fields. Mark adds
// a byte order mark, as for [Passages.CSV]. Cells are as they came, formulas too.
func (d Deduplication) KeptCSV(w io.Writer, mark bool) error {
	if mark {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return err
		}
	}
	c := csv.NewWriter(w)
	if err := d.table(c.Write, c.Write); err != nil {
		return err
	}
	c.Flush()
	return c.Error()
}

// KeptParquet writes the records that are kept, a column of text for each of their fields;
// what is empty is null.
func (d Deduplication) KeptParquet(w io.Writer) error {
	var p *parquet.GenericWriter[any]
	var order []int // the column of each field
	err := d.table(func(names []string) error {
		group := parquet.Group{}
		for _, name := range names {
			group[name] = parquet.Optional(parquet.String())
		}
		sorted := slices.Sorted(slices.Values(names)) // as a group has them
		for _, name := range names {
			at, _ := slices.BinarySearch(sorted, name)
			order = append(order, at)
		}
		p = parquet.NewGenericWriter[any](w, parquet.NewSchema("articles", group), parquet.Compression(&parquet.Zstd))
		return nil
	}, func(cells []string) error {
		row := make(parquet.Row, len(cells))
		for i, c := range cells {
			if row[order[i]] = parquet.ValueOf(nil).Level(0, 0, order[i]); c != "" {
				row[order[i]] = parquet.ValueOf(c).Level(0, 1, order[i])
			}
		}
		_, err := p.WriteRows([]parquet.Row{row})
		return err
	})
	if err != nil {
		return err
	}
	return p.Close()
}
