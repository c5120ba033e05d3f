// Package lookup is a file that tells which of many texts have words in sequence in common
// with another one, and that gives these texts back.
//
// Of each text some sequences of six words are chosen (package winnow), so that two texts
// that share [Sure] words or more share a chosen one. The file has, after a head:
//
//	postings   hash and number of the text, eight bytes each, ascending
//	buckets    for each value of the hash's upper 16 bits where its postings begin
//	records    blocks of 64, as JSON lines packed by zstd
//	blocks     where each begins
//
// A sequence that stands in more texts than [MostTexts] has the first ones only.
package lookup

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"

	"qissa/internal/winnow"
	"qissa/vectorize/arabic"
)

const (
	gram   = 6
	window = Sure - gram + 1

	// Sure is the least number of words in sequence that a text shares with one that is found
	// surely.
	Sure = 8

	// MostTexts is how many texts of a sequence are kept: what more of them have is a stock
	// phrase.
	MostTexts = 64

	block   = 64 // records
	buckets = 1 << 16

	partBits = 8 // of a million articles each part has some 600,000 postings
	parts    = 1 << partBits
)

// magic begins a file; its last digit is the version of the format.
const magic = "qissa lookup 2\n\x00"

// A head stands at the beginning of a file.
type head struct {
	Magic                          [16]byte
	Of                             [32]byte // what the file was made of
	Texts, Postings, Blocks, Bytes uint64   // Bytes is the size of the file
}

// The errors of Open: a file of another version, cut off, or made of something else; and one
// that this package did not write.
var (
	ErrOther   = errors.New("not the index of this run")
	ErrForeign = errors.New("a file of this name is there that qissa did not write")
)

// Sequences returns the hashes of the chosen sequences of a text, ascending, each once.
func Sequences(text string) []uint32 {
	all := hashes(text)
	var chosen []uint32
	winnow.Choose(all, min(window, max(1, len(all))), func(at int) { chosen = append(chosen, uint32(all[at]>>32)) })
	slices.Sort(chosen)
	return slices.Compact(chosen)
}

// hashes returns the hashes of all sequences of a text.
func hashes(text string) []uint64 {
	var words []string
	var numbers []uint32
	for w := range arabic.Words(text) {
		numbers = append(numbers, uint32(len(words)))
		words = append(words, w.Text)
	}
	return winnow.Grams(nil, numbers, winnow.Texts(words), gram)
}

// A Builder collects the postings of texts. The zero value is ready.
type Builder struct {
	postings [parts][]uint64 // by the upper bits of the hash: each part grows, is sorted and is written for itself
}

// Add adds the sequences of a text.
func (b *Builder) Add(text int, sequences []uint32) {
	for _, h := range sequences {
		part := &b.postings[h>>(32-partBits)]
		*part = append(*part, uint64(h)<<32|uint64(uint32(text)))
	}
}

// Write writes the file, given what it is made of, and each record as a JSON line.
func (b *Builder) Write(w io.WriteSeeker, of [32]byte, texts int, record func(i int) ([]byte, error)) error {
	h := head{Of: of, Texts: uint64(texts), Blocks: uint64((texts + block - 1) / block)}
	copy(h.Magic[:], magic)
	starts := make([]uint64, buckets+1)
	for n := range b.postings {
		slices.Sort(b.postings[n])
		b.postings[n] = firstOnly(b.postings[n])
		h.Postings += uint64(len(b.postings[n]))
		for _, p := range b.postings[n] {
			starts[p>>48+1]++
		}
	}
	for i := range buckets {
		starts[i+1] += starts[i]
	}
	out := &counting{w: w}
	written := []any{h}
	for n := range b.postings {
		written = append(written, b.postings[n])
	}
	for _, part := range append(written, starts) {
		if err := binary.Write(out, binary.LittleEndian, part); err != nil {
			return err
		}
	}
	clear(b.postings[:])
	z, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	var lines, packed []byte
	begins := []uint64{out.n}
	for from := 0; from < texts; from += block {
		lines = lines[:0]
		for i := from; i < min(from+block, texts); i++ {
			line, err := record(i)
			if err != nil {
				return err
			}
			lines = append(append(lines, line...), '\n')
		}
		packed = z.EncodeAll(lines, packed[:0])
		if _, err := out.Write(packed); err != nil {
			return err
		}
		begins = append(begins, out.n)
	}
	if err := binary.Write(out, binary.LittleEndian, begins); err != nil {
		return err
	}
	h.Bytes = out.n
	if _, err := w.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return binary.Write(w, binary.LittleEndian, h)
}

// firstOnly leaves out what exceeds [MostTexts] postings of a hash.
func firstOnly(postings []uint64) []uint64 {
	kept, n := postings[:0], 0
	for i, p := range postings {
		if n++; i == 0 || p>>32 != postings[i-1]>>32 {
			n = 1
		}
		if n <= MostTexts {
			kept = append(kept, p)
		}
	}
	return kept
}

// A counting counts what is written.
type counting struct {
	w io.Writer
	n uint64
}

func (c *counting) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += uint64(n)
	return n, err
}

// An Index is an open file.
type Index struct {
	r    io.ReaderAt
	head head
	from struct{ postings, buckets, blocks int64 }
}

// Open opens a file of so many bytes, which is to be made of the same as it was. Errors:
// [ErrOther], [ErrForeign].
func Open(r io.ReaderAt, size int64, of [32]byte) (*Index, error) {
	x := &Index{r: r}
	length := int64(binary.Size(x.head))
	begins := make([]byte, len(magic)-len("1\n\x00"))
	if _, err := r.ReadAt(begins, 0); err != nil || !strings.HasPrefix(magic, string(begins)) {
		return nil, ErrForeign
	}
	if err := binary.Read(io.NewSectionReader(r, 0, length), binary.LittleEndian, &x.head); err != nil {
		return nil, ErrOther
	}
	h := x.head
	x.from.postings = length
	x.from.buckets = length + 8*int64(h.Postings)
	x.from.blocks = size - 8*int64(h.Blocks+1)
	if string(h.Magic[:]) != magic || h.Of != of || h.Bytes != uint64(size) || h.Postings > uint64(size)/8 || x.from.blocks < x.from.buckets+8*(buckets+1) {
		return nil, ErrOther
	}
	return x, nil
}

// A Found is a text that has words in common with another, and how much speaks for it: each
// sequence counts less the more texts it stands in.
type Found struct {
	Text   int
	Weight float64
}

// Find finds the texts that may share words in sequence with a text, those for which most
// speaks first. Each that shares [Sure] words is among them, unless all of these stand in
// more than [MostTexts] others before it.
func (x *Index) Find(text string) ([]Found, error) {
	weight := map[int]float64{}
	all := hashes(text) // which of these another text has chosen depends on the words around
	slices.Sort(all)
	for _, h := range slices.Compact(all) {
		texts, err := x.having(uint32(h >> 32))
		if err != nil {
			return nil, err
		}
		for _, t := range texts {
			weight[t] += 1 / float64(len(texts))
		}
	}
	var found []Found
	for t, w := range weight {
		found = append(found, Found{t, w})
	}
	slices.SortFunc(found, func(a, b Found) int { return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Text, b.Text)) })
	return found, nil
}

// having returns the texts that have a sequence.
func (x *Index) having(h uint32) (texts []int, err error) {
	var at [16]byte
	if _, err := x.r.ReadAt(at[:], x.from.buckets+8*int64(h>>16)); err != nil {
		return nil, err
	}
	from, to := binary.LittleEndian.Uint64(at[:]), binary.LittleEndian.Uint64(at[8:])
	if from > to || to > x.head.Postings {
		return nil, ErrOther
	}
	bucket := make([]byte, 8*(to-from))
	if _, err := x.r.ReadAt(bucket, x.from.postings+8*int64(from)); err != nil {
		return nil, err
	}
	for ; len(bucket) > 0; bucket = bucket[8:] {
		if p := binary.LittleEndian.Uint64(bucket); uint32(p>>32) == h {
			texts = append(texts, int(uint32(p)))
		}
	}
	return texts, nil
}

// Record returns the record of a text.
func (x *Index) Record(text int) ([]byte, error) {
	var at [16]byte
	if text < 0 || uint64(text) >= x.head.Texts {
		return nil, ErrOther
	}
	if _, err := x.r.ReadAt(at[:], x.from.blocks+8*int64(text/block)); err != nil {
		return nil, err
	}
	from, to := int64(binary.LittleEndian.Uint64(at[:])), int64(binary.LittleEndian.Uint64(at[8:]))
	if from > to || to > x.from.blocks {
		return nil, ErrOther
	}
	packed := make([]byte, to-from)
	if _, err := x.r.ReadAt(packed, from); err != nil {
		return nil, err
	}
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	lines, err := z.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("record %d: %w", text, err)
	}
	for range text % block {
		at := slices.Index(lines, '\n')
		if at < 0 {
			return nil, ErrOther
		}
		lines = lines[at+1:]
	}
	return lines[:max(0, slices.Index(lines, '\n'))], nil
}
