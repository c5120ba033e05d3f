package qissa_test

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"qissa"
	"qissa/article"
	"qissa/cluster"
	"qissa/eval"
	"qissa/internal/needs"
)

// furnitureWords are words of notices and of backgrounds, of which each outlet of the
// test has a passage of its own.
var furnitureWords = strings.Fields(`الصحيفة الإلكترونية تأسست سنة عاصمة البلاد وتصدر يوميا بعدة لغات وتعنى بشؤون السياسة والاقتصاد والرياضة والثقافة
	جميع الحقوق محفوظة للناشر ولا يجوز نسخ المواد المنشورة أو إعادة استعمالها دون إذن كتابي مسبق من الإدارة العامة
	تابعونا على صفحاتنا في مواقع التواصل واشتركوا في خدمة الرسائل العاجلة لتصلكم آخر الأخبار أولا بأول
	يذكر أن الحكومة كانت قد أعلنت في وقت سابق حزمة من الإجراءات بعد سنوات من الحرب التي أودت بحياة آلاف المدنيين
	وشردت ملايين السكان وفق تقديرات الأمم المتحدة وتسببت في أزمة إنسانية وصفت بأنها الأسوأ منذ عقود
	ويقود التحالف عمليات عسكرية دعما للسلطة الشرعية ضد المتمردين الذين سيطروا على مدن ومحافظات شمال البلاد
	الآراء المنشورة تعبر عن أصحابها ولا تعكس بالضرورة موقف الموقع أو العاملين فيه ونرحب بملاحظات القراء ومشاركاتهم
	عبر البريد الخاص بالتحرير وتحتفظ هيئة التحرير بحق حذف التعليقات المسيئة أو المخالفة لشروط الاستخدام`)

// passageOf is a passage of an outlet: the same for all its articles, and of no other.
func passageOf(outlet string, words int) string {
	seed := fnv.New64a()
	seed.Write([]byte(outlet))
	r := rand.New(rand.NewPCG(seed.Sum64(), 17))
	list := make([]string, words)
	for i := range list {
		list[i] = furnitureWords[r.IntN(len(furnitureWords))]
	}
	return strings.Join(list, " ")
}

// withPassages puts the passage of its outlet into each article: at the start, in the
// middle, or at the end of its text.
func withPassages(articles []article.Article, words int, place string) []article.Article {
	var with []article.Article
	for _, a := range articles {
		own := strings.Fields(a.LoadBody(nil))
		at := map[string]int{"start": 0, "middle": len(own) / 2, "end": len(own)}[place]
		a.Body = strings.Join(own[:at], " ") + "\n" + passageOf(a.Source, words) + "\n" + strings.Join(own[at:], " ")
		with = append(with, a)
	}
	return with
}

// What an outlet puts into each of its articles changes no story and no drop. Each set has a fifth
// of the lengths at each place, all sets together each length at each place; with QISSA_LONG=1 each has all.
func TestFurniture(t *testing.T) {
	needs.Time(t, "it clusters each labelled set 4 times")
	needData(t)
	for turn, set := range slices.Concat(labelledSets["ant"], labelledSets["saudinewsnet"], everydaySets) {
		articles := readArticles(t, setFile(set))
		stories, dropped := furnished(t, articles)
		for i, words := range []int{15, 30, 60, 100, 200} {
			for j, place := range []string{"start", "middle", "end"} {
				if !needs.Long() && (i+j+turn)%5 != 0 {
					continue
				}
				with, drops := furnished(t, withPassages(articles, words, place))
				if ari := eval.ARI(with, stories); ari < 0.99 || max(drops-dropped, dropped-drops) > 1 {
					t.Errorf("%s with %d words at the %s of each text: stories agree to an ARI of %.3f, %d articles are dropped and not %d; want at least 0.99, and at most one more or less",
						set, words, place, ari, drops, dropped)
				}
			}
		}
	}
}

// furnished returns the story of each article, in the order of the input, and how many
// are dropped as copies.
func furnished(t *testing.T, articles []article.Article) (stories cluster.Partition, dropped int) {
	t.Helper()
	r, err := qissa.Cluster(t.Context(), articles, qissa.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	story := map[string]int{}
	for i, a := range r.Articles {
		story[a.ID] = r.StoryOf[i]
	}
	var of []int
	for _, a := range articles {
		of = append(of, story[a.ID])
	}
	repeats, err := qissa.FindRepeats(t.Context(), articles, qissa.DefaultRepeatOptions())
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range repeats {
		if x != nil {
			dropped++
		}
	}
	return eval.Group(of), dropped
}
