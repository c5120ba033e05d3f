package article

import (
	"strings"
	"testing"
)

func TestCredit(t *testing.T) {
	const text = "افتتح وزير النقل صباح اليوم الجسر المعلق"
	long := strings.Repeat(text+" ", 60)
	for _, test := range []struct{ name, body, want string }{
		{"none", text, ""},
		{"in brackets", "لندن (رويترز) - " + text, "رويترز"},
		{"letters with spaces", "باريس (أ ف ب) - " + text, "فرانس برس"},
		{"letters with dots", "باريس (أ.ف.ب.) " + text, "فرانس برس"},
		{"letters without hamza", text + " (ا ف ب)", "فرانس برس"},
		{"the German agency", "برلين - د ب أ: " + text, "الألمانية"},
		{"the Egyptian agency", "القاهرة في 14 يوليو / أ ش أ / " + text, "أ ش أ"},
		{"a dateline", "الرياض - واس: " + text, "واس"},
		{"a dateline in front of the place", "واس - الرياض: " + text, "واس"},
		{"a dateline with two calendars", "الرياض 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م - واس\n" + text, "واس"},
		{"a dateline without a dash", "جدة 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م واس \n" + text, "واس"},
		{"stretched letters", "الرياض (واســ) " + text, "واس"},
		{"a name with its marks", "موسكو (سبوتنيكٌ) " + text, "سبوتنيك"},
		{"after the word for agency", text + " كما نقلت وكالة الأناضول عن مصدر", "الأناضول"},
		{"the agency's full name", text + " بحسب وكالة الأنباء السعودية", "واس"},
		{"the press agency in full", text + " وقال لوكالة الصحافة الفرنسية", "فرانس برس"},
		{"on the last line", text + "\nتاس", "تاس"},
		{"two agencies", "عواصم (رويترز، واس) " + text + "\n(وام)", "رويترز واس وام"},
		{"slashes in brackets", "عواصم (رويترز/ واس/ وام) " + text, "رويترز واس وام"},
		{"at the end of a long text", long + "(كونا)", "كونا"},
		{"in the middle of a long text", long + "(كونا)" + long, ""},
		{"inside another word", "واسع - " + text + " في قطاع واسع (الواسطي)", ""},
		{"a word like an agency", "قالت الشرطة الفرنسية: " + text, ""},
		{"in brackets with another word", text + " (اللغة الفرنسية)", ""},
		{"a city like an agency", "قنا - " + text, ""},
		{"a verb like an agency", text + " ثم وفا بوعده", ""},
		{"a word at the end of a sentence", text + " في البتراء ثم بترا", ""},
		{"relations of two countries", "العلاقات الفرنسية - الألمانية تتقدم " + text, ""},
		{"nothing", "", ""},
	} {
		if got := strings.Join(Credit(test.body), " "); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func FuzzCredit(f *testing.F) {
	f.Add("لندن (رويترز) - نص\nواس")
	f.Add("\xd8(أ.ف.ب")
	f.Fuzz(func(t *testing.T, body string) {
		if n := len(Credit(body)); n > len(body)/4 {
			t.Errorf("%d agencies in %d bytes", n, len(body))
		}
	})
}

func BenchmarkCredit(b *testing.B) {
	body := "لندن (رويترز) - " + strings.Repeat(longText+"\n", 8)
	for b.Loop() {
		Credit(body)
	}
}
