package report

import (
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"qissa/article"
)

// With Arabic-Indic digits no Latin digit stands in the page's own Arabic words, and none of a name is turned.
func TestDigitsEverywhere(t *testing.T) {
	r := sample()
	run := sampleRun(r)
	run.Warnings = append(run.Warnings, article.Messagef("file_encoding", "%s is not UTF-8; read as %s", "odd-7.csv", "windows-1256"),
		article.Messagef("short", "%s fewer than %d words", article.Counted{N: 1200}, 20))
	b := open(t, r, HTMLOptions{Run: run, Skipped: sampleSkipped()}, "", 1280)
	var end string
	b.run(chromedp.WaitReady("#digits", chromedp.ByQuery), chromedp.Evaluate(`document.querySelector("#digits").click();
		(() => { const c = document.querySelector('.end:not([hidden])').cloneNode(true); c.querySelectorAll('bdi, code').forEach(x => x.remove()); return c.textContent })()`, &end))
	own := strings.NewReplacer("UTF-8", "").Replace(end)
	if at := regexp.MustCompile(`[0-9].{0,20}`).FindString(own); at != "" {
		t.Errorf("Latin digits stay: %q", at)
	}
	for _, want := range []string{"ليس بترميز UTF-8", "١٬٢٠٠ مادة أقصر من ٢٠ كلمة", "JSON مقطوع عند الحرف ١٢"} {
		if !strings.Contains(end, want) {
			t.Errorf("%q is not in the end of the page: %s", want, end)
		}
	}
}
