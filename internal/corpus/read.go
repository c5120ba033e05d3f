package corpus

import (
	"context"
	"encoding/binary"
	"slices"
	"unicode/utf8"
	"unsafe"

	"qissa/article"
	"qissa/cluster"
	"qissa/internal/parallel"
	"qissa/vectorize"
	"qissa/vectorize/arabic"
)

// Options are how articles are read.
type Options struct {
	Jobs     int                   // workers, 0 for one per processor; never changes the result
	Spill    func([]byte) []byte   // moves bytes that are seldom read out of memory and returns them where they stand, at a multiple of 8; nil leaves them
	Progress func(done, total int) // blocks read so far; nil for silence
}

// Read cuts articles into words and numbers them. Workers number words for
// themselves; the numbers meet at the end. Cost linear in the text.
func Read(ctx context.Context, articles []article.Article, opt Options) (*Corpus, error) {
	blocks, n := parallel.Blocks(len(articles)), len(articles)
	c := &Corpus{
		seq: make([][]uint32, blocks), start: make([]int, n+1), title: make([]int, n), frames: frames{margins: make([]Margins, n)},
		packed: make([][]byte, blocks), packedStart: make([]int, n),
	}
	reader := make([]int, blocks)
	workers := make([]wordReader, parallel.Jobs(opt.Jobs))
	err := parallel.ForBlocks(ctx, blocks, len(workers), opt.Progress, func(worker, b int) {
		r := &workers[worker]
		r.words, r.offsets = r.words[:0], r.offsets[:0]
		from, to := parallel.Range(b, n)
		for i := from; i < to; i++ {
			before := len(r.words)
			c.packedStart[i] = len(r.offsets)
			r.read(articles[i].Title, 0)
			c.title[i] = len(r.words) - before
			r.read(articles[i].LoadBody(&r.memory), utf8.RuneCountInString(articles[i].Title)+1)
			c.start[i+1] = len(r.words) - before
		}
		c.seq[b], c.packed[b], reader[b] = slices.Clone(r.words), slices.Clone(r.offsets), worker
		if opt.Spill != nil {
			c.packed[b] = opt.Spill(c.packed[b])
		}
	})
	if err != nil {
		return nil, err
	}
	for i := range articles {
		c.start[i+1] += c.start[i]
	}
	if err := c.numberTogether(ctx, workers, reader, opt); err != nil {
		return nil, err
	}
	c.findTerms()
	c.allNumbers = c.ownNumbers() // nothing is boilerplate yet
	c.numbers = c.allNumbers
	return c, nil
}

// numberTogether gives the words of all workers the numbers of the first one.
// Reader is the worker that read each block.
func (c *Corpus) numberTogether(ctx context.Context, workers []wordReader, reader []int, opt Options) error {
	all := &workers[0].lexicon
	global := make([][]uint32, len(workers)) // of the first worker, its own
	for w := 1; w < len(workers); w++ {
		for _, word := range workers[w].lexicon.Words {
			global[w] = append(global[w], all.Number(word))
		}
	}
	c.Words = all.Words
	return parallel.ForBlocks(ctx, len(c.seq), len(workers), nil, func(_, b int) {
		if to := global[reader[b]]; to != nil {
			for i, n := range c.seq[b] {
				c.seq[b][i] = to[n]
			}
		}
		c.seq[b] = spilled(c.seq[b], opt.Spill)
	})
}

// A wordReader numbers the words of texts.
type wordReader struct {
	reader  arabic.Reader
	lexicon vectorize.Lexicon
	found   []string // words of the text at hand
	words   []uint32
	offsets []byte // packed; see Corpus.Offsets
	last    int    // where the last word ended
	memory  []byte // of compressed bodies
}

// read adds the words of a text that begins at a code point of the stored one.
// They are numbered all at once: each then need not wait for the memory of the one
// before it.
func (r *wordReader) read(text string, begins int) {
	if begins == 0 {
		r.last = 0
	}
	r.found = r.found[:0]
	for w := range r.reader.Words(text) {
		r.found = append(r.found, w.Text)
		r.offsets = binary.AppendVarint(r.offsets, int64(begins+w.Start-r.last))
		r.offsets = binary.AppendUvarint(r.offsets, uint64(w.End-w.Start))
		r.last = begins + w.End
	}
	for _, word := range r.found {
		r.words = append(r.words, r.lexicon.Number(word))
	}
}

// spilled moves words to where spill puts them; nil leaves them.
func spilled(words []uint32, spill func([]byte) []byte) []uint32 {
	if spill == nil || len(words) == 0 {
		return words
	}
	kept := spill(unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), len(words)*4))
	return unsafe.Slice((*uint32)(unsafe.Pointer(&kept[0])), len(words))
}

// findTerms finds the index term of every distinct word.
func (c *Corpus) findTerms() {
	var stems vectorize.Lexicon
	c.Term, c.kind, c.trend = make([]uint32, len(c.Words)), make([]Kind, len(c.Words)), make([]int8, len(c.Words))
	c.cue = make([]cluster.Cues, len(c.Words))
	trend, cue := trendOf(), cueOf()
	for n, w := range c.Words {
		c.Term[n], c.kind[n], c.trend[n] = NoTerm, kindOf(w), trend[w]
		c.cue[n] = cue[w]
		if isFuture(w) {
			c.cue[n] |= cluster.Future
		}
		if !arabic.IsStop(w) {
			c.Term[n] = stems.Number(arabic.Stem(w))
		}
	}
	c.Terms = stems.Words
}

// ownNumbers lists the numbers of every article outside its boilerplate.
func (c *Corpus) ownNumbers() numbers {
	n := numbers{nil, make([]int, 1, c.Len()+1)}
	for i := range c.Len() {
		from := len(n.words)
		for _, words := range c.own(i) {
			for _, w := range words {
				if c.IsNumber(w) {
					n.words = append(n.words, w)
				}
			}
		}
		slices.Sort(n.words[from:])
		n.words = n.words[:from+len(slices.Compact(n.words[from:]))]
		n.start = append(n.start, len(n.words))
	}
	return n
}
