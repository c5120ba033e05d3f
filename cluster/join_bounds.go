package cluster

import (
	"context"
	"math"
)

const (
	bands = 32 // ranges of terms by document frequency, frequent first

	// lengthUnit is the resolution of the lengths of heads, and its square that
	// of similarities, which are added up in 16 bits: a similarity takes up to 15,
	// and a bound of one up to twice as much, where heads overlap indexed parts.
	lengthUnit = 167
	simUnit    = lengthUnit * lengthUnit
	bandUnit   = 250 // resolution of the lengths of single bands

	mostIndexed = 4096 // entries of a row that are indexed; each may round up by one simUnit

	roundUp = 1 + 1e-9 // more than all rounding of float64 in what it multiplies
)

// The bounds of a document limit its similarity to others from above, without a look
// at its frequent terms. Its head is the bands before first.
type bounds struct {
	norm     [bands + 1]uint8 // length of the bands before each, in lengthUnit, rounded up
	band     [bands]uint8     // length of each band, in bandUnit, rounded up
	first    uint8            // first indexed band
	from, to int              // the indexed entries, by their place in Rows
}

// bandCuts returns the first term of each band, then the end of the last band,
// after which all terms are in one document only: they lengthen a row, but never
// meet. The bands' document frequencies fall from 0.6 of all documents to 0.0002
// of them by equal factors. Terms need only roughly be in order of frequency: a
// band begins where it would if they were. The cuts are useless once ctx is
// cancelled.
func bandCuts(ctx context.Context, rows Rows) [bands + 1]uint32 {
	var count []int
	for i, t := range rows.Term {
		if i%(1<<20) == 0 && ctx.Err() != nil {
			break
		}
		if int(t) >= len(count) {
			count = append(count, make([]int, int(t)+1-len(count))...)
		}
		count[t]++
	}
	var least [bands]float64 // documents that a term before each band has more than
	for b := range bands {
		least[b] = 0.6 * math.Pow(0.0002/0.6, float64(b-1)/float64(bands-2)) * float64(rows.Len())
	}
	var cuts [bands + 1]uint32
	for t, c := range count {
		if c > 1 {
			cuts[bands] = uint32(t) + 1
		}
		for b := bands - 1; b > 0 && float64(c) > least[b]; b-- {
			cuts[b]++
		}
	}
	for b := range bands {
		cuts[b] = min(cuts[b], cuts[bands])
	}
	return cuts
}

// newBounds returns the bounds of a document whose head is at most head long,
// unless too many entries would be indexed.
func newBounds(rows Rows, d int, cuts *[bands + 1]uint32, head float64) bounds {
	var s bounds
	var starts [bands + 1]int
	square := 0.0
	i, end := rows.Start[d], rows.Start[d+1]
	for b := range bands {
		starts[b] = i
		own := 0.0
		for ; i < end && rows.Term[i] < cuts[b+1]; i++ {
			w := float64(rows.Weight[i])
			own += w * w
		}
		square += own
		s.band[b] = uint8(math.Ceil(math.Sqrt(own) * roundUp * bandUnit))
		s.norm[b+1] = uint8(math.Ceil(math.Sqrt(square) * roundUp * lengthUnit))
	}
	starts[bands] = i
	first := 0
	for first < bands && (float64(s.norm[first+1]) <= head*lengthUnit || i-starts[first] > mostIndexed) {
		first++
	}
	s.first, s.from, s.to = uint8(first), starts[first], i
	return s
}
