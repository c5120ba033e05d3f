package arabic

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWholeNumbers(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"لا شيء", ""},
		{"بنسبة 7.35% إلى 992) أو", "7.35%|992"},
		{"25/10/1436هـ", "25/10/1436"},
		{"في ١٥:٠٨ فاز 2-1، ثم 3", "١٥:٠٨|2-1|3"},
		{"من 100–150 ألفا، ٤٥٪.", "100–150|٤٥٪"},
		{"1,500.25 و١٬٥٠٠", "1,500.25|١٬٥٠٠"},
		{"عام 2015. ثم", "2015"},
		{"\xff7", "7"},
	} {
		runes := []rune(test.text)
		var got []string
		for _, at := range WholeNumbers(test.text) {
			got = append(got, string(runes[at[0]:at[1]]))
		}
		if s := strings.Join(got, "|"); s != test.want {
			t.Errorf("%q: %s, want %s", test.text, s, test.want)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{" \n ", ""},
		{"قال ذلك. ثم مضى", "قال ذلك.|ثم مضى"},
		{"خطة مكتملة.كما قال", "خطة مكتملة.|كما قال"},
		{"ارتفع 7.35% إلى 10.8.2015. انتهى", "ارتفع 7.35% إلى 10.8.2015.|انتهى"},
		{"نقلت أ.ف.ب عنه", "نقلت أ.ف.ب عنه"},
		{"هل جاء؟ نعم! ...", "هل جاء؟|نعم!|..."},
		{"عنوان\nنص", "عنوان|نص"},
		{"على spa.gov.sa اليوم", "على spa.gov.sa اليوم"},
		{"في عام 2015. ثم", "في عام 2015.|ثم"},
		{"\xffقال. \ufffdثم", "\ufffdقال.|\ufffdثم"},
	} {
		runes := []rune(test.text)
		var got []string
		for _, at := range Sentences(test.text) {
			got = append(got, string(runes[at[0]:at[1]]))
		}
		if s := strings.Join(got, "|"); s != test.want {
			t.Errorf("%q: %s, want %s", test.text, s, test.want)
		}
	}
}

// Sentences hold all that is no space, in order, and cut no number.
func FuzzSentences(f *testing.F) {
	f.Add("قال 7.35%. ثم\nمضى… 2-1")
	f.Add("\xff.\xc3.1.2")
	f.Fuzz(func(t *testing.T, s string) {
		all, end := Sentences(s), 0
		covered := make([]bool, utf8.RuneCountInString(s))
		for _, at := range all {
			if at[0] < end || at[1] <= at[0] {
				t.Fatalf("sentences %v", all)
			}
			end = at[1]
			for i := at[0]; i < at[1]; i++ {
				covered[i] = true
			}
		}
		for i, r := range []rune(s) {
			if !covered[i] && strings.TrimSpace(string(r)) != "" {
				t.Fatalf("%q is in no sentence of %q", r, s)
			}
		}
		for _, n := range WholeNumbers(s) {
			if slices.ContainsFunc(all, func(at [2]int) bool { return n[0] < at[1] && at[1] < n[1] }) {
				t.Fatalf("a sentence of %q ends in the number at %v", s, n)
			}
		}
	})
}
