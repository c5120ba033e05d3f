package corpus

import (
	"testing"

	"qissa/article"
	"qissa/cluster"
)

func readOne(t *testing.T, articles ...article.Article) *Corpus {
	t.Helper()
	c, err := Read(t.Context(), articles, Options{Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCues(t *testing.T) {
	const sunday, monday, wednesday = cluster.Sunday, cluster.Sunday << 1, cluster.Sunday << 3
	const second, quarter, half = cluster.First << 1, cluster.First << 11, cluster.First << 12
	for _, test := range []struct {
		title, body string
		want        cluster.Cues
	}{
		{"زلزال يضرب جزيرة كريت", "", 0},
		{"باريس تندد بالقصف", "", cluster.Reaction},
		{"النجم يواجه الترجي الليلة", "", cluster.Preview | cluster.Future},
		{"النجم يفوز على الترجي", "", cluster.Result},
		{"الملك يستقبل سفراء جددا", "", cluster.Ceremony},
		{"لماذا رحل المدرب؟", "", cluster.Background},
		{"الوزير في جنيف", "يصل الوزير إلى جنيف حيث سيلتقي نظيره", cluster.Future},
		{"الوزارة", "ستنشر النتائج", cluster.Future},
		{"سيارة تصدم حافلة", "سياسيون في ستة بلدان وسيول في سيناء", 0},
		{"حالة الطقس", "توقعت الأرصاد اليوم الأربعاء أمطارا", wednesday},
		{"حالة الطقس ليومي الأحد والاثنين", "", sunday}, // «والاثنين» is written in one and not taken for the day
		{"أمطار الاثنين", "", monday},
		{"اللاعبة في ربع نهائي الدورة", "", quarter},
		{"اللاعبة في نصف نهائي الدورة الثانية", "", half | second},
	} {
		c := readOne(t, article.Article{Title: test.title, Body: test.body})
		if got := c.Cues(0); got != test.want {
			t.Errorf("%s / %s: cues %b, want %b", test.title, test.body, got, test.want)
		}
	}
}

func TestIsPlace(t *testing.T) {
	for title, want := range map[string]bool{"الطائف": true, "بالرياض": true, "اليمن": true, "زلزال": false, "الوزير": false} {
		c := readOne(t, article.Article{Title: title})
		if got := IsPlace(c.Terms[c.Term[c.Title(0)[0]]]); got != want {
			t.Errorf("IsPlace(%s) = %v", title, got)
		}
	}
}

// Parts of an agency item are one item, whatever desk and part number stand around
// its title.
func TestSameItem(t *testing.T) {
	const item = "نائب خادم الحرمين يرأس جلسة مجلس الوزراء"
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"عام / " + item, "عام / " + item + " / إضافة أولى", true},
		{"عام / " + item + "      إضافة ثانية", "عام / " + item + "      إضافة ثالثة واخيرة", true},
		{item, "عام / " + item + " / إضافة أولى وأخيرة", true},
		{"عام / " + item, "عام / " + item, false}, // which may be two sessions
		{"عام / " + item, "عام / وزير الصحة يفتتح مستشفى في الطائف / إضافة أولى", false},
		{"وزير يزور", "وزير يزور / إضافة أولى", false}, // too few words to tell
		{item, item + " إضافة مبالغ جديدة", false},
		{"", "إضافة أولى", false},
	} {
		c := readOne(t, article.Article{Title: test.a}, article.Article{Title: test.b})
		if got := c.FindItems().Same(0, 1); got != test.want {
			t.Errorf("%q and %q: %v, want %v", test.a, test.b, got, test.want)
		}
	}
}
