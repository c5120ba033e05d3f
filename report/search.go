package report

import (
	"bytes"
	"cmp"
	"io"
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
)

// wordFronts are the article, and the letters before it, that the index drops; the page
// drops the same of what is asked.
var wordFronts = []string{"وال", "فال", "بال", "كال", "لل", "ال"}

// bareWord drops the article in front of a folded word of which three letters are left.
func bareWord(word string) string {
	for _, front := range wordFronts {
		if rest, ok := strings.CutPrefix(word, front); ok && len([]rune(rest)) > 2 {
			return rest
		}
	}
	return word
}

// wordPart is the part of the index that has a word: a hash of its UTF-16 code units,
// as the page makes it.
func wordPart(word string, parts int) int {
	hash := 0
	for _, unit := range utf16.Encode([]rune(word)) {
		hash = (hash*31 + int(unit)) % 65521
	}
	return hash % parts
}

// A wordIndex lists for each word of the texts the stories that have it, ascending.
type wordIndex struct {
	words   vectorize.Lexicon
	stories [][]int32 // by the number of the word
	titled  []int32   // 1 + the last story in whose titles the word stands

	written vectorize.Lexicon // words as they stand in texts
	bare    []int             // of each its number without the article in front
	met     []int32           // of each 1 + the last story in whose texts it stands: most words stand there again

	most int // stories of a word whose stories are written
}

// indexWords finds the stories of all words: by the numbers that the run gave them, or,
// where the result was read from files, out of the texts.
func (l *layout) indexWords() *wordIndex {
	index := &wordIndex{most: max(commonLeast, int(commonWord*float64(len(l.v.r.Stories))))}
	wordsOf := index.readWords(l.v.r.Articles)
	if distinct, of := l.v.r.TextWords(); of != nil {
		for _, word := range distinct {
			index.add(word)
		}
		wordsOf = of
	}
	for n, s := range l.v.r.Stories {
		for _, m := range s.Members { // what stands in titles is found without the index
			title, _ := wordsOf(m.Article)
			for _, w := range title {
				index.titled[index.bare[w]] = int32(n) + 1
			}
		}
		for _, m := range s.Members {
			_, body := wordsOf(m.Article)
			for _, w := range body {
				index.meet(w, int32(n))
			}
		}
	}
	return index
}

// meet notes that a word stands in a text of a story.
func (x *wordIndex) meet(written uint32, story int32) {
	if x.met[written] == story+1 {
		return
	}
	x.met[written] = story + 1
	word := x.bare[written]
	if list := x.stories[word]; x.titled[word] != story+1 && (len(list) == 0 || list[len(list)-1] != story) {
		x.stories[word] = append(list, story)
	}
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
	if int(written) == len(x.bare) {
		x.add(word)
	}
	return written
}

// add adds a word that has the next number.
func (x *wordIndex) add(word string) {
	n := int(x.words.Number(bareWord(word)))
	if n == len(x.stories) {
		x.stories, x.titled = append(x.stories, nil), append(x.titled, 0)
	}
	x.bare, x.met = append(x.bare, n), append(x.met, 0)
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
	var gaps []int
	for i, n := range words {
		if i > 0 {
			p.raw(",")
		}
		p.json(func(j *jsonText) {
			j.string(x.words.Words[n])
			*j = append(*j, ':')
			if len(x.stories[n]) > x.most {
				*j = append(*j, '0')
				return
			}
			last := int32(-1)
			gaps = gaps[:0]
			for _, s := range x.stories[n] {
				gaps = append(gaps, int(s-last))
				last = s
			}
			j.ints(gaps)
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
		if len(index.stories[n]) > 0 && utf8.RuneCountInString(word) <= longestIndex {
			part := wordPart(word, parts)
			in[part] = append(in[part], n)
		}
	}
	return inOrder(parts, func(part int) ([]byte, error) {
		words := index.words.Words
		slices.SortFunc(in[part], func(x, y int) int { return cmp.Compare(words[x], words[y]) })
		return index.pack(in[part])
	}, use)
}

func writeBytes(data []byte) func(io.Writer) error {
	return func(w io.Writer) error { _, err := w.Write(data); return err }
}
