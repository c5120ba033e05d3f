package cluster

import (
	"cmp"
	"context"
	"slices"
	"sort"
)

// A timeline puts the documents in order of time, undated ones first. The
// position of a document in it is its place. A place x pairs with the earlier
// places that are undated or in near[x]:x.
type timeline struct {
	doc   []int32 // document at each place
	near  []int32 // first dated place within the window of each place
	dated int     // first dated place
}

// newTimeline returns a timeline of n documents. It is useless once ctx is
// cancelled.
func newTimeline(ctx context.Context, n int, times []int64, window int64) timeline {
	t := timeline{doc: make([]int32, n), near: make([]int32, n), dated: n}
	for i := range t.doc {
		t.doc[i] = int32(i)
	}
	if times == nil {
		for p := range t.near {
			t.near[p] = int32(n)
		}
		return t
	}
	calls, stopped := 0, false
	slices.SortFunc(t.doc, func(a, b int32) int {
		// A large sort must not outlast its context: let it run out.
		if calls++; calls%4096 == 0 {
			stopped = ctx.Err() != nil
		}
		if stopped {
			return 0
		}
		return cmp.Or(cmp.Compare(times[a], times[b]), cmp.Compare(a, b))
	})
	t.dated = sort.Search(n, func(p int) bool { return times[t.doc[p]] != Undated })
	near := t.dated
	for p := range t.near {
		if window > 0 && p >= t.dated && !stopped {
			// The difference of two int64 in order always fits a uint64.
			now := uint64(times[t.doc[p]])
			for now-uint64(times[t.doc[near]]) > uint64(window) {
				near++
			}
		}
		t.near[p] = int32(near)
	}
	return t
}

// pairs reports whether places y and x, y before x, are within the window.
func (t *timeline) pairs(y, x int32) bool { return y >= t.near[x] || int(y) < t.dated }

// until returns the place after the last one that pairs with the places
// first:last, which are all dated or all undated.
func (t *timeline) until(first, last int) int {
	n := len(t.doc)
	if first < t.dated {
		return n
	}
	return last + sort.Search(n-last, func(i int) bool { return int(t.near[last+i]) >= last })
}

// tiles cuts the timeline into stretches of at most most places, none with both
// dated and undated ones. A stretch of more than least places spans at most
// about a quarter of the window, so that few of its places are too early for
// the later places that are compared with it.
func (t *timeline) tiles(least, most int) [][2]int {
	var tiles [][2]int
	n := len(t.doc)
	for first := 0; first < n; {
		last := min(first+most, n)
		if first < t.dated {
			last = min(last, t.dated)
		} else {
			quarter := (t.until(first, first+1) - first) / 4
			last = min(last, first+max(least, quarter))
		}
		tiles = append(tiles, [2]int{first, last})
		first = last
	}
	return tiles
}
