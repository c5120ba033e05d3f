package cluster

// A tile is the index of a stretch of at most 65,536 places. Its documents sit
// in slots, ordered by their first indexed band so that one group of slots
// shares it; groups are padded to whole words of four slots.
type tile struct {
	first, last int                 // the places in the tile
	until       int                 // the place after the last one that is compared with it
	place       []int32             // place in each slot, -1 in padding
	group       [bands + 2]int      // first word of each group, then the number of words
	norm        [bands + 1][]uint64 // by band: norms of the slots of the groups up to it, four to a word
	start       []uint32            // entries of term t: post[start[t]:start[t+1]]
	post        []uint32            // slot in the upper half, weight in the lower, in weightUnit, rounded up
	touchable   bool                // pairs that share no indexed term are not similar enough
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
	var size [bands + 1]int
	for p := t.first; p < t.last; p++ {
		s := &e.sketch[p]
		size[s.first]++
		t.touchable = t.touchable && e.touchable(s)
	}
	words := 0
	var next [bands + 1]int
	for g, n := range size {
		t.group[g], next[g] = words, 4*words
		words += (n + 3) / 4
	}
	t.group[bands+1] = words
	place := resize(t.place, 4*words)
	for i := range place {
		place[i] = -1
	}
	for p := t.first; p < t.last; p++ {
		g := e.sketch[p].first
		place[next[g]] = int32(p)
		next[g]++
	}
	return place
}

func (t *tile) fillNorms(e *engine) {
	for k := range t.norm {
		t.norm[k] = resize(t.norm[k], t.group[k+1])
		clear(t.norm[k])
	}
	for slot, p := range t.place {
		if p < 0 {
			continue
		}
		s := &e.sketch[p]
		for k := int(s.first); k <= bands; k++ {
			t.norm[k][slot/4] |= uint64(s.norm[k]) << (slot % 4 * 16)
		}
	}
}

func (t *tile) fillPosts(e *engine) {
	terms := int(e.cuts[bands])
	t.start = resize(t.start, terms+2)
	clear(t.start)
	total := 0
	for p := t.first; p < t.last; p++ {
		s := &e.sketch[p]
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
	t.post = resize(t.post, total)
	for slot, p := range t.place {
		if p < 0 {
			continue
		}
		s := &e.sketch[p]
		for i := s.from; i < s.to; i++ {
			at := &t.start[e.rows.Term[i]+1]
			weight := uint32(e.rows.Weight[i]*weightUnit) + 1
			t.post[*at] = uint32(slot)<<16 | weight
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
