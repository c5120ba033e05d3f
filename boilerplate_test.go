package qissa

import (
	"math/rand/v2"
	"strings"
	"testing"

	"qissa/article"
)

// page makes an article of words that no other has, between a head and a foot.
func page(source string, n int, head, foot string) article.Article {
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

// Two pages of one site are not one story for its furniture, and another
// dateline and credit are no new text.
func TestBoilerplateInStories(t *testing.T) {
	var articles []article.Article
	for n := range 60 {
		articles = append(articles, page("أ", n, "", "شارك هذا الخبر من خلال تويتر وفيسبوك وجوجل بلس واكتب رأيك في خانة التعليقات أدناه"))
	}
	a, b := page("ب", 100, "الرياض - واس:", ""), page("ب", 100, "جدة (رويترز) –", "(أ ف ب)")
	a.Source, b.Source = "ج", "د"
	articles = append(articles, a, b)
	r, err := Cluster(t.Context(), articles, DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	if r.Counts.Multiple != 1 || r.Counts.Largest != 2 {
		t.Fatalf("stories of several articles: %d, largest %d, want 1 of 2", r.Counts.Multiple, r.Counts.Largest)
	}
	m := r.Stories[0].Members[1]
	if m.CopyOf < 0 { // undated: the longer text stands for the earlier one
		m = r.Stories[0].Members[0]
	}
	if m.Relation != Verbatim || m.Copied != 1 {
		t.Errorf("the copy with another credit is %s, share %v, want verbatim, 1", m.Relation, m.Copied)
	}
}
