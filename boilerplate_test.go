package qissa

import (
	"strings"
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

// One notice under five headlines makes no story and no copy; two of the headlines that
// say the same are one story, and each is compared by what it says.
func TestNoticeUnderHeadlines(t *testing.T) {
	notice := strings.TrimSpace(strings.Repeat("جميع المواد المنشورة في هذا الموقع محفوظة الحقوق ولا يجوز نسخها أو إعادة نشرها دون إذن كتابي من الإدارة ", 3))
	var articles []article.Article
	for n, title := range []string{
		"زلزال عنيف يضرب جزيرة إندونيسية فجرا", "المنتخب الوطني يتعادل وديا أمام نظيره الكاميروني", "ارتفاع أسعار النفط بعد قرار أوبك خفض الإنتاج",
		"وفاة الروائي الكبير صاحب ثلاثية المدينة", "افتتاح خط مترو جديد شرق العاصمة", "ضحايا في زلزال عنيف ضرب جزيرة إندونيسية فجرا",
	} {
		articles = append(articles, article.Article{ID: string(rune('a' + n)), Source: "أ", Title: title, Body: notice})
	}
	r, err := Cluster(t.Context(), articles, DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	if r.Counts.Multiple != 1 || r.Counts.Largest != 2 || r.Counts.Copies != 0 {
		t.Errorf("%d stories of several articles, the largest of %d, %d copies; want one of 2 and none", r.Counts.Multiple, r.Counts.Largest, r.Counts.Copies)
	}
	repeats, err := FindRepeats(t.Context(), articles, DefaultRepeatOptions())
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range repeats {
		if x != nil {
			t.Errorf("article %d is dropped as %s of %d", i, x.How, x.Of)
		}
	}
}
