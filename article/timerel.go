package article

import (
	"strings"
	"time"
)

// A timeUnit is a unit of time in its Arabic forms, folded, and in English.
type timeUnit struct {
	one, two, many string        // separated by spaces
	span           time.Duration // 0 for months and years
	months         int
}

var timeUnits = []timeUnit{
	{"ثانيه second sec", "ثانيتين ثانيتان", "ثوان ثواني seconds secs", time.Second, 0},
	{"دقيقه minute min", "دقيقتين دقيقتان", "دقائق دقايق minutes mins", time.Minute, 0},
	{"ساعه hour", "ساعتين ساعتان", "ساعات hours", time.Hour, 0},
	{"يوم يوما day", "يومين يومان", "ايام days", 24 * time.Hour, 0},
	{"اسبوع اسبوعا week", "اسبوعين اسبوعان", "اسابيع weeks", 7 * 24 * time.Hour, 0},
	{"شهر شهرا month", "شهرين شهران", "اشهر شهور months", 0, 1},
	{"سنه عام عاما year", "سنتين سنتان عامين عامان", "سنوات سنين اعوام years", 0, 12},
}

// smallNumbers are the numbers that are written as words before a plural,
// without their ending.
var smallNumbers = map[string]int{
	"ثلاث": 3, "اربع": 4, "خمس": 5, "ست": 6, "سبع": 7, "ثمان": 8, "ثماني": 8, "تسع": 9, "عشر": 10,
}

// parseRelative reads «منذ ساعتين», «قبل 3 أيام», «أمس», "2 hours ago". The
// time is zero if now is, or if no number can be told («قبل أيام»).
func parseRelative(parts []datePart, now time.Time, zone *time.Location) (time.Time, Precision) {
	start := -1
	for i, p := range parts {
		switch p.word {
		case "منذ", "قبل":
			if start < 0 {
				start = i + 1
			}
		case "ago":
			start = 0
		}
	}
	if start < 0 {
		return namedDay(parts, now, zone)
	}
	d := dateDistance{}
	for i := start; i < len(parts); {
		n := d.add(parts[i:])
		if n == 0 {
			break
		}
		i += n
	}
	switch {
	case !d.known && !d.vague:
		return time.Time{}, None
	case d.vague || now.IsZero() || d.months > 12*200 || d.span > 200*365*24*time.Hour:
		return time.Time{}, Relative
	}
	return now.In(zone).AddDate(0, -d.months, 0).Add(-d.span), Relative
}

// A dateDistance adds up how long ago something was.
type dateDistance struct {
	span   time.Duration
	months int
	known  bool
	vague  bool // a number is missing
}

// add reads one number and unit at the start of parts and returns how many
// parts that is, 0 if it is none.
func (d *dateDistance) add(parts []datePart) int {
	at := func(i int) datePart {
		if i < len(parts) {
			return parts[i]
		}
		return datePart{}
	}
	first, next := at(0), at(1)
	word := strings.TrimPrefix(first.word, "و") // "and"
	switch {
	case first.kind == '0' && first.digits <= 6:
		if u := unitOf(next.word, func(u timeUnit) string { return u.one + " " + u.many + " " + u.two }); u != nil {
			d.plus(u, first.number)
			return 2
		}
		return 0
	case first.word == "و", first.kind == ',', first.word == "حوالي", first.word == "نحو", first.word == "اكثر", first.word == "من", first.word == "about":
		return 1
	case first.word == "قليل", first.word == "لحظات", first.word == "لحظه":
		d.known = true
		return 1
	case word == "نصف" && next.word == "ساعه":
		d.span, d.known = d.span+30*time.Minute, true
		return 2
	case word == "ربع" && next.word == "ساعه":
		d.span, d.known = d.span+15*time.Minute, true
		return 2
	case first.word == "a", first.word == "an":
		return 1
	}
	if n, ok := smallNumbers[strings.TrimSuffix(word, "ه")]; ok {
		if u := unitOf(next.word, func(u timeUnit) string { return u.many }); u != nil {
			d.plus(u, n)
			return 2
		}
	}
	for _, w := range []string{first.word, word} {
		if u := unitOf(w, func(u timeUnit) string { return u.one }); u != nil {
			d.plus(u, 1)
			return 1
		}
		if u := unitOf(w, func(u timeUnit) string { return u.two }); u != nil {
			d.plus(u, 2)
			return 1
		}
		if unitOf(w, func(u timeUnit) string { return u.many }) != nil {
			d.vague = true
			return 1
		}
	}
	return 0
}

func (d *dateDistance) plus(u *timeUnit, n int) {
	d.span += time.Duration(n) * u.span
	d.months += n * u.months
	d.known = true
}

// unitOf returns the unit that has word among the given forms.
func unitOf(word string, forms func(timeUnit) string) *timeUnit {
	if word == "" {
		return nil
	}
	for i := range timeUnits {
		if strings.Contains(" "+forms(timeUnits[i])+" ", " "+word+" ") {
			return &timeUnits[i]
		}
	}
	return nil
}

// namedDay reads «اليوم», «أمس», «أول أمس» and «الآن», with or without a clock.
func namedDay(parts []datePart, now time.Time, zone *time.Location) (time.Time, Precision) {
	d := &dateReading{parts: parts}
	days, found, instant := 0, false, false
	for i := 0; i < len(parts); {
		n := 1
		switch p := parts[i]; {
		case p.kind == '0':
			if n = d.clock(i); n == 0 {
				return time.Time{}, None
			}
		case p.word == "اليوم", p.word == "today":
			found = true
		case p.word == "الان", p.word == "now":
			found, instant = true, true
		case p.word == "امس", p.word == "البارحه", p.word == "yesterday":
			found, days = true, days+1
		case p.word == "اول" && !found, p.word == "الاول" && days == 1: // أول أمس, أمس الأول
			days++
		case p.kind == 'a':
			if n = d.word(i); n == 0 {
				return time.Time{}, None
			}
		}
		i += n
	}
	if !found {
		return time.Time{}, None
	}
	if now.IsZero() {
		return time.Time{}, Relative
	}
	if instant {
		return now.In(zone), Relative
	}
	if d.zone != nil {
		zone = d.zone
	}
	day := now.In(zone).AddDate(0, 0, -days)
	d.year, d.month, d.day = day.Year(), int(day.Month()), day.Day()
	t, _ := d.time(zone)
	return t, Relative
}
