package arabic

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed stopwords.txt
var stopwords string

// IsStop reports whether a folded word is a stop word: one of the list in
// stopwords.txt, or a single letter, which is what is left of a prefix written
// apart («و قال», «لـ 140»).
func IsStop(word string) bool {
	if len(word) <= 2 && (word[0] >= 0x80 || len(word) == 1 && word[0] >= 'a') {
		return true
	}
	return stops()[word]
}

var stops = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool)
	for line := range strings.Lines(stopwords) {
		if !strings.HasPrefix(line, "#") {
			m[Normalize(line)] = true
		}
	}
	return m
})
