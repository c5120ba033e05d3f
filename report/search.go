package report

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

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
	most    int       // stories of a word whose stories are written
}

func (l *layout) indexWords() *wordIndex {
	index := &wordIndex{most: max(commonLeast, int(commonWord*float64(len(l.v.r.Stories))))}
	var reader arabic.Reader
	var memory []byte
	for n, s := range l.v.r.Stories {
		for _, m := range s.Members { // what stands in titles is found without the index
			for w := range reader.Words(l.v.r.Articles[m.Article].Title) {
				index.titled[index.number(bareWord(w.Text))] = int32(n) + 1
			}
		}
		for _, m := range s.Members {
			for w := range reader.Words(l.v.r.Articles[m.Article].LoadBody(&memory)) {
				word := index.number(bareWord(w.Text))
				if list := index.stories[word]; index.titled[word] != int32(n)+1 && (len(list) == 0 || list[len(list)-1] != int32(n)) {
					index.stories[word] = append(list, int32(n))
				}
			}
		}
	}
	return index
}

// number returns the number of a word.
func (x *wordIndex) number(word string) int {
	n := int(x.words.Number(word))
	if n == len(x.stories) {
		x.stories, x.titled = append(x.stories, nil), append(x.titled, 0)
	}
	return n
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
