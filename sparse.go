package qissa

import "math/bits"

// A sparse holds values for some of the numbers from 0 on. Of a hundred million
// pairs few are alike enough to have one.
type sparse[T any] []sparseBlock[T]

type sparseBlock[T any] struct {
	has    [blockSize / 64]uint64 // a bit for each number of the block
	values []T                    // of those, by number
}

func newSparse[T any](numbers int) sparse[T] {
	return make(sparse[T], (numbers+blockSize-1)/blockSize)
}

// add gives a number its value. Numbers of a block come in ascending order;
// different blocks may be filled by different goroutines.
func (s sparse[T]) add(number int, value T) {
	b, at := &s[number/blockSize], number%blockSize
	b.has[at/64] |= 1 << (at % 64)
	b.values = append(b.values, value)
}

// has tells whether a number has a value.
func (s sparse[T]) has(number int) bool {
	at := number % blockSize
	return s[number/blockSize].has[at/64]>>(at%64)&1 != 0
}

// at returns the value of a number, nil if it has none.
func (s sparse[T]) at(number int) *T {
	if !s.has(number) {
		return nil
	}
	b, at := &s[number/blockSize], number%blockSize
	bit := uint64(1) << (at % 64)
	before := bits.OnesCount64(b.has[at/64] & (bit - 1))
	for _, word := range b.has[:at/64] {
		before += bits.OnesCount64(word)
	}
	return &b.values[before]
}

// len is how many numbers have a value.
func (s sparse[T]) len() (n int) {
	for i := range s {
		n += len(s[i].values)
	}
	return n
}
