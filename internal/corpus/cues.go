package corpus

import (
	"strings"
	"sync"

	"qissa/cluster"
	"qissa/vectorize/arabic"
)

// Words that tell at what step of an affair an article stands. They are looked for in
// titles; written by hand, not from the errors of one set. Two titles that differ in
// such steps are seldom one story, least of all in one outlet.
const (
	// Someone says something of an event: «واشنطن تدين», «روحاني يرد».
	reactionWords = `قال قالت يقول تقول اكد اكدت يؤكد تؤكد يدين تدين ادان ادانت يندد تندد ندد نددت يستنكر تستنكر استنكر
		يرحب ترحب رحب رحبت ينتقد تنتقد انتقد انتقدت يحذر تحذر حذر حذرت يدعو تدعو دعا دعت يطالب تطالب طالب طالبت
		يعلق تعلق علق يرد ترد رد ردا ردت يتهم تتهم اتهم اتهمت ينفي تنفي نفى نفت يهاجم تهاجم هاجم يهدد تهدد هدد
		يشيد تشيد اشاد يصف وصف يوضح توضح اوضح يكشف تكشف يعرب تعرب يعتبر تعتبر اعتبر يتوعد تتوعد يتعهد تعهد يعتذر
		يشكر يثمن يأسف يرفض ترفض رفض غضب انتقادات ادانة ادانات ترحيب تنديد تعليق تصريح تصريحات بيان`
	// Something is to come: «الليلة يواجه», «تشكيلة», «قبل لقاء».
	previewWords = `غدا اليوم الليلة يواجه تواجه يستعد تستعد استعدادا استعدادات تحضيرات يتدرب تدريبات تمارين تشكيلة التشكيلة
		التشكيلية تشكيل المحتملة المتوقعة المنتظرة موعد مواعيد مرتقب مرتقبة المرتقب المرتقبة ترقب يترقب تترقب بانتظار ينتظر تنتظر
		تنتظرنا منتظر القادم القادمة المقبل المقبلة قبل قبيل عشية سيناريوهات توقعات برنامج يستضيف تستضيف يستهل ينازل
		يغيب غيابات يستدعي حكام تعيينات يعتزم تعتزم يخوض تخوض ينطلق تنطلق انطلاق مواجهة`
	// Words of the opening that speak of what will be.
	futureWords = `غدا الليلة سوف المقبل المقبلة القادم القادمة مرتقب مرتقبة المرتقب المرتقبة المنتظر المنتظرة ينتظر تنتظر
		موعد ينطلق تنطلق يستعد تستعد يعتزم تعتزم`
	// Heads of state and officials meet, call and write to one another.
	ceremonyWords = `يستقبل تستقبل استقبل يلتقي تلتقي التقى لقاء يبحث تبحث بحث يبحثان مباحثات محادثات اجتماع يجتمع
		تجتمع زيارة يزور تزور زار يهنئ تهنئ هنأ تهنئة يعزي تعزي عزى تعزية برقية برقيات اتصال اتصالا هاتفيا يتسلم
		تسلم يسلم رسالة سفير سفراء اعتماد يشارك تشارك يترأس يراس يرأس ترأس يفتتح تفتتح افتتاح يدشن تدشين يكرم
		تكريم يشهد جلسة مجلس اتفاقية مذكرة`
	// A match, a vote, a case ends.
	resultWords = `فوز يفوز تفوز فاز فازت يهزم تهزم هزم ينهزم هزيمة خسارة يخسر تعادل يتعادل تتعادل يتأهل تتأهل تأهل يتوج
		تتوج توج تتويج التتويج يقصي ينتصر انتصار إنتصار يتغلب تتغلب نتيجة نتائج حصيلة يتجاوز يسقط تسقط يحرز يحقق تغادر يبلغ تبلغ
		بثلاثية بثنائية برباعية يعبر تعبر تهزم`
	// Not the event, but who, why, how it came.
	backgroundWords = `ماذا لماذا كيف هل لهذا قصة تعرف ابرز محطات تحليل حوار مقابلة دلالات حقيقة مخاوف ارقام
		اسباب سيرة نبذة خبراء مراقبون محللون كواليس تسلسل ملف خيارات مستقبل علاقة`
)

// futureExceptions begin like verbs of the future and are none: cars, politics, ladies,
// floods, Sinai, sixty, stadiums.
var futureExceptions = strings.Fields(`سيار سياس سياح سياد سياق سيدا سيدن سيده سيدي سيدت سيول سينا سينم سيطر سيره سيرت سيفه سيمو سيمف
	سيبر سيبي سيتي سيناريو ستين ستون ستار ستوك ستاد ستور ستري ستان ستيف`)

// isFuture reports whether a normalised word is a verb of the future: «سيواجه».
func isFuture(word string) bool {
	if !strings.HasPrefix(word, "سي") && !strings.HasPrefix(word, "ست") || len(word) < 5*len("س") {
		return false
	}
	for _, e := range futureExceptions {
		if strings.HasPrefix(word, e) {
			return false
		}
	}
	return true
}

// cueWordsAt are the words of a body, after the title, among which the day of the week
// that an article speaks of is named; chosen by eye, as in its first sentence.
const cueWordsAt = 40

// cueOf gives the cues of a normalised word.
var cueOf = sync.OnceValue(func() map[string]cluster.Cues {
	m := map[string]cluster.Cues{}
	for cue, words := range map[cluster.Cues]string{
		cluster.Reaction: reactionWords, cluster.Preview: previewWords, cluster.Ceremony: ceremonyWords,
		cluster.Result: resultWords, cluster.Background: backgroundWords, cluster.Future: futureWords,
	} {
		for _, w := range strings.Fields(words) {
			m[arabic.Normalize(w)] |= cue
		}
	}
	for i, day := range weekdays {
		m[day] |= cluster.Sunday << i
	}
	for i, of := range rounds {
		for _, w := range strings.Fields(of) {
			m[arabic.Normalize(w)] |= cluster.First << i
		}
	}
	return m
})

// rounds are the words by which a title tells one round, part or time from the next.
var rounds = []string{"الأول الأولى أول", "الثاني الثانية ثاني", "الثالث الثالثة", "الرابع الرابعة", "الخامس الخامسة", "السادس السادسة",
	"السابع السابعة", "الثامن الثامنة", "التاسع التاسعة", "العاشر العاشرة", "ثمن", "ربع", "نصف", "ذهاب", "إياب", "الأخيرة الأخير"}

// Cues returns the cues of an article: of its title, and the days of the week that its
// first words name.
func (c *Corpus) Cues(i int) (cues cluster.Cues) {
	title, _ := c.Sections(i)
	for _, w := range title {
		cues |= c.cue[w]
	}
	body := c.Body(i)
	for at, w := range body[:min(cueWordsAt, len(body))] {
		cues |= c.cue[w] & cluster.Weekdays
		if at < openingSentence {
			cues |= c.cue[w] & cluster.Future
		}
	}
	return cues
}
