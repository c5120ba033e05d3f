package qissa

import (
	"context"
	"slices"

	"qissa/internal/parallel"
)

// mostRounds is how many rounds of a template before and after it an article is
// compared with: those that have its words but for numbers. More of them are no
// news: pages of an error, each with its code; n of them would else take n² pairs.
var mostRounds int32 = 50

// A round is the place of an article among those with its words but for numbers.
type round struct {
	template int32 // the first of them
	place    int32
}

// rounds are the places of all articles; nil if no template has many.
type rounds []round

// findRounds finds the rounds of the articles that are compared.
func (t *texts) findRounds(template []int32) rounds {
	next := make([]int32, len(template))
	most := int32(0)
	all := make(rounds, len(template))
	for i, first := range template {
		all[i] = round{first, next[first]}
		if t.compared(i) {
			next[first]++
		}
		most = max(most, next[first])
	}
	if most <= mostRounds {
		return nil
	}
	return all
}

// near tells whether two articles are to be compared: not rounds of one template
// with many others between them.
func (r rounds) near(a, b int32) bool {
	return r == nil || r[a].template != r[b].template || max(r[a].place-r[b].place, r[b].place-r[a].place) <= mostRounds
}

// sameWords returns for each article the first one with its words, in title and
// body, and its frame. Cost linear in the words.
func (t *texts) sameWords(ctx context.Context, jobs int) ([]int32, error) {
	return t.firstWith(ctx, jobs, hashWords, func(i, j int) bool {
		return t.title[i] == t.title[j] && t.frame[i] == t.frame[j] && slices.Equal(t.all(i), t.all(j))
	})
}

// sameTemplate returns for each article the first one with its words but for
// numbers. Cost linear in the words.
func (t *texts) sameTemplate(ctx context.Context, jobs int) ([]int32, error) {
	hash := func(words []uint32) (h uint64) {
		for _, w := range words {
			if !t.isNumber(w) {
				h = hashed(h, w)
			}
		}
		return h
	}
	rest := func(i int) []uint32 { return slices.DeleteFunc(slices.Clone(t.all(i)), t.isNumber) }
	return t.firstWith(ctx, jobs, hash, func(i, j int) bool { return slices.Equal(rest(i), rest(j)) })
}

// firstWith returns for each article the first one that is the same, as those are
// whose words have the same hash, but for chance.
func (t *texts) firstWith(ctx context.Context, jobs int, hashOf func(words []uint32) uint64, same func(i, j int) bool) ([]int32, error) {
	hash := make([]uint64, t.len())
	err := parallel.Each(ctx, t.len(), jobs, nil, func(_, i int) { hash[i] = hashOf(t.all(i)) })
	if err != nil {
		return nil, err
	}
	first, last := make([]int32, t.len()), make(map[uint64]int32, t.len())
	before := make([]int32, t.len()) // 1 + the last one before with the hash that is not the same
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

// hashWords is a hash of words in sequence.
func hashWords(words []uint32) (h uint64) {
	for _, w := range words {
		h = hashed(h, w)
	}
	return h
}

// hashed adds a word to a hash.
func hashed(h uint64, word uint32) uint64 {
	h = (h ^ uint64(word)) * mixing[0]
	return h ^ h>>29
}
