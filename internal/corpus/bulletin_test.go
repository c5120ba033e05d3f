package corpus

import (
	"testing"
	"time"

	"qissa/article"
)

func TestBulletinsOfTwoDaysAreTwoStories(t *testing.T) {
	morning := time.Date(2015, 7, 24, 8, 0, 0, 0, time.FixedZone("", 3*3600))
	const forecast = "توقعت هيئة الأرصاد في تقريرها عن حالة الطقس "
	for _, test := range []struct {
		name  string
		a, b  string
		later time.Duration
		other bool
	}{
		{"of two days", forecast + "لهذا اليوم أمطارا", forecast + "لهـذا اليَوم أمطارا", 24 * time.Hour, true},
		{"of one day", forecast + "لهذا اليوم أمطارا", forecast + "لهذا اليوم غبارا", 10 * time.Hour, false},
		{"the one does not say so", forecast + "لهذا اليوم أمطارا", forecast + "أمطارا", 24 * time.Hour, false},
		{"of any day", "أعلنت الوزارة هذا اليوم خطتها", "أعلنت الوزارة هذا اليوم خطتها", 24 * time.Hour, false},
		{"without a date", forecast + "لهذا اليوم", forecast + "لهذا اليوم", -1, false},
	} {
		a, b := article.Article{Body: test.a, Time: morning, Precision: article.Exact}, article.Article{Body: test.b, Precision: article.None}
		if test.later >= 0 {
			b.Time, b.Precision = morning.Add(test.later), article.Exact
		}
		articles := []article.Article{a, b}
		bulletins, err := read(t, articles).FindBulletins(t.Context(), articles, 2)
		if err != nil {
			t.Fatal(err)
		}
		if got := bulletins.OtherDay(0, 1); got != test.other {
			t.Errorf("%s: bulletins of different days %v, want %v", test.name, got, test.other)
		}
	}
}
