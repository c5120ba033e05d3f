package cluster

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Both forms of addProducts give what the sums of real products round up to.
func TestAddProducts(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 5))
		n := r.IntN(200)
		slots, weights := make([]uint16, n+block), make([]uint16, n+block)
		for i := range slots {
			slots[i], weights[i] = uint16(r.IntN(1<<(r.IntN(16)+1))), uint16(r.IntN(1<<15+2))
		}
		var lists []list
		var want, fast, portable [1 << 16]uint16
		for range r.IntN(5) {
			from := r.IntN(n + 1)
			l := list{uint32(from), uint32(from + r.IntN(n-from+1)), uint16(r.IntN(1 << 16))}
			if r.IntN(4) == 0 {
				l.weight &= 0xff00 // products that need no rounding
			}
			lists = append(lists, l)
			for i := l.from; i < l.to; i++ {
				product := uint64(weights[i]) * uint64(l.weight)
				want[slots[i]] += uint16(product / 65536)
				if product%65536 != 0 {
					want[slots[i]]++
				}
			}
		}
		addProducts(&fast, slots, weights, lists)
		addProductsPortable(&portable, slots, weights, lists)
		if fast != want || portable != want {
			t.Fatalf("seed %d: the products of %v are not those of whole numbers (fast %t, portable %t)", seed, lists, fast == want, portable == want)
		}
	}
}

// Both forms of sweep find the blocks that a look at each slot finds, and clear
// the others.
func TestSweep(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 6))
		n := block * r.IntN(9)
		acc, norms := make([]uint16, n), make([]uint8, n)
		norm := uint16(r.IntN(168))
		for i := range acc {
			norms[i] = uint8(r.IntN(168))
			if r.IntN(3) == 0 {
				acc[i] = uint16(r.IntN(32000))
			}
		}
		least := uint16(r.IntN(1 << 15))
		if n > 0 && r.IntN(2) == 0 { // on the edge
			i := r.IntN(n)
			least = min(1<<15-1, acc[i]+norm*uint16(norms[i])+uint16(r.IntN(2)))
		}
		left := slices.Clone(acc)
		var want []uint32
		for b := range n / block {
			hit := false
			for i := b * block; i < (b+1)*block; i++ {
				hit = hit || int(acc[i])+int(norms[i])*int(norm) >= int(least)
			}
			if hit {
				want = append(want, uint32(b))
			} else {
				clear(left[b*block : (b+1)*block])
			}
		}
		for name, f := range map[string]func([]uint16, []uint8, uint16, uint16, []uint32) int{"sweep": sweep, "sweepPortable": sweepPortable} {
			got, found := slices.Clone(acc), make([]uint32, n/block)
			found = found[:f(got, norms, norm, least, found)]
			if !slices.Equal(found, want) || !slices.Equal(got, left) {
				t.Fatalf("seed %d: %s finds blocks %v, want %v; leaves %v, want %v", seed, name, found, want, got, left)
			}
		}
	}
}
