package report

import (
	"html"
	"regexp"
	"strings"
	"testing"
	"time"

	"qissa"
	"qissa/article"
)

func TestPluralArabic(t *testing.T) {
	l, err := speak("ar")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		n               int
		subject, object string
	}{
		{0, "لا مواد", "لا مواد"},
		{1, "مادة واحدة", "مادة واحدة"},
		{2, "مادتان", "مادتين"},
		{3, "3 مواد", "3 مواد"},
		{10, "10 مواد", "10 مواد"},
		{11, "11 مادة", "11 مادة"},
		{99, "99 مادة", "99 مادة"},
		{100, "100 مادة", "100 مادة"},
		{101, "101 مادة", "101 مادة"},
		{102, "102 مادة", "102 مادة"},
		{103, "103 مواد", "103 مواد"},
		{111, "111 مادة", "111 مادة"},
		{31030, "31,030 مادة", "31,030 مادة"},
	} {
		if got := l.count("articles", c.n); got != c.subject {
			t.Errorf("count(articles, %d) = %q, want %q", c.n, got, c.subject)
		}
		if got := l.count("articles_of", c.n); got != c.object {
			t.Errorf("count(articles_of, %d) = %q, want %q", c.n, got, c.object)
		}
	}
	for n, want := range map[int]string{1: "مصدر واحد", 2: "مصدران", 9: "9 مصادر", 14: "14 مصدرًا", 100: "100 مصدر"} {
		if got := l.count("sources", n); got != want {
			t.Errorf("count(sources, %d) = %q, want %q", n, got, want)
		}
	}
}

func TestLanguagesSayTheSameThings(t *testing.T) {
	ar, err := speak("ar")
	if err != nil {
		t.Fatal(err)
	}
	en, err := speak("en")
	if err != nil {
		t.Fatal(err)
	}
	holes := regexp.MustCompile(`\{\w+\}`)
	for key, text := range ar.Text {
		other, ok := en.Text[key]
		if !ok {
			t.Errorf("no English text %q", key)
		}
		if a, b := len(holes.FindAllString(text, -1)), len(holes.FindAllString(other, -1)); a != b {
			t.Errorf("%s has %d placeholders in Arabic, %d in English", key, a, b)
		}
	}
	for noun, forms := range ar.Nouns {
		if len(forms) != 6 {
			t.Errorf("%s has %d Arabic forms, want 6", noun, len(forms))
		}
		if len(en.Nouns[noun]) != 2 {
			t.Errorf("%s has %d English forms, want 2", noun, len(en.Nouns[noun]))
		}
	}
	if len(ar.Text) != len(en.Text) || len(ar.Nouns) != len(en.Nouns) {
		t.Error("the languages differ in the number of texts or nouns")
	}
	if _, err := speak("fr"); err == nil {
		t.Error("no error for a language that the page does not have")
	}
}

func TestLede(t *testing.T) {
	for _, c := range []struct {
		counts qissa.Counts
		want   string
	}{
		{qissa.Counts{}, "لم نجد أي مادة في المدخلات."},
		{qissa.Counts{Articles: 1, Stories: 1, Largest: 1}, "قرأنا مادة واحدة: «خبر»."},
		{qissa.Counts{Articles: 2, Stories: 1, Largest: 2}, "قرأنا مادتين في قصة واحدة: «خبر»."},
		{qissa.Counts{Articles: 2, Stories: 2, Largest: 1}, "قرأنا مادتين، ولم نجد قصة تتناولها أكثر من مادة واحدة."},
		{qissa.Counts{Articles: 3, Stories: 2, Largest: 2}, "قرأنا 3 مواد فوجدنا قصتين، أكبرهما تضم مادتين: «خبر»."},
		{qissa.Counts{Articles: 11, Stories: 3, Largest: 9}, "قرأنا 11 مادة فوجدنا 3 قصص، أكبرها تضم 9 مواد: «خبر»."},
		{qissa.Counts{Articles: 31030, Stories: 100, Largest: 103}, "قرأنا 31,030 مادة فوجدنا 100 قصة، أكبرها تضم 103 مواد: «خبر»."},
	} {
		l, err := speak("ar")
		if err != nil {
			t.Fatal(err)
		}
		r := &qissa.Result{Articles: []article.Article{{Title: "خبر"}}, Counts: c.counts}
		if c.counts.Stories > 0 {
			r.Stories = []qissa.Story{{}}
		}
		v := &view{language: l, r: r}
		if got := words(string(v.lede())); got != c.want {
			t.Errorf("lede = %s\n want %s", got, c.want)
		}
	}
}

var tag = regexp.MustCompile(`<[^>]*>`)

// words removes the markup of a page.
func words(page string) string { return html.UnescapeString(tag.ReplaceAllString(page, "")) }

func samplePage(t *testing.T, lang string) string {
	t.Helper()
	r := sample()
	return write(t, func(w *strings.Builder) error {
		return HTML(w, r, HTMLOptions{Run: sampleRun(r), Skipped: sampleSkipped(), Lang: lang})
	})
}

func TestHTML(t *testing.T) {
	for lang, lines := range map[string][]string{
		"ar": {
			`<html lang="ar" dir="rtl">`,
			"قرأنا 6 مواد فوجدنا 4 قصص، أكبرها تضم 3 مواد: «افتتاح الجسر المعلق بعد عامين من الأعمال».",
			"مادتان بلا تاريخ معروف، منها مادة واحدة بتاريخ نسبي",
			"تعذّرت قراءة سجلين", "مادة واحدة بلا كلمات تصلح للمقارنة",
			"26%", "نسخة حرفية", "96% من كلماتها في أ", "نقل جزئي", "32% من كلماتها في أ", "كلمات مشتركة: 1%",
			"الاثنين 9 مارس 2026، 08:30", "اليوم معروف دون الساعة", "يوم واحد", "قد لا تكون كل المواد عن خبر واحد", "تماسك القصة", "ضعيف",
			"not JSON (unexpected end, column 12)", "سجلات لم تُقرأ (2)",
		},
		"en": {
			`<html lang="en" dir="ltr">`,
			"We read 6 articles and found 4 stories; the largest has 3 articles:", "Verbatim copy", "96% of its words in A", "1 day",
		},
	} {
		page := samplePage(t, lang)
		for _, want := range lines {
			if !strings.Contains(page, want) && !strings.Contains(words(page), want) {
				t.Errorf("%s: the page does not say %q", lang, want)
			}
		}
		if again := samplePage(t, lang); again != page {
			t.Errorf("%s: a second run gives other bytes", lang)
		}
	}
}

func TestHostileDataIsText(t *testing.T) {
	page := samplePage(t, "ar")
	for _, bad := range []string{"</script><img", "<img", "javascript:", "\u202e", "\x00", "<b>عادي", "ZgotmplZ"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	if !strings.Contains(page, "default-src &#39;none&#39;") {
		t.Error("the page has no content policy")
	}
}

func TestWebLink(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example/خبر?x=1&y=2": "https://a.example/%D8%AE%D8%A8%D8%B1?x=1&y=2",
		"http://a.example":              "http://a.example",
		"javascript:alert(1)":           "", "data:text/html,x": "", "//a.example/x": "", "a.example": "", "https:///x": "", "": "", "%zz": "",
	} {
		if got := webLink(in); got != want {
			t.Errorf("webLink(%q) = %q, want %q", in, got, want)
		}
	}
}

// Undated articles are never called first, and whatever the date looked like
// is shown.
func TestMoment(t *testing.T) {
	l, err := speak("ar")
	if err != nil {
		t.Fatal(err)
	}
	riyadh := time.FixedZone("+03:00", 3*60*60)
	v := &view{language: l, zone: riyadh}
	for _, c := range []struct {
		a          article.Article
		text, note string
	}{
		{article.Article{Time: at(22, 30), Precision: article.Exact}, "الثلاثاء 10 مارس 2026، 01:30", ""},
		{article.Article{Time: at(0, 0), Precision: article.Day}, "الاثنين 9 مارس 2026", "اليوم معروف دون الساعة"},
		{article.Article{Time: at(10, 0), TimeRaw: "منذ ساعتين", Precision: article.Relative}, "نحو الاثنين 9 مارس 2026، 13:00", "وقت نسبي: «منذ ساعتين»"},
		{article.Article{TimeRaw: "منذ ساعتين", Precision: article.Relative}, "بلا تاريخ", "وقت نسبي بلا مرجع: «منذ ساعتين»"},
		{article.Article{TimeRaw: "؟؟", Precision: article.None}, "بلا تاريخ", "تاريخ لا يُقرأ: «؟؟»"},
		{article.Article{Precision: article.None}, "بلا تاريخ", ""},
	} {
		if m := v.moment(c.a); m.Text != c.text || m.Note != c.note {
			t.Errorf("moment(%v) = %q, %q, want %q, %q", c.a.Time, m.Text, m.Note, c.text, c.note)
		}
	}
}
