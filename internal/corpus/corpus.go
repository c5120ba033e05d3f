// Package corpus holds articles as numbered words.
//
// [Read] cuts the articles into words once and numbers them; everything after it
// compares numbers. What an outlet puts on every page is found by
// [Corpus.FindBoilerplate] and left out by [Corpus.WithoutBoilerplate]. A corpus does not
// change: each step returns another one, which shares what is the same.
//
//	corpus.go               the words of an article, its title, its body
//	read.go                 articles → numbered words
//	offsets.go              where the words stand in the stored text
//	kind.go                 numbers, weekdays, amounts
//	trend.go                does an article open with a rise or a fall?
//	cues.go                 at what step of an affair does it stand?
//	places.go               terms that are places
//	parts.go                an agency item in several parts
//	toll.go                 how many victims an article tells of
//	frame.go                an article without what its outlet adds to it
//	boilerplate.go          what outlets add, all together
//	affixes.go              around titles
//	passages.go             long passages that an outlet repeats: finding them
//	passageset.go           and where they stand
//	winnow.go, hash.go      hashes of words in sequence
//	boilerplate_ngrams.go   five-word sequences at the ends of bodies
//	bulletin.go             bulletins of a day
//	identical.go            the same words, the same words but for numbers
package corpus

import (
	"slices"

	"qissa/cluster"
	"qissa/internal/parallel"
)

// NoTerm marks a word that is not indexed.
const NoTerm = ^uint32(0)

// A Corpus is articles as numbered words, in the order in which they were read.
type Corpus struct {
	Words []string // distinct normalised words, by number
	Term  []uint32 // the index term of each word, [NoTerm] for stop words
	Terms []string // distinct index terms, by number

	kind  []Kind         // of each word
	trend []int8         // of each word: 1 for one of rising, -1 for one of falling
	cue   []cluster.Cues // of each word
	seq   [][]uint32     // word numbers by block of articles: title, then body, of each
	start []int          // of each article's words, counted over all blocks
	title []int          // words in each title

	packed      [][]byte // where the words of each block stand; see Offsets
	packedStart []int    // of each article's in the block
	frames      frames

	numbers, allNumbers numbers // outside of boilerplate, and with it
}

// Len returns the number of articles.
func (c *Corpus) Len() int { return len(c.title) }

// All returns the words of an article: title, then body.
func (c *Corpus) All(i int) []uint32 {
	block := i / parallel.Block
	first := c.start[block*parallel.Block]
	return c.seq[block][c.start[i]-first : c.start[i+1]-first]
}

// TitleLen returns the number of words of a title.
func (c *Corpus) TitleLen(i int) int { return c.title[i] }

// numbers are the distinct numbers of each article, as word numbers, ascending.
type numbers struct {
	words []uint32 // of all articles
	start []int    // of each article's in words
}

func (n numbers) of(i int) []uint32 { return n.words[n.start[i]:n.start[i+1]] }

// Numbers returns the distinct numbers of an article outside its boilerplate, as word
// numbers, ascending.
func (c *Corpus) Numbers(i int) []uint32 { return c.numbers.of(i) }

// AllNumbers returns those in its boilerplate too.
func (c *Corpus) AllNumbers(i int) []uint32 { return c.allNumbers.of(i) }

// Kind returns the kind of a word, by its number.
func (c *Corpus) Kind(word uint32) Kind { return c.kind[word] }

// IsNumber reports whether a word, by its number, is one in digits.
func (c *Corpus) IsNumber(word uint32) bool { return c.kind[word] >= Number }

// leastTerms is the least number of different index terms, numbers apart, that
// can tell one story from another: "Cartoon" and "Friday's cartoon" cannot.
const leastTerms = 4

// TooShort reports whether an article has too few terms to be compared.
func (c *Corpus) TooShort(i int) bool {
	var seen [leastTerms]uint32
	n := 0
	for _, words := range c.own(i) {
		for _, w := range words {
			term := c.Term[w]
			if term == NoTerm || c.IsNumber(w) || slices.Contains(seen[:n], term) {
				continue
			}
			seen[n] = term
			if n++; n == leastTerms {
				return false
			}
		}
	}
	return true
}

// Indexed returns how many words of an article are index terms.
func (c *Corpus) Indexed(i int) (n int) {
	for _, words := range c.own(i) {
		for _, w := range words {
			if c.Term[w] != NoTerm {
				n++
			}
		}
	}
	return n
}

// WithTerms returns the corpus with its terms numbered anew: order lists their
// numbers of before. Cost linear in the distinct words.
func (c *Corpus) WithTerms(order []uint32) *Corpus {
	with := *c
	with.Term, with.Terms = make([]uint32, len(c.Term)), make([]string, len(order))
	to := make([]uint32, len(order))
	for now, before := range order {
		to[before] = uint32(now)
		with.Terms[now] = c.Terms[before]
	}
	for w, before := range c.Term {
		with.Term[w] = NoTerm
		if before != NoTerm {
			with.Term[w] = to[before]
		}
	}
	return &with
}
