package arabic

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed stopwords.txt
var stopList string

// IsStop reports whether a folded word is a stop word: one of stopwords.txt,
// alone or with و (and) before it, or a single letter, which is what is left of
// a prefix written apart («و قال», «لـ 140»). A list entry of two letters does
// not take و: «وام» is a news agency.
func IsStop(word string) bool {
	const letter = len("ا")
	if len(word) == 1 && word[0] > '9' || len(word) == letter && word[0] >= utf8.RuneSelf {
		return true
	}
	stop := stopWords()
	return stop[word] || len(word) >= 4*letter && word[:letter] == "و" && stop[word[letter:]]
}

var stopWords = sync.OnceValue(func() map[string]bool {
	words := make(map[string]bool)
	for line := range strings.Lines(stopList) {
		if !strings.HasPrefix(line, "#") {
			words[Normalize(line)] = true
		}
	}
	return words
})
