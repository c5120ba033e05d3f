// Package invented makes articles for tests, of words that no other has.
package invented

import (
	"math/rand/v2"
	"strings"

	"qissa/article"
)

// Page makes the nth article of a source: 60 words that no other has, 5 of them its
// title, the others between a head and a foot.
func Page(source string, n int, head, foot string) article.Article {
	r := rand.New(rand.NewPCG(uint64(n), uint64(len(source))))
	letters := []rune("بتجدرسعفكلمن")
	words := make([]string, 60)
	for i := range words {
		word := make([]rune, 6)
		for j := range word {
			word[j] = letters[r.IntN(len(letters))]
		}
		words[i] = string(word)
	}
	return article.Article{
		Source: source, Title: strings.Join(words[:5], " "),
		Body: strings.TrimSpace(head + " " + strings.Join(words[5:], " ") + " " + foot),
	}
}
