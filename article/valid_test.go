package article

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzValid(f *testing.F) {
	for _, s := range []string{
		"", "قِصّة الخبر", "news 2018", "قال «الوزير» – أمس", "😀 لقاء", "\xd9", "قصة\xd9", "قصة\x82", "\xc0\x80", "\xc1\xbf", "\xed\xa0\x80", "\xf5\x80\x80\x80",
		"1234567\xd9", "1234567\xd9\x82", "قصة خبر\x80", "\xd9\xd9\x82\x82قصة",
	} {
		f.Add(s)
		f.Add(strings.Repeat("ق", 7) + s + "خبر")
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := valid(s), utf8.ValidString(s); got != want {
			t.Errorf("valid(%q) = %v, want %v", s, got, want)
		}
	})
}

func BenchmarkValid(b *testing.B) {
	text := strings.Repeat("قال الوزير، أمس، إن «الاتفاق» يشمل 12 بلدا.\n", 50)
	for name, valid := range map[string]func(string) bool{"ours": valid, "standard": utf8.ValidString} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				valid(text)
			}
		})
	}
}
