package report

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"qissa"
	"qissa/internal/needs"
)

// What an action of a reader takes, and what reading does: the keystroke-level model of
// Card, Moran and Newell (1980), M + P + BB, and three glances of a second and a half for a
// row and a line of the table.
const (
	actionTakes  = 1350*time.Millisecond + 1100*time.Millisecond + 200*time.Millisecond
	readingTakes = 3 * 1500 * time.Millisecond
)

// A newcomer learns of one day's five largest stories in how many outlets they are, to how
// many texts they go back, and a figure in which their versions differ, with ten actions
// and in a minute: all from what stands on a screen of 1280 × 720.
func TestFiveStoriesOfADay(t *testing.T) {
	needs.Time(t, "it clusters a day")
	articles := readDump(t, "saudinewsnet.jsonl.gz", time.Date(2015, 8, 9, 21, 0, 0, 0, time.UTC), time.Date(2015, 8, 10, 21, 0, 0, 0, time.UTC))
	r, err := qissa.Cluster(t.Context(), articles, qissa.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	inBrowsers(t, func(t *testing.T, open opener) {
		b := open(r, HTMLOptions{Run: Run{Counts: r.Counts}}, "", 1280, 720)
		ready := b.ready()
		actions := 0
		for n := range 5 {
			var row struct {
				Title, Spread string
				Open          bool
			}
			b.read(fmt.Sprintf(rowOnScreen, n), &row)
			if row.Title == "" || row.Spread == "" {
				t.Errorf("row %d is not whole on the screen with outlets and origins: %+v", n+1, row)
			}
			if !row.Open {
				actions++
				b.do(fmt.Sprintf(`document.querySelectorAll('.row')[%d].click();`, n))
				b.wait(fmt.Sprintf(`document.querySelectorAll('.row')[%d].getAttribute('aria-selected') === 'true' && !!document.querySelector('#compare .side')`, n))
			}
			figure := b.text(figureOnScreen)
			if figure == "" {
				actions++ // one turn of the wheel
				b.do(`scrollBy(0, 500);`)
				figure = b.text(figureOnScreen)
			}
			t.Logf("%s: %s; %s", row.Title, row.Spread, figure)
			if figure == "" {
				t.Errorf("%s: no figure on the screen in which versions differ", row.Title)
			}
		}
		takes := time.Duration(ready)*time.Millisecond + time.Duration(actions)*actionTakes + 5*readingTakes
		t.Logf("%d actions, about %v", actions, takes.Round(time.Second))
		if actions > 10 || takes > time.Minute {
			t.Errorf("it takes %d actions and about %v, want 10 and a minute at most", actions, takes)
		}
		b.clean()
	})
}

// read evaluates an expression to a value.
func (b *browser) read(expression string, to any) {
	b.t.Helper()
	if err := json.Unmarshal([]byte(b.text("JSON.stringify("+expression+")")), to); err != nil {
		b.t.Fatal(err)
	}
}

// onScreen tells whether an element stands on the screen, and not behind another.
const onScreen = `(e => { const x = e.getBoundingClientRect(); return x.top >= 0 && x.bottom <= innerHeight && x.left >= 0 && x.right <= innerWidth && e.contains(document.elementFromPoint((x.left + x.right) / 2, (x.top + x.bottom) / 2)); })`

const rowOnScreen = `(row => ` + onScreen + `(row) ? {
	Title: row.querySelector('.headline').textContent, Open: row.getAttribute('aria-selected') === 'true',
	Spread: [...row.querySelectorAll('.meta span')].filter(e => /(مصدر|مصادر).*(أصل|أصول)/.test(e.textContent) && ` + onScreen + `(e)).map(e => e.textContent)[0] || '' } : {})(document.querySelectorAll('.row')[%d])`

// figureOnScreen is a line of the table of what not all versions say: one that names two
// values where there is such a line.
const figureOnScreen = `[...document.querySelectorAll('.figures tbody tr')].map(row => [row, [...row.querySelectorAll('.value')].filter(` + onScreen + `)]).filter(([, values]) => values.length)
	.sort(([a, x], [b, y]) => Math.min(y.length, 2) - Math.min(x.length, 2)).map(([row, values]) => row.querySelector('th').textContent + ': ' + values.map(e => e.textContent).join(' '))[0] || ''`
