package vectorize

import (
	"math/bits"
	"strings"
)

// A Lexicon numbers distinct words from 0, in the order in which they are
// first seen. The zero value is ready.
type Lexicon struct {
	Words []string // by number

	short []slot // words of at most 16 bytes, which nearly all are, by their hash
	used  int    // slots in use
	long  map[string]uint32
}

// A slot holds a short word in itself: looking a word up in a table of strings
// waits for memory three times, here once. A table of our own is 2 to 3 times
// as fast as a map, and looking up is half of counting words.
type slot struct {
	key    shortKey
	number uint32 // 1 + the number of the word, 0 in a free slot
}

// A shortKey is a word of at most 16 bytes: its first and its last 8, 4 or fewer
// bytes, which may overlap, and its length.
type shortKey struct {
	head, tail uint64
	size       uint32
}

const shortest = 1 << 10 // slots of a table at first

// Number returns the number of the word, a new one if it was not seen before.
// The word is copied then, so it may share memory with a text.
func (l *Lexicon) Number(word string) uint32 {
	if len(word) > 16 {
		return l.numberLong(word)
	}
	if 2*l.used >= len(l.short) {
		l.grow()
	}
	key := keyOf(word)
	at := key.find(l.short)
	if l.short[at].number == 0 {
		l.short[at] = slot{key, uint32(len(l.Words)) + 1}
		l.Words = append(l.Words, strings.Clone(word))
		l.used++
	}
	return l.short[at].number - 1
}

func (l *Lexicon) numberLong(word string) uint32 {
	if n, ok := l.long[word]; ok {
		return n
	}
	if l.long == nil {
		l.long = map[string]uint32{}
	}
	word = strings.Clone(word)
	n := uint32(len(l.Words))
	l.long[word] = n
	l.Words = append(l.Words, word)
	return n
}

// grow doubles the table of short words.
func (l *Lexicon) grow() {
	before := l.short
	l.short = make([]slot, max(shortest, 2*len(before)))
	for _, s := range before {
		if s.number != 0 {
			l.short[s.key.find(l.short)] = s
		}
	}
}

// find returns the slot of the key, or the free one where it belongs.
func (k shortKey) find(table []slot) int {
	const odd = 0x9E3779B97F4A7C15
	high, low := bits.Mul64(k.head^uint64(k.size)^odd, k.tail*odd|1)
	mask := len(table) - 1
	at := int(high^low) & mask
	for table[at].number != 0 && table[at].key != k {
		at = (at + 1) & mask
	}
	return at
}

func keyOf(s string) shortKey {
	n := len(s)
	k := shortKey{size: uint32(n)}
	switch {
	case n >= 8:
		k.head, k.tail = load64(s), load64(s[n-8:])
	case n >= 4:
		k.head, k.tail = uint64(load32(s)), uint64(load32(s[n-4:]))
	case n > 0:
		k.head = uint64(s[0]) | uint64(s[n/2])<<8 | uint64(s[n-1])<<16
	}
	return k
}

func load64(s string) uint64 { return uint64(load32(s)) | uint64(load32(s[4:]))<<32 }

func load32(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}
