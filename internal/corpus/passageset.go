package corpus

import (
	"context"
	"maps"
	"slices"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/parallel"
	"qissa/internal/winnow"
)

// A Passage is words that an outlet repeats in articles of different stories: a
// notice, the background to an affair.
type Passage struct {
	Outlet string
	Words  []string
}

// passageGap is how many words may stand inside a passage: a date, an author.
const passageGap = 5

// withoutLongPassages returns the corpus with passages of bodies framed.
func (c *Corpus) withoutLongPassages(ctx context.Context, articles []article.Article, outlet []int, passages []Passage, jobs int) (*Corpus, error) {
	if len(passages) == 0 {
		return c, nil
	}
	numberOf := map[string]int{}
	for i, o := range outlet {
		numberOf[articles[i].Source] = o
	}
	set := newPassageSet(c, passages, numberOf)
	found := make([]map[int32][]cluster.Passage, parallel.Jobs(jobs))
	err := parallel.Each(ctx, c.Len(), jobs, nil, func(worker, i int) {
		if list := set.in(c.All(i)[c.title[i]:], outlet[i]); list != nil {
			if found[worker] == nil {
				found[worker] = map[int32][]cluster.Passage{}
			}
			found[worker][int32(i)] = list
		}
	})
	inside := map[int32][]cluster.Passage{}
	for _, of := range found {
		maps.Copy(inside, of)
	}
	return c.withFrames(frames{c.frames.margins, inside}), err
}

// A passageSet tells where the passages of outlets stand in bodies.
type passageSet struct {
	hash  []uint64          // of each distinct word
	grams []map[uint64]bool // by outlet; nil for one without passages
	maybe []uint64          // a bit for the hash of the first two words of each gram, so that most others are told apart
}

// newPassageSet returns a set of passages for a corpus and its outlets, by their names.
// What has words that stand in no article is left out.
func newPassageSet(c *Corpus, passages []Passage, numberOf map[string]int) *passageSet {
	s := &passageSet{hash: c.Hashes(), grams: make([]map[uint64]bool, len(numberOf)), maybe: make([]uint64, maybePairs/64)}
	number := map[string]uint32{}
	for _, p := range passages {
		for _, w := range p.Words {
			number[w] = NoTerm
		}
	}
	for n, w := range c.Words {
		if _, asked := number[w]; asked {
			number[w] = uint32(n)
		}
	}
	for _, p := range passages {
		o, ok := numberOf[p.Outlet]
		if !ok {
			continue
		}
		if s.grams[o] == nil {
			s.grams[o] = map[uint64]bool{}
		}
		words := make([]uint32, len(p.Words))
		for i, w := range p.Words {
			words[i] = number[w]
		}
		for from := range len(words) - passageGram + 1 {
			gram := words[from : from+passageGram]
			if slices.Contains(gram, NoTerm) {
				continue
			}
			pair := pairHash(gram)
			s.maybe[pair/64] |= 1 << (pair % 64)
			s.grams[o][winnow.Hash(gram, s.hash)] = true
		}
	}
	return s
}

// maybePairs is how many hashes of pairs of words are told apart: for thousands of
// passages few of them are set.
const maybePairs = 1 << 20

func pairHash(words []uint32) uint64 {
	return (uint64(words[0])*mixing[0] + uint64(words[1])*mixing[1]) >> 32 % maybePairs
}

// in returns the passages in a body of an outlet, by its number. Passages with at most
// passageGap words between them, a date or a name, are one.
func (s *passageSet) in(body []uint32, outlet int) (found []cluster.Passage) {
	known := s.grams[outlet]
	if known == nil {
		return nil
	}
	for at := range len(body) - passageGram + 1 {
		pair := pairHash(body[at:])
		if s.maybe[pair/64]>>(pair%64)&1 == 0 || !known[winnow.Hash(body[at:at+passageGram], s.hash)] {
			continue
		}
		if last := len(found) - 1; last >= 0 && at <= found[last].To+passageGap {
			found[last].To = at + passageGram
		} else {
			found = append(found, cluster.Passage{From: at, To: at + passageGram})
		}
	}
	found = slices.DeleteFunc(found, func(p cluster.Passage) bool { return p.To-p.From < leastPassage })
	if len(found) == 0 {
		return nil
	}
	return found
}
