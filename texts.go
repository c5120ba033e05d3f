package qissa

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

// noTerm marks a word that is not indexed.
const noTerm = ^uint32(0)

// texts holds the words of all articles as numbers.
type texts struct {
	words   []string   // distinct normalised words, by number
	term    []uint32   // the term of each word, noTerm for stop words
	kind    []uint8    // of each word
	leaning []int8     // of each word; see directionOf
	terms   []string   // distinct index terms, by number
	seq     [][]uint32 // word numbers by block of articles: title, then body, of each
	start   []int      // of each article's words, counted over all blocks
	title   []int      // words in each title

	place      [][]byte // where the words of each block stand, packed; see places
	placeStart []int    // of each article's in the block
	frame      []frame  // of each body; see findFrames
	bulletin   []int32  // of each article; see findBulletins
	twin       []int32  // of each article, nil for none; see findTwins

	number      []uint32 // the distinct numbers of all articles, as word numbers, ascending in each
	numberStart []int    // of each article's in number
}

func (t *texts) len() int            { return len(t.title) }
func (t *texts) head(i int) []uint32 { return t.all(i)[:t.title[i]] }

// all returns the words of an article.
func (t *texts) all(i int) []uint32 {
	block := i / parallel.Block
	first := t.start[block*parallel.Block]
	return t.seq[block][t.start[i]-first : t.start[i+1]-first]
}

// body returns the words of a body without its frame.
func (t *texts) body(i int) []uint32 {
	body, f := t.all(i)[t.title[i]:], t.frame[i]
	return body[f.above : len(body)-f.below]
}

// readTexts cuts all articles into words and numbers them. Workers number
// words for themselves; the numbers meet at the end. The words go to spill; see
// [Options].
func readTexts(ctx context.Context, articles []article.Article, jobs int, spill func([]byte) []byte, progress func(done, total int)) (*texts, error) {
	blocks := parallel.Blocks(len(articles))
	t := &texts{seq: make([][]uint32, blocks), start: make([]int, len(articles)+1), title: make([]int, len(articles)), frame: make([]frame, len(articles))}
	t.place, t.placeStart = make([][]byte, blocks), make([]int, len(articles))
	reader := make([]int, blocks)
	workers := make([]wordReader, jobs)
	err := parallel.ForBlocks(ctx, blocks, jobs, progress, func(worker, b int) {
		r := &workers[worker]
		r.words, r.places = r.words[:0], r.places[:0]
		for i := b * parallel.Block; i < min((b+1)*parallel.Block, len(articles)); i++ {
			before := len(r.words)
			t.placeStart[i] = len(r.places)
			r.read(articles[i].Title, 0)
			t.title[i] = len(r.words) - before
			r.read(articles[i].LoadBody(&r.memory), utf8.RuneCountInString(articles[i].Title)+1)
			t.start[i+1] = len(r.words) - before
		}
		t.seq[b], t.place[b], reader[b] = slices.Clone(r.words), slices.Clone(r.places), worker
		if spill != nil {
			t.place[b] = spill(t.place[b])
		}
	})
	if err != nil {
		return nil, err
	}
	for i := range articles {
		t.start[i+1] += t.start[i]
	}
	all := &workers[0].lexicon
	global := make([][]uint32, jobs) // of the first worker, its own
	for w := 1; w < jobs; w++ {
		for _, word := range workers[w].lexicon.Words {
			global[w] = append(global[w], all.Number(word))
		}
	}
	err = parallel.ForBlocks(ctx, blocks, jobs, nil, func(_, b int) {
		if to := global[reader[b]]; to != nil {
			for i, n := range t.seq[b] {
				t.seq[b][i] = to[n]
			}
		}
		t.seq[b] = spilled(t.seq[b], spill)
	})
	if err != nil {
		return nil, err
	}
	t.words = all.Words
	t.findTerms()
	t.findNumbers()
	return t, nil
}

// A wordReader numbers the words of texts.
type wordReader struct {
	reader  arabic.Reader
	lexicon vectorize.Lexicon
	found   []string // words of the text at hand
	words   []uint32
	places  []byte
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
		r.places = binary.AppendVarint(r.places, int64(begins+w.Start-r.last))
		r.places = binary.AppendUvarint(r.places, uint64(w.End-w.Start))
		r.last = begins + w.End
	}
	for _, word := range r.found {
		r.words = append(r.words, r.lexicon.Number(word))
	}
}

// places returns where the words of an article stand in its stored text, in
// code points.
func (t *texts) places(i int) []span { return t.firstPlaces(nil, i, len(t.all(i))) }

// firstPlaces adds where the first words of an article stand.
func (t *texts) firstPlaces(places []span, i, words int) []span {
	packed := t.place[i/parallel.Block][t.placeStart[i]:]
	last := 0
	for range words {
		var gap, length int
		if len(packed) > 1 && packed[0]|packed[1] < 0x80 { // nearly always
			gap, length = int(packed[0]>>1)^-int(packed[0]&1), int(packed[1])
			packed = packed[2:]
		} else {
			g, n := binary.Varint(packed)
			l, m := binary.Uvarint(packed[n:])
			gap, length = int(g), int(l)
			packed = packed[n+m:]
		}
		at := span{last + gap, last + gap + length}
		places = append(places, at)
		last = at[1]
	}
	return places
}

// spilled moves values to where spill puts them; nil leaves them.
func spilled[T uint32 | cluster.Cosines | cluster.Pair](values []T, spill func([]byte) []byte) []T {
	if spill == nil || len(values) == 0 {
		return values
	}
	kept := spill(unsafe.Slice((*byte)(unsafe.Pointer(&values[0])), len(values)*int(unsafe.Sizeof(values[0]))))
	return unsafe.Slice((*T)(unsafe.Pointer(&kept[0])), len(values))
}

// findTerms finds the index term of every distinct word.
func (t *texts) findTerms() {
	var stems vectorize.Lexicon
	t.term, t.kind, t.leaning = make([]uint32, len(t.words)), make([]uint8, len(t.words)), make([]int8, len(t.words))
	direction := directionOf()
	for n, w := range t.words {
		t.term[n], t.kind[n], t.leaning[n] = noTerm, kindOf(w), direction[w]
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
			if t.isNumber(w) {
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
