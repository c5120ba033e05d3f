package report

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"qissa"
	"qissa/article"
	"qissa/internal/invented"
)

// changedPassages are passages of articles that a passage goes through: it is exact in
// one, changed in another, and one outlet puts a notice under all of its own.
func changedPassages(t *testing.T) Passages {
	t.Helper()
	const passage = "أعلنت الوزارة أن أعمال الصيانة في الطريق الساحلي تبدأ غدا وتستمر أسبوعين كاملين ودعت السائقين إلى سلوك الطرق البديلة"
	const notice = "جميع الحقوق محفوظة لصحيفة النهار ولا يجوز نشر هذا الخبر أو أي جزء منه إلا بإذن مكتوب من إدارة التحرير"
	at := func(day int) time.Time { return time.Date(2025, 7, day, 10, 0, 0, 0, time.UTC) }
	all := []article.Article{
		{ID: "1", Source: "أ", Title: "بيان <b>الوزارة</b>", Body: "صدر اليوم. " + passage + ". انتهى.", Time: at(1), Precision: article.Exact, URL: "javascript:alert(1)"},
		{ID: "2", Source: "ب", Title: "مرور", Body: "قالت مصادر: " + strings.Replace(passage, "أعمال", "أشغال", 1) + " \u202eثم أضافت.", Time: at(3), Precision: article.Exact, URL: "https://example.org/2"},
		{ID: "3", Source: "ج", Title: "خبر", Body: passage},
	}
	for n := range 30 {
		all = append(all, article.Article{ID: fmt.Sprint("n", n), Source: "النهار", Title: fmt.Sprintf("مادة عدد%d", n), Body: invented.Word(3*n) + " " + invented.Word(3*n+1) + " " + invented.Word(3*n+2) + ". " + notice, Time: at(1 + n%28), Precision: article.Exact})
	}
	found, err := qissa.FindPassages(context.Background(), all, qissa.PassageOptions{Words: qissa.UsualPassage, Same: qissa.UsualSame})
	if err != nil {
		t.Fatal(err)
	}
	return Passages{Articles: all, Found: found}
}

func TestPassagesPage(t *testing.T) {
	d := changedPassages(t)
	for lang, want := range map[string][]string{
		"ar": {"مشترك بين 33 مادة: فقرتان", "<mark class=\"new\">أشغال</mark>", "<mark class=\"new\">أعمال</mark>", "95% متطابق", "ما تضعه المصادر في صفحاتها"},
		"en": {"In common among 33 articles: 2 passages.", "<mark class=\"new\">أشغال</mark>", "95% the same", "What outlets put on their pages", "From 1 July 2025 to 3 July 2025"},
	} {
		var page bytes.Buffer
		if err := d.Page(&page, HTMLOptions{Lang: lang}); err != nil {
			t.Fatal(err)
		}
		for _, text := range want {
			if !strings.Contains(page.String(), text) {
				t.Errorf("%s: no %q", lang, text)
			}
		}
		for _, text := range []string{"<img", `href="javascript:`, "\u202e", "<b>الوزارة"} {
			if shown, _, _ := strings.Cut(page.String(), "<script"); strings.Contains(shown, text) {
				t.Errorf("%s: %q stands in the page", lang, text)
			}
		}
	}
}

// Of a flood of passages and places the page shows some, and says how many more there are.
func TestPassagesPageSaysWhatItLeavesOut(t *testing.T) {
	d := changedPassages(t)
	wide := d.Found.Passages[0]
	wide.Boilerplate, wide.Same = false, nil
	d.Found.Passages = []qissa.SharedPassage{wide}
	for i := range 700 {
		d.Articles = append(d.Articles, article.Article{Title: "ع", Body: strings.Repeat("كلمة ", 20)}, article.Article{Title: "ع", Body: strings.Repeat("كلمة ", 20)})
		n := int32(len(d.Articles))
		d.Found.Passages = append(d.Found.Passages, qissa.SharedPassage{ID: uint64(i), Words: 12, Articles: 2, Outlets: 1, Earliest: -1, Places: []qissa.SharedPlace{{Article: n - 2, From: 2, To: 60}, {Article: n - 1, From: 2, To: 60}}})
	}
	for range 40 {
		wide.Places = append(wide.Places, wide.Places[0])
	}
	d.Found.Passages[0] = wide
	var page bytes.Buffer
	if err := d.Page(&page, HTMLOptions{Lang: "en"}); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"And 201 others, or variants of these", fmt.Sprintf("And %d other places in the list of passages.", len(wide.Places)-2-mostPlaces)} {
		if !strings.Contains(page.String(), text) {
			t.Errorf("no %q", text)
		}
	}
	if n := strings.Count(page.String(), `class="card plain passage"`); n != shownPassages {
		t.Errorf("%d passages are shown", n)
	}
}

// The page fits a phone without sideways scrolling, asks for nothing, finds words however
// they are written, and opens the passage that its address names.
func TestPassagesPageInTheBrowser(t *testing.T) {
	d := changedPassages(t)
	id := ""
	for i := range d.Found.Passages {
		if p := &d.Found.Passages[i]; p.Same != nil {
			id = passageID(p)
		}
	}
	for _, lang := range []string{"ar", "en"} {
		b := openPage(t, func(w io.Writer) error { return d.Page(w, HTMLOptions{Lang: lang}) }, "#"+id, 360)
		b.want(`document.documentElement.scrollWidth <= 360`, "true")
		b.want(`[...document.querySelectorAll('.passage[open]')].map(p => p.id).join()`, id)
		b.do(`query.value = 'الطريقُ السّاحلي'; query.dispatchEvent(new Event('input'))`)
		b.want(`[...document.querySelectorAll('.passage:not([hidden])')].map(p => p.id).join()`, id)
		b.want(`count.textContent`, "1 / 2")
		b.clean()
		b.accessible(lang)
	}
}
