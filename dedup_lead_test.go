package qissa_test

import (
	"strings"
	"testing"
	"time"

	"qissa"
	"qissa/article"
)

// Two events do not repeat each other because their background is the same, nor because
// their reports follow one template; the same report under another headline is a repeat.
func TestOtherNewsIsNoRepeat(t *testing.T) {
	const background = "وتقع المنطقة على حزام النار الذي تلتقي فيه ثلاث صفائح من القشرة الأرضية وتتحرك كل منها بضعة سنتيمترات في العام، " +
		"وقتل فيها عام 1998 نحو 340 شخصا وشرد 12000 آخرون حين غمرت أمواج عالية القرى الساحلية بعد زلزال وقع في قاع البحر ليلا، " +
		"وتقول الحكومة إنها أنفقت منذ ذلك الحين 70 مليونا على محطات للإنذار المبكر وعلى تدريب السكان على إخلاء بيوتهم في دقائق معدودة"
	const lead = "ضرب زلزال بقوة 4.7 درجات صباح اليوم جزيرة الشمال ولم ترد أنباء عن ضحايا أو أضرار بحسب مركز الرصد. "
	const headline = "زلزال بقوة 4.7 يضرب جزيرة الشمال"
	hour, month := time.Hour, 30*24*time.Hour
	for _, c := range []struct {
		name, title, body string
		later             time.Duration // 0 for both without a date
		repeat            bool
	}{
		{"another quake", "زلزال بقوة 5.1 يضرب ساحل الجنوب", "ضرب زلزال بقوة 5.1 درجات مساء أمس ساحل الجنوب ولم ترد أنباء عن ضحايا أو أضرار بحسب مركز الرصد. " + background, hour, false},
		{"other news of the same place", "وزير الداخلية يفتتح مستشفى ميدانيا في الجزيرة", "افتتح وزير الداخلية اليوم مستشفى ميدانيا يتسع لمئة سرير تبرعت به جمعية خيرية وحضر الحفل سفراء وأطباء. " + background, hour, false},
		{"another headline", "هزة أرضية تقلق السكان", "أفادت وكالة الأنباء بالآتي: " + lead + background + " ودعت السلطات الجميع إلى الهدوء وعدم تصديق الشائعات التي تنشر على مواقع التواصل", hour, true},
		{"reworded lead under a like headline", "زلزال يضرب جزيرة الشمال بقوة 4.7", "قال مركز الرصد إن هزة بلغت قوتها 4.7 درجات وقعت في جزيرة الشمال اليوم ولم تسفر عن ضحايا أو أضرار. " + background, hour, true},
		{"the same, dates unknown", "زلزال يضرب جزيرة الشمال بقوة 4.7", "قال مركز الرصد إن هزة بلغت قوتها 4.7 درجات وقعت في جزيرة الشمال اليوم ولم تسفر عن ضحايا أو أضرار. " + background, 0, false},
		{"the next step under a like headline", "زلزال جزيرة الشمال: برلمان البلاد يناقش تعويض المزارعين", "صوت النواب لمصلحة قانون يمنح أصحاب الحقول قروضا ميسرة ويعفيهم من رسوم الري، ورفضت المعارضة مقترح التأجيل، وقاطعت كتلتان الجلسة. " + background, hour, false},
		{"a number mended", strings.Replace(headline, "4.7", "4.9", 1), strings.Replace(lead, "4.7", "4.9", 1) + background, hour, true},
		{"the same words of another month", strings.Replace(headline, "4.7", "4.9", 1), strings.Replace(lead, "4.7", "4.9", 1) + background, month, false},
		{"the same words, dates unknown", strings.Replace(headline, "4.7", "4.9", 1), strings.Replace(lead, "4.7", "4.9", 1) + background, 0, false},
		{"the same words and numbers, dates unknown", headline, lead + background + " انتهى", 0, true},
	} {
		kept, edited := article.Article{Title: headline, Body: lead + background}, article.Article{Title: c.title, Body: c.body}
		if c.later > 0 {
			kept.Time = time.Date(2025, 3, 17, 9, 0, 0, 0, time.UTC)
			edited.Time = kept.Time.Add(c.later)
		}
		r := findRepeats(t, []article.Article{kept, edited}, qissa.DefaultRepeatOptions())
		if (r[1] != nil) != c.repeat {
			t.Errorf("%s: repeat %+v, want %v", c.name, r[1], c.repeat)
		}
	}
}

// The table of another day is no repeat, whatever numbers stand elsewhere in the article
// that has this day's.
func TestTableOfAnotherDayIsNoRepeat(t *testing.T) {
	table := func(numbers ...string) string {
		s := "ارتفع مؤشر السوق الصادر عن هيئة الأوراق المالية خلال جلسة تداول أمس بنسبة # ليغلق على مستوى # نقطة وشهدت القيمة السوقية ارتفاعا بقيمة # مليار درهم " +
			"لتصل القيمة السوقية للشركات المدرجة إلى # مليار درهم وقد تم تداول أسهم بقيمة إجمالية بلغت # مليار درهم من خلال # صفقة وسجل مؤشر قطاع البنوك ارتفاعا بنسبة #"
		for _, n := range numbers {
			s = strings.Replace(s, "#", n, 1)
		}
		return s
	}
	const rest = " وكان المؤشر قد بلغ 35 في بداية العام و4 في ختامه، وتوزعت الأسهم على 64 شركة منها 12 شركة تأمين و9 مصارف و88 صفقة خاصة و75 صفقة كبيرة بحسب 21 وسيطا."
	long := article.Article{Title: "أسواق الأسهم تواصل الصعود", Body: table("102", "3083", "53", "450", "98", "9097", "44") + rest}
	for name, c := range map[string]struct {
		body   string
		repeat bool
	}{
		"another day": {table("35", "4", "64", "12", "9", "88", "75"), false},
		"this day":    {table("102", "3083", "53", "450", "98", "9097", "75"), true},
	} {
		r := findRepeats(t, []article.Article{long, {Title: "مؤشر السوق", Body: c.body}}, qissa.DefaultRepeatOptions())
		if (r[1] != nil) != c.repeat {
			t.Errorf("%s: repeat %+v, want %v", name, r[1], c.repeat)
		}
	}
}
