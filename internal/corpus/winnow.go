package corpus

import "qissa/internal/winnow"

// leastPassage is the least number of words of a passage: as short as notices are, and
// longer than what two articles of one outlet share by chance. passageGram of them in
// sequence are hashed; with windows of winnowing of the rest, two texts that share a
// passage have a mark in common.
const (
	leastPassage  = 15
	passageGram   = 8
	winnowingOver = leastPassage - passageGram + 1
)

func grams(to []uint64, words []uint32, hash []uint64) []uint64 {
	return winnow.Grams(to, words, hash, passageGram)
}

// Hashes returns a hash of each distinct word that depends on its text alone.
func (c *Corpus) Hashes() []uint64 { return winnow.Texts(c.Words) }
