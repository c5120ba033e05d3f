package article

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// readParquet yields the rows of a Parquet file.
func (in *input) readParquet(r io.ReaderAt, size int64) (err error) {
	defer func() { // the library panics on some damaged files
		if p := recover(); p != nil {
			err = fmt.Errorf("%s: %w", in.name, Messagef("damaged_parquet", "damaged Parquet data (%v)", p))
		}
	}()
	f, err := parquet.OpenFile(r, size)
	if err != nil {
		return fmt.Errorf("%s: %w", in.name, Messagef("damaged_parquet", "damaged Parquet data (%w)", err))
	}
	var names []string
	var leaves []parquet.LeafColumn
	for _, path := range f.Schema().Columns() {
		leaf, _ := f.Schema().Lookup(path...)
		names = append(names, strings.Join(path, "."))
		leaves = append(leaves, leaf)
	}
	columns, err := in.columns(names)
	if err != nil {
		return err
	}
	in.found("parquet", "", recognised(in.fields.columns(names), names))
	kept := &Table{names}
	for _, group := range f.RowGroups() {
		if err := in.parquetRows(group.Rows(), columns, leaves, kept); err != nil {
			return err
		}
	}
	return in.end(io.EOF)
}

func (in *input) parquetRows(rows parquet.Rows, columns []column, leaves []parquet.LeafColumn, kept *Table) error {
	defer rows.Close()
	buffer, cells := make([]parquet.Row, 64), make([]string, len(leaves))
	for {
		n, err := rows.ReadRows(buffer)
		for _, row := range buffer[:n] {
			var rec record
			if in.opt.KeepRaw {
				row.Range(func(i int, values []parquet.Value) bool {
					cells[i] = parquetCell(values, leaves[i])
					return true
				})
				rec.keep(cells, kept)
			}
			for _, c := range columns {
				row.Range(func(i int, values []parquet.Value) bool {
					if rec.at = c.pointer; i == c.at && len(values) > 0 && !values[0].IsNull() {
						rec.set(c.choice, parquetText(values[0], leaves[i]))
					}
					return i != c.at
				})
			}
			if err := in.document(rec, 0, rec.value[titleField]); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return in.end(Messagef("damaged_parquet", "damaged Parquet data: %w", err))
		}
	}
}

// parquetCell writes the values of a column in a row as text: one as it is, those of a
// list as JSON, null as nothing.
func parquetCell(values []parquet.Value, leaf parquet.LeafColumn) string {
	if leaf.MaxRepetitionLevel == 0 {
		if len(values) == 0 || values[0].IsNull() {
			return ""
		}
		return parquetText(values[0], leaf)
	}
	list := []string{}
	for _, v := range values {
		if !v.IsNull() {
			list = append(list, parquetText(v, leaf))
		}
	}
	text, _ := json.Marshal(list) // of texts, which JSON has
	return string(text)
}

// parquetText writes a value as text: a time as RFC 3339, without a zone if it
// has none.
func parquetText(v parquet.Value, leaf parquet.LeafColumn) string {
	if v.Kind() == parquet.ByteArray || v.Kind() == parquet.FixedLenByteArray {
		return string(v.ByteArray())
	}
	if logical := leaf.Node.Type().LogicalType(); logical != nil {
		switch kind := logical.Value.(type) {
		case *format.DateType:
			return time.Unix(int64(v.Int32())*86400, 0).UTC().Format(time.DateOnly)
		case *format.TimestampType:
			layout := "2006-01-02T15:04:05"
			if kind.IsAdjustedToUTC {
				layout = time.RFC3339
			}
			return parquetTime(v.Int64(), kind.Unit).Format(layout)
		}
	}
	return v.String()
}

func parquetTime(n int64, unit format.TimeUnit) time.Time {
	switch unit.Value.(type) {
	case *format.MilliSeconds:
		return time.UnixMilli(n).UTC()
	case *format.MicroSeconds:
		return time.UnixMicro(n).UTC()
	}
	return time.Unix(0, n).UTC()
}
