package corpus

import (
	"cmp"
	"hash/fnv"
	"slices"

	"qissa/internal/winnow"
)

// A Sample is the articles that tell what outlets add to theirs, and how many they stand
// for: those that [Corpus.FindBoilerplate] looks at, chosen without the texts of all.
type Sample struct {
	At      []int64 // ascending
	Outlets map[string]SampledOutlet
}

// A SampledOutlet is an outlet of a sample.
type SampledOutlet struct {
	Articles int
	Share    float64 // of those whose title no earlier one has: the sampled ones
}

// A Sampler makes a sample. It holds eight bytes for each title of each outlet.
type Sampler struct{ outlets map[string]*sampling }

type sampling struct {
	articles, titles int
	seen             map[uint64]struct{}
	best             []sampled
}

type sampled struct {
	hash uint64
	at   int64
}

// Add adds an article, which is behind all before: where it stands, its outlet, its id,
// and the hash of its title.
func (s *Sampler) Add(at int64, outlet, id string, title uint64) {
	o := s.outlets[outlet]
	if o == nil {
		o = &sampling{seen: map[uint64]struct{}{}}
		if s.outlets == nil {
			s.outlets = map[string]*sampling{}
		}
		s.outlets[outlet] = o
	}
	o.articles++
	if _, again := o.seen[title]; again {
		return
	}
	o.seen[title] = struct{}{}
	o.titles++
	h := fnv.New64a()
	h.Write([]byte(id))
	if o.best = append(o.best, sampled{h.Sum64(), at}); len(o.best) == 2*sampleSize {
		o.cut()
	}
}

// cut keeps those of the least hashes.
func (o *sampling) cut() {
	slices.SortFunc(o.best, func(x, y sampled) int { return cmp.Or(cmp.Compare(x.hash, y.hash), cmp.Compare(x.at, y.at)) })
	o.best = o.best[:min(len(o.best), sampleSize)]
}

// Sample returns the sample of what was added.
func (s *Sampler) Sample() *Sample {
	all := &Sample{Outlets: map[string]SampledOutlet{}}
	for name, o := range s.outlets {
		o.cut()
		all.Outlets[name] = SampledOutlet{o.articles, min(1, float64(sampleSize)/float64(max(o.titles, 1)))}
		for _, x := range o.best {
			all.At = append(all.At, x.at)
		}
	}
	slices.Sort(all.At)
	return all
}

// TitleHashes returns a hash of the words of each title that depends on these alone.
func (c *Corpus) TitleHashes() []uint64 {
	word, all := winnow.Texts(c.Words), make([]uint64, c.Len())
	for i := range all {
		for _, w := range c.Title(i) {
			all[i] = (all[i] ^ word[w]) * odd
			all[i] ^= all[i] >> 29
		}
	}
	return all
}
