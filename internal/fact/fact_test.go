package fact_test

import (
	"fmt"
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

func TestFacts(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"لا شيء هنا", ""},
		{"بلغت قوته 5.4 درجات", "number 5.4=5.4"},
		{"قتل ١٬٥٠٠ شخص", "number ١٬٥٠٠=1500"},
		{"يوم الأربعاء 14 تموز", "date الأربعاء=الاربعاء, date 14 تموز=14/7"},
		{"١٤ يوليو 2025", "date ١٤ يوليو=14/7, number 2025=2025"},
		{"في 3 كانون الثاني", "date 3 كانون الثاني=3/1"},
		{"3 جانفي و3 يناير", "date 3 جانفي=3/1, date 3 يناير=3/1"},
		{"45 يوليو", "number 45=45"},
		{"25 شوال 1436 و١ ذي الحجة", "date 25 شوال=25/h10, number 1436=1436, date ١ ذي الحجة=1/h12"},
		{"الجمعَـة", "date الجمعَـة=الجمعه"},
		{"بنسبة 7.35% إلى 992) أو", "number 7.35%=7.35, number 992=992"},
		{"25/10/1436هـ و١٠-٨-٢٠١٥", "date 25/10/1436=25/10/1436, date ١٠-٨-٢٠١٥=10/8/2015"},
		{"2015-08-10 الساعة 15:08", "date 2015-08-10=10/8/2015, number 15:08=15:08"},
		{"فاز 2-1 أمام 100–150 مشجعا", "number 2-1=2-1, number 100–150=100–150"},
		{"https://t.co/7CcXAHEPQ9 #الإنذار_7 4Pc G20 t.co/48 pic.twitter.com/6dqtdK", ""},
	} {
		var got []string
		for _, f := range factsOf(t, test.text) {
			if at := string([]rune("\n" + test.text)[f.At[0]:f.At[1]]); at != f.Text {
				t.Errorf("%s: %q stands at the place of %q", test.text, at, f.Text)
			}
			got = append(got, fmt.Sprintf("%s %s=%s", f.Kind, f.Text, f.Canonical))
		}
		if s := strings.Join(got, ", "); s != test.want {
			t.Errorf("facts of %q: %s, want %s", test.text, s, test.want)
		}
	}
}
