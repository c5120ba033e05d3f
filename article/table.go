package article

import (
	"encoding/csv"
	"strings"
)

// A Table is what rows of a table have in common. A row is kept as CSV with commas, as
// encoding/csv writes it; [Table.Cells] reads it.
type Table struct{ Columns []string }

// Row returns cells as a row of CSV.
func (t *Table) Row(cells []string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Write(cells) // a builder takes all
	w.Flush()
	return b.String()
}

// Cells returns the cells of a row as they are; encoding/csv would make \r\n in them \n.
func (t *Table) Cells(row string) []string {
	cells := make([]string, 0, len(t.Columns))
	for rest := row; rest != ""; {
		quoted := rest[0] == '"'
		if !quoted {
			end := strings.IndexAny(rest, ",\n")
			cells = append(cells, rest[:end])
			rest = next(rest[end:], &cells)
			continue
		}
		end := 1
		for ; rest[end] != '"' || rest[end+1] == '"'; end++ {
			if rest[end] == '"' {
				end++
			}
		}
		cells = append(cells, strings.ReplaceAll(rest[1:end], `""`, `"`))
		rest = next(rest[end+1:], &cells)
	}
	return cells
}

// next returns what follows the comma behind a cell, or nothing behind the last. An empty
// cell may stand at the end.
func next(rest string, cells *[]string) string {
	if rest == "," {
		*cells = append(*cells, "")
	}
	return rest[1:]
}

// keep keeps a row with the record.
func (r *record) keep(row []string, t *Table) { r.row, r.table = t.Row(row), t }
