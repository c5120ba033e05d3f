package cluster

import "encoding/binary"

// The two loops in which a join spends most of its time. Each has a portable
// form here and, where the processor allows, one in assembly with the same
// results bit by bit.

// block is the number of slots that are swept at once.
const block = 16

// A list is a run of entries that are all multiplied by one weight.
type list struct {
	from, to uint32
	weight   uint16
}

// addProductsPortable adds the products of the weights in each list with the
// list's own, in units of 65,536 and rounded up, to acc at their slots.
func addProductsPortable(acc *[1 << 16]uint16, slots, weights []uint16, lists []list) {
	for _, l := range lists {
		weights := weights[l.from:l.to]
		for i, slot := range slots[l.from:l.to] {
			acc[slot] += uint16((uint32(weights[i])*uint32(l.weight) + 0xffff) >> 16)
		}
	}
}

// sweepPortable notes in found the blocks of acc that have a slot with
// acc[slot] + norms[slot]*norm of at least least, puts the others to zero and
// returns how many it found. No sum may exceed 16 bits, nor least 15: then lanes
// of 16 bits can be added and compared four at a time, for a lane is at least
// least if its highest bit is set, or is once 2^15 - least is added.
func sweepPortable(acc []uint16, norms []uint8, norm, least uint16, found []uint32) int {
	const each = 1<<48 | 1<<32 | 1<<16 | 1
	const high = 0x8000 * each
	bias := (0x8000 - uint64(least)) * each
	n := 0
	for b := range len(acc) / block {
		own := (*[block]uint16)(acc[b*block:])
		var over uint64
		for i := 0; i < block; i += 4 {
			lanes := uint64(binary.LittleEndian.Uint32(norms[b*block+i:]))
			lanes = (lanes | lanes<<16) & 0x0000ffff_0000ffff
			lanes = (lanes | lanes<<8) & 0x00ff00ff_00ff00ff
			sum := lanes*uint64(norm) + (uint64(own[i]) | uint64(own[i+1])<<16 | uint64(own[i+2])<<32 | uint64(own[i+3])<<48)
			over |= sum | (sum&^high + bias)
		}
		if over&high != 0 {
			found[n] = uint32(b)
			n++
		} else {
			*own = [block]uint16{}
		}
	}
	return n
}
