package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"qissa"
	"qissa/eval"
)

// Who decides every dispute of two readers as one of them has it gets the labels of that
// one, at both levels, and back by undoing what both agree on.
func TestDisputes(t *testing.T) {
	inNode(t, workshopTools+`
function someReader(n) { // stories within storylines
  const line = Array.from({ length: n }, (_, i) => chance(i + 1)), story = Array.from({ length: n }, () => chance(n));
  return { line: line.map((_, i) => line[story[i]]), story };
}
let asked = 0;
for (let round = 0; round < 150; round++) {
  const n = 2 + chance(12), readers = [someReader(n), someReader(n)], order = Array.from({ length: n }, (_, i) => i), meet = of => i => readers.map(r => r[of][i]).join();
  const stories = [...groupBy(order, meet('story')).values()], place = stories.flat(), start = [0], lines = [], number = new Map();
  for (const s of stories) {
    start.push(start.at(-1) + s.length);
    const key = meet('line')(s[0]);
    if (!number.has(key)) number.set(key, number.size);
    lines.push(number.get(key));
  }
  const of = level => readers.map(r => place.map(i => r[level][i])), d = new Disputes({ place: order, story: of('story'), line: of('line') });
  for (const [who, r] of readers.entries()) {
    const h = new History(new Partition(start, lines)), p = h.partition, found = whole(p);
    for (let next; (next = d.list(p)[0]);) {
      const same = level => r[level][place[next.headA]] === r[level][place[next.headB]];
      const how = next.level === 'line' ? (same('line') ? 'yes' : 'no') : same('story') ? 'yes' : same('line') && chance(2) ? 'line' : 'no';
      if (!h.act(answering(p, decision(next, how), [], null))) throw new Error('an answer does nothing');
      if (++asked > 1e5) throw new Error('no end');
    }
    want(storySets(p), sets(order, a => of('story')[who][a]), 'stories of reader ' + who);
    want(lineSets(p), sets(order, a => of('line')[who][a]), 'storylines of reader ' + who);
    while (h.undo());
    want(whole(p), found, 'undone');
  }
}
if (asked < 1000) throw new Error('only ' + asked + ' disputes');`, "partition", "transfer", "disputes")
}

// twoReaders are labels of a run, and those of a second reader who put every third article
// into a story of its own, every fifth into that of the article before, and halved the storylines.
func twoReaders(gold eval.Labels) *Adjudication {
	a := &Adjudication{
		Readers:    [2]string{"سلمى", "b"},
		Stories:    [2]map[string]string{{}, {}},
		Storylines: [2]map[string]string{{}, {}},
		Agreement:  []Agreement{{"story", len(gold.Items), 0.5, 0.75, 0.625}, {"storyline", len(gold.Items), -0.125, 0.5, 0.25}},
	}
	for i, it := range gold.Items {
		story := it.Story
		if i%3 == 2 {
			story = it.ID
		} else if i%5 == 4 {
			story = a.Stories[1][gold.Items[i-1].ID]
		}
		a.Stories[0][it.ID], a.Stories[1][it.ID] = it.Story, story
		a.Storylines[0][it.ID] = it.Storyline
	}
	line := map[string]string{} // of each story of the second reader
	for _, it := range gold.Items {
		story := a.Stories[1][it.ID]
		if line[story] == "" {
			line[story] = fmt.Sprint(it.Storyline, len(line)%2)
		}
		a.Storylines[1][it.ID] = line[story]
	}
	return a
}

// decidesInBrowser shows what two readers differ in, in place of an open page, and decides
// all of it by keys as the first of them: the labels are that one's.
func decidesInBrowser(b *browser, r *qissa.Result, gold eval.Labels, take func(button, name string) []byte) {
	b.t.Helper()
	a := twoReaders(gold)
	met, opt := a.Meet(r), HTMLOptions{Run: sampleRun(r), Label: "label", Adjudicate: a}
	v, err := newView(met, opt)
	if err != nil {
		b.t.Fatal(err)
	}
	l := newLayout(v, "none")
	b.run(chromedp.EmulateViewport(360, 780))
	b.show(met, opt, "")
	b.wait(`document.querySelectorAll('.question').length === 10`)
	b.want(`document.documentElement.scrollWidth <= 360`, "true")
	b.want(`document.querySelector('#asked td').textContent + document.querySelector('#asked h2').textContent.includes('سلمى')`, fmt.Sprint(len(gold.Items), "true"))
	decided := 0
	for ; decided < 500; decided++ {
		var x, y int
		var level string
		if n, _ := fmt.Sscan(b.text(`document.querySelector('.question')?.dataset.question ?? 'none'`), &x, &y, &level); n < 3 {
			break
		}
		first, second := met.Articles[l.order[x]].ID, met.Articles[l.order[y]].ID
		same := func(of [2]map[string]string) bool { return of[0][first] == of[0][second] }
		key := "2"
		if level == "line" && same(a.Storylines) || level == "story" && same(a.Stories) {
			key = "1"
		} else if level == "story" && same(a.Storylines) {
			key = "3"
		}
		b.do(`document.querySelector('.question .btn').focus();`)
		b.run(chromedp.KeyEvent(key))
		if decided%8 == 0 {
			b.run(chromedp.KeyEvent("z"), chromedp.KeyEvent("y"))
		}
	}
	b.t.Logf("%d disputes decided", decided)
	if decided < 20 {
		b.t.Errorf("only %d disputes", decided)
	}
	perfect(b.t, take("get-labels", "labels.tsv"), gold, len(gold.Items))
	if meta := string(take("get-meta", "labels.meta.json")); !strings.Contains(meta, `"adjudicates"`) || !strings.Contains(meta, "سلمى") {
		b.t.Errorf("the notes do not tell of the two readers: %s", meta)
	}
	b.want(`document.documentElement.scrollWidth <= 360`, "true")
}
