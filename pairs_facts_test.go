package qissa

import (
	"strings"
	"testing"

	"qissa/article"
	"qissa/internal/corpus"
	"qissa/internal/fact"
)

// factsOf lists the facts of a text, with places in the text after a line break.
func factsOf(t *testing.T, text string) []fact.Fact {
	t.Helper()
	a := article.Article{Body: text}
	words, err := corpus.Read(t.Context(), []article.Article{a}, corpus.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return fact.Read(words, 0, &a, words.Offsets(nil, 0, len(words.All(0))), nil)
}

func TestFactsOfOneTextOnly(t *testing.T) {
	a, b := factsOf(t, "مقتل 9 في 14 تموز، و9 جرحى، و12 مفقودا"), factsOf(t, "مقتل ٩ في 14 يوليو، و13 مفقودا")
	if only := onlyIn(a, b); len(only) != 1 || only[0].Text != "12" {
		t.Errorf("only in the one: %v, want 12", only)
	}
	if only := onlyIn(b, a); len(only) != 1 || only[0].Text != "13" {
		t.Errorf("only in the other: %v, want 13", only)
	}
	if only := onlyIn(factsOf(t, strings.Repeat("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 ", 2)), nil); len(only) != mostFacts {
		t.Errorf("%d facts are listed, want at most %d", len(only), mostFacts)
	}
}
