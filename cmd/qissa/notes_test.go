package main

import (
	"testing"
	"unicode"

	"qissa/article"
)

func TestMostlyArabic(t *testing.T) {
	for _, test := range []struct {
		text string
		want bool
	}{
		{"", true},
		{"123 — !", true},
		{"نشرة الأخبار", true},
		{"News bulletin", false},
		{"خبر abc", true},
		{"خبر abcd", false},
		{"خــــــبر abc", true}, // tatweel is no letter
		{"اَلْخَبَر abcde", true},
		{"ﺍﻟﺨﺒﺮ abcde", true}, // presentation forms
		{"گزارش پژوهش", true},
		{"новости", false},
		{"新闻 خبر", true},
		{"\xd8", true}, // cut off
	} {
		if got := mostlyArabic(article.Article{Title: test.text}); got != test.want {
			t.Errorf("%q: %v, want %v", test.text, got, test.want)
		}
	}
}

// One letter alone is told as its script says.
func TestMostlyArabicOfEveryLetter(t *testing.T) {
	for r := rune(0x80); r < 0x3000; r++ {
		if want := !unicode.IsLetter(r) || unicode.Is(unicode.Arabic, r) || r == 'ـ'; mostlyArabic(article.Article{Body: string(r)}) != want {
			t.Errorf("%U: %v, want %v", r, !want, want)
		}
	}
}
