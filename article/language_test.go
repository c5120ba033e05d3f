package article

import (
	"os"
	"path/filepath"
	"testing"

	"qissa/internal/needs"
)

func TestLanguage(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"افتتح وزير النقل صباح اليوم الجسر المعلق الذي يربط ضفتي النهر بعد عامين من الأعمال", Arabic},
		{"زار الوزير شركة گوگل وپپسي في دبي، وقال إن الاتفاق مع الشركة سيوقع بعد أيام من الآن", Arabic},
		{"وصل الرئیس الی القاهرة في زیارة رسمیة تستمر یومین، والتقی نظیره المصري في قصر الاتحادیة", Arabic}, // typed on a Persian keyboard
		{"رئیس جمهور ایران در دیدار با نخست وزیر عراق گفت که روابط دو کشور باید گسترش پیدا کند", Persian},
		{"رئيس جمهور در گفتگو با خبرنگاران گفت كه اين برنامه براي سال آينده پيش بيني شده است", Persian},
		{"وزیر اعظم نے کہا ہے کہ حکومت عوام کے مسائل حل کرنے کے لیے اقدامات کر رہی ہے", Urdu},
		{"د افغانستان ولسمشر وايي چې د سولې خبرې به په راتلونکې اوونۍ کې پیل شي", Pashto},
		{"سەرۆکی هەرێمی کوردستان لە هەولێر پێشوازی لە شاندێکی بیانی کرد و باسیان لە دۆخی ناوچەکە کرد", Kurdish},
		{"سنڌ حڪومت چيو آهي ته صوبي ۾ نوان اسڪول کوليا ويندا ۽ استاد ڀرتي ڪيا ويندا", Sindhi},
		{"ئۇيغۇر ئاپتونوم رايونى ھۆكۈمىتى بۈگۈن يېڭى تۆمۈر يول پۈتكەنلىكىنى ئېلان قىلدى ۋە بۇ ھەقتە مەلۇمات بەردى", Uyghur},
		{"", Arabic},
		{"Hello", Arabic},
	} {
		if got := Language(test.text); got != test.want {
			t.Errorf("%q: %s, want %s", test.text, got, test.want)
		}
	}
}

// TestArabicDumpsAreArabic counts the articles of a real dump that are taken for
// another language; 65 of its texts are typed with Persian letters.
func TestArabicDumpsAreArabic(t *testing.T) {
	needs.Time(t, "it reads a dump")
	f, err := os.Open(filepath.Join(dumps(t), "dumps", "saudinewsnet.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	other, example := 0, ""
	for a, err := range SkipBad(Read(f, "x", Options{}), func(*RecordError) {}) {
		if err != nil {
			t.Fatal(err)
		}
		start := []rune(a.Body)
		if text := a.Title + " " + string(start[:min(200, len(start))]); Language(text) != Arabic {
			other++
			example = Language(text) + ": " + text
		}
	}
	if other > 0 {
		t.Errorf("%d articles of an Arabic dump are taken for another language, as %s", other, example)
	}
}
