package report

import (
	"strings"
	"testing"

	"qissa"
)

// linedStories returns six stories, of which the fifth, first and third are one
// storyline, in the order of time.
func linedStories() *qissa.Result {
	r := singles(6)
	r.Storylines = []qissa.Storyline{{ID: "l_000000000004", Stories: []int{4, 0, 2}, Title: 0, Articles: 3}}
	for _, n := range []int{1, 3, 5} {
		r.Stories[n].Storyline = len(r.Storylines)
		r.Storylines = append(r.Storylines, qissa.Storyline{ID: "l" + r.Stories[n].ID[1:], Stories: []int{n}, Title: n, Articles: 1})
	}
	return r
}

// Storylines are folders in the list, and each story names its own and leads to its
// other stories.
func TestStorylinesInTheBrowser(t *testing.T) { inBrowsers(t, testStorylinesInTheBrowser) }

func testStorylinesInTheBrowser(t *testing.T, open opener) {
	r := linedStories()
	b := open(r, HTMLOptions{Run: sampleRun(r)}, "", 1280, 1000)
	b.ready()
	b.want(`document.querySelectorAll('.row').length`, "6")
	b.do(`document.querySelector('#level button').click()`)
	b.wait(`document.querySelectorAll('.row').length === 4`)
	b.want(`location.hash.includes('g=lines')`, "true")
	b.want(`document.querySelector('.row .meta').textContent`, "ملف إخباري3 قصص00:04")
	b.do(`document.querySelector('.row').click()`)
	b.wait(`document.querySelectorAll('#folder li').length === 3`)
	titles := `[...document.querySelectorAll('#folder li > :nth-child(2)')].map(e => e.textContent.match(/\d+/)[0]).join(' ')`
	b.want(titles, "4 0 2")
	b.want(`document.querySelector('#folder .here').textContent.includes('رقم 0')`, "true")
	b.do(`document.querySelectorAll('#folder li')[2].querySelector('button').click()`)
	b.wait(`document.querySelector('#story h2').textContent.includes('رقم 2')`)
	b.want(`document.querySelector('.row[aria-selected=true] .headline').textContent.includes('رقم 0')`, "true") // the folder's row
	b.search("رقم 4")
	b.wait(`document.querySelectorAll('.row').length === 1`)
	b.reload()
	b.ready()
	b.want(`document.querySelectorAll('.row').length`, "1")
	b.want(`document.querySelector('#level button').getAttribute('aria-pressed')`, "true")
	b.clean()
}

// A page of stories that stand each for itself speaks of no storylines.
func TestNoStorylines(t *testing.T) {
	r := singles(3)
	b := open(t, r, HTMLOptions{Run: sampleRun(r)}, "#g=lines", 1280)
	b.ready()
	b.want(`document.querySelectorAll('#level button').length + ' ' + document.querySelectorAll('#folder').length`, "0 0")
	b.want(`document.querySelectorAll('.row').length`, "3")
	b.clean()
}

// The plain page and the digest name storylines too.
func TestStorylinesInPlainText(t *testing.T) {
	r := longStory(3)
	r.Storylines = []qissa.Storyline{{ID: "l_1", Stories: []int{1, 0}, Title: 0, Articles: 4}}
	page := write(t, func(w *strings.Builder) error { return HTML(w, r, HTMLOptions{Run: sampleRun(r)}) })
	if !strings.Contains(page, "ملف «\u2068افتتاح الجسر رقم 0 في المدينة\u2069»: قصتان، 4 مواد") || !strings.Contains(page, `href="#`+r.Stories[1].ID+`"`) {
		t.Error("the plain page does not name the storyline")
	}
	digest := func() string {
		return write(t, func(w *strings.Builder) error { return Markdown(w, r, MarkdownOptions{}) })
	}
	if s := digest(); strings.Contains(s, "## ملف إخباري") {
		t.Errorf("the digest has a folder for one story:\n%s", s)
	}
	r.Stories[1].Members = append(r.Stories[1].Members, r.Stories[0].Members[2])
	r.Stories[0].Members = r.Stories[0].Members[:2]
	s := digest()
	folder, second, first := strings.Index(s, "\n## ملف إخباري: "), strings.Index(s, "\n### افتتاح الجسر رقم 3 "), strings.Index(s, "\n### افتتاح الجسر رقم 0 ")
	if folder < 0 || second < folder || first < second {
		t.Errorf("the digest does not group the storyline in the order of time:\n%s", s)
	}
}
