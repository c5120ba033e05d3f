package report

import (
	"bufio"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// A packer writes data into the page as compressed text, which the page
// unpacks when it needs it.
type packer struct {
	base64 io.WriteCloser
	gzip   *gzip.Writer
	buffer *bufio.Writer // before gzip, which is slow to take small pieces

	text   jsonText // memory of json
	narrow []byte   // likewise
	err    error
}

// packLevel takes half of the time of the default for a tenth more.
const packLevel = 2

// packers are packers that were closed: one has a megabyte of tables.
var packers = sync.Pool{New: func() any {
	z, err := gzip.NewWriterLevel(nil, packLevel)
	return &packer{gzip: z, buffer: bufio.NewWriterSize(z, 1<<16), err: err}
}}

// pack starts a packed value on w.
func pack(w io.Writer) *packer {
	p := packers.Get().(*packer)
	p.base64 = base64.NewEncoder(base64.StdEncoding, w)
	p.gzip.Reset(p.base64)
	return p
}

// raw writes JSON text as it is.
func (p *packer) raw(s string) { p.write([]byte(s)) }

func (p *packer) write(text []byte) {
	if p.err == nil {
		p.narrow = narrow(p.narrow[:0], text)
		_, p.err = p.buffer.Write(p.narrow)
	}
}

// json writes what value makes.
func (p *packer) json(value func(*jsonText)) {
	p.text = p.text[:0]
	value(&p.text)
	p.write(p.text)
}

// column writes "name": [cell 0, …, cell n-1], which are never together in
// memory.
func (p *packer) column(name string, n int, cell func(j *jsonText, i int)) {
	p.raw(fmt.Sprintf("%q:[", name))
	for i := range n {
		if i > 0 {
			p.raw(",")
		}
		p.json(func(j *jsonText) { cell(j, i) })
	}
	p.raw("]")
}

// close ends the packed value.
func (p *packer) close() error {
	if p.err != nil {
		return p.err
	}
	if err := errors.Join(p.buffer.Flush(), p.gzip.Close(), p.base64.Close()); err != nil {
		return err
	}
	packers.Put(p)
	return nil
}
