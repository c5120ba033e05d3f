package cluster

import "math"

// A scanner compares documents with tiles. Every worker has its own.
type scanner struct {
	e      *engine
	acc    *[1 << 16]uint16 // upper bound of the indexed similarity of x with each slot, in simUnit; zeros between scans
	dense  []float32        // weights of x by term while loaded, else zeros
	lists  []list           // the entries of the terms of x in a tile
	blocks []uint32         // blocks that a sweep found
	hits   []uint32         // slot in the upper half, acc in the lower
	near   []near           // what closer bounds leave of the hits
	counts JoinCounts
	found  []Pair // with places for documents
}

func newScanner(e *engine) *scanner {
	return &scanner{e: e, acc: new([1 << 16]uint16), blocks: make([]uint32, 1<<16/block), dense: make([]float32, e.cuts[bands])}
}

// queryUnit is the resolution of the weights of x: the product with an indexed
// weight, shifted by 16 bits, is in simUnit.
const queryUnit = simUnit * (1 << 16) / weightUnit

// scan finds the pairs of place x with the earlier places in t.
func (s *scanner) scan(t *tile, x int) {
	total := s.collect(t, x)
	s.counts.Postings += int64(total)
	sx := &s.e.bounds[x]
	s.hits = s.hits[:0]
	if t.touchable && s.e.touchable(sx) && total*s.e.tune.sweepFrom < len(t.place) {
		s.touch(t, sx)
	} else {
		addProducts(s.acc, t.slot, t.weight, s.lists)
		s.sweep(t, sx)
	}
	s.near = s.near[:0]
	for _, h := range s.hits {
		s.bound(t, x, h)
	}
	if len(s.near) == 0 {
		return
	}
	before := len(s.found)
	s.load(x, true)
	for i := range s.near {
		if i+later < len(s.near) {
			s.e.rows.prefetchStart(s.near[i+later].doc)
		}
		if i+soon < len(s.near) {
			s.e.rows.prefetchRow(s.near[i+soon].doc)
		}
		s.verify(x, &s.near[i])
	}
	s.load(x, false)
	s.found = s.found[:before+len(s.e.nearestOf(s.found[before:], s.e.most(x)))]
}

// collect notes the lists of the indexed terms of x and returns their total length.
func (s *scanner) collect(t *tile, x int) int {
	s.lists = s.lists[:0]
	total := 0
	from, to := s.e.bounds[x].from, s.e.bounds[x].to
	weights := s.e.rows.Weight[from:to]
	for i, term := range s.e.rows.Term[from:to] {
		if from, to := t.start[term], t.start[term+1]; from < to {
			s.lists = append(s.lists, list{from, to, uint16(weights[i]*queryUnit) + 1})
			total += int(to - from)
		}
	}
	return total
}

// touch does what addProducts and sweep do by keeping a list of the slots that
// were met.
func (s *scanner) touch(t *tile, sx *bounds) {
	for _, l := range s.lists {
		weights := t.weight[l.from:l.to]
		for i, slot := range t.slot[l.from:l.to] {
			if s.acc[slot] == 0 {
				s.hits = append(s.hits, uint32(slot)<<16)
			}
			s.acc[slot] += uint16((uint32(weights[i])*uint32(l.weight) + 0xffff) >> 16)
		}
	}
	s.counts.Swept += int64(len(s.hits))
	kept := s.hits[:0]
	for _, h := range s.hits {
		slot := h >> 16
		a := uint32(s.acc[slot])
		s.acc[slot] = 0
		sy := &s.e.bounds[t.place[slot]]
		k := max(sx.first, sy.first)
		if a+uint32(sx.norm[k])*uint32(sy.norm[k]) >= s.e.least {
			kept = append(kept, h|a)
		}
	}
	s.hits = kept
}

// sweep looks at all slots, notes those that may be similar enough, and puts
// acc back to zero.
func (s *scanner) sweep(t *tile, sx *bounds) {
	s.counts.Swept += int64(len(t.place))
	k := int(sx.first)
	s.sweepBlocks(0, t.norm[k], sx.norm[k])
	for k++; k <= bands; k++ {
		if from := t.group[k]; from < t.group[k+1] {
			s.sweepBlocks(from, t.norm[k][from*block:], sx.norm[k])
		}
	}
}

// sweepBlocks sweeps the blocks from first on, whose norms are given, for an x
// of norm nx.
func (s *scanner) sweepBlocks(first int, norms []uint8, nx uint8) {
	acc := s.acc[first*block:][:len(norms)]
	n := sweep(acc, norms, uint16(nx), uint16(s.e.least), s.blocks)
	for _, b := range s.blocks[:n] {
		at := b * block
		for lane := range uint32(block) {
			a := uint32(acc[at+lane])
			if a+uint32(norms[at+lane])*uint32(nx) >= s.e.least {
				s.hits = append(s.hits, (uint32(first)*block+at+lane)<<16|a)
			}
			acc[at+lane] = 0
		}
	}
}

// A near document may be similar enough to x by all bounds that need no weights.
type near struct {
	place, doc int32
	from       uint32  // the first term that its similarity to x is known of
	tails      float64 // at most the similarity from that term on
}

// bound notes the document of a hit where it may pair with x, by its time and by
// the lengths of its bands.
func (s *scanner) bound(t *tile, x int, hit uint32) {
	e := s.e
	y := t.place[hit>>16]
	if y < 0 || int(y) >= x || !e.time.pairs(y, int32(x)) {
		return
	}
	sx, sy := &e.bounds[x], &e.bounds[y]
	k := max(sx.first, sy.first)
	heads := uint32(0)
	for b := range k {
		heads += uint32(sx.band[b]) * uint32(sy.band[b])
	}
	tails := float64(hit&0xffff) / simUnit
	if tails+float64(heads)/(bandUnit*bandUnit) < e.minSim/roundUp {
		return
	}
	doc := e.time.doc[y]
	if e.compared == nil || e.compared(doc, e.time.doc[x]) {
		s.near = append(s.near, near{y, doc, e.cuts[k], tails})
	}
}

// verify computes the similarity of x and a near document, or as much of it as
// shows that they are no pair.
func (s *scanner) verify(x int, y *near) {
	e := s.e
	s.counts.Verified++
	sim, i, to := 0.0, e.rows.Start[y.doc], e.bounds[y.place].to
	for ; i < to && e.rows.Term[i] < y.from; i++ {
		sim += float64(float64(s.dense[e.rows.Term[i]]) * float64(e.rows.Weight[i]))
	}
	if (y.tails+sim)*roundUp < e.minSim {
		return
	}
	s.counts.Computed++
	for ; i < to; i++ {
		sim += float64(float64(s.dense[e.rows.Term[i]]) * float64(e.rows.Weight[i]))
	}
	if sim >= e.minSim {
		s.found = append(s.found, Pair{A: y.place, B: int32(x), Sim: sim})
	}
}

// load puts the weights of x where its terms find them, or zeros there again.
func (s *scanner) load(x int, on bool) {
	d, to := s.e.time.doc[x], s.e.bounds[x].to
	for i := s.e.rows.Start[d]; i < to; i++ {
		if on {
			s.dense[s.e.rows.Term[i]] = s.e.rows.Weight[i]
		} else {
			s.dense[s.e.rows.Term[i]] = 0
		}
	}
}

// least returns the sum in simUnit that a pair must reach.
func leastSum(minSim float64) uint32 {
	return uint32(math.Floor(minSim / roundUp * simUnit))
}
