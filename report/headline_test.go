package report

import "testing"

func TestHeadlineOf(t *testing.T) {
	for _, test := range []struct{ title, want string }{
		{"عام / مهرجان تمور بريدة يواصل فعالياته", "مهرجان تمور بريدة يواصل فعالياته"},
		{"قصة مصورة: مهرجان تمور بريدة", "مهرجان تمور بريدة"},
		{"شاهد.. اللحظات الأولى لتحطم طائرة", "اللحظات الأولى لتحطم طائرة"},
		{"الأرصاد: أمطار على المرتفعات", "الأرصاد: أمطار على المرتفعات"},
		{"كاريكاتير", "كاريكاتير"},
		{"صور: حريق", "صور: حريق"},
		{"2 / 1", "2 / 1"},
		{"", ""},
	} {
		if got := headlineOf(test.title); got != test.want {
			t.Errorf("headlineOf(%q) = %q, want %q", test.title, got, test.want)
		}
	}
}
