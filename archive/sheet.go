package archive

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"slices"
	"time"

	"qissa"
	"qissa/cluster"
	"qissa/internal/corpus"
	"qissa/internal/grouping"
)

// A sheet is what comparing found out about the articles of one day, in canonical order,
// each with what is before it: enough to decide on pairs, to group, and to see which
// stories are as they were, without a text. Sheets are a cache of the last weeks. One that
// is not there is found out anew, with the same bits.
type sheet struct {
	day      int64
	articles []noted
	facts    []byte // of all articles, as appendFact appends them
	lendings []byte // likewise, as appendLoan does
}

// The tables of sheets.
const (
	sheetTable = 1 << iota // heads, facts and loans
	stateTable             // stories and their prints
)

// noted is what a sheet tells of an article.
type noted struct {
	n            int64
	at           time.Time // UTC
	name, outlet string
	mark         grouping.Mark
	facts, loans int // how many it has with earlier articles

	story int64
	print qissa.Print // of the story that it is the first article of, else 0
}

// sheetFormat is the first byte of what is written of a sheet. One of another format, or
// that is damaged, is taken for one that is not there.
const sheetFormat = 1

var errSheet = errors.New("archive: a sheet is damaged")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sealed puts a checksum behind what is written of a sheet.
func sealed(b []byte) []byte {
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

// opened returns what was sealed, but for its first byte.
func opened(b []byte) ([]byte, error) {
	n := len(b) - crc32.Size
	if n < 1 || b[0] != sheetFormat || binary.LittleEndian.Uint32(b[n:]) != crc32.Checksum(b[:n], castagnoli) {
		return nil, errSheet
	}
	return b[1:n], nil
}

// heads writes what is told of the articles but for their stories.
func (s *sheet) heads() []byte {
	b := binary.AppendUvarint([]byte{sheetFormat}, uint64(len(s.articles)))
	outlets := map[string]uint64{}
	last := noted{at: time.Unix(s.day*secondsOfDay, 0)}
	for i := range s.articles {
		a := &s.articles[i]
		b = binary.AppendVarint(b, a.n-last.n)
		b = binary.AppendVarint(b, a.at.Unix()-last.at.Unix())
		b = binary.AppendUvarint(b, uint64(a.at.Nanosecond()))
		b = appendText(b, a.name)
		of, known := outlets[a.outlet]
		if !known {
			of = uint64(len(outlets))
			outlets[a.outlet] = of
		}
		if b = binary.AppendUvarint(b, of); !known {
			b = appendText(b, a.outlet)
		}
		b = append(append(b, a.mark.Words[:]...), a.mark.Template[:]...)
		b = binary.AppendVarint(b, int64(a.mark.Day))
		short := byte(0)
		if a.mark.TooShort {
			short = 1
		}
		b = append(b, short)
		b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(a.facts)), uint64(a.loans))
		last = *a
	}
	return sealed(b)
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// readHeads reads what heads wrote.
func readHeads(day int64, sealed []byte) (*sheet, error) {
	b, err := opened(sealed)
	r := byteReader{b: b, err: err}
	s := &sheet{day: day}
	count := r.uint()
	if count > uint64(len(b)) {
		return nil, errSheet
	}
	s.articles = make([]noted, count)
	var outlets []string
	n, at := int64(0), day*secondsOfDay
	for i := range s.articles {
		a := &s.articles[i]
		n += r.int()
		at += r.int()
		a.n, a.at, a.name = n, time.Unix(at, int64(r.uint())).UTC(), r.text()
		switch of := r.uint(); {
		case of < uint64(len(outlets)):
			a.outlet = outlets[of]
		default:
			a.outlet = r.text()
			outlets = append(outlets, a.outlet)
		}
		a.mark.Words, a.mark.Template = r.digest(), r.digest()
		a.mark.Day, a.mark.TooShort = int32(r.int()), r.byte() != 0
		a.facts, a.loans = int(r.uint()), int(r.uint())
	}
	return s, r.err
}

// state writes the stories of the articles.
func (s *sheet) state() []byte {
	b := []byte{sheetFormat}
	last := int64(0)
	for i := range s.articles {
		a := &s.articles[i]
		b = binary.AppendVarint(binary.AppendVarint(b, a.n), a.story-last)
		b = append(b, a.print[:]...)
		last = a.story
	}
	return sealed(b)
}

// readState reads what state wrote.
func (s *sheet) readState(sealed []byte) error {
	b, err := opened(sealed)
	r := byteReader{b: b, err: err}
	last := int64(0)
	for i := range s.articles {
		a := &s.articles[i]
		if r.int() != a.n {
			return errSheet
		}
		last += r.int()
		a.story = last
		copy(a.print[:], r.bytes(len(a.print)))
	}
	return r.err
}

// A tie is a fact, or a loan, of an article and an earlier one, by the number of that.
type tie struct {
	n     int64
	fact  grouping.Fact // but for its articles
	words int32
}

// appendFact appends a fact of an article.
func appendFact(b []byte, of int64, t tie) []byte {
	b = binary.AppendVarint(b, of-t.n)
	for _, x := range [...]float64{t.fact.Sim, t.fact.Own.Story, t.fact.Own.Storyline} {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
	}
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(t.fact.Title))
	return append(b, byte(t.fact.Text))
}

// appendLoan appends a passage that an article has of another.
func appendLoan(b []byte, of int64, t tie) []byte {
	return binary.AppendUvarint(binary.AppendVarint(b, of-t.n), uint64(t.words))
}

// factBytes is how many bytes appendFact appends behind a number.
const factBytes = 3*8 + 4 + 1

// eachFact reads the facts of those articles, by their places, for which it is true.
func (s *sheet) eachFact(wanted func(article int) bool, do func(article int, t tie)) error {
	b := s.facts
	for i := range s.articles {
		a := &s.articles[i]
		is := wanted(i)
		for range a.facts {
			less, n := binary.Varint(b)
			if n <= 0 || len(b) < n+factBytes {
				return errSheet
			}
			if x := b[n : n+factBytes]; is {
				float := func(at int) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(x[at:])) }
				do(i, tie{n: a.n - less, fact: grouping.Fact{
					Pair: cluster.Pair{Sim: float(0)}, Own: cluster.Levels{Story: float(8), Storyline: float(16)},
					Title: math.Float32frombits(binary.LittleEndian.Uint32(x[24:])), Text: grouping.Text(x[28]),
				}})
			}
			b = b[n+factBytes:]
		}
	}
	return nil
}

// count returns how many facts the articles have.
func (s *sheet) count() (n int) {
	for i := range s.articles {
		n += s.articles[i].facts
	}
	return n
}

// has reports whether an article is on the sheet.
func (s *sheet) has(n int64) bool {
	return slices.ContainsFunc(s.articles, func(a noted) bool { return a.n == n })
}

// eachLoan reads the loans of the articles.
func (s *sheet) eachLoan(do func(article int, t tie)) error {
	r := byteReader{b: s.lendings}
	for i := range s.articles {
		a := &s.articles[i]
		for range a.loans {
			t := tie{n: a.n - r.int(), words: int32(r.uint())}
			if r.err != nil {
				return r.err
			}
			do(i, t)
		}
	}
	return nil
}

// A byteReader reads what was appended; after an error, zeros.
type byteReader struct {
	b   []byte
	err error
}

// skip goes on behind what was read; behind nothing it is an error.
func (r *byteReader) skip(n int) {
	if n <= 0 {
		r.b, r.err = nil, errSheet
		return
	}
	r.b = r.b[n:]
}

func (r *byteReader) bytes(n int) []byte {
	if n > len(r.b) {
		r.b, r.err = nil, errSheet
		return make([]byte, n)
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *byteReader) uint() uint64 {
	x, n := binary.Uvarint(r.b)
	r.skip(n)
	return x
}

func (r *byteReader) int() int64 {
	x, n := binary.Varint(r.b)
	r.skip(n)
	return x
}

func (r *byteReader) text() string {
	n := r.uint()
	if n > uint64(len(r.b)) {
		r.b, r.err = nil, errSheet
		return ""
	}
	return string(r.bytes(int(n)))
}

func (r *byteReader) byte() byte { return r.bytes(1)[0] }

func (r *byteReader) digest() corpus.Digest {
	return corpus.Digest(r.bytes(len(corpus.Digest{})))
}
