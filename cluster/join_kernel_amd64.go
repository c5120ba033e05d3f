//go:build !purego

package cluster

import "golang.org/x/sys/cpu"

// A slice of slots or weights has room for a whole block after any list in it:
// the assembly reads lists in blocks.

//go:noescape
func addProductsAVX2(acc, slots, weights *uint16, n int, w uint16)

//go:noescape
func sweepAVX2(acc *uint16, norms *uint8, blocks int, norm, least uint16, found *uint32) int

func addProducts(acc *[1 << 16]uint16, slots, weights []uint16, w uint16) {
	if !cpu.X86.HasAVX2 {
		addProductsPortable(acc, slots, weights, w)
	} else if n := len(slots); n > 0 {
		_, _ = slots[:n+block], weights[:n+block]
		addProductsAVX2(&acc[0], &slots[0], &weights[0], n, w)
	}
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
