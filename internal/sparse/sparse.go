// Package sparse holds values for some of many numbers, such as those of the few
// of a hundred million pairs that are alike enough to have one.
package sparse

import (
	"math/bits"

	"qissa/internal/parallel"
)

// block is how many numbers stand together: what one worker fills.
const block = parallel.Block

// Values are values for some of the numbers from 0 on.
type Values[T any] []values[T]

type values[T any] struct {
	has    [block / 64]uint64 // a bit for each number of the block
	values []T                // of those, by number
}

// New returns room for values of the numbers below numbers; none has one yet.
func New[T any](numbers int) Values[T] {
	return make(Values[T], (numbers+block-1)/block)
}

// Add gives a number its value. Numbers of a block come in ascending order;
// different blocks may be filled by different goroutines.
func (s Values[T]) Add(number int, value T) {
	b, at := &s[number/block], number%block
	b.has[at/64] |= 1 << (at % 64)
	b.values = append(b.values, value)
}

// Has reports whether a number has a value.
func (s Values[T]) Has(number int) bool {
	at := number % block
	return s[number/block].has[at/64]>>(at%64)&1 != 0
}

// At returns the value of a number, nil if it has none.
func (s Values[T]) At(number int) *T {
	if !s.Has(number) {
		return nil
	}
	b, at := &s[number/block], number%block
	bit := uint64(1) << (at % 64)
	before := bits.OnesCount64(b.has[at/64] & (bit - 1))
	for _, word := range b.has[:at/64] {
		before += bits.OnesCount64(word)
	}
	return &b.values[before]
}

// Len is how many numbers have a value.
func (s Values[T]) Len() (n int) {
	for i := range s {
		n += len(s[i].values)
	}
	return n
}
