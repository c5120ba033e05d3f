package report

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
)

// A packer writes data into the page as compressed text, which the page
// unpacks when it needs it.
type packer struct {
	base64 io.WriteCloser
	gzip   *gzip.Writer
	err    error
}

// pack starts a packed value on w.
func pack(w io.Writer) *packer {
	b := base64.NewEncoder(base64.StdEncoding, w)
	return &packer{base64: b, gzip: gzip.NewWriter(b)}
}

// raw writes JSON text as it is.
func (p *packer) raw(s string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.gzip, s)
	}
}

// value writes v as JSON.
func (p *packer) value(v any) {
	data, err := json.Marshal(v)
	if p.err == nil {
		p.err = err
	}
	if p.err == nil {
		_, p.err = p.gzip.Write(data)
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
	if err := p.gzip.Close(); err != nil {
		return err
	}
	return p.base64.Close()
}
