package report

import (
	"bytes"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"qissa/article"
	"qissa/vectorize"
	"qissa/vectorize/arabic"
)

// The index of words tells in which stories a word stands in a text, so that the page
// finds it without unpacking the texts. It is in parts by a hash of the word: the page
// unpacks the one that it needs.
const (
	indexPart    = 3_000 // articles from which there is one more part, measured: a part unpacks in 40 ms
	commonWord   = 0.02  // share of stories in which a word says little any more: of these only that they are common is kept
	commonLeast  = 50    // stories that a word may always stand in
	longestIndex = 40    // letters of a word that is kept
	foundPiece   = 1 << 16
)

// wordFronts are the article, and the letters before it, that the index drops; the page
// drops the same of what is asked.
var wordFronts = []string{"وال", "فال", "بال", "كال", "لل", "ال"}

// bareWord drops the article in front of a folded word of which three letters are left.
func bareWord(word string) string {
	for _, front := range wordFronts {
		if rest, ok := strings.CutPrefix(word, front); ok && utf8.RuneCountInString(rest) > 2 {
			return rest
		}
	}
	return word
}

// wordPart is the part of the index that has a word: a hash of its UTF-16 code units,
// as the page makes it.
func wordPart(word string, parts int) int {
	hash := 0
	var units [2]uint16
	for _, r := range word {
		for _, unit := range utf16.AppendRune(units[:0], r) {
			hash = (hash*31 + int(unit)) % 65521
		}
	}
	return hash % parts
}

// A wordIndex lists for each word of the texts the stories that have it.
type wordIndex struct {
	words   vectorize.Lexicon // without the article in front
	entries []wordEntry       // by the number of the word
	stories []int32           // of all words, of each ascending

	written vectorize.Lexicon // words as they stand in texts
	forms   []wordForm        // by the number of the written word
	found   [][]posting       // in the order of the stories, in pieces, for a slice would leave four times as much behind as it grows

	most int32 // stories of a word whose stories are written
}

// A wordEntry is what is known of a word. What is asked together stands together: most
// of the time goes into waiting for memory.
type wordEntry struct {
	titled int32 // 1 + the last story in whose titles it stands
	last   int32 // 1 + the last story that it was added to
	count  int32 // of its stories, at most one above those that are written
	end    int32 // of its stories among those of all words
}

// A posting is a word that a story has.
type posting struct{ word, story int32 }

// A wordForm is a word as it is written.
type wordForm struct {
	met  int32 // 1 + the last story in whose texts it stands: most words stand there again
	bare int32 // its number without the article in front
}

// indexWords finds the stories of all words: by the numbers that the run gave them, or,
// where the result was read from files, out of the texts.
func (l *layout) indexWords() *wordIndex {
	index := &wordIndex{most: int32(max(commonLeast, int(commonWord*float64(len(l.v.r.Stories)))))}
	wordsOf := index.readWords(l.v.r.Articles)
	if distinct, of := l.v.r.TextWords(); of != nil {
		index.forms, index.entries = make([]wordForm, 0, len(distinct)), make([]wordEntry, 0, len(distinct))
		for _, word := range distinct {
			index.add(word)
		}
		wordsOf = of
	}
	for n, s := range l.v.r.Stories {
		story := int32(n) + 1
		for _, m := range s.Members { // what stands in titles is found without the index
			title, _ := wordsOf(m.Article)
			for _, w := range title {
				index.entries[index.forms[w].bare].titled = story
			}
		}
		for _, m := range s.Members {
			_, body := wordsOf(m.Article)
			for _, w := range body {
				if form := &index.forms[w]; form.met < story {
					form.met = story
					if index.meet(form.bare, story) {
						form.met = math.MaxInt32 // nothing is asked of it any more
					}
				}
			}
		}
	}
	index.sort()
	return index
}

// meet notes that a word stands in a text of a story, given as 1 + its number. It tells
// whether the word is a common one.
func (x *wordIndex) meet(word, story int32) (common bool) {
	e := &x.entries[word]
	if e.titled != story && e.last != story && e.count <= x.most {
		e.last, e.count = story, e.count+1
		last := len(x.found) - 1
		if last < 0 || len(x.found[last]) == cap(x.found[last]) {
			x.found, last = append(x.found, make([]posting, 0, foundPiece)), last+1
		}
		x.found[last] = append(x.found[last], posting{word, story - 1})
	}
	return e.count > x.most
}

// sort puts what was found in the order of the words, and lets go of what is no longer
// asked.
func (x *wordIndex) sort() {
	end := int32(0)
	for n := range x.entries {
		x.entries[n].end = end // for now, of those that stand there
		end += x.entries[n].count
	}
	x.stories = make([]int32, end)
	for _, piece := range x.found {
		for _, f := range piece {
			e := &x.entries[f.word]
			x.stories[e.end] = f.story
			e.end++
		}
	}
	x.found, x.forms, x.words = nil, nil, vectorize.Lexicon{Words: x.words.Words}
}

// readWords returns a function that reads the words of an article and numbers them.
// What it returns is valid until the next call.
func (x *wordIndex) readWords(articles []article.Article) func(i int) (title, body []uint32) {
	var reader arabic.Reader
	var memory []byte
	var words []uint32
	return func(i int) (title, body []uint32) {
		words = words[:0]
		for w := range reader.Words(articles[i].Title) {
			words = append(words, x.number(w.Text))
		}
		n := len(words)
		for w := range reader.Words(articles[i].LoadBody(&memory)) {
			words = append(words, x.number(w.Text))
		}
		return words[:n], words[n:]
	}
}

// number returns the number of a word as it is written.
func (x *wordIndex) number(word string) uint32 {
	written := x.written.Number(word)
	if int(written) == len(x.forms) {
		x.add(word)
	}
	return written
}

// add adds a word that has the next number.
func (x *wordIndex) add(word string) {
	n := x.words.Number(bareWord(word))
	if int(n) == len(x.entries) {
		x.entries = append(x.entries, wordEntry{})
	}
	x.forms = append(x.forms, wordForm{bare: int32(n)})
}

// wordParts is the number of parts of the index, 0 where the page holds no texts.
func (l *layout) wordParts() int {
	if l.texts == "none" {
		return 0
	}
	return 1 + len(l.v.r.Articles)/indexPart
}

// pack packs a part of the index, given by its words: for each the stories as
// gaps, or 0 where they are too many.
func (x *wordIndex) pack(words []int) ([]byte, error) {
	var b bytes.Buffer
	p := pack(&b)
	p.raw("{")
	for i, n := range words {
		if i > 0 {
			p.raw(",")
		}
		p.json(func(j *jsonText) {
			j.string(x.words.Words[n])
			*j = append(*j, ':')
			e := x.entries[n]
			if e.count > x.most {
				*j = append(*j, '0')
				return
			}
			j.open('[')
			last := int32(-1)
			for _, s := range x.stories[e.end-e.count : e.end] {
				j.int(int(s - last))
				last = s
			}
			j.close(']')
		})
	}
	p.raw("}")
	err := p.close()
	return b.Bytes(), err
}

// eachWordPart makes the parts of the index one after the other.
func (l *layout) eachWordPart(use func(part int, packed []byte) error) error {
	parts := l.wordParts()
	if parts == 0 {
		return nil
	}
	index := l.indexWords()
	in := make([][]int, parts)
	for n, word := range index.words.Words {
		if index.entries[n].count > 0 && utf8.RuneCountInString(word) <= longestIndex {
			part := wordPart(word, parts)
			in[part] = append(in[part], n)
		}
	}
	return inOrder(parts, func(part int) ([]byte, error) {
		words := index.words.Words
		slices.SortFunc(in[part], func(x, y int) int { return strings.Compare(words[x], words[y]) })
		return index.pack(in[part])
	}, use)
}

func writeBytes(data []byte) func(io.Writer) error {
	return func(w io.Writer) error { _, err := w.Write(data); return err }
}
