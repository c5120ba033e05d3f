package report

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// TestAccessibility asks axe-core for violations of WCAG 2.1 AA in both
// languages and both themes. QISSA_AXE names its axe.min.js, which .ci/run gets
// from npm.
func TestAccessibility(t *testing.T) {
	name := os.Getenv("QISSA_AXE")
	if name == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("QISSA_AXE names no axe.min.js, which .ci/run should have installed")
		}
		t.Skip("needs axe-core: npm install axe-core, and its axe.min.js in QISSA_AXE")
	}
	axe, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	r := sample()
	for _, fragment := range []string{"#s=s_0a1b2c3d4e5f", "#s=s_111111111111"} {
		for _, lang := range []string{"ar", "en"} {
			for _, theme := range []string{"light", "dark"} {
				b := open(t, r, HTMLOptions{Run: sampleRun(r), Skipped: sampleSkipped()}, fragment+"&l="+lang, 1280)
				b.ready()
				var found string
				b.run(chromedp.Evaluate(`document.documentElement.dataset.theme = '`+theme+`'`, nil),
					chromedp.Evaluate(string(axe)+"; 1", nil),
					chromedp.Evaluate(`axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}).then(r => JSON.stringify(
						r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).join(' | '))))`, &found,
						func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
				var violations []string
				if err := json.Unmarshal([]byte(found), &violations); err != nil {
					t.Fatal(err)
				}
				for _, v := range violations {
					t.Errorf("%s %s %s: %s", fragment, lang, theme, v)
				}
			}
		}
	}
}
