package passages

import (
	"cmp"
	"context"
	"math/bits"
	"slices"
	"sync/atomic"

	"qissa/internal/parallel"
	"qissa/internal/winnow"
)

// An anchor is a chosen sequence of words: its hash, and where it stands.
type anchor struct {
	hash uint64
	at   Place
}

const (
	bucketBits   = 8       // of a hash, so many anchors are sorted together
	mostAnchors  = 1 << 24 // that are collected at a time: 256 MB
	bitsToAnchor = 8       // of each of two sets: one sequence in eight that stands once is taken for one that does not
	mostBits     = 1 << 31 // of each: 256 MB
)

// findAnchors goes through the texts: once to tell the sequences apart that stand once, then
// as often as the others do not fit into memory. It calls do for the places of each sequence
// that stands in several texts, in order.
func (f *finder) findAnchors(ctx context.Context, do func(worker int, places []anchor)) error {
	words := 0
	for i := range f.Len {
		words += len(f.Words(i))
	}
	// Of each window one sequence is chosen, and half of the time the same as of the last.
	size := uint64(1) << bits.Len64(uint64(min(mostBits-1, bitsToAnchor*2*words/(f.window+1)+64)))
	once, twice := make([]uint64, size/64), make([]uint64, size/64)
	var counts [1 << bucketBits]atomic.Int64
	set := func(bits []uint64, h uint64) bool { return atomic.OrUint64(&bits[h%size/64], 1<<(h%64))>>(h%64)&1 == 1 }
	err := f.eachAnchor(ctx, func(_ int, a anchor) {
		if set(once, a.hash) {
			set(twice, a.hash)
			counts[a.hash>>(64-bucketBits)].Add(1)
		}
	})
	if err != nil {
		return err
	}
	for from := 0; from < len(counts); {
		to, sum := from, int64(0) // of each sequence that stands n times n-1 were counted
		for to < len(counts) && (to == from || sum+2*counts[to].Load() <= mostAnchors) {
			sum += 2 * counts[to].Load()
			to++
		}
		buckets, err := f.collect(ctx, from, to, func(h uint64) bool { return twice[h%size/64]>>(h%64)&1 == 1 })
		if err != nil {
			return err
		}
		err = parallel.ForBlocks(ctx, len(buckets), f.jobs, nil, func(worker, b int) {
			eachHash(buckets[b], func(places []anchor) { do(worker, places) })
			buckets[b] = nil
		})
		if err != nil {
			return err
		}
		if from = to; f.progress != nil {
			f.progress(to, len(counts))
		}
	}
	return nil
}

// collect returns the anchors in buckets from one up to another that are wanted.
func (f *finder) collect(ctx context.Context, from, to int, wanted func(uint64) bool) ([][]anchor, error) {
	parts := make([][][]anchor, f.jobs)
	for w := range parts {
		parts[w] = make([][]anchor, to-from)
	}
	err := f.eachAnchor(ctx, func(worker int, a anchor) {
		if b := int(a.hash >> (64 - bucketBits)); from <= b && b < to && wanted(a.hash) {
			parts[worker][b-from] = append(parts[worker][b-from], a)
		}
	})
	for b := range to - from {
		for w := 1; w < len(parts); w++ {
			parts[0][b] = append(parts[0][b], parts[w][b]...)
			parts[w][b] = nil
		}
	}
	return parts[0], err
}

// eachAnchor calls do for each chosen sequence of each text that is not set aside.
func (f *finder) eachAnchor(ctx context.Context, do func(worker int, a anchor)) error {
	memory := make([][]uint64, f.jobs)
	return parallel.Each(ctx, f.Len, f.jobs, nil, func(worker, i int) {
		if f.folded != nil && f.folded[i] {
			return
		}
		memory[worker] = winnow.Grams(memory[worker][:0], f.Words(i), f.Hash, f.gram)
		winnow.Choose(memory[worker], f.window, func(at int) {
			do(worker, anchor{memory[worker][at], Place{int32(i), int32(at)}})
		})
	})
}

// eachHash sorts the anchors of a bucket, and calls do for those of one hash that stand in
// several texts.
func eachHash(anchors []anchor, do func([]anchor)) {
	slices.SortFunc(anchors, func(a, b anchor) int { return cmp.Or(cmp.Compare(a.hash, b.hash), byPlace(a.at, b.at)) })
	for from := 0; from < len(anchors); {
		to := from + 1
		for to < len(anchors) && anchors[to].hash == anchors[from].hash {
			to++
		}
		if anchors[from].at.Text != anchors[to-1].at.Text {
			do(anchors[from:to])
		}
		from = to
	}
}
