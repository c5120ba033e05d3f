package report

import (
	"encoding/json"
	"os"
	"testing"

	"qissa/internal/needs"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"qissa"
)

// TestAccessibility asks axe-core for violations of WCAG 2.2 AA in both
// languages, each in one of the themes, every other page a day. QISSA_AXE names its axe.min.js, which .ci/run gets
// from npm.
func TestAccessibility(t *testing.T) {
	axe := axeCode(t)
	if axe == "" {
		needs.Missing(t, "axe-core: npm install axe-core, and its axe.min.js in QISSA_AXE")
	}
	few, many, lined := sample(), manyStories(), linedStories()
	doubtful := clusteredSample(t)
	cuts, err := doubtful.Links().Cuts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	disputed := twoReaders(sampleGold(t))
	turn := needs.Turn(2)
	for k, page := range []struct {
		result   *qissa.Result
		opt      HTMLOptions
		fragment string
		before   string // what a reader does first
	}{
		{few, HTMLOptions{Run: sampleRun(few), Skipped: sampleSkipped()}, "#s=s_0a1b2c3d4e5f", ""},
		{few, HTMLOptions{Run: sampleRun(few), Skipped: sampleSkipped()}, "#s=s_111111111111", ""},
		{few, HTMLOptions{Run: sampleRun(few)}, "#v=overview", ""},
		{few, HTMLOptions{Run: sampleRun(few)}, "#v=outlets", ""},
		{lined, HTMLOptions{Run: sampleRun(lined)}, "#g=lines&s=" + lined.Stories[0].ID, ""},
		{many, HTMLOptions{Run: Run{Counts: many.Counts}, Texts: "lead"}, "#s=" + many.Stories[77].ID, ""},
		{few, HTMLOptions{Run: sampleRun(few)}, "#s=s_0a1b2c3d4e5f", `document.querySelector('[data-act=out1]').click(); document.querySelector('[data-pick="2"]').click();`},
		{few, HTMLOptions{Run: sampleRun(few), Label: "label"}, "#s=s_0a1b2c3d4e5f", `document.querySelector('[data-act=merge]').click();`},
		{few, HTMLOptions{Run: sampleRun(few)}, "#s=s_0a1b2c3d4e5f", `document.querySelector('[data-act=unsure]').click(); document.querySelector('[data-act=files]').click();`},
		{doubtful, HTMLOptions{Run: sampleRun(doubtful), Uncertain: doubtsOf(t, doubtful), Cuts: cuts}, "#v=questions", `for (const c of document.querySelectorAll('#cut, #line-cut')) { c.value = 45; c.dispatchEvent(new Event('input')); } document.querySelector('[data-act=yes0]')?.click();`},
		{disputed.Meet(doubtful), HTMLOptions{Run: sampleRun(doubtful), Label: "label", Adjudicate: disputed}, "#v=questions", `document.querySelector('[data-act=yes0]')?.click();`},
		{few, HTMLOptions{Run: sampleRun(few), Label: "label"}, "#s=s_111111111111", `document.querySelector('[data-act=rules]').click();`},
	} {
		if !turn(k) {
			continue
		}
		langs := map[string]string{"ar": "light", "en": "dark"} // colours are those of both languages
		if page.before != "" {
			delete(langs, "en") // the workshop has the same parts in both, and takes long
		}
		for lang, theme := range langs {
			b := open(t, page.result, page.opt, page.fragment+"&l="+lang, 1280)
			b.ready()
			b.do(page.before)
			themes := []string{theme}
			if page.before != "" {
				themes = append(themes, "dark")
			}
			for _, theme := range themes {
				for _, v := range b.violations(axe, theme) {
					t.Errorf("%d stories, %s %s %s: %s", len(page.result.Stories), page.fragment, lang, theme, v)
				}
			}
		}
	}
}

// axeCode returns axe-core, "" where it is not named.
func axeCode(t *testing.T) string {
	t.Helper()
	name := os.Getenv("QISSA_AXE")
	if name == "" {
		return ""
	}
	code, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(code)
}

// accessible wants a page without violations in both themes, where axe-core is named.
func (b *browser) accessible(name string) {
	b.t.Helper()
	axe := axeCode(b.t)
	if axe == "" {
		return
	}
	for _, theme := range []string{"light", "dark"} {
		for _, v := range b.violations(axe, theme) {
			b.t.Errorf("%s %s: %s", name, theme, v)
		}
	}
}

// violations returns what axe-core finds wrong in a theme. A message at the foot of the page is
// looked at by itself: it fades, and lies over what it lets through for a moment. The bar of
// the workshop stands at the end of the page meanwhile: what it lies over can be scrolled.
func (b *browser) violations(axe, theme string) (list []string) {
	b.t.Helper()
	var found string
	b.run(chromedp.Evaluate(`document.documentElement.dataset.theme = '`+theme+`'`, nil),
		chromedp.Evaluate(axe+"; 1", nil),
		chromedp.Evaluate(`(async () => {
			const e = document.querySelector('.toast.on'), bar = document.querySelector('.workbar');
			if (bar) bar.style.position = 'static';
			const found = [];
			if (e) {
				e.style.transition = 'none';
				found.push(...(await axe.run(e, {runOnly: ['color-contrast']})).violations);
				e.classList.remove('on');
			}
			found.push(...(await axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})).violations);
			e?.classList.add('on');
			return JSON.stringify(found.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).join(' | ')));
		})()`, &found,
			func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	if err := json.Unmarshal([]byte(found), &list); err != nil {
		b.t.Fatal(err)
	}
	return list
}
