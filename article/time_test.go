package article

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func TestParseTime(t *testing.T) {
	now := time.Date(2025, 7, 14, 14, 0, 0, 0, time.UTC)
	tunis := time.FixedZone("", 3600)
	const none = ""
	for _, c := range []struct {
		written   string
		want      string // RFC 3339, "" for the zero time
		precision Precision
	}{
		// for machines
		{"2015-07-21T02:51:32+03:00", "2015-07-21T02:51:32+03:00", Exact},
		{"2015-07-21T02:51:32Z", "2015-07-21T02:51:32Z", Exact},
		{"2015-07-21T02:51:32.25Z", "2015-07-21T02:51:32.25Z", Exact},
		{"2015-07-21 02:51:32", "2015-07-21T02:51:32+01:00", Exact},
		{"2015-07-21 02:51:32.123456", "2015-07-21T02:51:32.123456+01:00", Exact},
		{"2015-07-21T02:51", "2015-07-21T02:51:00+01:00", Exact},
		{"2015-07-21 02:51:32 +0300", "2015-07-21T02:51:32+03:00", Exact},
		{"2015-07-21 02:51:32+00", "2015-07-21T02:51:32Z", Exact},
		{"2015-07-21T02:51:32-0500", "2015-07-21T02:51:32-05:00", Exact},
		{"2017-01-22T185600", "2017-01-22T18:56:00+01:00", Exact},
		{"20170122T185600", "2017-01-22T18:56:00+01:00", Exact},
		{"20170122T185600Z", "2017-01-22T18:56:00Z", Exact},
		{"20170122185600", "2017-01-22T18:56:00+01:00", Exact},
		{"201701221856", "2017-01-22T18:56:00+01:00", Exact},
		{"20170122", "2017-01-22T00:00:00+01:00", Day},
		{"2017-01-22", "2017-01-22T00:00:00+01:00", Day},
		{"1500000000", "2017-07-14T02:40:00Z", Exact},
		{"1500000000.5", "2017-07-14T02:40:00.5Z", Exact},
		{"1.5e9", "2017-07-14T02:40:00Z", Exact},
		{"1500000000000", "2017-07-14T02:40:00Z", Exact},
		{"1500000000000000", "2017-07-14T02:40:00Z", Exact},
		{"1500000000000000000", "2017-07-14T02:40:00Z", Exact},

		// for feeds and letters
		{"Sun, 18 Feb 2018 21:35:43 +0400", "2018-02-18T21:35:43+04:00", Exact},
		{"Sun, 18 Feb 2018 17:21:49 GMT", "2018-02-18T17:21:49Z", Exact},
		{"18 Feb 18 17:21 EST", "2018-02-18T17:21:00-05:00", Exact},
		{"Sunday, 18-Feb-18 17:21:49 UTC", "2018-02-18T17:21:49Z", Exact},
		{"Sun Feb 18 17:21:49 2018", "2018-02-18T17:21:49+01:00", Exact},
		{"Sun Feb 18 17:21:49 UTC 2018", "2018-02-18T17:21:49Z", Exact},
		{"Sun Feb 18 2018 17:21:49 GMT+0300 (Arabian Standard Time)", "2018-02-18T17:21:49+03:00", Exact},
		{"July 14, 2025", "2025-07-14T00:00:00+01:00", Day},
		{"July 14th, 2025 at 3:05 PM", "2025-07-14T15:05:00+01:00", Exact},
		{"Jul 14, 2025 12:05 a.m.", "2025-07-14T00:05:00+01:00", Exact},
		{"14 juillet 2025 à 10h30", "2025-07-14T10:30:00+01:00", Exact},
		{"2025-07-14 10:30 UTC", "2025-07-14T10:30:00Z", Exact},

		// days in numbers
		{"25/05/2017", "2017-05-25T00:00:00+01:00", Day},
		{"05/25/2017", "2017-05-25T00:00:00+01:00", Day},
		{"07/08/2025", "2025-08-07T00:00:00+01:00", Day},
		{"25-05-2017 10:30", "2017-05-25T10:30:00+01:00", Exact},
		{"25.05.2017", "2017-05-25T00:00:00+01:00", Day},
		{"2017/05/25", "2017-05-25T00:00:00+01:00", Day},
		{"25 / 5 / 2017", "2017-05-25T00:00:00+01:00", Day},
		{"٢٥/٠٥/٢٠١٧", "2017-05-25T00:00:00+01:00", Day},
		{"\u200f٢٥\u200f/\u200f٠٥\u200f/\u200f٢٠١٧ ٨:٣٠ م", "2017-05-25T20:30:00+01:00", Exact},
		{"1036 (GMT+04:00) - 25/02/09", "2009-02-25T10:36:00+04:00", Exact},
		{"(GMT+04:00) 10:36 - 25/02/09", "2009-02-25T10:36:00+04:00", Exact},
		{"25/02/2009 10:36 GMT +4", "2009-02-25T10:36:00+04:00", Exact},
		{"25/02/2009 10:36 بتوقيت مكة المكرمة", "2009-02-25T10:36:00+03:00", Exact},
		{"الرياض - 25 فبراير 2009", "2009-02-25T00:00:00+01:00", Day},
		{"2009-02-25T10:36:00.000+0000", "2009-02-25T10:36:00Z", Exact},
		{"25/02/99", "1999-02-25T00:00:00+01:00", Day},

		// Arabic months, east to west
		{"14 يوليو 2025", "2025-07-14T00:00:00+01:00", Day},
		{"الاثنين 14 يوليو 2025 - 10:30", "2025-07-14T10:30:00+01:00", Exact},
		{"14 تموز 2025", "2025-07-14T00:00:00+01:00", Day},
		{"14 تموز / يوليو 2025", "2025-07-14T00:00:00+01:00", Day},
		{"١٤ تموز / يوليو ٢٠٢٥", "2025-07-14T00:00:00+01:00", Day},
		{"الأحد 13 تموز (يوليو) 2025", "2025-07-13T00:00:00+01:00", Day},
		{"12 جويلية 2025", "2025-07-12T00:00:00+01:00", Day},
		{"14 يوليوز 2025", "2025-07-14T00:00:00+01:00", Day},
		{"18 جانفي 2017", "2017-01-18T00:00:00+01:00", Day},
		{"3 أفريل 2017", "2017-04-03T00:00:00+01:00", Day},
		{"1 ماي 2017 على الساعة 18:56", "2017-05-01T18:56:00+01:00", Exact},
		{"5 كانون الأول 2016", "2016-12-05T00:00:00+01:00", Day},
		{"5 كانون الثاني 2016", "2016-01-05T00:00:00+01:00", Day},
		{"5 تشرين الأول/أكتوبر 2016", "2016-10-05T00:00:00+01:00", Day},
		{"31 غشت 2016", "2016-08-31T00:00:00+01:00", Day},
		{"9 آب 2016", "2016-08-09T00:00:00+01:00", Day},
		{"02 تشرين الثاني/نوفمبر 2009، آخر تحديث 11:01 (GMT+0400)", "2009-11-02T11:01:00+04:00", Exact},
		{"٠٢ يَنَايِر ٢٠١٦ الساعة ٩:٠٥ مساءً بتوقيت غرينتش", "2016-01-02T21:05:00Z", Exact},
		{"2 سبتمبر 2015 15:08 ت م", "2015-09-02T15:08:00+03:00", Exact},
		{"14يوليو2025", "2025-07-14T00:00:00+01:00", Day},

		// Hijri with its twin
		{"25 شوال 1436 هـ الموافق 10 أغسطس 2015 م", "2015-08-10T00:00:00+01:00", Day},
		{"الاثنين 1436/10/25 هـ الموافق 2015/08/10 م", "2015-08-10T00:00:00+01:00", Day},
		{"10 أغسطس 2015 الموافق 25 من شوال 1436", "2015-08-10T00:00:00+01:00", Day},
		{"7 ذو القعدة 1436 هـ - 22 أغسطس 2015 م - 10:05 ص", "2015-08-22T10:05:00+01:00", Exact},

		// Hijri alone, by the calendar of Umm al-Qura
		{"25 شوال 1436 هـ", "2015-08-10T00:00:00+01:00", Day},
		{"1436/10/25", "2015-08-10T00:00:00+01:00", Day},
		{"25/10/1436هـ", "2015-08-10T00:00:00+01:00", Day},
		{"الثلاثاء 1 محرم 1447", "2025-06-26T00:00:00+01:00", Day},
		{"٩ ذو الحجة ١٤٤٦ هـ الساعة 10:30", "2025-06-05T10:30:00+01:00", Exact},
		{"12 ربيع الأول 1446", "2024-09-15T00:00:00+01:00", Day},
		{"30 رمضان 1446", none, None}, // it had 29 days
		{"29 من جمادى الآخرة 1446", "2024-12-30T00:00:00+01:00", Day},
		{"31 رمضان 1446", none, None},
		{"رمضان 1446", none, None},
		{"15 رمضان", none, None},
		{"15 رمضان 1300", none, None},

		// relative; now is 14:00 UTC, 15:00 in Tunis
		{"منذ 2 ساعات", "2025-07-14T13:00:00+01:00", Relative},
		{"منذ ساعة", "2025-07-14T14:00:00+01:00", Relative},
		{"منذ ساعتين", "2025-07-14T13:00:00+01:00", Relative},
		{"منذ ٣ ساعات", "2025-07-14T12:00:00+01:00", Relative},
		{"منذ ثلاث ساعات", "2025-07-14T12:00:00+01:00", Relative},
		{"منذ 45 دقيقة", "2025-07-14T14:15:00+01:00", Relative},
		{"قبل دقيقة واحدة", "2025-07-14T14:59:00+01:00", Relative},
		{"قبل ثانيتين", "2025-07-14T14:59:58+01:00", Relative},
		{"قبل 3 أيام", "2025-07-11T15:00:00+01:00", Relative},
		{"قبل يومين", "2025-07-12T15:00:00+01:00", Relative},
		{"قبل أسبوع", "2025-07-07T15:00:00+01:00", Relative},
		{"منذ أسبوعين", "2025-06-30T15:00:00+01:00", Relative},
		{"قبل شهر", "2025-06-14T15:00:00+01:00", Relative},
		{"منذ 6 أشهر", "2025-01-14T15:00:00+01:00", Relative},
		{"قبل سنة", "2024-07-14T15:00:00+01:00", Relative},
		{"قبل عامين", "2023-07-14T15:00:00+01:00", Relative},
		{"منذ ساعة و 20 دقيقة", "2025-07-14T13:40:00+01:00", Relative},
		{"منذ نصف ساعة", "2025-07-14T14:30:00+01:00", Relative},
		{"منذ قليل", "2025-07-14T15:00:00+01:00", Relative},
		{"قبل أيام", none, Relative},
		{"أمس", "2025-07-13T00:00:00+01:00", Relative},
		{"أول من أمس", "2025-07-12T00:00:00+01:00", Relative},
		{"اليوم", "2025-07-14T00:00:00+01:00", Relative},
		{"اليوم 09:30", "2025-07-14T09:30:00+01:00", Relative},
		{"أمس الساعة 10:30 م", "2025-07-13T22:30:00+01:00", Relative},
		{"الآن", "2025-07-14T15:00:00+01:00", Relative},
		{"2 hours ago", "2025-07-14T13:00:00+01:00", Relative},
		{"an hour ago", "2025-07-14T14:00:00+01:00", Relative},
		{"yesterday", "2025-07-13T00:00:00+01:00", Relative},
		{"اليوم الأحد 13 يوليو 2025", "2025-07-13T00:00:00+01:00", Day},

		// no dates, and absurd ones
		{"", none, None},
		{"  ", none, None},
		{"غير معروف", none, None},
		{"null", none, None},
		{"0", none, None},
		{"17", none, None},
		{"2017", none, None},
		{"يوليو 2025", none, None},
		{"31/02/2017", none, None},
		{"45/45/2017", none, None},
		{"10:75 14/07/2025", none, None},
		{"14 يوليو آب 2025", none, None},
		{"14 تموز 2025 عدد 5521", none, None},
		{"0001-01-01T00:00:00Z", none, None},
		{"0000-00-00 00:00:00", none, None},
		{"1899-12-31", none, None},
		{"2099-01-01", none, None},
		{"9999-12-31T23:59:59Z", none, None},
		{strings.Repeat("7", 5000), none, None},
	} {
		got, precision := ParseTime(c.written, now, tunis)
		want, _ := time.Parse(time.RFC3339, c.want)
		if !got.Equal(want) || precision != c.precision {
			t.Errorf("ParseTime(%q) = %v, %s, want %v, %s", c.written, got.Format(time.RFC3339Nano), precision, c.want, c.precision)
		}
	}
}

func TestRelativeDatesStayUnplacedWithoutNow(t *testing.T) {
	for _, s := range []string{"منذ 2 ساعات", "أمس", "قبل يومين", "الآن", "2 hours ago"} {
		if got, precision := ParseTime(s, time.Time{}, nil); !got.IsZero() || precision != Relative {
			t.Errorf("ParseTime(%q) = %v, %s, want the zero time, relative", s, got, precision)
		}
	}
}

// Every form of the units of time, from both prepositions and in both digit
// sets.
func TestRelativeUnits(t *testing.T) {
	now := time.Date(2025, 7, 14, 14, 0, 0, 0, time.UTC)
	for _, u := range []struct {
		one, two, some, many string
		back                 func(n int) time.Time
	}{
		{"ثانية", "ثانيتين", "ثوانٍ", "ثانية", func(n int) time.Time { return now.Add(-time.Duration(n) * time.Second) }},
		{"دقيقة", "دقيقتين", "دقائق", "دقيقة", func(n int) time.Time { return now.Add(-time.Duration(n) * time.Minute) }},
		{"ساعة", "ساعتين", "ساعات", "ساعة", func(n int) time.Time { return now.Add(-time.Duration(n) * time.Hour) }},
		{"يوم", "يومين", "أيام", "يوماً", func(n int) time.Time { return now.AddDate(0, 0, -n) }},
		{"أسبوع", "أسبوعين", "أسابيع", "أسبوعا", func(n int) time.Time { return now.AddDate(0, 0, -7*n) }},
		{"شهر", "شهرين", "أشهر", "شهرا", func(n int) time.Time { return now.AddDate(0, -n, 0) }},
		{"سنة", "سنتين", "سنوات", "سنة", func(n int) time.Time { return now.AddDate(-n, 0, 0) }},
		{"عام", "عامين", "أعوام", "عاما", func(n int) time.Time { return now.AddDate(-n, 0, 0) }},
	} {
		for _, since := range []string{"منذ ", "قبل "} {
			for written, n := range map[string]int{
				u.one: 1, u.two: 2, "3 " + u.some: 3, "٣ " + u.some: 3, "۳ " + u.some: 3, "11 " + u.many: 11, "١١" + u.many: 11, "خمس " + u.some: 5, "سبعة " + u.some: 7,
			} {
				got, precision := ParseTime(since+written, now, nil)
				if want := u.back(n); !got.Equal(want) || precision != Relative {
					t.Errorf("ParseTime(%q) = %v, %s, want %v", since+written, got, precision, want)
				}
			}
		}
	}
}

// A day written in any of the layouts is the day that was meant.
func TestParseTimeReadsWhatIsWritten(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		at := time.Unix(r.Int64N(1_700_000_000)+100_000_000, 0).UTC()
		for _, layout := range []string{time.RFC3339, time.RFC1123, time.RFC1123Z, time.RFC850, time.ANSIC, time.UnixDate, time.RubyDate, time.DateTime,
			"20060102150405", "2006-01-02T150405", "02/01/2006 15:04:05", "Jan 2, 2006 3:04:05 PM", "2 January 2006 - 15:04:05"} {
			got, precision := ParseTime(at.Format(layout), time.Time{}, nil)
			if !got.Equal(at) || precision != Exact {
				t.Fatalf("ParseTime(%q) = %v, %s", at.Format(layout), got, precision)
			}
		}
	}
}

func FuzzParseTime(f *testing.F) {
	for _, s := range []string{"2015-07-21T02:51:32+03:00", "1036 (GMT+04:00) - 25/02/09", "25 شوال 1436 هـ الموافق 10 أغسطس 2015 م", "منذ ساعتين", "أمس 10:30", "1500000000", "20170122T185600"} {
		f.Add(s, int64(1752501600))
	}
	f.Fuzz(func(t *testing.T, s string, unix int64) {
		now := time.Unix(unix%4_000_000_000, 0)
		got, precision := ParseTime(s, now, nil)
		switch precision {
		case None:
			if !got.IsZero() {
				t.Errorf("ParseTime(%q) = %v, none", s, got)
			}
		case Exact, Day:
			if got.Year() < 1900 || got.After(now.AddDate(1, 0, 0)) {
				t.Errorf("ParseTime(%q) = %v at %v", s, got, now)
			}
			if again, p := ParseTime(got.Format(time.RFC3339Nano), now, nil); !again.Equal(got) || p != Exact {
				t.Errorf("ParseTime(%q) = %v, but its RFC 3339 form is read as %v, %s", s, got, again, p)
			}
		case Relative:
			if _, p := ParseTime(s, time.Time{}, nil); p != Relative {
				t.Errorf("ParseTime(%q) is relative with a capture time, %s without", s, p)
			}
		default:
			t.Errorf("ParseTime(%q): precision %q", s, precision)
		}
	})
}

func BenchmarkParseTime(b *testing.B) {
	for name, s := range map[string]string{"rfc3339": "2015-07-21T02:51:32+03:00", "rfc1123": "Sun, 18 Feb 2018 21:35:43 +0400", "arabic": "الاثنين 14 يوليو 2025 - 10:30"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				ParseTime(s, time.Time{}, nil)
			}
		})
	}
}
