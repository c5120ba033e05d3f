package article

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestReadPage(t *testing.T) {
	for _, c := range []readCase{
		{"plain text", "\n\nخبر من سطر\n\nفقرة أولى\nفقرة ثانية\n", "3: d//خبر من سطر/فقرة أولى⏎فقرة ثانية/"},
		{"a title alone", "خبر من سطر", "1: d//خبر من سطر//"},
		{"a page", `
			بلدية الميناء تفتتح سوقا للسمك
			افتتحت بلدية الميناء صباح اليوم سوقا جديدة للسمك تضم أربعين محلا ومخزنا مبردا.
			وقال رئيس البلدية إن السوق ستعمل كل أيام الأسبوع

			انضم إلى نشرتنا
			آراء القراء
			كن أول من يعلق
			قد يهمك أيضا

			صحيفة المرفأ
			منذ ساعتين
			- صحيفة المرفأ
			تأخر ثلاث سفن بسبب الضباب
			تأخرت ثلاث سفن عن دخول الميناء بسبب الضباب الكثيف.

			موقع الشراع
			قبل ٣ أيام
			– موقع الشراع
			صيادون يطالبون بتعويضات
			طالب صيادون بتعويضات عن أضرار العاصفة. وأضافوا أن الخسائر كبيرة.
			وتقدر الخسائر بمليوني دينار.

			حقوق النشر محفوظة
			اتصل بنا
			`,
			`2: //بلدية الميناء تفتتح سوقا للسمك/افتتحت بلدية الميناء صباح اليوم سوقا جديدة للسمك تضم أربعين محلا ومخزنا مبردا.⏎وقال رئيس البلدية إن السوق ستعمل كل أيام الأسبوع/
			11: /صحيفة المرفأ/تأخر ثلاث سفن بسبب الضباب/تأخرت ثلاث سفن عن دخول الميناء بسبب الضباب الكثيف./2025-07-14T12:00:00Z
			17: /موقع الشراع/صيادون يطالبون بتعويضات/طالب صيادون بتعويضات عن أضرار العاصفة. وأضافوا أن الخسائر كبيرة.⏎وتقدر الخسائر بمليوني دينار./2025-07-11T14:00:00Z`},
		{"related news alone", `
			أخبار ذات صلة
			المرفأ
			منذ يوم
			- المرفأ
			خبر
			نص الخبر.`,
			"3: /المرفأ/خبر/نص الخبر./2025-07-13T14:00:00Z"},
		{"items with dates", `
			خبر رئيسي
			نص الخبر الرئيسي ينتهي بنقطة.
			المرفأ
			14 تموز 2025
			- المرفأ
			خبر
			نص`,
			`2: //خبر رئيسي/نص الخبر الرئيسي ينتهي بنقطة./
			4: /المرفأ/خبر/نص/2025-07-14T00:00:00Z`},
		{"an item without text", "خبر\nنص الخبر.\n\nالمرفأ\nمنذ يوم\n- المرفأ\n\n\nالشراع\nمنذ يوم\n- الشراع\nخبر\n",
			"1: //خبر/نص الخبر./\nempty: d:4: no title and no body\n9: /الشراع/خبر//2025-07-13T14:00:00Z"},
		{"a list with dashes is no head", "خبر\nمنذ ساعة\n- نقطة\n- نقطة أخرى\n", "1: d//خبر/منذ ساعة⏎- نقطة⏎- نقطة أخرى/"},
	} {
		var b strings.Builder
		for line := range strings.Lines(c.input) {
			b.WriteString(strings.TrimLeft(line, "\t"))
		}
		c.input = b.String()
		c.test(t, "d", Options{Format: "text", Now: time.Date(2025, 7, 14, 14, 0, 0, 0, time.UTC)})
	}
}

func TestRealPage(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(dumps(t), "daily8-page.txt"))
	if err != nil {
		t.Fatal(err)
	}
	want := []struct{ source, title, raw, ends string }{
		{"", "«كيم»: دعم كوريا الشمالية لموسكو غير مشروط ضد أوكرانيا", "", "اجتماعا وزاريا لمنظمة شنغهاي للتعاون."},
		{"الوسط", "إيران: لا موعد محددا بشأن عودة المحادثات مع الولايات المتحدة حول الملف النووي", "منذ 2 ساعات", "معاهدة حظر انتشار الأسلحة النووية."},
		{"الوسط", "الولايات المتحدة تعلن إرسال منظومات دفاع جوي من طراز «باتريوت» إلى أوكرانيا", "منذ 3 ساعات", "ونحن ندعم هذا النهج»."},
		{"الوسط", "المبعوث الأميركي كيث كيلوغ يصل إلى كييف", "منذ 4 ساعات", "بعد انتهاء الصراع هناك."},
	}
	n := 0
	for a, err := range Read(strings.NewReader(string(text)), "page.txt", Options{}) {
		if err != nil || n >= len(want) {
			t.Fatalf("article %d: %v, error %v", n, a, err)
		}
		w := want[n]
		precision := Relative
		if n == 0 {
			precision = None
		}
		if a.Source != w.source || a.Title != w.title || a.TimeRaw != w.raw || a.Precision != precision || !a.Time.IsZero() || !strings.HasSuffix(a.Body, w.ends) || a.Origin.Item != n+1 {
			t.Errorf("article %d is %+v", n, a)
		}
		for _, furniture := range []string{"جرب ميزات", "اكتشف ما", "التعليقات", "لا يوجد تعليقات", "أخبار ذات صلة", "منذ"} {
			if furniture != "منذ" && strings.Contains(a.Title+a.Body, furniture) || strings.Contains(a.Title, furniture) {
				t.Errorf("article %d holds %q", n, furniture)
			}
		}
		n++
	}
	if n != len(want) {
		t.Errorf("%d articles, want %d", n, len(want))
	}
}

// Text is never lost from a text that is no page, and no article holds the
// head of another.
func FuzzReadPage(f *testing.F) {
	f.Add("خبر\nنص الخبر.\n\nالتعليقات\n\nالمرفأ\nمنذ يوم\n- المرفأ\nخبر\nنص")
	f.Add("خبر\n\nنص")
	f.Fuzz(func(t *testing.T, text string) {
		items := 0
		var all strings.Builder
		for a, err := range Read(strings.NewReader(text), "d", Options{Format: "text"}) {
			if err == nil {
				items++
				all.WriteString(a.Title + "\n" + a.Body)
			}
		}
		if items == 1 && utf8.ValidString(text) && !strings.ContainsAny(text, "\x00\ufeff-–—•·") {
			if got, want := strings.Fields(all.String()), strings.Fields(text); !slices.Equal(got, want) {
				t.Errorf("%q was read as %q", text, all.String())
			}
		}
	})
}
