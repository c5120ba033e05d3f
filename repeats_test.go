package qissa_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qissa"
	"qissa/article"
	"qissa/internal/needs"
)

func findRepeats(t *testing.T, articles []article.Article, opt qissa.RepeatOptions) []*qissa.Repeat {
	t.Helper()
	repeats, err := qissa.FindRepeats(t.Context(), articles, opt)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range repeats {
		if r != nil && repeats[r.Of] != nil {
			t.Fatalf("article %d repeats %d, which is dropped itself", i, r.Of)
		}
	}
	return repeats
}

func TestFindRepeats(t *testing.T) {
	text := func(id, source, url, body string) article.Article {
		return article.Article{ID: id, Source: source, URL: url, Title: "افتتاح الجسر المعلق على النهر", Body: body}
	}
	const whole = "افتتح وزير النقل صباح اليوم الجسر المعلق الذي يربط ضفتي النهر بعد عامين من الأعمال المتواصلة، " +
		"وقال إن كلفة المشروع بلغت خمسين مليونا وإنه سيخدم عشرين ألف سيارة يوميا في الاتجاهين معا. " +
		"وأضاف أن الجسر القديم سيغلق للصيانة ثلاثة أشهر ثم يخصص للمشاة وراكبي الدراجات من أبناء المدينة"
	articles := []article.Article{
		text("short", "الساحل", "u1", whole[:strings.Index(whole, "وقال")]),
		text("whole", "بريد الشمال", "u2", whole),
		text("same", "الضحى", "u3", whole),
		{ID: "other", Title: "خسارة المنتخب في تصفيات البطولة", Body: "خسر المنتخب مباراته الأولى أمام ضيفه بهدفين دون رد في تصفيات البطولة القارية مساء أمس", URL: "u4"},
		{ID: "caption", Title: "كاريكاتير", URL: "u5"},
		{ID: "caption again", Title: "كاريكاتير", URL: "u5"},
		{ID: "caption of another day", Title: "كاريكاتير", URL: "u6"},
	}
	longest := func(a, b int) int {
		return cmp.Or(cmp.Compare(len(articles[b].Body), len(articles[a].Body)), cmp.Compare(a, b))
	}
	for _, test := range []struct {
		name   string
		change func(*qissa.RepeatOptions)
		want   string
	}{
		{"the first in the input is kept, and the longer one with it", func(o *qissa.RepeatOptions) {}, "same=whole/verbatim caption again=caption/verbatim"},
		{"the longest is kept", func(o *qissa.RepeatOptions) {
			o.Prefer = longest
		}, "short=whole/shortened same=whole/verbatim caption again=caption/verbatim"},
		{"verbatim copies only", func(o *qissa.RepeatOptions) {
			o.Level = qissa.LevelVerbatim
			o.Prefer = longest
		}, "same=whole/verbatim caption again=caption/verbatim"},
		{"one of each story", func(o *qissa.RepeatOptions) { o.Level = qissa.LevelStory }, "whole=short/same_story same=short/same_story caption again=caption/verbatim"},
		{"what another corpus holds", func(o *qissa.RepeatOptions) { o.Keep = func(i int) bool { return i == 2 } },
			"short=same/shortened whole=same/verbatim caption again=caption/verbatim"},
	} {
		opt := qissa.DefaultRepeatOptions()
		test.change(&opt)
		var got []string
		for i, r := range findRepeats(t, articles, opt) {
			if r != nil {
				got = append(got, articles[i].ID+"="+articles[r.Of].ID+"/"+string(r.How))
			}
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%s: %s, want %s", test.name, s, test.want)
		}
	}
}

// One address is one article only if the text is alike: a list of headlines may
// give the address of its site for all.
func TestSameURL(t *testing.T) {
	a := article.Article{Title: "ارتفاع عدد ضحايا العاصفة إلى تسعة", URL: "https://example.org/1",
		Body: "ارتفع عدد ضحايا العاصفة التي ضربت الساحل إلى تسعة قتلى بعد العثور على جثتين قرب الميناء"}
	b := article.Article{Title: "ارتفاع عدد ضحايا العاصفة إلى أحد عشر", URL: "https://example.org/1",
		Body: "ارتفع عدد ضحايا العاصفة إلى أحد عشر قتيلا كما أعلنت فرق الإنقاذ التي تواصل البحث عن مفقودين قرب الميناء على الساحل"}
	c := article.Article{Title: "فوز المنتخب على ضيفه", URL: "https://example.org/1", Body: "فاز المنتخب على ضيفه بثلاثة أهداف في مباراة ودية أقيمت أمس استعدادا للبطولة"}
	repeats := findRepeats(t, []article.Article{a, b, c}, qissa.DefaultRepeatOptions())
	if repeats[1] == nil || repeats[1].How != qissa.SameURL || repeats[2] != nil {
		t.Errorf("%+v and %+v, want the same address and nothing", repeats[1], repeats[2])
	}
}

// Of a template filled in twice three quarters may be the same: within days that
// is an edited copy, later it is other news. A copy under another headline is one
// whenever it comes.
func TestFarTemplateIsNoRepeat(t *testing.T) {
	congratulate := func(who, where string) string {
		return "وجه حاكم الإقليم رسالة تهنئة إلى " + who + " بمناسبة العيد الوطني لبلاده عبر فيها باسمه وباسم أهالي الإقليم جميعا عن أصدق التمنيات له بدوام الصحة وللشعب الصديق " +
			where + " بالمزيد من الازدهار والرخاء في ظل العلاقات الطيبة التي تجمع البلدين منذ عقود طويلة"
	}
	first := article.Article{Title: "حاكم الإقليم يهنئ رئيس الجبل الأزرق", Time: time.Date(2025, 7, 1, 9, 0, 0, 0, time.UTC),
		Body: congratulate("سالم الهادي رئيس الجبل الأزرق", "في الجبل الأزرق وسائر جزره")}
	other := article.Article{Title: "حاكم الإقليم يهنئ رئيسة النهر",
		Body: congratulate("ماريا كاستيو رئيسة النهر", "على ضفتي النهر")}
	copied := article.Article{Title: "تهنئة بالعيد الوطني", Body: first.Body}
	for _, test := range []struct {
		second  article.Article
		days    int
		dropped bool
	}{{other, 1, true}, {other, 10, false}, {copied, 1, true}, {copied, 10, true}} {
		test.second.Time = first.Time.AddDate(0, 0, test.days)
		repeats := findRepeats(t, []article.Article{first, test.second}, qissa.DefaultRepeatOptions())
		if dropped := repeats[1] != nil; dropped != test.dropped {
			t.Errorf("%q, %d days later: dropped is %t (%+v), want %t", test.second.Title, test.days, dropped, repeats[1], test.dropped)
		}
	}
}

// A headline without a text stands in other news but for the name of a town: it
// repeats only what has all of it, or comes under the same headline.
func TestBareHeadlineIsNoEditedCopy(t *testing.T) {
	fire := article.Article{Title: "الجبل : حريق في مستودع للأخشاب عند المدخل الشرقي للمدينة", Body: "اندلع حريق في مستودع للأخشاب عند المدخل الشرقي للمدينة " +
		"فجر اليوم وأتى على ما فيه قبل أن يسيطر عليه رجال الإطفاء بعد ثلاث ساعات، ولم يصب أحد كما قال متحدث باسمهم"}
	for _, test := range []struct {
		title, body string
		want        qissa.RepeatKind
	}{
		{"الميناء : حريق في مستودع للأخشاب عند المدخل الشرقي للمدينة", "", ""},
		{"حريق في مستودع للأخشاب عند المدخل الشرقي للمدينة", "", qissa.RepeatShortened},
		{fire.Title, "خالد المرزوقي", qissa.RepeatEdited},
	} {
		repeats := findRepeats(t, []article.Article{fire, {Title: test.title, Body: test.body}}, qissa.DefaultRepeatOptions())
		var how qissa.RepeatKind
		if repeats[1] != nil {
			how = repeats[1].How
		}
		if how != test.want {
			t.Errorf("%s %s: %q, want %q", test.title, test.body, how, test.want)
		}
	}
}

// An item that stands inside a long round-up repeats it, however little of the
// round-up it is and whatever that is about.
func TestItemOfRoundUpIsRepeat(t *testing.T) {
	const item = "وصلت إلى الميناء سفينة تحمل ثلاثة آلاف طن من القمح بعد انتظار دام أربعة أسابيع، وقال مدير الميناء إن تفريغها يبدأ صباح الغد وإن سفينتين أخريين تنتظران الإذن بالدخول"
	var roundUp strings.Builder
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 400 {
		if i == 200 {
			roundUp.WriteString(item + " ")
		}
		fmt.Fprintf(&roundUp, "%c%c%c%c ", 'ب'+rune(r.IntN(8)), 'س'+rune(r.IntN(8)), 'ف'+rune(r.IntN(6)), 'ب'+rune(r.IntN(8)))
	}
	long := article.Article{Title: "أخبار المعارك على خطوط التماس", Body: roundUp.String(), Time: time.Date(2025, 7, 1, 9, 0, 0, 0, time.UTC)}
	short := article.Article{Title: "", Body: item, Time: long.Time.AddDate(0, 0, 9)}
	repeats := findRepeats(t, []article.Article{long, short}, qissa.DefaultRepeatOptions())
	if repeats[1] == nil || repeats[1].How != qissa.RepeatShortened || repeats[1].Copied != 1 || repeats[1].Covers > 0.1 {
		t.Errorf("%+v, want shortened", repeats[1])
	}
}

// errorPages are n articles with the same words, an hour apart.
func errorPages(n int) []article.Article {
	pages := make([]article.Article, n)
	for i := range pages {
		pages[i] = article.Article{
			ID: fmt.Sprint("page ", i), URL: fmt.Sprintf("https://example.org/%d", i), Time: time.Date(2025, 7, 1, i, 0, 0, 0, time.UTC), Title: "الصفحة غير موجودة",
			Body: "عذرا لم نجد الصفحة التي تطلبها في هذا الموقع، وقد تكون نقلت إلى عنوان آخر أو حذفت، فابحث عنها في الأرشيف أو عد إلى الواجهة الرئيسة",
		}
	}
	return pages
}

// One page that stands under many addresses takes no more time than its words:
// the pairs of these are two hundred million.
func TestRepeatsOfOnePage(t *testing.T) {
	pages := errorPages(20_000)
	for i, r := range findRepeats(t, pages, qissa.DefaultRepeatOptions()) {
		if i == 0 && r != nil || i > 0 && (r == nil || r.Of != 0 || r.How != qissa.RepeatVerbatim || r.Copied != 1) {
			t.Fatalf("page %d: %+v", i, r)
		}
	}
}

// Within a window a page repeats the kept one that is nearest in time.
func TestRepeatsOfOnePageWithinWindow(t *testing.T) {
	opt := qissa.DefaultRepeatOptions()
	opt.Window = 10 * time.Hour
	of := []int{}
	for _, r := range findRepeats(t, errorPages(30), opt) {
		if r == nil {
			of = append(of, -1)
		} else {
			of = append(of, r.Of)
		}
	}
	want := []int{-1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, -1, 22, 22, 22, 22, 22, 22, 22}
	if !slices.Equal(of, want) {
		t.Errorf("%v, want %v", of, want)
	}
}

// TestRepeatsOfEdits asks of each kind of edit how many versions are dropped for
// what they were made from, at any distance in time. Versions of what repeats another
// article itself do not count: what repeats only a dropped article is kept.
func TestRepeatsOfEdits(t *testing.T) {
	needs.Time(t, "it compares twelve batches of articles")
	needData(t)
	articles := distinctArticles(t)
	for _, e := range edits {
		batch := versions(e, articles, 3)
		for i := 1; i < len(batch); i += 2 {
			batch[i].Time, batch[i].URL = batch[i].Time.AddDate(0, 0, 40), ""
		}
		dropped, all := 0, 0
		repeats := findRepeats(t, batch, qissa.DefaultRepeatOptions())
		for i := 1; i < len(batch); i += 2 {
			if r := repeats[i-1]; r != nil && r.Of != i {
				continue
			}
			if all++; repeats[i] != nil && (e.most == 1 || repeats[i].Of == i-1) {
				dropped++
			}
		}
		t.Logf("%s: %d of %d", e.name, dropped, all)
		if share := float64(dropped) / float64(all); share < e.least || share > e.most {
			t.Errorf("%s: %.3f dropped, want %v to %v", e.name, share, e.least, e.most)
		}
	}
}

// TestRepeatsOfDumps drops the repeats of real dumps: what is kept repeats
// nothing that is kept.
func TestRepeatsOfDumps(t *testing.T) {
	needs.Time(t, "it compares 14,000 articles")
	needData(t)
	for _, name := range []string{"jawhara.jsonl.gz", "hespress-jazeera.jsonl.gz"} {
		articles := readArticles(t, filepath.Join(dataFolder, "dumps", name))
		var kept []article.Article
		for i, r := range findRepeats(t, articles, qissa.DefaultRepeatOptions()) {
			if r == nil {
				kept = append(kept, articles[i])
			}
		}
		if len(kept) < len(articles)/2 || len(kept) == len(articles) {
			t.Errorf("%s: %d of %d kept", name, len(kept), len(articles))
		}
		again := findRepeats(t, kept, qissa.DefaultRepeatOptions())
		if n := len(slices.DeleteFunc(again, func(r *qissa.Repeat) bool { return r == nil })); n > len(kept)/1000 {
			t.Errorf("%s: a second run drops %d of %d", name, n, len(kept))
		}
	}
}

// At the level of storylines one article of each is kept; what is dropped for that alone is of another story.
func TestRepeatsOfStorylines(t *testing.T) {
	articles := readArticles(t, "testdata/sample.jsonl")
	result, err := qissa.Cluster(t.Context(), articles, qissa.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	story, line := map[article.Origin]string{}, map[article.Origin]string{}
	for _, s := range result.Stories {
		for _, m := range s.Members {
			at := result.Articles[m.Article].Origin
			story[at], line[at] = s.ID, result.Storylines[s.Storyline].ID
		}
	}
	opt := qissa.DefaultRepeatOptions()
	opt.Level = qissa.LevelStoryline
	kept, apart := map[string]int{}, 0
	for i, r := range findRepeats(t, articles, opt) {
		switch {
		case r == nil:
			kept[line[articles[i].Origin]]++
		case r.How == qissa.SameStoryline:
			apart++
			a, b := articles[i].Origin, articles[r.Of].Origin
			if line[a] != line[b] || story[a] == story[b] {
				t.Errorf("%v, of %s and %s, is dropped for %v, of %s and %s", a, story[a], line[a], b, story[b], line[b])
			}
		case r.How == qissa.SameStory && story[articles[i].Origin] != story[articles[r.Of].Origin]:
			t.Errorf("%v and %v are no story", articles[i].Origin, articles[r.Of].Origin)
		}
	}
	if len(kept) != len(result.Storylines) || apart == 0 {
		t.Errorf("%d of %d storylines have an article left, %d were dropped for another story", len(kept), len(result.Storylines), apart)
	}
	for id, n := range kept {
		if n != 1 {
			t.Errorf("%d articles of storyline %s are left", n, id)
		}
	}
}
