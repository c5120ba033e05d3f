package article

import (
	"slices"
	"strings"
	"time"
)

// A dateReading is what the parts of a date have told so far.
type dateReading struct {
	parts            []datePart
	year, month, day int // 0 while unknown
	hour, min, sec   int
	nanos            int
	hasClock         bool
	afternoon        bool
	morning          bool
	zone             *time.Location // nil while unknown
	hijri            hijriDate
}

// parseAbsolute reads a date of year, month and day in any order, with or
// without a clock and a zone. Words it does not know are passed over, numbers
// that find no place make it no date.
func parseAbsolute(parts []datePart, zone *time.Location) (time.Time, Precision) {
	d := &dateReading{parts: parts}
	for i := 0; i < len(parts); {
		n := 0
		switch parts[i].kind {
		case '0':
			if n = d.number(i); n == 0 {
				return time.Time{}, None
			}
		case 'a':
			if n = d.word(i); n == 0 {
				return time.Time{}, None
			}
		case '+', '-':
			n = max(1, d.offset(i))
		default:
			n = 1
		}
		i += n
	}
	return d.time(zone)
}

// time puts the parts together.
func (d *dateReading) time(zone *time.Location) (time.Time, Precision) {
	if d.zone != nil {
		zone = d.zone
	}
	if d.day == 0 && d.month == 0 && d.year == 0 {
		d.year, d.month, d.day, _ = d.hijri.gregorian() // a twin would have been better
	}
	if d.day < 1 || d.month < 1 || d.month > 12 || d.year < 1 {
		return time.Time{}, None
	}
	switch {
	case d.afternoon && d.hour < 12:
		d.hour += 12
	case d.morning && d.hour == 12:
		d.hour = 0
	}
	t := time.Date(d.year, time.Month(d.month), d.day, d.hour, d.min, d.sec, d.nanos, zone)
	if y, m, day := t.Date(); (y != d.year || int(m) != d.month || day != d.day) && d.hour < 24 {
		return time.Time{}, None // 31 February
	}
	if !d.hasClock {
		return t, Day
	}
	return t, Exact
}

// at returns the part at i, a part of kind 0 beyond the end.
func (d *dateReading) at(i int) datePart {
	if i < 0 || i >= len(d.parts) {
		return datePart{}
	}
	return d.parts[i]
}

// number reads what starts with the number at i and returns how many parts
// that is, 0 if it makes no sense.
func (d *dateReading) number(i int) int {
	p := d.at(i)
	if n := d.clock(i); n > 0 {
		return n
	}
	if n := d.numericDate(i); n > 0 {
		return n
	}
	if d.beforeHijri(i) {
		d.hijri.day = p.number
		return 1
	}
	switch {
	case p.digits == 8 || p.digits == 12 || p.digits == 14: // 20250714, 202507141030, 20250714103000
		return d.compact(p)
	case p.digits == 4 && 1300 <= p.number && p.number <= lastHijri: // a Hijri year
		d.hijri.year = p.number
		return 1
	case p.digits == 4 && d.year == 0:
		d.year = p.number
		return 1
	case p.digits <= 2 && d.day == 0:
		d.day = p.number
		return 1
	case p.digits == 2 && d.year == 0 && d.month > 0: // 18-Feb-18
		d.year = fullYear(p.number)
		return 1
	}
	return 0
}

// clock reads 10:30, 10:30:15.123, 10h30, 1030 before a zone or behind the T of
// ISO 8601, and 10 before «مساء» (p. m.).
func (d *dateReading) clock(i int) int {
	p, sep, minute := d.at(i), d.at(i+1), d.at(i+2)
	switch {
	case p.digits <= 2 && (sep.kind == ':' || sep.word == "h") && sep.glued && minute.kind == '0' && minute.digits == 2:
		n := 3
		second := datePart{}
		if d.at(i+3).kind == ':' && d.at(i+4).kind == '0' && d.at(i+4).digits == 2 {
			second = d.at(i + 4)
			n = 5
		}
		nanos := 0
		if n == 5 && (d.at(i+5).kind == '.' || d.at(i+5).kind == ',') && d.at(i+6).kind == '0' && d.at(i+6).glued && d.at(i+6).digits <= 9 {
			nanos = d.at(i + 6).number
			for range 9 - d.at(i+6).digits {
				nanos *= 10
			}
			n = 7
		}
		if !d.setClock(p.number, minute.number, second.number, nanos) {
			return 0
		}
		return n + d.halfDay(i+n)
	case (p.digits == 4 || p.digits == 6) && (d.at(i-1).word == "t" || zoneFollows(d.at(i+1), d.at(i+2))):
		hhmmss := p.number
		if p.digits == 4 {
			hhmmss *= 100
		}
		if !d.setClock(hhmmss/10000, hhmmss/100%100, hhmmss%100, 0) {
			return 0
		}
		return 1
	case p.digits <= 2 && p.number <= 12 && sep.kind == 'a' && slices.Contains([]string{"am", "pm", "صباحا", "مساء", "ظهرا"}, sep.word):
		if !d.setClock(p.number, 0, 0, 0) {
			return 0
		}
		return 1 + d.halfDay(i+1)
	}
	return 0
}

func zoneFollows(a, b datePart) bool {
	return a.word == "gmt" || a.word == "utc" || a.kind == '(' && (b.word == "gmt" || b.word == "utc")
}

// setClock sets the clock unless it is set; ok is false if there is no such
// time of day.
func (d *dateReading) setClock(hour, min, sec, nanos int) (ok bool) {
	if hour > 24 || min > 59 || sec > 60 || hour == 24 && min+sec > 0 {
		return false
	}
	if !d.hasClock {
		d.hasClock, d.hour, d.min, d.sec, d.nanos = true, hour, min, sec, nanos
	}
	return true
}

// halfDay reads the letters behind a clock that tell the half of the day.
func (d *dateReading) halfDay(i int) int {
	switch d.at(i).word {
	case "am", "ص", "صباحا", "فجرا":
		d.morning = true
		return 1
	case "pm", "م", "مساء", "ظهرا", "عصرا":
		d.afternoon = true
		return 1
	case "a", "p":
		if d.at(i+1).kind == '.' && d.at(i+2).word == "m" {
			d.morning, d.afternoon = d.at(i).word == "a", d.at(i).word == "p"
			return 3
		}
	}
	return 0
}

// numericDate reads three numbers parted by the same sign.
func (d *dateReading) numericDate(i int) int {
	a, sep, b, again, c := d.at(i), d.at(i+1), d.at(i+2), d.at(i+3), d.at(i+4)
	if sep.kind != '/' && sep.kind != '-' && sep.kind != '.' || again.kind != sep.kind || b.kind != '0' || c.kind != '0' || b.digits > 2 {
		return 0
	}
	year, month, day := c, b, a
	switch {
	case a.digits == 4 && c.digits <= 2:
		year, day = a, c
	case a.digits > 2 || c.digits != 4 && c.digits != 2:
		return 0
	case month.number > 12 && day.number <= 12: // as written in the United States
		month, day = day, month
	}
	if 1300 <= year.number && year.number <= lastHijri {
		d.hijri = hijriDate{year.number, month.number, day.number}
		return 5
	}
	if d.year != 0 || d.day != 0 || d.month != 0 {
		return 0
	}
	d.year, d.month, d.day = year.number, month.number, day.number
	if year.digits == 2 {
		d.year = fullYear(d.year)
	}
	return 5
}

// compact reads a date, or a date and a clock, written as one number.
func (d *dateReading) compact(p datePart) int {
	if d.year != 0 || d.day != 0 {
		return 0
	}
	n := p.number
	switch p.digits {
	case 12:
		n *= 100
		fallthrough
	case 14:
		clock := n % 1000000
		if !d.setClock(clock/10000, clock/100%100, clock%100, 0) {
			return 0
		}
		n /= 1000000
	}
	d.year, d.month, d.day = n/10000, n/100%100, n%100
	if d.year < 1900 || d.year > 2100 || d.month > 12 || d.day > 31 {
		return 0
	}
	return 1
}

// fullYear returns the year that two digits stand for.
func fullYear(n int) int {
	if n < 70 {
		return 2000 + n
	}
	return 1900 + n
}

// beforeHijri reports whether the number at i is the day of a Hijri month.
func (d *dateReading) beforeHijri(i int) bool {
	next := d.at(i + 1)
	if next.kind == '/' || next.word == "من" {
		next = d.at(i + 2)
	}
	return isHijriMonth(next.word)
}

// word reads the word at i and returns how many parts it takes, 0 if it makes
// the date impossible.
func (d *dateReading) word(i int) int {
	word, next := d.at(i).word, d.at(i+1).word
	month, n := monthNames[word], 1
	if m, ok := monthNames[word+" "+next]; ok {
		month, n = m, 2
	}
	if month > 0 {
		if d.month != 0 && d.month != month {
			return 0
		}
		d.month = month
		return n
	}
	if month, words := hijriMonth(word, next); month > 0 {
		d.hijri.month = month
		return words
	}
	if hours, ok := zoneNames[word]; ok {
		if n := d.offset(i + 1); n > 0 { // GMT+4
			return 1 + n
		}
		d.setZone(hours * 3600)
		return 1
	}
	if hours, ok := placeZones[next]; ok && strings.HasSuffix(word, "توقيت") {
		d.setZone(hours * 3600)
		return 2
	}
	switch {
	case word == "ت" && (next == "م" || next == "غ"): // توقيت مكة, توقيت غرينتش
		d.setZone(map[string]int{"م": 3 * 3600, "غ": 0}[next])
		return 2
	case word == "مساء" || word == "مساءا":
		d.afternoon = true
	case word == "صباحا":
		d.morning = true
	}
	return 1
}

// setZone sets the zone, in seconds east of Greenwich, unless it is set.
func (d *dateReading) setZone(seconds int) {
	if d.zone == nil {
		d.zone = time.FixedZone("", seconds)
	}
}

// offset reads +04:00, -0500 or +4 behind a clock or a zone and returns how
// many parts that is, 0 if it is none.
func (d *dateReading) offset(i int) int {
	before, sign, hours := d.at(i-1), d.at(i), d.at(i+1)
	_, afterZone := zoneNames[before.word]
	switch {
	case sign.kind != '+' && sign.kind != '-', hours.kind != '0', !hours.glued, hours.digits > 4, d.zone != nil,
		!afterZone && (!d.hasClock || before.kind != '0' && before.kind != 'a'):
		return 0
	}
	seconds, n := hours.number*3600, 2
	switch {
	case hours.digits > 2:
		seconds = hours.number/100*3600 + hours.number%100*60
	case d.at(i+2).kind == ':' && d.at(i+3).kind == '0' && d.at(i+3).digits == 2:
		seconds += d.at(i+3).number * 60
		n = 4
	case d.at(i+2).kind == '/' || d.at(i+2).kind == '-' || d.at(i+2).kind == '.':
		return 0 // a date
	}
	if seconds > 14*3600 {
		return 0
	}
	if sign.kind == '-' {
		seconds = -seconds
	}
	d.setZone(seconds)
	return n
}
