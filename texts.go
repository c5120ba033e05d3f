package qissa

import (
	"context"
	"slices"
	"sync"

	"qissa/article"
	"qissa/vectorize"
	"qissa/vectorize/arabic"
)

// noTerm marks a word that is not indexed.
const noTerm = ^uint32(0)

// texts holds the words of all articles as numbers.
type texts struct {
	words []string // distinct normalised words, by number
	term  []uint32 // the term of each word, noTerm for stop words
	kind  []uint8  // of each word: noNumber, number or amount
	terms []string // distinct index terms, by number
	start []int    // of each article's words in seq
	seq   []uint32 // word numbers: title, then body
	title []int    // words in each title
	frame []frame  // of each body; see findFrames

	number      []uint32 // the distinct numbers of all articles, as word numbers, ascending in each
	numberStart []int    // of each article's in number
}

func (t *texts) len() int            { return len(t.title) }
func (t *texts) all(i int) []uint32  { return t.seq[t.start[i]:t.start[i+1]] }
func (t *texts) head(i int) []uint32 { return t.all(i)[:t.title[i]] }

// body returns the words of a body without its frame.
func (t *texts) body(i int) []uint32 {
	body, f := t.all(i)[t.title[i]:], t.frame[i]
	return body[f.above : len(body)-f.below]
}

// blockSize is how many articles a worker takes at a time.
const blockSize = 256

// readTexts cuts all articles into words and numbers them. Workers number
// words for themselves; the numbers meet at the end.
func readTexts(ctx context.Context, articles []article.Article, jobs int, progress func(done, total int)) (*texts, error) {
	type block struct {
		worker int
		seq    []uint32
		length []int
		title  []int
	}
	blocks := make([]block, (len(articles)+blockSize-1)/blockSize)
	lexicons := make([]vectorize.Lexicon, jobs)
	err := forBlocks(ctx, len(blocks), jobs, progress, func(worker, b int) {
		lex := &lexicons[worker]
		out := block{worker: worker}
		for _, a := range articles[b*blockSize : min((b+1)*blockSize, len(articles))] {
			before := len(out.seq)
			for w := range arabic.Words(a.Title) {
				out.seq = append(out.seq, lex.Number(w.Text))
			}
			out.title = append(out.title, len(out.seq)-before)
			for w := range arabic.Words(a.Body) {
				out.seq = append(out.seq, lex.Number(w.Text))
			}
			out.length = append(out.length, len(out.seq)-before)
		}
		blocks[b] = out
	})
	if err != nil {
		return nil, err
	}
	var all vectorize.Lexicon
	global := make([][]uint32, jobs)
	for w := range lexicons {
		for _, word := range lexicons[w].Words {
			global[w] = append(global[w], all.Number(word))
		}
	}
	total := 0
	for _, b := range blocks {
		total += len(b.seq)
	}
	t := &texts{words: all.Words, start: []int{0}, seq: make([]uint32, 0, total)}
	for i, b := range blocks {
		for _, n := range b.seq {
			t.seq = append(t.seq, global[b.worker][n])
		}
		blocks[i].seq = nil
		for i, n := range b.length {
			t.start = append(t.start, t.start[len(t.start)-1]+n)
			t.title = append(t.title, b.title[i])
		}
	}
	t.findTerms()
	t.findNumbers()
	t.frame = make([]frame, t.len())
	return t, nil
}

// findTerms finds the index term of every distinct word.
func (t *texts) findTerms() {
	var stems vectorize.Lexicon
	t.term, t.kind = make([]uint32, len(t.words)), make([]uint8, len(t.words))
	for n, w := range t.words {
		t.term[n], t.kind[n] = noTerm, kindOf(w)
		if !arabic.IsStop(w) {
			t.term[n] = stems.Number(arabic.Stem(w))
		}
	}
	t.terms = stems.Words
}

// findNumbers lists the numbers of every article.
func (t *texts) findNumbers() {
	t.numberStart = make([]int, 1, t.len()+1)
	for i := range t.len() {
		from := len(t.number)
		for _, w := range t.all(i) {
			if t.kind[w] != noNumber {
				t.number = append(t.number, w)
			}
		}
		slices.Sort(t.number[from:])
		t.number = t.number[:from+len(slices.Compact(t.number[from:]))]
		t.numberStart = append(t.numberStart, len(t.number))
	}
}

// numbers returns the distinct numbers of an article, as word numbers, ascending.
func (t *texts) numbers(i int) []uint32 { return t.number[t.numberStart[i]:t.numberStart[i+1]] }

// renumber gives terms new numbers: order lists the old ones.
func (t *texts) renumber(order []uint32) {
	to, terms := make([]uint32, len(order)), make([]string, len(order))
	for now, old := range order {
		to[old] = uint32(now)
		terms[now] = t.terms[old]
	}
	for w, old := range t.term {
		if old != noTerm {
			t.term[w] = to[old]
		}
	}
	t.terms = terms
}

// forEach calls do for each number below n, on several workers.
func forEach(ctx context.Context, n, jobs int, do func(i int)) error {
	blocks := (n + blockSize - 1) / blockSize
	return forBlocks(ctx, blocks, jobs, nil, func(_, b int) {
		for i := b * blockSize; i < min((b+1)*blockSize, n); i++ {
			do(i)
		}
	})
}

// forBlocks calls do for each block, on several workers. It returns early with
// the context's error.
func forBlocks(ctx context.Context, blocks, jobs int, progress func(done, total int), do func(worker, block int)) error {
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		next int
		done int
	)
	take := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		if next == blocks || ctx.Err() != nil {
			return 0, false
		}
		next++
		return next - 1, true
	}
	for worker := range jobs {
		wg.Go(func() {
			for b, ok := take(); ok; b, ok = take() {
				do(worker, b)
				mu.Lock()
				done++
				if progress != nil {
					progress(done, blocks)
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}
