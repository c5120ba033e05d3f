package article

import (
	"slices"
	"unsafe"

	"github.com/pierrec/lz4/v4"
)

// CompressedTexts are the body of an article and its record in less room: one
// block of LZ4, in which a record that repeats the body takes little. Where that
// would not be smaller, they are the texts as they are.
type CompressedTexts struct {
	Bytes     string // "" if nothing is compressed
	body, raw int    // bytes of both texts
}

// Compress adds body and record, compressed, to the bytes and returns all of
// them. The article then has its texts there alone; [Article.LoadBody] gets them.
// Bytes that are moved elsewhere are to be given to Compressed.Bytes anew. An
// article without texts, or whose texts are compressed already, stays as it is.
func (a *Article) Compress(to []byte) []byte {
	if a.Body == "" && a.Raw == "" {
		return to
	}
	c := &a.Compressed
	c.body, c.raw = len(a.Body), len(a.Raw)
	text := unsafe.Slice(unsafe.StringData(a.Body), len(a.Body))
	text = append(text, a.Raw...) // elsewhere, for there is no room behind a body
	to = slices.Grow(to, lz4.CompressBlockBound(len(text)))
	free := to[len(to):cap(to)]
	size, err := lz4.CompressBlock(text, free, nil)
	if err != nil || size == 0 || size >= len(text) {
		size = copy(free, text)
	}
	c.Bytes = unsafe.String(unsafe.SliceData(free), size)
	a.Body, a.Raw = "", ""
	return to[:len(to)+size]
}

// LoadBody returns the body, compressed or not. A compressed one is put into the
// memory and is good until that is used again; nil makes new memory.
func (a *Article) LoadBody(memory *[]byte) string {
	if a.Compressed.Bytes == "" {
		return a.Body
	}
	return a.Compressed.load(memory)[:a.Compressed.body]
}

// LoadRaw returns the record as it came, like [Article.LoadBody].
func (a *Article) LoadRaw(memory *[]byte) string {
	if a.Compressed.Bytes == "" {
		return a.Raw
	}
	return a.Compressed.load(memory)[a.Compressed.body:]
}

// CanCut reports whether parts of the body can be cut out of the article's record and be
// put back: nothing of it was repaired, and it stands in one place there.
func (a *Article) CanCut() bool {
	return a.Repaired == 0 && (a.BodyAt != "" || a.Raw == "" && a.Compressed.raw == 0)
}

// BodySize is the bytes of the body, compressed or not.
func (a *Article) BodySize() int { return max(len(a.Body), a.Compressed.body) }

func (c CompressedTexts) load(memory *[]byte) string {
	size := c.body + c.raw
	if len(c.Bytes) == size {
		return c.Bytes
	}
	if memory == nil {
		memory = new([]byte)
	}
	*memory = slices.Grow((*memory)[:0], size)[:size]
	compressed := unsafe.Slice(unsafe.StringData(c.Bytes), len(c.Bytes))
	if n, err := lz4.UncompressBlock(compressed, *memory); err != nil || n != size {
		panic("article: compressed text is damaged") // nobody else has it
	}
	return unsafe.String(unsafe.SliceData(*memory), size)
}
