package article

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// ParseTime reads a date as news sites and dumps write it: RFC 3339 and its
// relatives, RFC 1123, day/month/year, month names in English, French and the
// four Arabic traditions (يناير، كانون الثاني، جانفي, in Morocco غشت), Hijri
// dates, by their Gregorian twin if they have one, seconds or milliseconds since 1970, and
// «منذ ساعتين» (two hours ago). Digits may be Arabic, Persian or European.
//
// A clock without a zone is read in zone (nil means UTC), a day stands for its
// start. A relative date is placed by now, the time of its capture; with a zero
// now its time is zero. In 07/08/2025 the day comes first.
//
// What cannot be read, a month without a day, and what lies before 1900, more
// than a year after now, or after 2100, is (zero, [None]).
func ParseTime(s string, now time.Time, zone *time.Location) (time.Time, Precision) {
	if zone == nil {
		zone = time.UTC
	}
	t, precision := parseTime(strings.TrimSpace(s), now, zone)
	if precision != None && !(precision == Relative && t.IsZero()) && !plausible(t, now) {
		return time.Time{}, None
	}
	return t, precision
}

func plausible(t, now time.Time) bool {
	if t.Year() < 1900 || t.Year() > 2100 {
		return false
	}
	return now.IsZero() || t.Before(now.AddDate(1, 0, 0))
}

// maxDate is the longest text taken for a date, in bytes.
const maxDate = 200

func parseTime(s string, now time.Time, zone *time.Location) (time.Time, Precision) {
	if len(s) >= len("2006-01-02T15:04:05Z") && s[10] == 'T' {
		if t, err := time.Parse(time.RFC3339, s); err == nil {
			return t, Exact
		}
	}
	if s == "" || len(s) > maxDate {
		return time.Time{}, None
	}
	if t, ok := parseEpoch(s); ok {
		return t, Exact
	}
	if t, precision := parseSerial(s, zone); precision != None {
		return t, precision
	}
	tokens := dateTokens(s)
	if t, precision := parseAbsolute(tokens, zone); precision != None {
		return t, precision
	}
	return parseRelative(tokens, now, zone)
}

// parseEpoch reads seconds, milliseconds, microseconds or nanoseconds since
// 1970, told apart by their size. Smaller numbers than 1e8 (1973) are dates of
// another form, or nothing.
func parseEpoch(s string) (time.Time, bool) {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n < 1e8 || n > 5e18 || strings.Trim(s, "0123456789.eE+") != "" {
		return time.Time{}, false
	}
	if digits := len(s); digits == 14 || digits == 12 { // 20250714103000
		if _, precision := parseAbsolute(dateTokens(s), time.UTC); precision == Exact {
			return time.Time{}, false
		}
	}
	whole, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		whole = int64(n)
	}
	switch {
	case n < 1e10:
		return time.UnixMilli(int64(n * 1e3)).UTC(), true
	case n < 1e13:
		return time.UnixMilli(whole).UTC(), true
	case n < 1e16:
		return time.UnixMicro(whole).UTC(), true
	}
	return time.Unix(0, whole).UTC(), true
}

// The first and the last day that a spreadsheet's number of days is taken for:
// those of 1970 and 2100.
const firstSerial, lastSerial = 25_569, 73_050

// parseSerial reads the days since the end of 1899, as spreadsheets count them;
// the fraction is the time of day.
func parseSerial(s string, zone *time.Location) (time.Time, Precision) {
	if len(s) < 5 || len(s) > 24 || strings.Trim(s, "0123456789.") != "" || len(s) > 5 && s[5] != '.' {
		return time.Time{}, None
	}
	days, err := strconv.ParseFloat(s, 64)
	if err != nil || days < firstSerial || days > lastSerial {
		return time.Time{}, None
	}
	whole := int(days)
	seconds := int(math.Round((days - float64(whole)) * 86400))
	t := time.Date(1899, time.December, 30+whole, 0, 0, seconds, 0, zone)
	if seconds == 0 {
		return t, Day
	}
	return t, Exact
}

// times judges the date of a record that may have two forms: one for machines,
// and as it was published. The published one tells how exactly the time is
// known, since a machine's form of 25/05/2017 shows midnight.
func times(written, raw string, now time.Time, zone *time.Location) (string, time.Time, Precision) {
	written, raw = strings.TrimSpace(written), strings.TrimSpace(raw)
	if raw == "" || raw == written {
		t, precision := ParseTime(written, now, zone)
		return written, t, precision
	}
	t, precision := ParseTime(written, now, zone)
	rawTime, rawPrecision := ParseTime(raw, now, zone)
	if t.IsZero() {
		return raw, rawTime, rawPrecision
	}
	if rawPrecision != None {
		precision = rawPrecision
	}
	return raw, t, precision
}

// A datePart is a number, a word, or one other character of a date.
type datePart struct {
	kind   byte // '0' number, 'a' word, else the character
	glued  bool // no space before it
	word   string
	number int
	digits int
}

// dateTokens cuts a date into its parts, with words folded.
func dateTokens(s string) []datePart {
	parts := make([]datePart, 0, 16) // as many as most dates have
	glued := true
	runes := []rune(s)
	for i := 0; i < len(runes); {
		r := foldDateRune(runes[i])
		switch {
		case r == 0: // marks and the like are nothing
			i++
			continue
		case r == ' ':
			glued = false
			i++
			continue
		case '0' <= r && r <= '9':
			p := datePart{kind: '0', glued: glued}
			for ; i < len(runes); i++ {
				d := foldDateRune(runes[i])
				if d == 0 {
					continue
				}
				if d < '0' || d > '9' {
					break
				}
				if p.digits++; p.digits <= 18 {
					p.number = p.number*10 + int(d-'0')
				}
			}
			parts = append(parts, p)
		case isDateLetter(r):
			var b strings.Builder
			for ; i < len(runes); i++ {
				l := foldDateRune(runes[i])
				if l == 0 {
					continue
				}
				if !isDateLetter(l) {
					break
				}
				b.WriteRune(l)
			}
			parts = append(parts, datePart{kind: 'a', word: b.String(), glued: glued})
		default:
			kind := byte('?')
			if r < 0x80 {
				kind = byte(r)
			}
			parts = append(parts, datePart{kind: kind, glued: glued})
			i++
		}
		glued = true
	}
	return parts
}

func isDateLetter(r rune) bool {
	return 'a' <= r && r <= 'z' || 0xc0 <= r && r < 0x250 || 0x620 <= r && r < 0x6d4 && r != 0x66a && r != 0x66b && r != 0x66c && r != 0x66d
}

// foldDateRune makes spellings equal: digits and letters of all sorts become
// one sort, space of all sorts ' ', and marks 0.
func foldDateRune(r rune) rune {
	switch {
	case r < 0x80:
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	case 0x660 <= r && r <= 0x669:
		return r - 0x660 + '0'
	case 0x6f0 <= r && r <= 0x6f9:
		return r - 0x6f0 + '0'
	case 0x64b <= r && r <= 0x65f, r == 0x670, r == 0x640, 0x200b <= r && r <= 0x200f, 0x202a <= r && r <= 0x202e, 0x2066 <= r && r <= 0x2069, r == 0xfeff, r == 0xad, r == 0x61c:
		return 0
	}
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ى', 'ی':
		return 'ي'
	case 'ة', 'ە':
		return 'ه'
	case 'ک':
		return 'ك'
	case 0xa0, 0x2002, 0x2003, 0x2009, 0x202f, 0x3000:
		return ' '
	case '–', '—', '−', '‑':
		return '-'
	case '،':
		return ','
	case 'É', 'È', 'Ê':
		return 'é'
	case 'Û':
		return 'û'
	}
	return r
}

// Month returns the number of a month, from 1, by its name in English, French
// or Arabic from Iraq to Morocco, in small letters and without marks or hamza;
// 0 if it is none.
func Month(name string) int { return monthNames[name] }
