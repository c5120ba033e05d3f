// Package workbook reads the sheets of Excel workbooks (.xlsx) as rows of text.
package workbook

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// mostUnpacked is how large a workbook may be when unpacked, in bytes. All of
// it is held in memory.
const mostUnpacked = 1 << 30

// A Book is an open workbook.
type Book struct{ file *excelize.File }

// Open reads a workbook. Close it after use.
func Open(r io.Reader) (*Book, error) {
	f, err := excelize.OpenReader(r, excelize.Options{
		RawCellValue:      true, // a date is the number of days, whatever the format shows
		UnzipSizeLimit:    mostUnpacked,
		UnzipXMLSizeLimit: mostUnpacked, // else it writes what is larger to the disk
	})
	if err != nil {
		return nil, err
	}
	return &Book{f}, nil
}

// Close frees what the workbook holds.
func (b *Book) Close() error { return b.file.Close() }

// Sheets returns the names of the sheets in their order.
func (b *Book) Sheets() []string { return b.file.GetSheetList() }

// Rows calls row for each row of a sheet, counted from 1, with its cells up to
// the last that is not empty. It ends early with the error of row.
func (b *Book) Rows(sheet string, row func(n int, cells []string) error) (err error) {
	defer func() { // the library panics on some damaged files
		if p := recover(); p != nil {
			err = fmt.Errorf("sheet %q is damaged (%v)", sheet, p)
		}
	}()
	rows, err := b.file.Rows(sheet)
	if err != nil {
		return err
	}
	defer rows.Close()
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return err
		}
		if err := row(n, cells); err != nil {
			return err
		}
	}
	return rows.Error()
}
