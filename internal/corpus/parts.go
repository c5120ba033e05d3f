package corpus

import (
	"slices"
	"strings"
	"unsafe"

	"qissa/vectorize/arabic"
)

// partWords is the least number of words of a title that tells an item by itself.
const partWords = 4

// Headline returns the words of a title without the desk that the agency puts before
// it and without «إضافة أولى» (first part to follow) after it, and whether it had
// that. Part 1 to n of an item are one text sent in pieces.
func (c *Corpus) Headline(i int) (words []uint32, part bool) {
	words = c.Title(i)
	if at := slices.IndexFunc(words, func(w uint32) bool { return c.Words[w] == "اضافه" }); at > 0 {
		rest := words[at+1:]
		if len(rest) > 0 && len(rest) <= 2 && isOrdinal(c.Words[rest[0]]) {
			words, part = words[:at], true
		}
	}
	if len(words) > 0 && slices.Contains(desks, c.Words[words[0]]) {
		words = words[1:]
	}
	return words, part && len(words) >= partWords
}

// Items are the agency items that came in parts: for each article the number of its
// item, 0 for none, and whether it is a part other than the first.
type Items struct {
	item []int32
	part []bool
}

// FindItems finds the items that came in parts. Two articles are of one item if their
// headlines have the same words and one of them says that it is a part. Cost linear in
// the words of titles.
func (c *Corpus) FindItems() Items {
	items := Items{make([]int32, c.Len()), make([]bool, c.Len())}
	number := map[string]int32{}
	key := func(words []uint32) string {
		return string(unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), 4*len(words)))
	}
	for i := range items.part {
		if words, part := c.Headline(i); part {
			items.part[i] = true
			if k := key(words); number[k] == 0 {
				number[k] = int32(len(number) + 1)
			}
		}
	}
	if len(number) == 0 {
		return items
	}
	for i := range items.item {
		if words, _ := c.Headline(i); len(words) >= partWords {
			items.item[i] = number[key(words)]
		}
	}
	return items
}

// Same reports whether two articles are parts of one item, or the item and a part of it.
func (t Items) Same(a, b int32) bool {
	return t.item[a] != 0 && t.item[a] == t.item[b] && (t.part[a] || t.part[b])
}

// desks stand before the titles of the Saudi Press Agency: «عام / …».
var desks = []string{"عام", "سياسي", "اقتصادي", "رياضي", "ثقافي", "اجتماعي", "تقرير"}

func isOrdinal(word string) bool {
	return slices.Contains(ordinals, word)
}

var ordinals = func() (all []string) {
	for _, w := range strings.Fields("أولى ثانية ثالثة رابعة خامسة سادسة سابعة ثامنة تاسعة عاشرة أخيرة واخيرة") {
		all = append(all, arabic.Normalize(w))
	}
	return all
}()
