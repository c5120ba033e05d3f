// Package invented makes articles for tests, of words that are none.
package invented

import (
	"math"
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

// Word returns the word of a number.
func Word(n int) string {
	letters := []rune("بتجدرسعفكلمنهقصح")
	return string([]rune{letters[n%16], letters[n/16%16], letters[n/256%16], 'ا'})
}

// Common returns one of 600 words, the first of them most often.
func Common(r *rand.Rand) string { return Word(int(math.Pow(r.Float64(), 3) * 600)) }

// Report returns the words of a report on an event: of ten so many are names of the event,
// as many as make six stand in all reports on it at their places, the others are common.
func Report(r *rand.Rand, event, words, names int) []string {
	var body []string
	for k := range words {
		switch x := r.IntN(10); {
		case x < names:
			body = append(body, Word(1000+8*event+r.IntN(8)))
		case x < 6:
			body = append(body, Word(1000+4000+97*event+k))
		default:
			body = append(body, Common(r))
		}
	}
	return body
}
