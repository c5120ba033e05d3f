package article

import "testing"

func TestAgency(t *testing.T) {
	for _, test := range []struct{ source, url, want string }{
		{"was", "", "واس"},
		{"واس", "", "واس"},
		{"وكالة الأنباء السعودية", "", "واس"},
		{"وكالة الأناضول", "", "الأناضول"},
		{"الأخبار", "http://www.spa.gov.sa/details.php?id=1", "واس"},
		{"Reuters", "https://ara.reuters.com/article/1", "رويترز"},
		{"الرياض", "https://www.alriyadh.com/1", ""},
		{"الوسط", "https://notspa.gov.sa.example/1", ""},
		{"واسط", "", ""},
		{"map", "", "و م ع"},
		{"", "", ""},
		{"x", "::bad", ""},
	} {
		if got := Agency(test.source, test.url); got != test.want {
			t.Errorf("Agency(%q, %q) = %q, want %q", test.source, test.url, got, test.want)
		}
	}
	for name := range agencyNames { // they are those that Credit finds
		found := false
		for _, a := range agencies {
			found = found || a.name == name
		}
		if !found {
			t.Errorf("no credit of %q is looked for", name)
		}
	}
}
