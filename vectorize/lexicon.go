package vectorize

import "strings"

// A Lexicon numbers distinct words from 0, in the order in which they are
// first seen. The zero value is ready.
type Lexicon struct {
	Words []string // by number

	number map[string]uint32
}

// Number returns the number of the word, a new one if it was not seen before.
// The word is copied then, so it may share memory with a text.
func (l *Lexicon) Number(word string) uint32 {
	if n, ok := l.number[word]; ok {
		return n
	}
	if l.number == nil {
		l.number = map[string]uint32{}
	}
	word = strings.Clone(word)
	n := uint32(len(l.Words))
	l.number[word] = n
	l.Words = append(l.Words, word)
	return n
}
