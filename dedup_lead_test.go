package qissa_test

import (
	"testing"

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
	kept := article.Article{Title: "زلزال بقوة 4.7 يضرب جزيرة الشمال", Body: lead + background}
	for _, c := range []struct {
		name, title, body string
		repeat            bool
	}{
		{"another quake", "زلزال بقوة 5.1 يضرب ساحل الجنوب", "ضرب زلزال بقوة 5.1 درجات مساء أمس ساحل الجنوب ولم ترد أنباء عن ضحايا أو أضرار بحسب مركز الرصد. " + background, false},
		{"other news of the same place", "وزير الداخلية يفتتح مستشفى ميدانيا في الجزيرة", "افتتح وزير الداخلية اليوم مستشفى ميدانيا يتسع لمئة سرير تبرعت به جمعية خيرية وحضر الحفل سفراء وأطباء. " + background, false},
		{"another headline", "هزة أرضية تقلق السكان", "أفادت وكالة الأنباء بالآتي: " + lead + background + " ودعت السلطات الجميع إلى الهدوء وعدم تصديق الشائعات التي تنشر على مواقع التواصل", true},
		{"reworded lead under a like headline", "زلزال يضرب جزيرة الشمال بقوة 4.7", "قال مركز الرصد إن هزة بلغت قوتها 4.7 درجات وقعت في الشمال اليوم من دون خسائر. " + background, true},
	} {
		edited := article.Article{Title: c.title, Body: c.body}
		r := findRepeats(t, []article.Article{kept, edited}, qissa.DefaultRepeatOptions())
		if (r[1] != nil) != c.repeat {
			t.Errorf("%s: repeat %+v, want %v", c.name, r[1], c.repeat)
		}
	}
}
