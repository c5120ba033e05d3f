package cluster

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"unsafe"

	"qissa/internal/parallel"
)

// A Containment is the settings of [Containments].
type Containment struct {
	Least    float64                          // least share of the words of one text that stand in runs of the other, above 0 and at most 1
	Compared func(a, b int) bool              // tells whether two texts may be a pair at all; nil for all. Called from several goroutines
	Settle   func(below int, found []Overlap) // takes the pairs as they are found; see [Containments]
	Jobs     int                              // workers, 0 or less for one per processor; never changes the result
	Progress func(done, total int)            // steps done so far, from one goroutine at a time; nil for silence
}

// An Overlap is how much of the words of each of two texts stands in the other.
type Overlap struct {
	A, B       int32   // A is before B
	AInB, BInA float64 // as in [Alignment]
}

// ContainmentCounts are the operations that finding containments took. They are
// the same on every machine and for any number of workers.
type ContainmentCounts struct {
	Words    int64 // in all texts
	Indexed  int64 // shingles in the index
	Met      int64 // pairs of a text and another of which it has an indexed shingle
	Checked  int64 // of these, pairs with enough of them to go through the words of the other
	Overlaps int64 // pairs found
}

// Containments returns every pair of texts of which one has at least c.Least of
// its words in runs that stand in the other, as an [Aligner] finds them, sorted by
// (A, B). text returns the text of each number below n.
//
// With c.Settle, texts are gone through in batches. It is called after each with the
// pairs found since the last call, sorted, of which one may have come before; none are
// returned. After Settle(below, …) every pair of two texts below that number has come.
// From then on c.Compared may leave out texts that need no more pairs: of thousands of
// copies of one text hardly a pair is compared.
//
// The result is exact: if all but u words of a text stand in runs of another,
// then of any u+k of its words k do, and the two have at least k/[ShareRun]
// shingles in common that hold them. So of each text only the shingles of u+k words
// are indexed, where they are rarest: prefix filtering (Chaudhuri and others,
// 2006) for containment (Broder, 1997). The cost is linear in words, and in the
// pairs that have such a shingle in common.
func Containments(ctx context.Context, n int, text func(i int) Text, c Containment) ([]Overlap, ContainmentCounts, error) {
	if c.Least <= 0 || c.Least > 1 {
		return nil, ContainmentCounts{}, fmt.Errorf("finding contained texts: a share of %v is not above 0 and at most 1", c.Least)
	}
	c.Jobs = parallel.Jobs(c.Jobs)
	x := newShingleIndex(ctx, n, text, c)
	found, counts := x.overlaps(ctx, c)
	if err := ctx.Err(); err != nil {
		return nil, ContainmentCounts{}, fmt.Errorf("finding contained texts: %w", err)
	}
	return found, counts, nil
}

// settling is how many texts are settled at a time.
const settling = 256

// overlaps looks for the texts that each text holds enough of.
func (x *shingleIndex) overlaps(ctx context.Context, c Containment) (all []Overlap, counts ContainmentCounts) {
	n := len(x.chosen)
	batch, settle := settling, c.Settle
	if settle == nil {
		batch, settle = n, func(_ int, found []Overlap) { all = found }
	}
	holders := make([]*holder, x.jobs)
	for w := range holders {
		holders[w] = &holder{shingleIndex: x, compared: c.Compared, met: make([]uint16, n)}
	}
	later := make([][]uint32, batch) // of each text of the batch, those to come that it may hold
	counts = ContainmentCounts{Words: x.words, Indexed: int64(len(x.posting))}
	for from := 0; from < n; from += batch {
		to := min(from+batch, n)
		x.search(ctx, from, to, holders, func(h *holder, d int) { later[d-from] = h.find(d, to) })
		if ctx.Err() != nil {
			break
		}
		found := taken(holders)
		counts.Overlaps += int64(len(found))
		settle(to, found)
		x.search(ctx, from, to, holders, func(h *holder, d int) { h.compare(d, later[d-from]) })
	}
	for _, h := range holders {
		counts.Met += h.counts.Met
		counts.Checked += h.counts.Checked
	}
	return all, counts
}

// taken takes what was found.
func taken(holders []*holder) (all []Overlap) {
	for _, h := range holders {
		all = append(all, h.found...)
		h.found = h.found[:0]
	}
	slices.SortFunc(all, byTexts)
	return slices.Compact(all) // each may hold enough of the other
}

func byTexts(x, y Overlap) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) }

// search calls do for the texts of a batch, each worker with a holder of its own.
func (x *shingleIndex) search(ctx context.Context, from, to int, holders []*holder, do func(h *holder, d int)) {
	var worker atomic.Int64
	x.each(ctx, from, to, func() func(d int) {
		h := holders[worker.Add(1)-1]
		return func(d int) { do(h, d) }
	})
}

// A holder finds the texts that one text holds enough of. Every worker has its own.
type holder struct {
	*shingleIndex
	compared func(a, b int) bool
	aligner  Aligner
	hashes   []uint64 // of the shingles of the text that find was called with
	met      []uint16 // of each text, how many of its indexed shingles that text has; zeros between texts
	hits     []uint32 // texts that were met
	near     []uint32 // those below of which enough was met
	found    []Overlap
	counts   ContainmentCounts
}

// find adds the overlaps of text d with those below that it holds enough of, and
// returns the others that it may hold.
func (h *holder) find(d, below int) (later []uint32) {
	h.meet(h.text(d).Words)
	h.near = h.near[:0]
	for _, y := range h.hits {
		enough := h.met[y] >= h.chosen[y].least
		h.met[y] = 0
		if int(y) == d {
			continue
		}
		h.counts.Met++
		switch {
		case !enough:
		case int(y) < below:
			h.near = append(h.near, y)
		case h.mayCompare(d, int(y)):
			later = append(later, y)
		}
	}
	h.compare(d, h.near)
	return later
}

func (h *holder) mayCompare(d, y int) bool { return h.compared == nil || h.compared(d, y) }

// compare adds the overlaps of text d with those of others that it holds enough of.
func (h *holder) compare(d int, others []uint32) {
	started := false
	for _, other := range others {
		y := int(other)
		if !h.mayCompare(d, y) {
			continue
		}
		text := h.text(y)
		if !started {
			h.aligner.Start(h.text(d))
			started = true
		}
		h.counts.Checked++
		if h.aligner.holds(text, h.lacking(text)) {
			o := Overlap{A: int32(d), B: int32(y)}
			o.AInB, o.BInA = h.aligner.Shares(text)
			if y < d {
				o = Overlap{o.B, o.A, o.BInA, o.AInB}
			}
			h.found = append(h.found, o)
		}
	}
}

// meet counts the indexed shingles of all texts in words. A few are met by the
// chance of a hash. The memory of all shingles is asked for before it is read.
func (h *holder) meet(words []uint32) {
	h.hashes, h.hits = h.hashes[:0], h.hits[:0]
	for i := range len(words) - ShareRun + 1 {
		hash := shingleAt(words, i).hash()
		h.hashes = append(h.hashes, hash)
		prefetch(unsafe.Pointer(&h.start[hash>>h.shift]))
	}
	filled := h.hashes[:0]
	for _, hash := range h.hashes {
		if b := hash >> h.shift; h.start[b] < h.start[b+1] {
			prefetch(unsafe.Pointer(&h.posting[h.start[b]]))
			filled = append(filled, hash)
		}
	}
	for _, hash := range filled {
		b, rest := hash>>h.shift, h.postingOf(hash, 0)
		for _, p := range h.posting[h.start[b]:h.start[b+1]] {
			if p&^h.textBits != rest {
				continue
			}
			y := p & h.textBits
			if h.met[y] == 0 {
				h.hits = append(h.hits, y)
			}
			h.met[y] = max(h.met[y], h.met[y]+1) // no further than it goes
		}
	}
}
