package report

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/klauspost/compress/gzip"
)

// A packer writes data into the page as compressed text, which the page
// unpacks when it needs it.
type packer struct {
	base64 io.WriteCloser
	gzip   *gzip.Writer
	buffer *bufio.Writer // before gzip, which is slow to take small pieces

	scratch []byte
	err     error
}

// pack starts a packed value on w.
func pack(w io.Writer) *packer {
	b := base64.NewEncoder(base64.StdEncoding, w)
	z := gzip.NewWriter(b)
	return &packer{base64: b, gzip: z, buffer: bufio.NewWriterSize(z, 1<<16)}
}

// raw writes JSON text as it is.
func (p *packer) raw(s string) {
	if p.err == nil {
		_, p.err = p.buffer.WriteString(s)
	}
}

// value writes v as JSON.
func (p *packer) value(v any) {
	switch v := v.(type) {
	case int: // most values of columns are
		p.scratch = strconv.AppendInt(p.scratch[:0], int64(v), 10)
	case share:
		p.scratch = v.append(p.scratch[:0])
	default:
		data, err := json.Marshal(v)
		if p.err == nil {
			p.err = err
		}
		p.scratch = data
	}
	if p.err == nil {
		_, p.err = p.buffer.Write(p.scratch)
	}
}

// column writes "name": [cell(0), …, cell(n-1)], which are never together in
// memory.
func (p *packer) column(name string, n int, cell func(int) any) {
	p.raw(fmt.Sprintf("%q:[", name))
	for i := range n {
		if i > 0 {
			p.raw(",")
		}
		p.value(cell(i))
	}
	p.raw("]")
}

// close ends the packed value.
func (p *packer) close() error {
	if p.err != nil {
		return p.err
	}
	return errors.Join(p.buffer.Flush(), p.gzip.Close(), p.base64.Close())
}
