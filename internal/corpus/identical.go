package corpus

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"qissa/internal/parallel"
)

// SameWords returns for each article the first one with its words, in title and
// body, and its boilerplate. Cost linear in the words.
func (c *Corpus) SameWords(ctx context.Context, jobs int) ([]int32, error) {
	return c.firstWith(ctx, jobs, hashWords, func(i, j int) bool {
		return c.title[i] == c.title[j] && c.frames.same(i, j) && slices.Equal(c.All(i), c.All(j))
	})
}

// SameTemplate returns for each article the first one with its words but for
// numbers. Cost linear in the words.
func (c *Corpus) SameTemplate(ctx context.Context, jobs int) ([]int32, error) {
	hash := func(words []uint32) (h uint64) {
		for _, w := range words {
			if !c.IsNumber(w) {
				h = hashed(h, w)
			}
		}
		return h
	}
	rest := func(i int) []uint32 { return slices.DeleteFunc(slices.Clone(c.All(i)), c.IsNumber) }
	return c.firstWith(ctx, jobs, hash, func(i, j int) bool { return slices.Equal(rest(i), rest(j)) })
}

// firstWith returns for each article the first one that is the same, as those are
// whose words have the same hash, but for chance.
func (c *Corpus) firstWith(ctx context.Context, jobs int, hashOf func(words []uint32) uint64, same func(i, j int) bool) ([]int32, error) {
	hash := make([]uint64, c.Len())
	err := parallel.Each(ctx, c.Len(), jobs, nil, func(_, i int) { hash[i] = hashOf(c.All(i)) })
	if err != nil {
		return nil, err
	}
	first, last := make([]int32, c.Len()), make(map[uint64]int32, c.Len())
	before := make([]int32, c.Len()) // 1 + the last one before with the hash that is not the same
	for i := range first {
		first[i] = int32(i)
		at := last[hash[i]]
		for before[i] = at; at > 0; at = before[at-1] {
			if j := int(at - 1); same(i, j) {
				first[i] = int32(j)
				break
			}
		}
		if first[i] == int32(i) {
			last[hash[i]] = int32(i + 1)
		}
	}
	return first, nil
}

// A Digest tells words apart without them: half of what SHA-256 makes of them, which no two
// have by chance.
type Digest [sha256.Size / 2]byte

// Digests returns for each article for which it is true, nil for all, a digest that just those have too whose
// [Corpus.SameWords] is the same, in any corpus, and one for [Corpus.SameTemplate].
func (c *Corpus) Digests(ctx context.Context, jobs int, wanted func(i int) bool) (words, template []Digest, err error) {
	words, template = make([]Digest, c.Len()), make([]Digest, c.Len())
	memory := make([][]byte, parallel.Jobs(jobs))
	return words, template, parallel.Each(ctx, c.Len(), jobs, nil, func(worker, i int) {
		if wanted != nil && !wanted(i) {
			return
		}
		m := c.frames.margins[i]
		frame := []int{c.title[i], int(m.Above), int(m.Below), int(m.Before), int(m.After)}
		for _, p := range c.frames.inside[int32(i)] {
			frame = append(frame, p.From, p.To)
		}
		b := binary.AppendUvarint(memory[worker][:0], uint64(len(frame)))
		for _, n := range frame {
			b = binary.AppendUvarint(b, uint64(n))
		}
		words[i], b = c.digest(b, c.All(i))
		template[i], b = c.digest(b[:0], slices.DeleteFunc(slices.Clone(c.All(i)), c.IsNumber))
		memory[worker] = b
	})
}

// digest returns the digest of bytes and words, and all that it is of.
func (c *Corpus) digest(b []byte, words []uint32) (Digest, []byte) {
	for _, w := range words {
		b = append(append(b, c.Words[w]...), 0)
	}
	sum := sha256.Sum256(b)
	return Digest(sum[:sha256.Size/2]), b
}
