//go:build !amd64 || purego

package cluster

func addProducts(acc *[1 << 16]uint16, slots, weights []uint16, lists []list) {
	addProductsPortable(acc, slots, weights, lists)
}

func sweep(acc []uint16, norms []uint8, norm, least uint16, found []uint32) int {
	return sweepPortable(acc, norms, norm, least, found)
}
