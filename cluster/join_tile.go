package cluster

// A tile is the index of a stretch of at most 65,536 places. Its documents sit
// in slots, ordered by their first indexed band. Slots are swept in blocks; the
// band of a block is the greatest first band in it, which is right for all its
// slots: from a later band on the bounds are only further apart.
type tile struct {
	first, last int                // the places in the tile
	until       int                // the place after the last one that is compared with it
	place       []int32            // place in each slot, -1 in padding
	group       [bands + 2]int     // first block of each band, then the number of blocks
	norm        [bands + 1][]uint8 // by band: norms of the slots of the blocks of bands up to it
	start       []uint32           // entries of term t: slot[start[t]:start[t+1]]
	slot        []uint16           // of each entry
	weight      []uint16           // of each entry, in weightUnit, rounded up
	touchable   bool               // pairs that share no indexed term are not similar enough
}

const weightUnit = 1 << 15 // resolution of indexed weights

// build fills t from the places first:last, reusing the memory of t.
func (t *tile) build(e *engine, first, last int) {
	t.first, t.last, t.until = first, last, e.time.until(first, last)
	t.place = t.arrange(e)
	t.fillNorms(e)
	t.fillPosts(e)
}

// arrange sorts the places into slots by first indexed band.
func (t *tile) arrange(e *engine) []int32 {
	t.touchable = true
	var next [bands + 2]int // next[g+1]: the next free slot of band g, once sizes are summed up
	for p := t.first; p < t.last; p++ {
		s := &e.bounds[p]
		next[s.first+1]++
		t.touchable = t.touchable && e.touchable(s)
	}
	n := t.last - t.first
	blocks := (n + block - 1) / block
	for g := range bands + 1 {
		next[g+1] += next[g]
		t.group[g] = next[g] / block
		if next[g] == n {
			t.group[g] = blocks
		}
	}
	t.group[bands+1] = blocks
	place := resize(t.place, block*blocks)
	for i := range place {
		place[i] = -1
	}
	for p := t.first; p < t.last; p++ {
		g := e.bounds[p].first
		place[next[g]] = int32(p)
		next[g]++
	}
	return place
}

func (t *tile) fillNorms(e *engine) {
	for k := range t.norm {
		t.norm[k] = resize(t.norm[k], block*t.group[k+1])
		clear(t.norm[k])
	}
	for g := range bands + 1 {
		for slot := block * t.group[g]; slot < block*t.group[g+1]; slot++ {
			if p := t.place[slot]; p >= 0 {
				for k := g; k <= bands; k++ {
					t.norm[k][slot] = e.bounds[p].norm[k]
				}
			}
		}
	}
}

func (t *tile) fillPosts(e *engine) {
	terms := int(e.cuts[bands])
	t.start = resize(t.start, terms+2)
	clear(t.start)
	total := 0
	for p := t.first; p < t.last; p++ {
		s := &e.bounds[p]
		for _, term := range e.rows.Term[s.from:s.to] {
			t.start[term+2]++
		}
		total += s.to - s.from
	}
	for i := 2; i < len(t.start); i++ {
		t.start[i] += t.start[i-1]
	}
	// start[term+1] is where term begins; as entries come it moves to where
	// term+1 begins.
	t.slot, t.weight = resize(t.slot, total+block), resize(t.weight, total+block)
	for slot, p := range t.place {
		if p < 0 {
			continue
		}
		s := &e.bounds[p]
		for i := s.from; i < s.to; i++ {
			at := &t.start[e.rows.Term[i]+1]
			t.slot[*at] = uint16(slot)
			t.weight[*at] = uint16(e.rows.Weight[i]*weightUnit) + 1
			*at++
		}
	}
}

// resize returns a slice of length n with unknown contents, s itself if it has room.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n+n/8)[:n]
	}
	return s[:n]
}
