package cluster

import (
	"context"
	"math/bits"
	"sync"
	"sync/atomic"
	"unsafe"

	"qissa/internal/parallel"
)

// A shingleIndex is the indexed shingles of texts, by hash.
type shingleIndex struct {
	text     func(i int) Text
	least    float64
	jobs     int
	words    int64
	chosen   []stretch // of each text
	shift    int       // the bits of a hash from here on are its bucket
	start    []uint32  // postings of bucket b: posting[start[b]:start[b+1]]
	posting  []uint32  // a text in the lower bits and, in the others, bits of the hash
	textBits uint32    // the bits of a posting that are a text

	mu     sync.Mutex
	done   int // texts, in all passes
	report func(done, total int)
}

// passes is how often all texts are gone through once their words are counted.
const passes = 5

func newShingleIndex(ctx context.Context, n int, text func(i int) Text, c Containment) *shingleIndex {
	x := &shingleIndex{text: text, least: c.Least, jobs: c.Jobs, chosen: make([]stretch, n), report: c.Progress}
	often := x.countWords(ctx)
	var total atomic.Int64
	x.each(ctx, 0, len(x.chosen), func() func(d int) {
		r := rarest{often: often}
		return func(d int) {
			t := x.text(d)
			x.chosen[d] = r.stretch(t, x.lacking(t))
			total.Add(int64(x.chosen[d].to - x.chosen[d].from))
		}
	})
	x.fill(ctx, often, int(total.Load()))
	return x
}

// lacking is how many words of a text another may lack that holds enough of it.
func (x *shingleIndex) lacking(t Text) int { return t.own() - leastWords(t.own(), x.least) }

// each calls for the texts from from up to to what newDo returned to the worker that
// takes them.
func (x *shingleIndex) each(ctx context.Context, from, to int, newDo func() func(d int)) {
	const block = 16
	var taken atomic.Int64
	parallel.Workers(ctx, x.jobs, func(ctx context.Context, _ int) {
		do := newDo()
		for ctx.Err() == nil {
			first := from + int(taken.Add(block)) - block
			if first >= to {
				return
			}
			last := min(first+block, to)
			for d := first; d < last; d++ {
				do(d)
			}
			x.advance(last - first)
		}
	})
}

func (x *shingleIndex) advance(texts int) {
	if x.report == nil {
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.done += texts
	x.report(x.done, passes*len(x.chosen))
}

// countWords counts how often each word stands in all texts.
func (x *shingleIndex) countWords(ctx context.Context) (often []uint32) {
	for d := range x.chosen {
		if d%1024 == 0 && ctx.Err() != nil {
			break
		}
		words := x.text(d).Words
		x.words += int64(len(words))
		for _, w := range words {
			if int(w) >= len(often) {
				often = append(often, make([]uint32, int(w)+1-len(often))...)
			}
			often[w]++
		}
	}
	return often
}

// fill puts the shingles of the stretches into buckets.
func (x *shingleIndex) fill(ctx context.Context, often []uint32, total int) {
	size := bits.Len(uint(total / 2))
	x.shift = 64 - size
	x.textBits = 1<<bits.Len(uint(len(x.chosen))) - 1
	x.start = make([]uint32, 1<<size+2)
	indexed := func(do func(d int, hashes []uint64)) {
		x.each(ctx, 0, len(x.chosen), func() func(d int) {
			var hashes []uint64
			return func(d int) {
				hashes = x.indexed(d, often, hashes[:0])
				do(d, hashes)
			}
		})
	}
	// start[b+2] is the size of bucket b; then, summed up, where b+1 begins.
	indexed(func(_ int, hashes []uint64) {
		for _, h := range hashes {
			prefetch(unsafe.Pointer(&x.start[h>>x.shift+2]))
		}
		for _, h := range hashes {
			atomic.AddUint32(&x.start[h>>x.shift+2], 1)
		}
	})
	for b := 2; b < len(x.start); b++ {
		x.start[b] += x.start[b-1]
	}
	x.posting = make([]uint32, x.start[len(x.start)-1])
	// start[b+1] is where bucket b begins; as postings come it moves to where b+1 begins.
	indexed(func(d int, hashes []uint64) {
		for _, h := range hashes {
			prefetch(unsafe.Pointer(&x.start[h>>x.shift+1]))
		}
		for _, h := range hashes {
			x.posting[atomic.AddUint32(&x.start[h>>x.shift+1], 1)-1] = x.postingOf(h, d)
		}
	})
}

// postingOf is the posting of a shingle of a text.
func (x *shingleIndex) postingOf(hash uint64, text int) uint32 {
	return uint32(hash)&^x.textBits | uint32(text)
}

// indexed adds the hashes of the shingles of a text that are in the index: those
// of its stretch that may stand twice and are not of a frame.
func (x *shingleIndex) indexed(d int, often []uint32, hashes []uint64) []uint64 {
	t := x.text(d)
	for i := int(x.chosen[d].from); i < int(x.chosen[d].to); i++ {
		if s := shingleAt(t.Words, i); s.often(often) > 0 && !t.framed(i, i+ShareRun) {
			hashes = append(hashes, s.hash())
		}
	}
	return hashes
}
