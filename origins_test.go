package qissa

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"qissa/article"
)

const (
	wire = "أعلنت بلدية المدينة افتتاح الجسر المعلق أمام السيارات صباح الاثنين بعد عامين من الأعمال، وقالت إن كلفة المشروع بلغت 40 مليون دينار، وإن الجسر يختصر الطريق بين الضفتين إلى عشر دقائق بعد أن كان يستغرق ساعة كاملة في أوقات الذروة."
	own  = " وأكد سكان الحي القديم في حديث مع الصحيفة أن الجسر المعلق سيغير حياتهم اليومية بعد افتتاحه، وأن المحال التجارية تستعد لاستقبال الزوار من الضفة الأخرى في نهاية الأسبوع، بينما دعا الأهالي البلدية إلى إضافة ممر للمشاة والدراجات."
)

// told returns an article at a minute of a day; -1 for none.
func told(id, source, body string, minute int) article.Article {
	a := article.Article{ID: id, Source: source, Title: "افتتاح الجسر المعلق أمام السيارات", Body: body, Precision: article.None}
	if minute >= 0 {
		a.Time, a.Precision = time.Date(2026, 3, 9, 8, minute, 0, 0, time.UTC), article.Exact
	}
	return a
}

// describedStory clusters articles that are one story.
func describedStory(t *testing.T, articles ...article.Article) (*Result, Story) {
	t.Helper()
	for i := range articles {
		articles[i].Origin = article.Origin{File: "f", Item: i + 1}
	}
	r, err := Cluster(t.Context(), articles, DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Stories) != 1 {
		t.Fatalf("%d stories, want one", len(r.Stories))
	}
	return r, r.Stories[0]
}

func TestWhoWasFirst(t *testing.T) {
	late := told("late", "الجنوب", own+wire, 50)
	relative := told("rel", "الشمال", wire, 5)
	relative.Precision = article.Relative
	day := told("day", "الشمال", wire, 0)
	day.Precision = article.Day
	for _, test := range []struct {
		name     string
		articles []article.Article
		first    string
		reason   FirstReason
	}{
		{"by time", []article.Article{told("a", "الشمال", wire, 5), late}, "a", ""},
		{"a relative date that is placed counts", []article.Article{relative, late}, "rel", ""},
		{"undated", []article.Article{told("a", "الشمال", wire, -1), told("b", "الجنوب", own+wire, -1)}, "", FirstUndated},
		{"the undated one is not first", []article.Article{told("a", "الشمال", wire, -1), late}, "late", ""},
		{"at one minute", []article.Article{told("a", "الشمال", wire, 50), late}, "", FirstTied},
		{"the day only", []article.Article{day, late}, "", FirstTied},
		{"a crawler's clock", []article.Article{told("a", "س", wire, 1), told("b", "س", wire, 1), told("c", "س", own+wire, 2), told("d", "س", wire+own, 2), told("e", "س", own, 3), told("f", "ص", wire, 50)}, "", FirstByCrawl},
		{"the agency that the first one credits", []article.Article{told("a", "الشمال", "المدينة - واس:\n"+wire, 5), told("spa", "واس", wire, 30)}, "spa", ""},
	} {
		r, s := describedStory(t, test.articles...)
		got := ""
		if s.First >= 0 {
			got = r.Articles[s.First].ID
		}
		if got != test.first || s.FirstReason != test.reason {
			t.Errorf("%s: first %q, reason %q; want %q, %q", test.name, got, s.FirstReason, test.first, test.reason)
		}
	}
}

// An agency's text counts once, a text of one's own each, whatever the clock says.
func TestOrigins(t *testing.T) {
	credited := "المدينة - واس:\n" + wire
	for _, test := range []struct {
		name     string
		articles []article.Article
		want     string
	}{
		{"copies of one text", []article.Article{told("a", "أ", wire, 1), told("b", "ب", wire, 9), told("c", "ج", wire, 20)}, "a 3"},
		{"copies, undated", []article.Article{told("a", "أ", wire, -1), told("b", "ب", wire, -1)}, "a 2"},
		{"an agency's copies are its own", []article.Article{told("a", "أ", credited, 1), told("b", "ب", credited, 9), told("s", "was", wire, 20)}, "s واس 3"},
		{"an agency that is not read itself", []article.Article{told("a", "أ", credited, 1), told("b", "ب", wire, 9)}, "a واس 2"},
		{"a text of its own beside a copy", []article.Article{told("a", "أ", wire, 1), told("b", "ب", wire, 9), told("c", "ج", own, 20)}, "a 2, c 1"},
	} {
		r, s := describedStory(t, test.articles...)
		var got []string
		for _, o := range s.Origins {
			got = append(got, strings.Join(strings.Fields(fmt.Sprint(r.Articles[o.Article].ID, " ", o.Agency, " ", o.Articles)), " "))
		}
		if list := strings.Join(got, ", "); list != test.want {
			t.Errorf("%s: %s, want %s", test.name, list, test.want)
		}
	}
}

// A copy that credits the agency is a copy of it, by credit; without times and credit
// nobody knows.
func TestOrderOfCopies(t *testing.T) {
	r, s := describedStory(t, told("a", "أ", "المدينة - واس:\n"+wire, 1), told("s", "was", wire, 20))
	for _, m := range s.Members {
		if id := r.Articles[m.Article].ID; id == "a" && (m.Order != ByCredit || r.Articles[m.CopyOf].ID != "s") || id == "s" && m.CopyOf >= 0 {
			t.Errorf("%s: copy of %d by %q", id, m.CopyOf, m.Order)
		}
	}
	_, s = describedStory(t, told("a", "أ", wire, -1), told("b", "ب", wire, -1))
	for _, m := range s.Members {
		if m.CopyOf >= 0 && m.Order != Unknown || m.Relation == First {
			t.Errorf("undated: %s by %q", m.Relation, m.Order)
		}
	}
}

func TestFigures(t *testing.T) {
	report := func(id string, minute int, dead, day string) article.Article {
		return told(id, "صحيفة "+id, "قال الدكتور محمد العيسى في بيان إن الحادث الذي وقع يوم "+day+" على الجسر المعلق أسفر عن "+dead+"، وإن فرق الإنقاذ تواصل البحث بنسبة 7.35% في مياه النهر القريبة من الجسر المعلق.", minute)
	}
	r, s := describedStory(t, report("a", 1, "مقتل 7 أشخاص", "الأحد"), report("b", 9, "9 قتلى", "الاثنين"), report("c", 30, "12 قتيلا", "الأحد"))
	var got []string
	for _, f := range s.Figures {
		line := fmt.Sprint(f.Kind, " ", f.Of, " ", f.Differ)
		for _, v := range f.Values {
			line += " | " + v.Text
			for _, a := range v.Articles {
				line += " " + r.Articles[a].ID
			}
		}
		got = append(got, line)
	}
	want := "number قتيل true | 7 a | 9 b | 12 c\ndate  false | الأحد a c | الاثنين b"
	if text := strings.Join(got, "\n"); text != want {
		t.Errorf("figures:\n%s\nwant\n%s", text, want)
	}
}
