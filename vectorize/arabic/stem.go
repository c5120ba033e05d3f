package arabic

import "strings"

// Stem returns the light stem of a folded word: what is left without «and»,
// article, preposition and endings. Words of another script and numbers are
// returned as they are. The steps are those of light10 (Larkey, Ballesteros
// and Connell, Light Stemming for Arabic Information Retrieval, 2007), with
// three changes: three letters must stay, not two, before an ending comes off;
// the prepositions ب and ل come off a word without article; and so does the
// final ا of an indefinite accusative.
func Stem(word string) string {
	const letter = len("ا") // letters are counted by their bytes
	if len(word) <= 3*letter || word[0] < "؀"[0] || word[0] > "ۿ"[0] {
		return word
	}
	if word[:letter] == "و" {
		word = word[letter:]
	}
	if n := article(word); n > 0 && len(word)-n >= 2*letter {
		word = word[n:]
	} else if preposition(word) && len(word) >= 4*letter {
		word = word[letter:]
	}
	if !strings.HasSuffix(word, "ها") {
		word = cut(word, "ا")
	}
	word = cut(word, "ها")
	word = cut(word, "ان")
	word = cut(word, "ات")
	word = cut(word, "ون")
	word = cut(word, "ين")
	word = cut(word, "يه") // light10 has ية, ه and ة: folding made them one
	word = cut(word, "ه")
	word = cut(word, "ي")
	return word
}

// article returns the length of the article that word starts with, together
// with what is written in one with it.
func article(word string) int {
	switch {
	case strings.HasPrefix(word, "ال"), strings.HasPrefix(word, "لل"):
		return len("ال")
	case strings.HasPrefix(word, "بال"), strings.HasPrefix(word, "كال"), strings.HasPrefix(word, "فال"):
		return len("بال")
	}
	return 0
}

func preposition(word string) bool {
	return strings.HasPrefix(word, "ب") || strings.HasPrefix(word, "ل")
}

// cut removes an ending if three letters stay.
func cut(word, ending string) string {
	if len(word) >= len(ending)+len("ااا") && strings.HasSuffix(word, ending) {
		return word[:len(word)-len(ending)]
	}
	return word
}
