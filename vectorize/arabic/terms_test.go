package arabic

import (
	"slices"
	"strings"
	"testing"
)

func TestStem(t *testing.T) {
	for _, test := range []struct{ word, want string }{
		{"الرييس", "رييس"},      // the president
		{"والرييس", "رييس"},     // and the president
		{"بالمدينه", "مدين"},    // in the city
		{"للمدن", "مدن"},        // for the cities
		{"لمدينه", "مدين"},      // for a city
		{"ارتفاعا", "ارتفاع"},   // as a rise
		{"مدرسون", "مدرس"},      // teachers
		{"مدرسين", "مدرس"},      // teachers
		{"سعوديه", "سعود"},      // Saudi
		{"سعوديين", "سعود"},     // Saudis
		{"قراراتها", "قرار"},    // its decisions
		{"وزاره", "زار"},        // و is taken for «and», as in light10
		{"بنك", "بنك"},          // three letters stay
		{"عين", "عين"},          // likewise
		{"ماءها", "ماء"},        // its water
		{"گوگل", "گوگل"},        // Google
		{"cnn", "cnn"},          // another script
		{"2015", "2015"},        // a number
		{"0.38", "0.38"},        // a number
		{"و", "و"},              // a single letter
		{"الله", "له"},          // as light10
		{"москва", "москва"},    // another script
		{"東京都", "東京都"},          // another script
		{"مستشفياتها", "مستشف"}, // its hospitals: three endings, one after the other
	} {
		if got := Stem(test.word); got != test.want {
			t.Errorf("Stem(%q) = %q, want %q", test.word, got, test.want)
		}
	}
}

func TestIsStop(t *testing.T) {
	for word, want := range map[string]bool{
		"في": true, "علي": true, "الذي": true, "وقال": true, "هذه": true, "ان": true,
		"والتي": true, "وذلك": true, // and which, and that
		"و": true, "ل": true, "م": true, "s": true, "ال": true, // left of «و قال», «لـ 140», «2015 م», «Who's», «الـ140»
		"5": false, "2015": false, "ثلاثه": false, "مليون": false, // numbers
		"مايو": false, "وام": false, "امين": false, "معاذ": false, "عين": false, // months, agencies, names
		"رييس": false, "افب": false, "cnn": false, "at": false, "京": false, "وقف": false,
	} {
		if got := IsStop(word); got != want {
			t.Errorf("IsStop(%q) = %t, want %t", word, got, want)
		}
	}
}

// Every line of the list is one folded word and a stop word.
func TestStopList(t *testing.T) {
	n := 0
	for line := range strings.Lines(stopList) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		n++
		if w := Normalize(line); w == "" || strings.Contains(w, " ") || !IsStop(w) {
			t.Errorf("stop list has %q, folded %q", line, w)
		}
	}
	if n < 400 {
		t.Errorf("stop list has %d entries", n)
	}
}

func TestTerms(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"وقال الرئيس إنّ الأسهم تغلق على تراجع بنسبة 0.38%", "رييس اسهم تغلق تراجع نسب 0.38"},
		{"فرانس24/ أ ف ب", "فرانس 24 افب"},
		{"و في على 2015م", "2015"},
		{"من و إلى …", ""},
		{"", ""},
	} {
		if got := strings.Join(slices.Collect(Terms(test.text)), " "); got != test.want {
			t.Errorf("Terms(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}
