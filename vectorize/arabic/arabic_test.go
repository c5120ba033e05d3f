package arabic

import (
	"slices"
	"testing"
)

func TestWords(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"vowel marks", "قَالَ الرَّئِيسُ", []string{"قال", "الرييس"}},
		{"hamza", "أإآٱ ؤ ئ ماء", []string{"اااا", "و", "ي", "ماء"}},
		{"presentation forms", "ﻻ ﺍﻟﻌﺮﺑﻲ", []string{"لا", "العربي"}},
		{"formula", "النبي ﷺ", []string{"النبي", "صلي", "الله", "عليه", "وسلم"}},
		{"tatweel", "الأرصـاد لـ 140 الـ140 15ـ20", []string{"الارصاد", "ل", "140", "ال", "140", "15", "20"}},
		{"marks inside words", "فبرا\u202d\u202cير مستقر\u00adا ال\u200bعراق", []string{"فبراير", "مستقرا", "العراق"}},
		{"look-alikes", "ایران کرة ھذا ہے", []string{"ايران", "كره", "هذا", "هي"}},
		{"no space after full stop", "مكتملة.كما", []string{"مكتمله", "كما"}},
		{"glued digits", "2015م كوفيد19", []string{"2015", "م", "كوفيد", "19"}},
		{"hashtag", "#المحيط_الهادئ", []string{"المحيط", "الهادي"}},
		{"entities", "&quot;خبر&quot;&#8221; &amp;quot;ثان&amp;quot; AT&amp;T caf&eacute; &foo; &", []string{"خبر", "ثان", "at", "t", "cafe", "foo"}},
		{"digits", "٦٧ ۶۷ ６７", []string{"67", "67", "67"}},
		{"thousands", "1,500 ١٬٥٠٠ 1،500 1500. 10.703.000 1,500.25", []string{"1500", "1500", "1500", "1500", "10703000", "1500.25"}},
		{"decimals", "0.38% ٠٫٣٨ 0,38 0،716 4.6625.", []string{"0.38", "0.38", "0.38", "0.716", "4.6625"}},
		{"dates, times, scores", "10/8/2015 10.8.2015 15:08 2-1 2014،2015", []string{"10", "8", "2015", "10", "8", "2015", "15", "08", "2", "1", "2014", "2015"}},
		{"dotted letters", "(أ.ف.ب) أ ف ب / د.ب.أ U.S. و أ ب ت.ث", []string{"افب", "افب", "دبا", "us", "و", "ا", "ب", "تث"}},
		{"unit after number", "2015 م - أ ف ب", []string{"2015", "م", "افب"}},
		{"scripts", "لـCNN العربية", []string{"ل", "cnn", "العربيه"}},
		{"invalid UTF-8", "خبر\xffثان", []string{"خبر", "ثان"}},
		{"nothing", " ، … ", nil},
	} {
		var got []string
		for w := range Words(test.text) {
			got = append(got, w.Text)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: Words(%q) = %q, want %q", test.name, test.text, got, test.want)
		}
	}
}
