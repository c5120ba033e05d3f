package corpus

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"qissa/article"
	"qissa/internal/invented"
	"qissa/internal/winnow"
)

// ownWords are n words that no other seed has.
func ownWords(seed, n int) string {
	r := rand.New(rand.NewPCG(uint64(seed), 5))
	letters := []rune("بتجدرسعفكلمن")
	words := make([]string, n)
	for i := range words {
		word := make([]rune, 7)
		for j := range word {
			word[j] = letters[r.IntN(len(letters))]
		}
		words[i] = string(word)
	}
	return strings.Join(words, " ")
}

// turned is words in the opposite order.
func turned(text string) string {
	words := strings.Fields(text)
	slices.Reverse(words)
	return strings.Join(words, " ")
}

// everyOther is the words of even places, then the others.
func everyOther(text string) string {
	var words [2][]string
	for i, w := range strings.Fields(text) {
		words[i%2] = append(words[i%2], w)
	}
	return strings.Join(slices.Concat(words[0], words[1]), " ")
}

// What an outlet repeats in articles of different stories is none of their words; what
// copies and updates repeat is.
func TestPassages(t *testing.T) {
	block := func(words int) string { return ownWords(-1, words) }
	item := func(n int, title, body string) article.Article {
		return article.Article{ID: fmt.Sprint(n), Source: "أ", Title: title, Body: body}
	}
	story := func(n int, before, after string) article.Article {
		own := strings.Fields(ownWords(n, 60))
		return item(n, strings.Join(own[:6], " "), strings.Join(slices.Concat(own[6:30], strings.Fields(before), own[30:], strings.Fields(after)), " "))
	}
	for _, test := range []struct {
		name     string
		articles []article.Article
		own      int // words of each body that are its own
	}{
		{"a background in the middle of three stories", []article.Article{story(1, block(60), ""), story(2, block(60), ""), story(3, block(60), "")}, 54},
		{"in the middle of one, at the end of others", []article.Article{story(1, block(200), ""), story(2, "", block(200)), story(3, "", block(200))}, 54},
		{"in two stories only", []article.Article{story(1, block(60), ""), story(2, block(60), "")}, 114},
		{"too short", []article.Article{story(1, block(14), ""), story(2, block(14), ""), story(3, block(14), "")}, 68},
		{"three copies under other titles", []article.Article{
			item(1, ownWords(11, 6), block(60)+" "+ownWords(10, 30)), item(2, ownWords(11, 5), block(60)+" "+ownWords(10, 30)),
			item(3, ownWords(11, 4), block(60)+" "+ownWords(10, 30)),
		}, 90},
		{"an affair that goes on, told in the same words, under other titles", []article.Article{
			item(1, ownWords(11, 6), block(60)+" "+ownWords(10, 40)), item(2, ownWords(12, 6), turned(ownWords(10, 40))+" "+block(60)),
			item(3, ownWords(13, 6), everyOther(ownWords(10, 40))+" "+block(60)),
		}, 100},
		{"one notice under three headlines", []article.Article{item(1, ownWords(1, 6), block(59)), item(2, ownWords(2, 6), block(59)), item(3, ownWords(3, 6), block(59))}, 0},
		{"one text under headlines that are told in it", []article.Article{
			item(1, ownWords(1, 6), block(59)+" "+ownWords(1, 6)+" "+ownWords(2, 6)+" "+ownWords(3, 6)), item(2, ownWords(2, 6), block(59)+" "+ownWords(1, 6)+" "+ownWords(2, 6)+" "+ownWords(3, 6)),
			item(3, ownWords(3, 6), block(59)+" "+ownWords(1, 6)+" "+ownWords(2, 6)+" "+ownWords(3, 6)),
		}, 77},
	} {
		words := withoutBoilerplate(t, test.articles)
		for i := range test.articles {
			if n := len(words.Body(i)); n != test.own {
				t.Errorf("%s: article %d has %d own words, want %d", test.name, i, n, test.own)
			}
		}
	}
}

// What three outlets repeat, an honorific, is everybody's.
func TestPassagesOfEverybody(t *testing.T) {
	for outlets, own := range map[int]int{2: 55, 3: 75} {
		var articles []article.Article
		for n := range 4 * outlets {
			articles = append(articles, invented.Page([]string{"أ", "ب", "ج"}[n%outlets], n, "", ownWords(-1, 20)))
		}
		if n := len(withoutBoilerplate(t, articles).Body(0)); n != own {
			t.Errorf("in %d outlets: %d own words, want %d", outlets, n, own)
		}
	}
}

func TestAffixes(t *testing.T) {
	for _, test := range []struct{ name, outlet, title, own string }{
		{"the outlet's name", "المصري اليوم", "انطلاق معرض الكتاب - المصري اليوم", "انطلاق معرض الكتاب"},
		{"a bar without spaces", "BBC Arabic", "انطلاق معرض الكتاب|BBC Arabic", "انطلاق معرض الكتاب"},
		{"before the title", "واج", "واج | انطلاق معرض الكتاب", "انطلاق معرض الكتاب"},
		{"the section and the name", "واج", "انطلاق معرض الكتاب – ثقافة – واج", "انطلاق معرض الكتاب ثقافه"},
		{"a dash inside the headline", "واج", "مباراة مصر - تونس", "مباراه مصر تونس"},
		{"a hyphen without spaces", "واج", "كوفيد-واج", "كوفيد واج"},
		{"nothing but the name", "واج", "واج", "واج"},
		{"nothing but the name, twice", "واج", "واج - واج", "واج"},
	} {
		words := withoutBoilerplate(t, []article.Article{{Source: test.outlet, Title: test.title}})
		if got := written(words, words.Title(0)); got != test.own {
			t.Errorf("%s: %q, want %q", test.name, got, test.own)
		}
	}
	var articles []article.Article
	for n := range 10 {
		title := ownWords(n, 5)
		if n < affixTitles {
			title += " - أخبار اليوم"
		}
		articles = append(articles, article.Article{Source: "أ", Title: title}, article.Article{Source: "ب", Title: ownWords(n+20, 5) + " - أخبار اليوم"}, article.Article{Source: "ج", Title: ownWords(n+40, 5)})
	}
	articles = append(articles[:12], articles[15:]...) // of the first outlet four have it
	words := withoutBoilerplate(t, articles)
	if a, b := len(words.Title(0)), len(words.Title(1)); a != 7 || b != 5 {
		t.Errorf("titles have %d and %d own words, want 7 where four of nine have an ending, and 5 where all of ten", a, b)
	}
}

// A body that repeats the title, and what is behind it, says nothing.
func TestEchoes(t *testing.T) {
	for _, test := range []struct {
		title, body string
		own         int
	}{
		{"انطلاق معرض الكتاب - المصري اليوم", "انطلاق معرض الكتاب  المصري اليوم", 0},
		{"انطلاق معرض الكتاب", "انطلاق معرض الكتاب المصري اليوم", 0},
		{"انطلاق معرض الكتاب", "انطلاق معرض الكتاب", 0},
		{"انطلاق معرض الكتاب", "انطلاق معرض الكتاب غدا", 4},
		{"", "المصري اليوم", 2},
	} {
		words := withoutBoilerplate(t, []article.Article{{Source: "المصري اليوم", Title: test.title, Body: test.body}})
		if n := len(words.Body(0)); n != test.own {
			t.Errorf("%q, %q: %d own words, want %d", test.title, test.body, n, test.own)
		}
	}
}

func written(c *Corpus, words []uint32) string {
	var text []string
	for _, w := range words {
		text = append(text, c.Words[w])
	}
	return strings.Join(text, " ")
}

// Two texts that share leastPassage words share a mark, wherever they stand.
func TestWinnowMeetsEveryPassage(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 9))
		hash := make([]uint64, 1000)
		for i := range hash {
			hash[i] = r.Uint64()
		}
		passage, marks := make([]uint32, leastPassage), [2]map[uint64]bool{{}, {}}
		text := func(n int) []uint32 {
			words := make([]uint32, n)
			for i := range words {
				words[i] = uint32(r.IntN(len(hash)))
			}
			return words
		}
		copy(passage, text(leastPassage))
		for k := range marks {
			all := grams(nil, slices.Concat(text(r.IntN(40)), passage, text(r.IntN(40))), hash)
			winnow.Choose(all, winnowingOver, func(at int) { marks[k][all[at]] = true })
		}
		met := false
		for h := range marks[0] {
			met = met || marks[1][h]
		}
		if !met {
			t.Fatalf("seed %d: no mark in common", seed)
		}
	}
}

// The words of a text without its passages stand where they are said to stand.
func TestPlacesOfOwnWords(t *testing.T) {
	var articles []article.Article
	for n := range 6 {
		own := strings.Fields(ownWords(n, 60))
		body := slices.Concat(own[6:20], strings.Fields(ownWords(-1, 30)), own[20:40], strings.Fields(ownWords(-2, 30)), own[40:])
		articles = append(articles, article.Article{ID: fmt.Sprint(n), Source: "أ", Title: strings.Join(own[:6], " "), Body: strings.Join(body, " ")})
	}
	words := withoutBoilerplate(t, articles)
	for i := range articles {
		text := words.Text(i).Words
		if len(text) != 60 {
			t.Fatalf("article %d has %d words, want 60", i, len(text))
		}
		for k, w := range text {
			if at := words.Place(i, k); words.All(i)[at] != w {
				t.Fatalf("article %d: word %d stands at %d, where another does", i, k, at)
			}
		}
	}
}
