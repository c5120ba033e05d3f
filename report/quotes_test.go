package report

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"qissa"
	"qissa/article"
	"qissa/internal/needs"
)

// readDump reads the articles of a dump in a span of time.
func readDump(t *testing.T, name string, from, to time.Time) []article.Article {
	t.Helper()
	path := filepath.Join("../../shared/data/dumps", name)
	f, err := os.Open(path)
	if err != nil {
		needs.Missing(t, "the dump %s: %v", name, err)
	}
	defer f.Close()
	var list []article.Article
	for a, err := range article.SkipBad(article.Read(f, name, article.Options{Zone: time.UTC}), func(*article.RecordError) {}) {
		if err != nil {
			t.Fatal(err)
		}
		if !a.Time.Before(from) && a.Time.Before(to) {
			list = append(list, a)
		}
	}
	return list
}

// A quotation copied from the pairs that stories open with equals the source, and no
// number is cut in two or touched by other signs: 50 stories of one of two dumps, 300 of each with QISSA_LONG=1.
func TestQuotationsOfRealPairs(t *testing.T) {
	needs.Time(t, "it opens 50 stories")
	turn := needs.Turn(2)
	most := 50
	if needs.Long() {
		most = 300
	}
	for k, dump := range []struct {
		name     string
		from, to time.Time
	}{
		{"saudinewsnet.jsonl.gz", time.Date(2015, 8, 10, 0, 0, 0, 0, time.UTC), time.Date(2015, 8, 11, 12, 0, 0, 0, time.UTC)},
		{"ant.jsonl.gz", time.Date(2018, 5, 1, 0, 0, 0, 0, time.UTC), time.Date(2018, 5, 25, 0, 0, 0, 0, time.UTC)},
	} {
		if !turn(k) {
			continue
		}
		articles := readDump(t, dump.name, dump.from, dump.to)
		r, err := qissa.Cluster(t.Context(), articles, qissa.DefaultOptions())
		if err != nil {
			t.Fatal(err)
		}
		var pairs []qissa.Story
		for _, s := range r.Stories {
			if len(s.Members) > 1 && len(pairs) < most {
				pairs = append(pairs, s)
			}
		}
		b := openFor(t, 8*time.Minute, r, HTMLOptions{Run: Run{Counts: r.Counts}})
		b.ready()
		texts := map[string]string{}
		for _, a := range r.Articles {
			texts[a.ID] = a.Title + "\n" + a.Body
		}
		quotations, differ, numbers, split := 0, 0, 0, 0
		for _, s := range pairs {
			var sides []struct {
				ID      string
				Quotes  []string
				Numbers int
				Split   []string
			}
			b.run(chromedp.Evaluate(fmt.Sprintf(quoteSides, s.ID), &sides, awaited))
			for _, side := range sides {
				source := ""
				for line := range strings.Lines(texts[side.ID]) {
					source += spaced(html.UnescapeString(html.UnescapeString(line))) + "\n"
				}
				for _, q := range side.Quotes {
					if quotations++; !strings.Contains(source, spaced(html.UnescapeString(q))) {
						if differ++; differ < 5 {
							t.Errorf("%s: %s: %q is not in the source", dump.name, side.ID, q)
						}
					}
				}
				numbers += side.Numbers
				for _, n := range side.Split {
					if split++; split < 5 {
						t.Errorf("%s: %s: the number %s is cut", dump.name, side.ID, n)
					}
				}
			}
		}
		t.Logf("%s: %d pairs, %d quotations, %d differ; %d numbers, %d cut", dump.name, len(pairs), quotations, differ, numbers, split)
		if len(pairs) != most || quotations < 2*most || numbers < 2*most {
			t.Errorf("%s: %d pairs, %d quotations, %d numbers are too few to tell", dump.name, len(pairs), quotations, numbers)
		}
		b.clean()
	}
}

// spaced has what the page shows of a line: one space for any, no marks that turn the
// direction.
func spaced(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '\u00a0' {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(plain(s)), " ")
}

// quoteSides opens a story and copies each paragraph of both sides, as a reader selects
// it; and looks at each number, whether it stands in one piece of text, and whether
// anything but the number comes with it.
const quoteSides = `(async () => {
	const id = %q;
	if (document.querySelector('#story .id')?.textContent !== id) location.hash = '#s=' + id;
	for (let i = 0; i < 400; i++) {
		if (document.querySelector('#story .id')?.textContent === id && document.querySelectorAll('#compare .side .text').length === 2 && location.hash.includes('c=')) break;
		await new Promise(done => setTimeout(done, 10));
	}
	const ids = new URLSearchParams(location.hash.slice(1)).get('c').split(',').map(decodeURIComponent);
	return [...document.querySelectorAll('#compare .side .text')].map((side, i) => {
		const quotes = [], split = [];
		let numbers = 0;
		for (const p of side.querySelectorAll('p:not(.hint)')) {
			const range = document.createRange();
			range.selectNodeContents(p);
			getSelection().removeAllRanges();
			getSelection().addRange(range);
			quotes.push(getSelection().toString());
			const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT), edges = new Set();
			let text = '';
			while (walk.nextNode()) { text += walk.currentNode.data; edges.add(text.length); }
			for (const m of text.matchAll(/\p{Nd}+(?:[.,،٫٬\/:\-–—−×]\p{Nd}+)*[%%٪]?/gu)) {
				numbers++;
				for (let at = m.index + 1; at < m.index + m[0].length; at++) if (edges.has(at)) { split.push(m[0]); break; }
			}
		}
		return { ID: ids[i], Quotes: quotes, Numbers: numbers, Split: split };
	});
})()`
