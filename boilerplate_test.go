package qissa

import (
	"testing"

	"qissa/article"
	"qissa/internal/invented"
)

// Two pages of one site are not one story for its furniture, and another
// dateline and credit are no new text.
func TestBoilerplateInStories(t *testing.T) {
	var articles []article.Article
	for n := range 60 {
		articles = append(articles, invented.Page("أ", n, "", "شارك هذا الخبر من خلال تويتر وفيسبوك وجوجل بلس واكتب رأيك في خانة التعليقات أدناه"))
	}
	a, b := invented.Page("ب", 100, "الرياض - واس:", ""), invented.Page("ب", 100, "جدة (رويترز) –", "(أ ف ب)")
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
