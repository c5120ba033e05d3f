//go:build !purego

package cluster

import "golang.org/x/sys/cpu"

// The assembly reads lists in blocks: slots and weights have room for one after
// any list. It asks for the memory of a list while it adds the second one before
// it: two lists more may be read.
//
//go:noescape
func addProductsAVX2(acc, slots, weights *uint16, lists *list, n int)

//go:noescape
func sweepAVX2(acc *uint16, norms *uint8, blocks int, norm, least uint16, found *uint32) int

func addProducts(acc *[1 << 16]uint16, slots, weights []uint16, lists []list) {
	n := len(lists)
	if !cpu.X86.HasAVX2 || n == 0 {
		addProductsPortable(acc, slots, weights, lists)
		return
	}
	for _, l := range lists {
		_, _ = slots[l.from:l.to+block], weights[l.from:l.to+block]
	}
	lists = append(lists, list{}, list{})
	addProductsAVX2(&acc[0], &slots[0], &weights[0], &lists[0], n)
}

func sweep(acc []uint16, norms []uint8, norm, least uint16, found []uint32) int {
	if !cpu.X86.HasAVX2 {
		return sweepPortable(acc, norms, norm, least, found)
	}
	blocks := len(acc) / block
	if blocks == 0 {
		return 0
	}
	_, _ = norms[blocks*block-1], found[blocks-1]
	return sweepAVX2(&acc[0], &norms[0], blocks, norm, least, &found[0])
}
