package article

import (
	"slices"
	"time"

	"github.com/hablullah/go-hijri"
)

// hijriNames are the months of the Hijri year, folded, in order; those of two
// words have the ways in which the second is written.
var hijriNames = [12]struct {
	first  []string
	second []string
}{
	{[]string{"محرم", "المحرم"}, nil},
	{[]string{"صفر"}, nil},
	{[]string{"ربيع"}, []string{"الاول", "اول", "1"}},
	{[]string{"ربيع"}, []string{"الاخر", "الثاني", "ثاني", "2"}},
	{[]string{"جمادي", "جماد"}, []string{"الاولي", "الاول", "اول", "1"}},
	{[]string{"جمادي", "جماد"}, []string{"الاخره", "الاخر", "الثانيه", "الثاني", "ثاني", "2"}},
	{[]string{"رجب"}, nil},
	{[]string{"شعبان"}, nil},
	{[]string{"رمضان"}, nil},
	{[]string{"شوال"}, nil},
	{[]string{"ذو", "ذي"}, []string{"القعده"}},
	{[]string{"ذو", "ذي"}, []string{"الحجه"}},
}

// isHijriMonth reports whether a word begins the name of a Hijri month.
func isHijriMonth(word string) bool {
	for _, name := range hijriNames {
		if slices.Contains(name.first, word) {
			return true
		}
	}
	return false
}

// hijriMonth reads the name of a Hijri month and returns its number and how
// many words it has, 0 if it is none.
func hijriMonth(word, next string) (month, words int) {
	for i, name := range hijriNames {
		if slices.Contains(name.first, word) {
			if name.second == nil {
				return i + 1, 1
			}
			if slices.Contains(name.second, next) {
				return i + 1, 2
			}
		}
	}
	return 0, 0
}

// A hijriDate is a date of the Hijri calendar as far as it is known, 0 for what
// is not.
type hijriDate struct{ year, month, day int }

// The years that the calendar of Umm al-Qura is known for.
const firstHijri, lastHijri = 1356, 1500

// gregorian returns the day in the Gregorian calendar by that of Umm al-Qura,
// which Saudi Arabia goes by. Elsewhere a month may begin a day earlier or later.
func (h hijriDate) gregorian() (year, month, day int, ok bool) {
	if h.year < firstHijri || h.year > lastHijri || h.month < 1 || h.month > 12 || h.day < 1 || h.day > 30 {
		return 0, 0, 0, false
	}
	date := hijri.UmmAlQuraDate{Year: int64(h.year), Month: int64(h.month), Day: int64(h.day)}
	t := date.ToGregorian()
	back, err := hijri.CreateUmmAlQuraDate(t)
	if err != nil || back.Day != date.Day || back.Month != date.Month {
		return 0, 0, 0, false // the 30th of a month of 29 days
	}
	y, m, d := t.In(time.UTC).Date()
	return y, int(m), d, true
}
