package arabic

import (
	"slices"
	"strings"
	"testing"
	"unicode"
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
		for x := range Sentences(test.text) {
			got = append(got, string(runes[x.From:x.To]))
			if words := len(strings.Fields(got[len(got)-1])); words != x.Words {
				t.Errorf("%q has %d words, want %d", got[len(got)-1], x.Words, words)
			}
		}
		if s := strings.Join(got, "|"); s != test.want {
			t.Errorf("%q: %s, want %s", test.text, s, test.want)
		}
	}
}

// Sentences hold all that is no space, in order, cut no number, and are those that a
// look at each code point in the tables of Unicode finds.
func FuzzSentences(f *testing.F) {
	f.Add("قال 7.35%. ثم\nمضى… 2-1")
	f.Add("\xff.\xc3.1.2")
	f.Fuzz(func(t *testing.T, s string) {
		all, end := plainSentences(s), 0
		if got := slices.Collect(Sentences(s)); !slices.Equal(got, all) {
			t.Fatalf("%q: %v, want %v", s, got, all)
		}
		covered := make([]bool, utf8.RuneCountInString(s))
		for _, x := range all {
			if x.From < end || x.To <= x.From {
				t.Fatalf("sentences %v", all)
			}
			end = x.To
			for i := x.From; i < x.To; i++ {
				covered[i] = true
			}
		}
		for i, r := range []rune(s) {
			if !covered[i] && strings.TrimSpace(string(r)) != "" {
				t.Fatalf("%q is in no sentence of %q", r, s)
			}
		}
		for _, n := range WholeNumbers(s) {
			if slices.ContainsFunc(all, func(x Sentence) bool { return n[0] < x.To && x.To < n[1] }) {
				t.Fatalf("a sentence of %q ends in the number at %v", s, n)
			}
		}
	})
}

// plainSentences is Sentences without its table, and without its haste.
func plainSentences(s string) (all []Sentence) {
	text := []rune(s)
	from, before, letters := 0, ' ', 0
	for at, r := range text {
		next := utf8.RuneError
		if at+1 < len(text) {
			next = text[at+1]
		}
		inside := next == '.' || letters == 1 || unicode.IsDigit(before) && unicode.IsDigit(next) || unicode.IsLetter(next) && !unicode.Is(unicode.Arabic, next)
		end := strings.ContainsRune("\n\r!؟?…", r) || r == '.' && !inside
		switch {
		case end:
		case unicode.IsLetter(r):
			letters++
		case !unicode.IsMark(r):
			letters = 0
		}
		before = r
		if end || at+1 == len(text) {
			piece := string(text[from : at+1])
			if words := strings.Fields(piece); len(words) > 0 {
				x := Sentence{From: from + len([]rune(piece)) - len([]rune(strings.TrimLeftFunc(piece, unicode.IsSpace))), Words: len(words)}
				x.To = from + len([]rune(strings.TrimRightFunc(piece, unicode.IsSpace)))
				all = append(all, x)
			}
			from = at + 1
		}
	}
	return all
}

func BenchmarkSentences(b *testing.B) {
	benchmark(b, func(s string) {
		for range Sentences(s) {
		}
	})
}

func BenchmarkWholeNumbers(b *testing.B) { benchmark(b, func(s string) { WholeNumbers(s) }) }
