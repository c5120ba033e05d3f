// Package garbage lets more garbage gather, before it is collected, the less memory is in
// use.
package garbage

import (
	"math"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	leastPercent = 25 // of what is in use; below, collecting it takes long
	mostPercent  = 200

	// Tending is how often to tend to a heap: it may grow by some megabytes meanwhile.
	Tending = 10 * time.Millisecond
)

// A Heap is that of the program, of which so many bytes may be garbage.
type Heap struct {
	Spare uint64

	percent int
}

// Tend sets how much garbage may gather by what is in use now. Where the user has set a
// limit of memory, or GOGC, that decides instead.
func (h *Heap) Tend() {
	if debug.SetMemoryLimit(-1) < math.MaxInt64 || os.Getenv("GOGC") != "" {
		return
	}
	if now := h.allowed(Live()); now != h.percent {
		h.percent = now
		debug.SetGCPercent(now) // stops all for a moment
	}
}

// allowed returns how much garbage may gather, in percent of the bytes in use.
func (h *Heap) allowed(live uint64) int {
	return int(max(leastPercent, min(mostPercent, h.Spare*100/max(live, 1))))
}

// Live returns the bytes that the last collection of garbage left.
func Live() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
