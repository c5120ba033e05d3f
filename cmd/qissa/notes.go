package main

import (
	"hash/maphash"
	"strings"
	"unicode"
	"unicode/utf8"

	"qissa/article"
)

// notes sum up articles while their texts are at hand: looking at them once more
// would bring all of them back from the disk.
type notes struct {
	short      int            // articles of few words
	foreign    int            // not mostly in Arabic letters
	bodyless   int            // without a text
	untitled   int            // without a title
	languages  map[string]int // those in Arabic letters, by language
	repaired   int            // with damaged characters
	characters int            // that were damaged
	recoded    int            // that were encoded twice
	copies     int            // whose title and text another has too, letter for letter
	ids        map[string]int

	seeds [2]maphash.Seed
	seen  map[[4]uint64]bool // 128 bits of title and text: no two meet by chance
}

func newNotes() notes {
	return notes{ids: map[string]int{}, languages: map[string]int{}, seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}, seen: map[[4]uint64]bool{}}
}

func (n *notes) add(a article.Article) {
	if short(a) {
		n.short++
	}
	if !mostlyArabic(a) {
		n.foreign++
	} else {
		n.languages[article.Language(a.Title+" "+opening(a.Body, openingSize))]++
	}
	if strings.TrimSpace(a.Title) == "" {
		n.untitled++
	}
	if strings.TrimSpace(a.Body) == "" {
		n.bodyless++
	}
	if a.Repaired > 0 {
		n.repaired++
		n.characters += a.Repaired
	}
	if a.Recoded {
		n.recoded++
	}
	if a.ID != "" {
		n.ids[a.ID]++
	}
	text := [4]uint64{maphash.String(n.seeds[0], a.Title), maphash.String(n.seeds[1], a.Title),
		maphash.String(n.seeds[0], a.Body), maphash.String(n.seeds[1], a.Body)}
	if n.seen[text] {
		n.copies++
	}
	n.seen[text] = true
}

// openingSize is how much of a text, in code points, its language is told from.
const openingSize = 200

// short tells whether an article has few words, roughly, as a reader counts.
func short(a article.Article) bool {
	words := 0
	for _, text := range []string{a.Title, a.Body} {
		for range strings.FieldsSeq(text) {
			if words++; words == shortArticle {
				return false
			}
		}
	}
	return true
}

// mostlyArabic tells whether half of the letters or more are Arabic. The start
// of the text is enough to tell.
func mostlyArabic(a article.Article) bool {
	arabic, letters := 0, 0
	for _, text := range []string{a.Title, opening(a.Body, openingSize)} {
		for i := 0; i < len(text); {
			r, size := rune(text[i]), 1
			switch {
			case r < utf8.RuneSelf:
			case r&^3 == 0xD8 && i+1 < len(text): // nearly all others
				r, size = r&3<<6|0x600|rune(text[i+1]&0x3F), 2
			default:
				r, size = utf8.DecodeRuneInString(text[i:])
			}
			i += size
			if int(r) < len(isLetter) {
				letters += isLetter[r]
				arabic += isArabic[r]
			} else if unicode.IsLetter(r) {
				letters++
				if unicode.Is(unicode.Arabic, r) {
					arabic++
				}
			}
		}
	}
	return 2*arabic >= letters
}

// isLetter and isArabic are 1 for the letters up to the end of the Arabic block, and
// for those of them that are Arabic.
var isLetter, isArabic = func() (letter, arabic [0x700]int) {
	for r := range rune(0x700) {
		if unicode.IsLetter(r) && r != 'ـ' {
			letter[r] = 1
			if unicode.Is(unicode.Arabic, r) {
				arabic[r] = 1
			}
		}
	}
	return letter, arabic
}()
