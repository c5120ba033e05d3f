package cluster

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"unsafe"
)

// A Containment is the settings of [Containments].
type Containment struct {
	Least    float64               // least share of the words of one text that stand in runs of the other, above 0 and at most 1
	Compared func(a, b int) bool   // tells whether two texts may be a pair at all; nil for all. Called from several goroutines
	Jobs     int                   // workers, 0 for one per processor; never changes the result
	Progress func(done, total int) // steps done so far, from one goroutine at a time; nil for silence
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
	Checked  int64 // of these, pairs with so many that the words of the other were gone through
	Overlaps int64 // pairs found
}

// Containments returns every pair of texts of which one has at least c.Least of
// its words in runs that stand in the other, as an [Aligner] finds them, sorted by
// (A, B). text returns the text of each number below n.
//
// The result is exact: if all but u words of a text stand in runs of another,
// then of any u+k of its words k do, and the two have at least k/[ShareRun]
// shingles in common that hold them. So of each text only the shingles of so many
// words are indexed, where they are rarest: prefix filtering (Chaudhuri and others,
// 2006) for containment (Broder, 1997). The cost is linear in words, and in the
// pairs that have such a shingle in common.
func Containments(ctx context.Context, n int, text func(i int) Text, c Containment) ([]Overlap, ContainmentCounts, error) {
	if c.Least <= 0 || c.Least > 1 {
		return nil, ContainmentCounts{}, fmt.Errorf("finding contained texts: a share of %v is not above 0 and at most 1", c.Least)
	}
	if c.Jobs <= 0 {
		c.Jobs = runtime.GOMAXPROCS(0)
	}
	x := newShingleIndex(ctx, n, text, c)
	found, counts := x.overlaps(ctx, c)
	if err := ctx.Err(); err != nil {
		return nil, ContainmentCounts{}, fmt.Errorf("finding contained texts: %w", err)
	}
	return found, counts, nil
}

// overlaps looks for the texts that each text holds enough of.
func (x *shingleIndex) overlaps(ctx context.Context, c Containment) ([]Overlap, ContainmentCounts) {
	var mu sync.Mutex
	var holders []*holder
	x.each(ctx, func() func(d int) {
		h := &holder{shingleIndex: x, compared: c.Compared, met: make([]uint16, len(x.chosen))}
		mu.Lock()
		defer mu.Unlock()
		holders = append(holders, h)
		return h.find
	})
	var all []Overlap
	counts := ContainmentCounts{Words: x.words, Indexed: int64(len(x.posting))}
	for _, h := range holders {
		all = append(all, h.found...)
		counts.Met += h.counts.Met
		counts.Checked += h.counts.Checked
	}
	slices.SortFunc(all, func(x, y Overlap) int { return cmp.Or(cmp.Compare(x.A, y.A), cmp.Compare(x.B, y.B)) })
	all = slices.Compact(all) // each may hold enough of the other
	counts.Overlaps = int64(len(all))
	return all, counts
}

// A holder finds the texts that one text holds enough of. Every worker has its own.
type holder struct {
	*shingleIndex
	compared func(a, b int) bool
	aligner  Aligner
	hashes   []uint64 // of the shingles of the text at hand
	met      []uint16 // of each text, its indexed shingles in the one at hand, counted; zeros between texts
	hits     []uint32 // texts that were met
	found    []Overlap
	counts   ContainmentCounts
}

// find adds the overlaps of text d with those that it holds enough of.
func (h *holder) find(d int) {
	text := h.text(d)
	h.meet(text.Words)
	started := false
	for _, hit := range h.hits {
		y := int(hit)
		enough := h.met[y] >= h.chosen[y].least
		h.met[y] = 0
		if y == d {
			continue
		}
		h.counts.Met++
		if !enough || h.compared != nil && !h.compared(d, y) {
			continue
		}
		if !started {
			h.aligner.Start(text)
			started = true
		}
		h.counts.Checked++
		if other := h.text(y); h.aligner.holds(other, h.lacking(other)) {
			o := Overlap{A: int32(d), B: int32(y)}
			o.AInB, o.BInA = h.aligner.Shares(other)
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
