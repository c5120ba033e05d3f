package arabic

import (
	"html"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// facts are texts and their words.
var facts = []struct{ name, text, want string }{
	{"vowel marks", "قَالَ الرَّئِيسُ هٰذا الرحمـٰن", "قال الرييس هذا الرحمن"},
	{"Quranic marks", "ٱللَّهُ نُورُ ۚ ٱلسَّمَـٰوَ ٰتِۖ", "الله نور السمو ت"},
	{"hamza over letters", "أحمد إيران آسيا مؤتمر هيئة", "احمد ايران اسيا موتمر هييه"},
	{"hamza as a mark", "ا\u0654حمد مو\u0654تمر", "احمد موتمر"},
	{"hamza on the line stays", "ماء شيء وراء", "ماء شيء وراء"},
	{"final letters", "مدينة مدينه على علي مستشفى", "مدينه مدينه علي علي مستشفي"},
	{"presentation forms", "ﺍﻟﻌﺮﺑﻲ ﻻ ﻷن ﺍﻹﺳﻼﻡ ﯾﻜﻮﻥ", "العربي لا لان الاسلام يكون"},
	{"ligatures of words", "النبي ﷺ و﷼", "النبي صلي الله عليه وسلم وريال"},
	{"marks drawn alone", "محمﱠد ﹰ", "محمد"},
	{"tatweel", "الأرصـاد ــ لـ 140 الـ140 الـمسطرة", "الارصاد ل 140 ال 140 المسطره"},
	{"tatweel as a dash between numbers", "1437ـ1441 ١ــ٢", "1437 1441 1 2"},
	{"direction marks", "و\u200fبعد فبرا\u202d\u202c\u202cير \u202e و\u202cتنقلت \u2067روسيا\u2069", "وبعد فبراير وتنقلت روسيا"},
	{"zero width and soft hyphen", "و\u200bالتجربة ال\u200cاكتروني مستقر\u00adا \ufeffخبر 1438ه\u200dـ", "والتجربه الاكتروني مستقرا خبر 1438 ه"},
	{"control characters", "بحدود. \x1a\x1a الاحتلال زراعت\x02ها؟ \x7fخبر", "بحدود الاحتلال زراعتها خبر"},
	{"Persian and Urdu letters", "ایران کرة ھذا ہے ۀ", "ايران كره هذا هي ه"},
	{"dots for foreign sounds", "ڤيتو ڨفصة پاريس گوگل", "فيتو قفصه پاريس گوگل"},
	{"no space after a full stop", "مكتملة.كما قال،وأضاف", "مكتمله كما قال واضاف"},
	{"glued digits", "2015م كوفيد-19 F16 قيمتها5ملايين", "2015 م كوفيد 19 f 16 قيمتها 5 ملايين"},
	{"glued scripts", "لـCNN وiOS السعوديةSTC", "ل cnn و ios السعوديه stc"},
	{"hashtags", "#المحيط_الهادئ #KSA_المملكة", "المحيط الهادي ksa المملكه"},
	{"Latin", "Müller ＦＩＦＡ École ﬁrst İzmir", "muller fifa ecole first izmir"},
	{"apostrophes", "l'Olivier Who’s", "l olivier who s"},
	{"entities", "&quot;خبر&quot;&#8221;ثان&#x201C;&nbsp;caf&eacute;", "خبر ثان cafe"},
	{"entities escaped twice", "&amp;quot;خبر&amp;amp;quot; AT&amp;T AT&T", "خبر at t at t"},
	{"no entities", "&خبر; &foo; &quot خبر & ;", "خبر foo quot خبر"},
	{"digits", "٦٧ ۶۷ ６７ 67", "67 67 67 67"},
	{"numbers in circles are no letters", "A A➏ 5②", "a a ➏ 5 2"},
	{"raised and broken digits", "5² ½ م²", "5 2 1 2 م 2"},
	{"thousands", "1,500 ١٬٥٠٠ 1،500 10.703.000 25.000 1,234,567", "1500 1500 1500 10703000 25000 1234567"},
	{"decimals", "0.38% ٠٫٣٨ 0,38 0،716 4.6625 1.200 3,5", "0.38 0.38 0.38 0.716 4.6625 1.200 3.5"},
	{"thousands with decimals", "1,500.25 1.500,25 ١٬٥٠٠٫٢٥", "1500.25 1500.25 1500.25"},
	{"sentence ends after a number", "عام 2015. بلغ 1,500،ثم 7.", "عام 2015 بلغ 1500 ثم 7"},
	{"dates, times, scores, years", "10/8/2015 10.8.2015 15:08 2-1 2014،2015 1-800-55", "10 8 2015 10 8 2015 15 08 2 1 2014 2015 1 800 55"},
	{"lists of numbers", "1,2,3 1,25,300 12,34,56 1.234,567.890", "1 2 3 1 25 300 12 34 56 1 234 567 890"},
	{"letters with points", "(أ.ف.ب) د.ب.أ U.S. سي.إن.إن", "افب دبا us سي ان ان"},
	{"letters in a row", "(أ ف ب) والسفير «د ب أ» مساء ت م", "افب والسفير دبا مساء ت م"},
	{"letters with and without points", "ت أ.ب ث", "ت اب ث"},
	{"letter of a year or an hour", "2015 م - أ ف ب 1436هـ/د ب أ 8 ص", "2015 م افب 1436 ه دبا 8 ص"},
	{"letter after another number", "فرانس24/ أ ف ب", "فرانس 24 افب"},
	{"and never joins letters", "أ و ب و ج", "ا و ب و ج"},
	{"title of a person", "د. سامي م. علي", "د سامي م علي"},
	{"invalid UTF-8", "خبر\xffثان \xd8", "خبر ثان"},
	{"nothing", " ، … ـ \u200f", ""},
	{"other scripts", "ⵜⴰⵎⴰⵣⵉⵖⵜ Москва 東京", "ⵜⴰⵎⴰⵣⵉⵖⵜ москва 東京"},
}

func TestWords(t *testing.T) {
	for _, f := range facts {
		if got := strings.Join(texts(f.text), " "); got != f.want {
			t.Errorf("%s: words of %q = %q, want %q", f.name, f.text, got, f.want)
		}
		checkTwin(t, f.name, f.text)
		checkWords(t, f.text)
		checkNormalize(t, f.text)
	}
	for i, s := range ownTexts(t) {
		checkTwin(t, "own text", s)
		checkWords(t, s)
		checkNormalize(t, s)
		if n := len(texts(s)); n < 10 {
			t.Errorf("own text %d has %d words", i, n)
		}
	}
}

func TestPlaces(t *testing.T) {
	const text = "«قَالَتِ» الـ١٬٥٠٠: &quot;caf&eacute;&quot; (أ. ف. ب) ﷺ\xff."
	var got []string
	for w := range Words(text) {
		got = append(got, string([]rune(text)[w.Start:w.End]))
	}
	want := []string{"قَالَتِ", "الـ", "١٬٥٠٠", "caf&eacute;", "أ. ف. ب", "ﷺ", "ﷺ", "ﷺ", "ﷺ"}
	if !slices.Equal(got, want) {
		t.Errorf("words of %q stand at %q, want %q", text, got, want)
	}
}

// checkWords tests that words are folded and not empty, stand in order inside
// the text, and are found again at their place.
func checkWords(t testing.TB, s string) {
	t.Helper()
	text := []rune(s)
	last := Word{}
	for w := range Words(s) {
		if w.Text == "" || w.Start < last.Start || w.End < last.End || w.End <= w.Start || w.End > len(text) {
			t.Fatalf("word %+v after %+v in %d code points", w, last, len(text))
		}
		last = w
		place := text[w.Start:w.End]
		// An entity, once or twice escaped, may stand for such a code point too.
		if slices.ContainsFunc([]rune(html.UnescapeString(html.UnescapeString(string(place)))), compound) {
			continue
		}
		if got := Normalize(string(place)); got != w.Text {
			t.Fatalf("word %+v: its place %q normalised is %q", w, string(place), got)
		}
	}
}

// compound reports whether a code point stands for several words, if only beside
// others (㏘ is one alone, and two after a letter), or for a number that its
// neighbours may lengthen.
func compound(r rune) bool {
	between := func(part rune) bool { return !unicode.In(part, unicode.L, unicode.M, unicode.N) }
	return unicode.Is(unicode.No, r) || len(slices.Collect(Words(string(r)))) > 1 || len(strings.FieldsFunc(decompose(r), between)) > 1
}

// checkNormalize tests that normalising twice changes nothing, and no terms.
func checkNormalize(t testing.TB, s string) {
	t.Helper()
	once := Normalize(s)
	if twice := Normalize(once); twice != once {
		t.Errorf("Normalize(%q) = %q, but again = %q", s, once, twice)
	}
	if want := strings.Join(slowWords(s), " "); once != want {
		t.Errorf("Normalize(%q) = %q, want %q", s, once, want)
	}
	if got, want := slices.Collect(Terms(once)), slices.Collect(Terms(s)); !slices.Equal(got, want) {
		t.Errorf("terms of %q = %q, but normalised = %q", s, want, got)
	}
}

// Folding a code point twice changes nothing, and the table and the slow way
// agree.
func TestFoldCodePoints(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r > 0x3400 && r < 0xF900 || r > 0x1FFFF { // ideographs, Hangul, unassigned
			r += 96
		}
		if s := string(r); utf8.ValidRune(r) {
			s = "خ" + s + "خ" + s
			checkTwin(t, s, s)
			if once := Normalize(s); Normalize(once) != once {
				t.Errorf("%U: Normalize(%q) = %q, but again = %q", r, s, once, Normalize(once))
			}
		}
	}
}

func TestWordsStopEarly(t *testing.T) {
	for _, s := range []string{"خبر ثان", "1.2.3", "ا ب", "ﷺ"} {
		n := 0
		for range Words(s) {
			n++
			break
		}
		if n != 1 {
			t.Errorf("%d words of %q before the break, want 1", n, s)
		}
	}
}

func FuzzWords(f *testing.F) {
	for _, fact := range facts {
		f.Add(fact.text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		checkWords(t, s)
		checkTwin(t, s, s)
	})
}

func FuzzNormalize(f *testing.F) {
	for _, fact := range facts {
		f.Add(fact.text)
	}
	for _, s := range ownTexts(f) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkNormalize(t, s) })
}

// Once warm, a reader cuts texts without allocating for each word.
func TestReaderReusesItsMemory(t *testing.T) {
	var r Reader
	text := strings.Repeat("قال الوزير إنّ القمّة ستُعقد يوم الأحد ١٤ تموز بحضور ٢٢ دولة. ", 30)
	words := 0
	if n := testing.AllocsPerRun(100, func() {
		for range r.Words(text) {
			words++
		}
	}); n > 3 || words == 0 { // of the sequence itself
		t.Errorf("%v allocations a text of %d words", n, words/101)
	}
}
