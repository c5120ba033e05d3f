package arabic

import (
	"strings"
	"unicode/utf8"
)

// Stem returns the light stem of a folded word: light10 of Larkey, Ballesteros
// and Connell (Light Stemming for Arabic Information Retrieval, 2007). The
// conjunction و comes off if three letters stay, then the article with what
// is written together with it if two stay, then every suffix in turn if two
// stay. Words of another script and numbers are returned as they are.
func Stem(word string) string {
	n := utf8.RuneCountInString(word)
	if rest, ok := strings.CutPrefix(word, "و"); ok && n-1 >= 3 {
		word, n = rest, n-1
	}
	for _, p := range [...]string{"ال", "بال", "كال", "فال", "لل"} {
		if rest, ok := strings.CutPrefix(word, p); ok {
			if k := utf8.RuneCountInString(p); n-k >= 2 {
				word, n = rest, n-k
				break
			}
		}
	}
	// light10 also has ية and ة, which folding has made يه and ه.
	for _, s := range [...]string{"ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"} {
		if rest, ok := strings.CutSuffix(word, s); ok {
			if k := utf8.RuneCountInString(s); n-k >= 2 {
				word, n = rest, n-k
			}
		}
	}
	return word
}
