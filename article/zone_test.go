package article

import (
	"testing"
	"time"
)

func TestCommonZone(t *testing.T) {
	for _, test := range []struct {
		times []string
		want  string
	}{
		{nil, "UTC"},
		{[]string{"2025-07-14T10:00:00+03:00", "2025-07-14T10:00:00+03:00"}, "UTC+03:00"},
		{[]string{"2025-07-14T10:00:00+03:00", "2025-07-14T10:00:00Z", "2025-07-14T10:00:00+03:00"}, "UTC+03:00"},
		{[]string{"2025-07-14T10:00:00+03:00", "2025-07-14T10:00:00+01:00"}, "UTC+01:00"},
		{[]string{"2025-07-14T10:00:00-01:00", "2025-07-14T10:00:00+01:00"}, "UTC+01:00"},
		{[]string{"2025-07-14T10:00:00-03:30"}, "UTC-03:30"},
		{[]string{"2025-07-14", "14/07/2025", "2025-07-14T10:00:00+04:00"}, "UTC+04:00"},
	} {
		var articles []Article
		for _, s := range test.times {
			when, precision := ParseTime(s, time.Time{}, nil)
			articles = append(articles, Article{Time: when, Precision: precision})
		}
		zone := CommonZone(articles)
		if zone.String() != test.want {
			t.Errorf("%q: %v, want %s", test.times, zone, test.want)
		}
		if again, err := LoadZone(zone.String()); err != nil || again.String() != zone.String() {
			t.Errorf("%v is read as %v, %v", zone, again, err)
		}
	}
	for name, want := range map[string]string{"+03:00": "UTC+03:00", "-0330": "UTC-03:30", "Asia/Riyadh": "Asia/Riyadh", "UTC": "UTC"} {
		if zone, err := LoadZone(name); err != nil || zone.String() != want {
			t.Errorf("%s: %v, %v", name, zone, err)
		}
	}
	if _, err := LoadZone("Mars"); err == nil {
		t.Error("Mars is a zone")
	}
}
