package grouping

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"math"

	"qissa/cluster"
)

// Links are written as numbers: varints of the articles, of their times, each less the
// one before, of what is folded (article, and what it follows), and of the pairs (A less
// the one before, B less A); behind each pair, in eight bytes each, both similarities to
// the bit.

// Write writes what groups are made of: no overlaps, and no cosines.
func (l *Links) Write(to io.Writer) error {
	w := numberWriter{Writer: bufio.NewWriter(to)}
	w.uint(uint64(l.articles()))
	last := int64(0)
	for _, t := range l.time {
		w.int(t - last)
		last = t
	}
	for i, of := range l.Folded {
		if of != notFolded {
			w.uint(uint64(i) + 1)
			w.uint(uint64(of))
		}
	}
	w.uint(0)
	w.uint(uint64(len(l.Pairs)))
	before := int32(0)
	for n, p := range l.Pairs {
		w.uint(uint64(p.A - before))
		w.uint(uint64(p.B - p.A))
		w.float(l.Same(n))
		w.float(l.Line(n))
		before = p.A
	}
	return w.Flush()
}

type numberWriter struct {
	*bufio.Writer
	buffer [binary.MaxVarintLen64]byte
}

func (w *numberWriter) uint(x uint64) { w.Write(w.buffer[:binary.PutUvarint(w.buffer[:], x)]) }
func (w *numberWriter) int(x int64)   { w.Write(w.buffer[:binary.PutVarint(w.buffer[:], x)]) }
func (w *numberWriter) float(x float64) {
	w.Write(binary.LittleEndian.AppendUint64(w.buffer[:0], math.Float64bits(x)))
}

var errDamaged = errors.New("the links are damaged")

// ReadLinks reads what [Links.Write] wrote of a number of articles, to be grouped by
// jobs workers.
func ReadLinks(from io.Reader, articles, jobs int) (*Links, error) {
	r := numberReader{from: bufio.NewReaderSize(from, 1<<16)}
	if r.uint() != uint64(articles) {
		return nil, errDamaged
	}
	l := &Links{time: make([]int64, articles), opt: Options{Jobs: jobs}}
	last := int64(0)
	for i := range l.time {
		last += r.int()
		l.time[i] = last
	}
	for i := r.uint(); i > 0 && r.err == nil; i = r.uint() {
		of := r.uint()
		if i > uint64(articles) || of >= i-1 || isFolded(l.Folded, int32(of)) {
			return nil, errDamaged
		}
		if l.Folded == nil {
			l.Folded = make([]int32, articles)
			for k := range l.Folded {
				l.Folded[k] = notFolded
			}
		}
		l.Folded[i-1] = int32(of)
	}
	pairs := r.uint()
	var levels []cluster.Levels
	before := cluster.Pair{B: -1}
	for range pairs {
		a := uint64(before.A) + r.uint()
		b := a + r.uint()
		same := cluster.Levels{Story: r.share(), Storyline: r.share()}
		if r.err != nil || b <= a || b >= uint64(articles) {
			return nil, errDamaged
		}
		p := cluster.Pair{A: int32(a), B: int32(b)}
		if byArticles(before, p) >= 0 {
			return nil, errDamaged
		}
		l.Pairs, levels = append(l.Pairs, p), append(levels, same)
		before = p
	}
	if r.err != nil {
		return nil, errDamaged
	}
	l.setLevels(levels)
	return l, nil
}

// A numberReader reads numbers; after an error, zeros.
type numberReader struct {
	from *bufio.Reader
	err  error
}

func (r *numberReader) uint() uint64 {
	x, err := binary.ReadUvarint(r.from)
	if r.err == nil {
		r.err = err
	}
	return x
}

func (r *numberReader) int() int64 {
	x, err := binary.ReadVarint(r.from)
	if r.err == nil {
		r.err = err
	}
	return x
}

// share reads a number from 0 to 1.
func (r *numberReader) share() float64 {
	var b [8]byte
	_, err := io.ReadFull(r.from, b[:])
	x := math.Float64frombits(binary.LittleEndian.Uint64(b[:]))
	if err == nil && !(x >= 0 && x <= 1) {
		err = errDamaged
	}
	if r.err == nil {
		r.err = err
	}
	return x
}
