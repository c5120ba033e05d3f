package report

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"qissa"
	"qissa/article"
	"qissa/internal/needs"
)

// rowsInView counts the stories that stand whole above the fold.
const rowsInView = `[...document.querySelectorAll('.row')].filter(r => { const b = r.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight; }).length`

// The first screen is the news.
func TestFirstScreen(t *testing.T) {
	r := singles(40)
	for _, screen := range []struct{ width, height, rows int64 }{{1280, 720, 6}, {360, 740, 3}} {
		b := open(t, r, HTMLOptions{Run: sampleRun(r)}, "", screen.width, chromedp.EmulateViewport(screen.width, screen.height))
		b.ready()
		if shown := b.text(rowsInView); shown < fmt.Sprint(screen.rows) && len(shown) == 1 {
			t.Errorf("%d×%d: %s stories above the fold, want %d", screen.width, screen.height, shown, screen.rows)
		}
		b.clean()
	}
}

const openTitle = `document.querySelector('#story h2').textContent`

// The browser's back returns to the story, and on a phone to the place of the list, that
// the reader left; a reload shows what the address says.
func TestBackAndAddress(t *testing.T) { inBrowsers(t, testBackAndAddress) }

func testBackAndAddress(t *testing.T, open opener) {
	r := singles(300)
	b := open(r, HTMLOptions{Run: sampleRun(r)}, "", 1280, 1000)
	b.ready()
	first := b.text(openTitle)
	b.do(`document.querySelectorAll('.row')[3].click()`)
	b.wait(openTitle + ` !== ` + fmt.Sprintf("%q", first))
	third := b.text(openTitle)
	b.do(`history.back()`)
	b.wait(openTitle + ` === ` + fmt.Sprintf("%q", first))
	b.do(`history.forward()`)
	b.wait(openTitle + ` === ` + fmt.Sprintf("%q", third))
	b.search("رقم 77")
	b.wait(`location.hash.includes('q=')`)
	b.do(`document.querySelector('[data-chip=single]').click()`)
	b.wait(`location.hash.includes('f=single')`)
	b.reload()
	b.ready()
	b.want(`document.querySelector('#query').value`, "رقم 77")
	b.want(`document.querySelector('[data-chip=single]').getAttribute('aria-pressed')`, "true")
	b.want(openTitle, third)
	b.clean()

	b = open(r, HTMLOptions{Run: sampleRun(r)}, "", 360, 1000)
	b.ready()
	b.want(`getComputedStyle(document.querySelector('#story')).display`, "none")
	b.do(`scrollTo(0, 6000)`)
	time.Sleep(300 * time.Millisecond)
	place := b.text(`scrollY`)
	b.do(`[...document.querySelectorAll('.row')].find(r => r.getBoundingClientRect().top > 100).click()`)
	b.wait(`document.body.classList.contains('open') && scrollY === 0`)
	b.do(`document.querySelector('.back').click()`)
	b.wait(`!document.body.classList.contains('open')`)
	b.wait(`scrollY === ` + place)
	b.clean()
}

// A page of one story shows it on a phone too.
func TestOneStoryOnAPhone(t *testing.T) { inBrowsers(t, testOneStoryOnAPhone) }

func testOneStoryOnAPhone(t *testing.T, open opener) {
	r := Only(sample(), "s_0a1b2c3d4e5f")
	b := open(r, HTMLOptions{Run: sampleRun(r)}, "", 360, 1000)
	b.ready()
	b.want(`getComputedStyle(document.querySelector('#story')).display !== 'none'`, "true")
	b.want(openTitle, "افتتاح الجسر المعلق بعد عامين من الأعمال")
	b.clean()
}

// Digits, theme and language are remembered.
func TestSettingsAreRemembered(t *testing.T) { inBrowsers(t, testSettingsAreRemembered) }

func testSettingsAreRemembered(t *testing.T, open opener) {
	r := sample()
	b := open(r, HTMLOptions{Run: sampleRun(r)}, "", 1280, 1000)
	b.ready()
	b.do(`document.querySelector('#digits').click(); document.querySelector('#theme').click()`)
	b.reload()
	b.ready()
	b.want(`document.documentElement.dataset.theme`, "dark")
	b.want(`/[٠-٩]/.test(document.querySelector('.lede').textContent) && !/[0-9]/.test(document.querySelector('.row .n').textContent)`, "true")
	b.do(`document.querySelector('[lang=en][aria-pressed]').click()`)
	b.reload()
	b.ready()
	b.want(`document.documentElement.lang`, "en")
	b.clean()
}

// The next story opens at its title, and a passage scrolls into view.
func TestReadingPlaces(t *testing.T) { inBrowsers(t, testReadingPlaces) }

func testReadingPlaces(t *testing.T, open opener) {
	r := longStory(12)
	b := open(r, HTMLOptions{Run: sampleRun(r)}, "", 1280, 720)
	b.ready()
	key := func(k string) {
		b.do(`document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '` + k + `', code: 'Period', bubbles: true}))`)
		time.Sleep(300 * time.Millisecond)
	}
	key("n")
	b.want(`(() => { const m = document.querySelector('.side mark.on'), box = m?.getBoundingClientRect(); return !!m && box.top >= 0 && box.top < innerHeight; })()`, "true")
	key("j")
	b.want(`(() => { const box = document.querySelector('#story h2').getBoundingClientRect(); return box.top >= 0 && box.bottom < innerHeight; })()`, "true")
	b.wait(`document.querySelector('#announce').textContent.length > 0`)
	key("/") // by its character, where another key stands at the place of the slash
	b.want(`document.activeElement.id`, "query")
	b.clean()
}

// longStory returns a story of n articles with long texts, and one of one article.
func longStory(n int) *qissa.Result {
	r := singles(n + 1)
	text := strings.Repeat("قالت البلدية إن كلفة المشروع بلغت 40 مليون دينار بنسبة 7.35% في يوم 10/8/2015. ", 20)
	story := qissa.Story{ID: "s_long", Representative: 0, Reason: qissa.MostCentral, First: 0, Earliest: 0, Last: n - 1, Bridge: -1, Cohesion: 0.9, WeakestLink: 0.9,
		Origins: []qissa.Origin{{Article: 0, Articles: n, Sources: n}}}
	for i := range n {
		a := &r.Articles[i]
		a.Body = fmt.Sprintf("في %d ", i) + text
		r.StoryOf[i] = 0
		m := qissa.Member{Article: i, Relation: qissa.Edited, Copied: 0.9, CopyOf: 0, Order: qissa.ByTime}
		if i == 0 {
			m = qissa.Member{Relation: qissa.First, CopyOf: -1}
		} else {
			r.Pairs = append(r.Pairs, qissa.Pair{A: 0, B: i, AInB: 0.9, BInA: 0.9, Decision: qissa.Merged, Why: qissa.WhyCopy, Passages: []qissa.Passage{shared(r, 0, i, strings.TrimSpace(text))}})
		}
		story.Members = append(story.Members, m)
		story.Sources = append(story.Sources, a.Source)
	}
	last := r.Stories[n]
	r.StoryOf[n] = 1
	r.Stories = []qissa.Story{story, last}
	r.Counts.Stories, r.Counts.Single, r.Counts.Multiple, r.Counts.Largest = 2, 1, 1, n
	return r
}

// Where the data cannot say who was first, the page does not.
func TestFirstIsWithheld(t *testing.T) { inBrowsers(t, testFirstIsWithheld) }

func testFirstIsWithheld(t *testing.T, open opener) {
	r := longStory(3)
	s := &r.Stories[0]
	s.First, s.FirstReason, r.Counts.FirstWithheld = -1, qissa.FirstByCrawl, 1
	for i := range s.Members {
		s.Members[i].Order = qissa.Unknown
		if i == 0 {
			s.Members[i].Relation, s.Members[i].Order = qissa.OwnWording, ""
		}
	}
	b := open(r, HTMLOptions{Run: sampleRun(r)}, "", 1280, 1000)
	b.ready()
	text := b.text(`document.querySelector('#story').textContent`)
	for _, say := range []string{"لا تقوله البيانات", "أوقات جمع آلي", "مشتركة مع"} {
		if !strings.Contains(text, say) {
			t.Errorf("the story does not say %q", say)
		}
	}
	for _, say := range []string{"أول نشر", "منقول", "نسخة حرفية"} {
		if strings.Contains(text, say) {
			t.Errorf("the story says %q", say)
		}
	}
	plain := write(t, func(w *strings.Builder) error { return Markdown(w, r, MarkdownOptions{}) })
	if strings.Contains(plain, "أول نشر") || !strings.Contains(plain, "أوقات جمعٍ آلي") {
		t.Errorf("the digest says\n%s", plain)
	}
	b.clean()
}

// The figures that differ stand in one table with who has them.
func TestFiguresInTheBrowser(t *testing.T) { inBrowsers(t, testFiguresInTheBrowser) }

func testFiguresInTheBrowser(t *testing.T, open opener) {
	r := sample()
	b := open(r, HTMLOptions{Run: sampleRun(r)}, "", 1280, 1000)
	b.ready()
	b.want(`document.querySelector('.figures tbody').textContent.replace(/\s+/g, ' ').trim()`, "دينار40 مليونالساحل، بريد الشمال · 08:30←42 مليونالساحل · الثلاثاء 10 مارس 2026")
	b.want(`document.querySelector('.kick').textContent.includes('مصدران، أصلان')`, "true")
	b.clean()
}

// One outlier does not crush the chart of all others, and a bar zooms.
func TestVolumeIsRobust(t *testing.T) { inBrowsers(t, testVolumeIsRobust) }

func testVolumeIsRobust(t *testing.T, open opener) {
	r := singles(2000)
	r.Articles[0].Time = time.Date(2012, 1, 1, 0, 0, 0, 0, time.UTC)
	b := open(r, HTMLOptions{Run: sampleRun(r)}, "#v=overview", 1280, 1000)
	b.ready()
	b.wait(`document.querySelectorAll('#volume .bin').length > 10`)
	b.want(`document.querySelector('#volume').textContent.includes('خارج هذا المدى')`, "true")
	b.do(`document.querySelectorAll('#volume .bin')[3].dispatchEvent(new MouseEvent('click', {bubbles: true}))`)
	b.wait(`document.querySelector('.zoomed') !== null && location.hash.includes('t=')`)
	b.want(`document.querySelectorAll('#volume .bin').length > 5`, "true")
	b.want(`document.querySelectorAll('.behind table tr').length > 5`, "true")
	b.clean()
}

// Search reads texts by whole words, and titles by parts of words.
func TestSearchReadsTexts(t *testing.T) { inBrowsers(t, testSearchReadsTexts) }

func testSearchReadsTexts(t *testing.T, open opener) {
	r := singles(60)
	r.Articles[7].Body = "نقلت وكالة واس أن 439491 مقيما صححوا أوضاعهم في الأسواق."
	r.Articles[9].Title = "الطريق واسع"
	b := open(r, HTMLOptions{Run: sampleRun(r), Texts: "all"}, "", 1280, 1000)
	b.ready()
	for _, test := range []struct{ query, rows string }{
		{"439491", "1"}, {"أسواق", "1"}, {"والأسواق مقيما", "1"}, {"واس", "2"}, {"قيما", "0"},
	} {
		b.search(test.query)
		b.wait(`document.querySelectorAll('.row').length === ` + test.rows)
	}
	b.search("واس") // the word before the part of a word
	b.wait(`document.querySelectorAll('.row').length === 2`)
	b.want(`document.querySelector('.row .headline').textContent`, r.Articles[7].Title)
	b.clean()
}

// A story of 9,000 copies opens at once.
func TestVeryManyCopies(t *testing.T) {
	needs.Time(t, "it makes 9,000 copies")
	r := longStory(9000)
	for i := range r.Articles {
		r.Articles[i].Body = "نص قصير عن الجسر"
	}
	for i := range r.Pairs {
		r.Pairs[i].Passages = nil
	}
	b := open(t, r, HTMLOptions{Run: sampleRun(r)}, "#s="+r.Stories[1].ID, 1280)
	b.ready()
	var took float64
	b.run(chromedp.Evaluate(`new Promise(done => { const t = performance.now(); location.hash = '#s=s_long';
		const look = () => document.querySelectorAll('#compare .side').length ? done(performance.now() - t) : setTimeout(look, 5); look(); })`, &took, awaited))
	t.Logf("opens in %.0f ms", took)
	if took > 5000 {
		t.Errorf("opens in %.0f ms", took)
	}
	b.want(`document.querySelectorAll('#compare option').length <= 402`, "true")
	b.clean()
}

// No view is wider than the screen.
func TestViewsFitTheScreen(t *testing.T) {
	r := longStory(14)
	r.Storylines = []qissa.Storyline{{ID: "l_long", Stories: []int{0, 1}, Title: 0, Articles: 15}}
	for _, width := range []int64{360, 768, 1280, 1440} {
		b := open(t, r, HTMLOptions{Run: sampleRun(r)}, "", width)
		b.ready()
		for _, fragment := range []string{"#s=s_long", "#g=lines", "#v=overview", "#v=outlets", "#v=overview&l=en"} {
			b.do(fmt.Sprintf(`location.hash = %q;`, fragment))
			b.want(fmt.Sprintf(`document.documentElement.scrollWidth <= %d`, width), "true")
		}
		b.clean()
	}
}

// The page names the zone of its times.
func TestZoneIsNamed(t *testing.T) {
	r := sample()
	for _, test := range []struct {
		zone *time.Location
		want string
	}{
		{nil, "UTC"}, {time.FixedZone("", 3*3600), "UTC+3"}, {time.FixedZone("x", -4*3600-1800), "x (UTC−4:30)"},
	} {
		b := open(t, r, HTMLOptions{Run: sampleRun(r), Location: test.zone}, "", 1280)
		b.ready()
		if run := b.text(`document.querySelector('.run').textContent`); !strings.Contains(run, test.want) {
			t.Errorf("the page is headed %q, want the zone %s", run, test.want)
		}
		b.clean()
	}
	for i := range r.Articles {
		if r.Articles[i].Precision == article.Exact {
			r.Articles[i].Time = r.Articles[i].Time.In(time.FixedZone("", 3*3600))
		}
	}
	if zone := dataZone(r.Articles).String(); zone != "UTC+3" {
		t.Errorf("the zone of the data is %s", zone)
	}
}

// awaited waits for a promise.
func awaited(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
