package article

import (
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Others are the other records of the page that an article is of.
type Others struct {
	AlsoIn   []Record // with the same words, in order of time
	Versions []Record // with other words, in order of time: earlier texts of the page
}

// A Record is a record that an article stands for.
type Record struct {
	ID        string // as read, or as [Identify] made it; "" if there is none
	Source    string
	URL       string
	Title     string
	Time      time.Time
	Precision Precision
	Origin    Origin
	Verbatim  bool     // title and text are those of the article, letter for letter
	Gone      []string // numbers that it has and the article has not, as European digits
	New       []string // numbers that the article has and it has not
}

// What keeps records of one address apart.
const (
	leastSame   = 0.5 // of the different words of the shorter of two texts that stand in the other: less is another article at a used address
	mostTexts   = 50  // different texts at one address; more are a page that always changes
	mostNumbers = 20  // of each list of numbers
)

// Unite returns the articles with one for each page: of records with the same
// canonical address, or an id that is one, the newest text stays, at the earliest
// time of them, and the others are told in its Others. Records without an address,
// and texts at one address that share less than half of their words, stay apart.
// The order is that of the first record of each page. The articles given are changed.
// Cost is linear, but for the order in time of the records of a page, n log n.
func Unite(articles []Article) []Article {
	gone := make([]bool, len(articles))
	merged := map[int]Article{} // by the place of the first record
	for _, records := range samePage(articles) {
		unitePage(articles, records, gone, merged)
	}
	if len(merged) == 0 {
		return articles
	}
	kept := articles[:0]
	for i, a := range articles {
		if m, ok := merged[i]; ok {
			kept = append(kept, m)
		} else if !gone[i] {
			kept = append(kept, a)
		}
	}
	clear(articles[len(kept):])
	return kept
}

// samePage returns the records of each page that has several.
func samePage(articles []Article) map[int][]int {
	first := map[uint64]int{} // by a hash of the identity, for there may be millions
	pages := map[int][]int{}
	for i := range articles {
		key := articles[i].Page()
		if key == "" {
			continue
		}
		h := fnv.New64a()
		h.Write([]byte(key))
		at, again := first[h.Sum64()]
		switch {
		case !again:
			first[h.Sum64()] = i
		case articles[at].Page() == key:
			if pages[at] == nil {
				pages[at] = []int{at}
			}
			pages[at] = append(pages[at], i)
		}
	}
	return pages
}

// A pageText is one text at an address.
type pageText struct {
	words   map[string]bool
	records []int
}

// unitePage unites the records of one address.
func unitePage(articles []Article, records []int, gone []bool, merged map[int]Article) {
	byTime := slices.Clone(records)
	slices.SortStableFunc(byTime, func(i, j int) int { return compareContent(&articles[i], &articles[j]) })
	texts := map[string]*pageText{}
	for _, i := range byTime {
		words := contentWords(&articles[i])
		key := strings.Join(words, " ")
		if texts[key] == nil {
			texts[key] = &pageText{words: map[string]bool{}}
			for _, w := range words {
				texts[key].words[w] = true
			}
		}
		texts[key].records = append(texts[key].records, i)
	}
	if len(texts) > mostTexts {
		return
	}
	newest := newestText(articles, byTime, texts)
	is := map[int]*pageText{} // of each record of the page, its text
	for _, t := range texts {
		if t == newest || t.sharesWith(newest) {
			for _, i := range t.records {
				is[i] = t
			}
		}
	}
	if len(is) < 2 {
		return
	}
	same := slices.DeleteFunc(byTime, func(i int) bool { return is[i] == nil })
	at := newest.records[0]
	page := articles[at]
	page.Others = &Others{}
	for _, i := range same {
		gone[i] = true
		if i == at {
			continue
		}
		// Of records with one id, which [Identify] numbered, the article has the first.
		if first := articles[i].ID; first != "" && strings.HasPrefix(page.ID, first+"#") {
			articles[i].ID, page.ID = page.ID, first
		}
		if is[i] == newest {
			r := recordOf(&articles[i])
			r.Verbatim = r.Title == page.Title && compareBodies(&articles[i], &page) == 0
			page.Others.AlsoIn = append(page.Others.AlsoIn, r)
		} else {
			page.Others.Versions = append(page.Others.Versions, versionOf(&articles[i], &page))
		}
	}
	if first := &articles[same[0]]; !first.Time.IsZero() {
		page.Time, page.TimeRaw, page.Precision = first.Time, first.TimeRaw, first.Precision
	}
	merged[slices.Min(same)] = page
}

// newestText returns the text of the record with the latest time, of the last one
// if none has a time.
func newestText(articles []Article, byTime []int, texts map[string]*pageText) *pageText {
	last := byTime[len(byTime)-1]
	for _, i := range byTime {
		if !articles[i].Time.IsZero() {
			last = i
		}
	}
	for _, t := range texts {
		if slices.Contains(t.records, last) {
			return t
		}
	}
	panic("article: no text of a record") // each record is in one
}

// sharesWith reports whether two texts have enough words in common to be versions
// of one article.
func (t *pageText) sharesWith(other *pageText) bool {
	shared := 0
	for w := range t.words {
		if other.words[w] {
			shared++
		}
	}
	return float64(shared) >= leastSame*float64(min(len(t.words), len(other.words)))
}

func recordOf(a *Article) Record {
	return Record{ID: a.ID, Source: a.Source, URL: a.URL, Title: a.Title, Time: a.Time, Precision: a.Precision, Origin: a.Origin}
}

// versionOf tells what changed from a version to the newest text.
func versionOf(old, newest *Article) Record {
	r := recordOf(old)
	before, after := numbersOf(old), numbersOf(newest)
	r.Gone, r.New = without(before, after), without(after, before)
	return r
}

func without(a, b map[string]bool) []string {
	only := maps.Clone(a)
	maps.DeleteFunc(only, func(n string, _ bool) bool { return b[n] })
	list := slices.Sorted(maps.Keys(only))
	return list[:min(mostNumbers, len(list))]
}

// contentWords are the words of title and text, folded as for credits.
func contentWords(a *Article) []string {
	var words []string
	for _, text := range []string{a.Title, a.LoadBody(nil)} {
		for _, w := range creditWords(strings.Map(europeanDigit, text), nil) {
			words = append(words, w.text)
		}
	}
	return words
}

func europeanDigit(r rune) rune {
	if f := foldDateRune(r); f >= '0' && f <= '9' {
		return f
	}
	return r
}

// numbersOf are the numbers in title and text, with European digits.
func numbersOf(a *Article) map[string]bool {
	numbers := map[string]bool{}
	for _, text := range []string{a.Title, a.LoadBody(nil)} {
		fold := func(r rune) rune {
			switch f := foldDateRune(r); {
			case f >= '0' && f <= '9':
				return f
			case r == '.' || r == '٫' || r == ',' || r == '٬':
				return map[rune]rune{'.': '.', '٫': '.', ',': ',', '٬': ','}[r]
			case unicode.IsMark(r):
				return -1
			}
			return ' '
		}
		for n := range strings.FieldsSeq(strings.Map(fold, text)) {
			if n = strings.Trim(n, ".,"); n != "" {
				numbers[n] = true
			}
		}
	}
	return numbers
}
