package vectorize

import (
	"math/bits"
	"strings"
)

// A Lexicon numbers distinct words from 0, in the order in which they are
// first seen. The zero value is ready.
type Lexicon struct {
	Words []string // by number

	keys  []shortKey // of the words of at most 16 bytes, which nearly all are, by number
	table []slot     // of these, by hash
	used  int        // slots in use
	long  map[string]uint32
}

// A slot holds the hash of a short word and its number. A table of our own is 2 to 3
// times as fast as a map, and looking up is half of counting words: slots are small,
// and the keys of frequent words stand together.
type slot struct {
	hash   uint32
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
	if 2*l.used >= len(l.table) {
		l.grow()
	}
	key := keyOf(word)
	hash, mask := key.hash(), len(l.table)-1
	for at := int(hash) & mask; ; at = (at + 1) & mask {
		switch s := &l.table[at]; {
		case s.number == 0:
			n := l.add(word, key)
			l.used++
			*s = slot{hash, n + 1}
			return n
		case s.hash == hash && l.keys[s.number-1] == key:
			return s.number - 1
		}
	}
}

// add adds a new word.
func (l *Lexicon) add(word string, key shortKey) uint32 {
	l.Words = append(l.Words, strings.Clone(word))
	l.keys = append(l.keys, key)
	return uint32(len(l.Words)) - 1
}

func (l *Lexicon) numberLong(word string) uint32 {
	if n, ok := l.long[word]; ok {
		return n
	}
	if l.long == nil {
		l.long = map[string]uint32{}
	}
	n := l.add(word, shortKey{})
	l.long[l.Words[n]] = n
	return n
}

// grow doubles the table of short words.
func (l *Lexicon) grow() {
	before := l.table
	l.table = make([]slot, max(shortest, 2*len(before)))
	mask := len(l.table) - 1
	for _, s := range before {
		if s.number == 0 {
			continue
		}
		at := int(s.hash) & mask
		for l.table[at].number != 0 {
			at = (at + 1) & mask
		}
		l.table[at] = s
	}
}

func (k shortKey) hash() uint32 {
	const odd = 0x9E3779B97F4A7C15
	high, low := bits.Mul64(k.head^uint64(k.size)^odd, k.tail*odd|1)
	return uint32(high ^ low)
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
