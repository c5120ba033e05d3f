package cluster

import "math"

// A scanner compares documents with tiles. Every worker has its own.
type scanner struct {
	e      *engine
	acc    []uint16  // upper bound of the indexed similarity of x with each slot, in simUnit; zeros between scans
	dense  []float32 // weights of x by term while loaded, else zeros
	loaded bool
	lists  []list
	hits   []uint32 // slot in the upper half, acc in the lower
	counts JoinCounts
	found  []Pair // with places for documents
}

// A list is the entries of one term of x in a tile.
type list struct {
	from, to uint32
	weight   uint32
}

func newScanner(e *engine) *scanner {
	return &scanner{e: e, acc: make([]uint16, 4*(1<<14)), dense: make([]float32, e.cuts[bands])}
}

// queryUnit is the resolution of the weights of x: the product with an indexed
// weight, shifted by 16 bits, is in simUnit.
const queryUnit = simUnit * (1 << 16) / weightUnit

// scan finds the pairs of place x with the earlier places in t.
func (s *scanner) scan(t *tile, x int) {
	total := s.collect(t, x)
	s.counts.Postings += int64(total)
	sx := &s.e.sketch[x]
	s.hits = s.hits[:0]
	if t.touchable && s.e.touchable(sx) && total*s.e.tune.sweepFrom < len(t.place) {
		s.touch(t, sx)
	} else {
		s.accumulate(t)
		s.sweep(t, sx)
	}
	for _, h := range s.hits {
		s.check(t, x, h)
	}
	if s.loaded {
		s.load(x, false)
	}
}

// collect notes the lists of the indexed terms of x and returns their total length.
func (s *scanner) collect(t *tile, x int) int {
	s.lists = s.lists[:0]
	total := 0
	from, to := s.e.sketch[x].from, s.e.sketch[x].to
	weights := s.e.rows.Weight[from:to]
	for i, term := range s.e.rows.Term[from:to] {
		if from, to := t.start[term], t.start[term+1]; from < to {
			s.lists = append(s.lists, list{from, to, uint32(weights[i]*queryUnit) + 1})
			total += int(to - from)
		}
	}
	return total
}

// accumulate adds the products of the lists up in acc.
func (s *scanner) accumulate(t *tile) {
	acc := (*[1 << 16]uint16)(s.acc)
	for _, l := range s.lists {
		w, post := l.weight, t.post[l.from:l.to]
		for len(post) >= 4 {
			p, q, r, v := post[0], post[1], post[2], post[3]
			acc[p>>16] += uint16((p&0xffff*w + 0xffff) >> 16)
			acc[q>>16] += uint16((q&0xffff*w + 0xffff) >> 16)
			acc[r>>16] += uint16((r&0xffff*w + 0xffff) >> 16)
			acc[v>>16] += uint16((v&0xffff*w + 0xffff) >> 16)
			post = post[4:]
		}
		for _, p := range post {
			acc[p>>16] += uint16((p&0xffff*w + 0xffff) >> 16)
		}
	}
}

// touch does what accumulate and sweep do by keeping a list of the slots that
// were met.
func (s *scanner) touch(t *tile, sx *sketch) {
	acc := (*[1 << 16]uint16)(s.acc)
	for _, l := range s.lists {
		for _, p := range t.post[l.from:l.to] {
			slot := p >> 16
			if acc[slot] == 0 {
				s.hits = append(s.hits, slot<<16)
			}
			acc[slot] += uint16((p&0xffff*l.weight + 0xffff) >> 16)
		}
	}
	s.counts.Swept += int64(len(s.hits))
	kept := s.hits[:0]
	for _, h := range s.hits {
		slot := h >> 16
		a := uint32(acc[slot])
		acc[slot] = 0
		sy := &s.e.sketch[t.place[slot]]
		k := max(sx.first, sy.first)
		if a+uint32(sx.norm[k])*uint32(sy.norm[k]) >= s.e.least {
			kept = append(kept, h|a)
		}
	}
	s.hits = kept
}

// sweep looks at all slots, notes those that may be similar enough, and puts
// acc back to zero.
func (s *scanner) sweep(t *tile, sx *sketch) {
	s.counts.Swept += int64(len(t.place))
	k := int(sx.first)
	s.sweepWords(0, t.norm[k], uint64(sx.norm[k]))
	for k++; k <= bands; k++ {
		if from, to := t.group[k], t.group[k+1]; from < to {
			s.sweepWords(from, t.norm[k][from:to], uint64(sx.norm[k]))
		}
	}
}

// sweepWords sweeps the slots from word on, whose norms are given, for an x of
// norm nx. Lanes of 16 bits are added and compared all four at once: no sum
// exceeds 15 bits, and adding 2^15 - least sets the highest bit if it is at
// least least.
func (s *scanner) sweepWords(word int, norms []uint64, nx uint64) {
	const each = 1<<48 | 1<<32 | 1<<16 | 1
	const high = 0x8000 * each
	bias := (0x8000 - uint64(s.e.least)) * each
	acc := s.acc[4*word : 4*(word+len(norms))]
	for i, n := range norms {
		a := (*[4]uint16)(acc[4*i:])
		v := uint64(a[0]) | uint64(a[1])<<16 | uint64(a[2])<<32 | uint64(a[3])<<48
		if (v+n*nx+bias)&high != 0 {
			for lane := range 4 {
				if uint32(a[lane])+uint32(n>>(16*lane)&0xffff)*uint32(nx) >= s.e.least {
					s.hits = append(s.hits, uint32(4*(word+i)+lane)<<16|uint32(a[lane]))
				}
			}
		}
		a[0], a[1], a[2], a[3] = 0, 0, 0, 0
	}
}

// check decides whether x and the document of a hit are a pair, by ever closer
// bounds and at last by their similarity.
func (s *scanner) check(t *tile, x int, hit uint32) {
	e := s.e
	y := t.place[hit>>16]
	if y < 0 || int(y) >= x || !e.time.pairs(y, int32(x)) {
		return
	}
	sx, sy := &e.sketch[x], &e.sketch[y]
	k := max(sx.first, sy.first)
	heads := uint32(0)
	for b := range k {
		heads += uint32(sx.band[b]) * uint32(sy.band[b])
	}
	tails := float64(hit&0xffff) / simUnit
	if tails+float64(heads)/(bandUnit*bandUnit) < e.minSim/roundUp {
		return
	}
	if !s.loaded {
		s.load(x, true)
	}
	s.counts.Verified++
	sim, i := 0.0, e.rows.Start[e.time.doc[y]]
	for ; i < sy.to && e.rows.Term[i] < e.cuts[k]; i++ {
		sim += float64(float64(s.dense[e.rows.Term[i]]) * float64(e.rows.Weight[i]))
	}
	if (tails+sim)*roundUp < e.minSim {
		return
	}
	s.counts.Computed++
	for ; i < sy.to; i++ {
		sim += float64(float64(s.dense[e.rows.Term[i]]) * float64(e.rows.Weight[i]))
	}
	if sim >= e.minSim {
		s.found = append(s.found, Pair{A: y, B: int32(x), Sim: sim})
	}
}

// load puts the weights of x where its terms find them, or zeros there again.
func (s *scanner) load(x int, on bool) {
	d, to := s.e.time.doc[x], s.e.sketch[x].to
	s.loaded = on
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
