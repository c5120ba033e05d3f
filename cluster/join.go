package cluster

import (
	"context"
	"fmt"
	"math"
)

// A Join is the settings of [Pairs].
type Join struct {
	MinSim   float64               // least cosine of a pair, above 0 and at most 1
	Window   int64                 // greatest distance in seconds between two dated documents, 0 for no limit
	Nearest  Nearest               // how many earlier documents a document is paired with
	Compared func(a, b int32) bool // tells whether two documents may be a pair at all; nil for all. Called from several goroutines
	Jobs     int                   // workers, 0 or less for one per processor; never changes the result
	Spill    func([]Pair) []Pair   // moves pairs that are read once more out of memory and returns them where they stand; nil leaves them
	Progress func(done, total int) // documents joined so far, from one goroutine at a time; nil for silence
}

// Nearest bounds the pairs of a document with those before it in time: it keeps the
// most similar, the earliest of equals, and all that are alike.
type Nearest struct {
	Dated, Undated int     // how many documents of either kind keep, 0 for all
	Alike          float64 // cosine from which a pair is kept in any case, 0 for none
}

// JoinCounts are the operations that a join took. They are the same on every
// machine and for any number of workers.
type JoinCounts struct {
	Postings int64 // index entries read
	Swept    int64 // accumulators looked at
	Verified int64 // pairs whose similarity was computed at least in part
	Computed int64 // of these, pairs whose similarity was computed in full
	Pairs    int64 // pairs found
}

// Add adds the operations of another join.
func (c *JoinCounts) Add(d JoinCounts) {
	c.Postings += d.Postings
	c.Swept += d.Swept
	c.Verified += d.Verified
	c.Computed += d.Computed
	c.Pairs += d.Pairs
}

// Dot returns the scalar product of rows a and b, which for unit rows is their
// cosine. The products are added one by one in ascending order of terms in
// float64, so the result has the same bits on every machine. It decides every
// similarity of a join.
func Dot(rows Rows, a, b int) float64 {
	i, endA := rows.Start[a], rows.Start[a+1]
	j, endB := rows.Start[b], rows.Start[b+1]
	sum := 0.0
	for i < endA && j < endB {
		switch s, t := rows.Term[i], rows.Term[j]; {
		case s < t:
			i++
		case s > t:
			j++
		default:
			// The conversion forbids a fused multiply-add.
			sum += float64(float64(rows.Weight[i]) * float64(rows.Weight[j]))
			i++
			j++
		}
	}
	return sum
}

// longest is the greatest length of a row: 1 and ample room for rounding.
const longest = 1.001

// checkJoin reports what is wrong with the arguments of Pairs.
func checkJoin(ctx context.Context, rows Rows, times []int64, j Join) error {
	if !(j.MinSim > 0 && j.MinSim <= 1) {
		return fmt.Errorf("least similarity %v: want more than 0 and at most 1", j.MinSim)
	}
	if j.Window < 0 {
		return fmt.Errorf("time window of %d seconds: want 0 or more", j.Window)
	}
	if times != nil && len(times) != rows.Len() {
		return fmt.Errorf("%d times for %d documents", len(times), rows.Len())
	}
	if rows.Len() > math.MaxInt32 {
		return fmt.Errorf("%d documents: want at most %d", rows.Len(), math.MaxInt32)
	}
	for d := range rows.Len() {
		if d%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := checkRow(rows, d); err != nil {
			return err
		}
	}
	return nil
}

func checkRow(rows Rows, d int) error {
	square := 0.0
	for i := rows.Start[d]; i < rows.Start[d+1]; i++ {
		w := float64(rows.Weight[i])
		if !(w > 0) {
			return fmt.Errorf("document %d: weight %v of term %d: want more than 0", d, w, rows.Term[i])
		}
		if i > rows.Start[d] && rows.Term[i] <= rows.Term[i-1] {
			return fmt.Errorf("document %d: term %d after term %d: want ascending terms", d, rows.Term[i], rows.Term[i-1])
		}
		square += w * w
	}
	if square > longest*longest {
		return fmt.Errorf("document %d: length %v: want 1", d, math.Sqrt(square))
	}
	return nil
}
