package report

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"qissa"
)

// deduplicated drops the second article of the sample, and one whose data is
// hostile.
func deduplicated() Deduplication {
	articles := sample().Articles
	repeats := make([]*qissa.Repeat, len(articles))
	repeats[1] = &qissa.Repeat{Of: 0, How: qissa.RepeatVerbatim, Copied: 0.96, Covers: 0.84}
	repeats[4] = &qissa.Repeat{Of: 0, How: qissa.SameURL}
	return Deduplication{Articles: articles, Repeats: repeats}
}

func TestDedupPage(t *testing.T) {
	for lang, want := range map[string][]string{
		"ar": {"قرأنا 6 مواد، أبقينا منها 4 مواد وحذفنا مادتين", "نسخة حرفية", "96% من كلماتها في الباقية", "الرابط نفسه"},
		"en": {"6 articles were read; 4 articles were kept and 2 articles dropped", "Verbatim copy", "96% of its words stand in the kept one", "Same address"},
	} {
		var page bytes.Buffer
		if err := deduplicated().Page(&page, lang, nil); err != nil {
			t.Fatal(err)
		}
		for _, text := range want {
			if !strings.Contains(page.String(), text) {
				t.Errorf("%s: no %q", lang, text)
			}
		}
		for _, text := range []string{"<script", "<img", `href="javascript:`, "\u202e"} {
			if strings.Contains(page.String(), text) {
				t.Errorf("%s: %q stands in the page", lang, text)
			}
		}
	}
}

// What was dropped for want of room is not said to repeat others.
func TestDedupPageTellsSurplusFromRepeats(t *testing.T) {
	d := deduplicated()
	d.Repeats[2] = &qissa.Repeat{Of: -1, How: qissa.RepeatMax}
	for lang, want := range map[string]string{
		"ar": "وحذفنا 3 مواد: مادتين لتكرارها غيرها، ومادة واحدة لبلوغ العدد الأقصى",
		"en": "3 articles dropped: 2 articles because they repeat others, 1 article because no more were to be kept",
	} {
		var page bytes.Buffer
		if err := d.Page(&page, lang, nil); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(page.String(), want) {
			t.Errorf("%s: no %q", lang, want)
		}
	}
}

func TestDedupPageSaysWhatItLeavesOut(t *testing.T) {
	d := deduplicated()
	for range 500 {
		d.Articles = append(d.Articles, d.Articles[1])
		d.Repeats = append(d.Repeats, d.Repeats[1])
	}
	for n := range 400 {
		kept := len(d.Articles)
		a := d.Articles[3]
		a.ID = strings.Repeat("x", n+1)
		d.Articles = append(d.Articles, a, a)
		d.Repeats = append(d.Repeats, nil, &qissa.Repeat{Of: kept, How: qissa.RepeatEdited, Copied: 0.8, Covers: 0.8})
	}
	var page bytes.Buffer
	if err := d.Page(&page, "en", nil); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"And 482 others in the list of dropped ones.", "And 101 others that are repeated; the list of dropped ones has them all."} {
		if !strings.Contains(page.String(), text) {
			t.Errorf("no %q", text)
		}
	}
}

// The page fits a phone without sideways scrolling, asks for nothing, and its
// numbers stay whole.
func TestDedupPageInTheBrowser(t *testing.T) {
	for _, lang := range []string{"ar", "en"} {
		b := openPage(t, func(w io.Writer) error { return deduplicated().Page(w, lang, nil) }, "", 360)
		b.want(`document.documentElement.scrollWidth <= 360`, "true")
		b.want(`getComputedStyle(document.querySelector('td')).overflowWrap`, "normal")
		b.clean()
		b.accessible(lang)
	}
}
