package report

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/input"
	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"qissa"
	"qissa/article"
	"qissa/eval"
	"qissa/internal/needs"
	"qissa/testdata"
)

// labeller labels in the page what it is told, by its keys, boxes and dialogs: the places of
// articles by gold story, and gold stories by storyline. What the page should have made of it,
// it works out with the same pure model.
const labeller = `
const sleep = ms => new Promise(done => setTimeout(done, ms)), $$ = s => document.querySelector(s);
async function until(what, is) { for (let i = 0; i < 2000; i++) { const x = is(); if (x) return x; await sleep(5); } throw new Error('never: ' + what); }
const press = k => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: k, bubbles: true }));
const m = new Partition(start, lines), S = start.length - 1;
async function open(s) { location.hash = '#s=' + sids[s]; await until('open ' + sids[s], () => $$('#story .id')?.textContent === sids[s] && $$('#bench .btn')); }
async function at(key) { // opens a working story
  const a = m.membersOf(key)[0];
  await open(m.membersOf(key).includes(start[key]) ? key : m.firstStories[a]);
  $$('[data-act="at' + key + '"]')?.click();
}
async function choose(k, query, target) {
  press(k);
  const field = await until('dialog', () => $$('#chooser[open] #target-query'));
  field.value = query;
  field.dispatchEvent(new Event('input'));
  (await until('target ' + target + ' for ' + query, () => $$('#chooser [data-key="' + target + '"]'))).click();
}
const pick = a => { const box = $$('input[data-pick="' + a + '"]'); if (!box.checked) box.click(); };
function did(action) { if (!m.apply(action)) throw new Error('nothing: ' + JSON.stringify(action)); }
let steps = 0;
for (const [first, ...others] of goldStories) {
  const mine = new Set([first, ...others]), strangers = m.membersOf(m.storyOf[first]).filter(a => !mine.has(a));
  if (strangers.length) {
    for (const [s, list] of groupBy(strangers, a => m.firstStories[a])) {
      await at(m.storyOf[list[0]]);
      if (m.firstStories[list[0]] !== s) throw new Error('strange');
      list.forEach(pick);
      press('o');
      did({ do: 'move', articles: list, to: null, apart: true });
      steps++;
    }
  }
  for (const a of others) {
    const to = m.storyOf[first];
    if (m.storyOf[a] === to) continue;
    await at(m.storyOf[a]);
    if (m.membersOf(m.storyOf[a]).length === 1) {
      await choose('m', titles[first], to);
    } else {
      pick(a);
      await choose('v', titles[first], to);
    }
    did({ do: 'move', articles: [a], to });
    steps++;
  }
}
for (const [first, ...others] of goldLines) {
  for (const a of others) {
    if (m.lineOf(m.storyOf[a]) === m.lineOf(m.storyOf[first])) continue;
    await at(m.storyOf[a]);
    await choose('f', titles[first], m.storyOf[first]);
    did({ do: 'line', stories: [m.storyOf[a]], to: m.lineOf(m.storyOf[first]) });
    steps++;
  }
  const mine = new Set([first, ...others].map(a => m.storyOf[a]));
  const strangers = m.storiesOf(m.lineOf(m.storyOf[first])).filter(s => !mine.has(s));
  for (const s of strangers) {
    await at(s);
    press('a');
    did({ do: 'line', stories: [s], to: null });
    steps++;
  }
}
for (const [first, ...others] of goldStories) {
  if ([first, ...others].some(a => unlabelled.includes(a))) continue;
  await at(m.storyOf[first]);
  press('c');
  steps++;
}
return String(steps);
`

// labelInPage labels what gold says in an open page, and returns how many steps it took.
func labelInPage(b *browser, l *layout, gold eval.Labels, unlabelled []int) string {
	b.t.Helper()
	r := l.v.r
	label := map[string]eval.Item{}
	for _, it := range gold.Items {
		label[it.ID] = it
	}
	start, lines, sids := []int{0}, []int{}, []string{}
	for _, s := range r.Stories {
		start, lines, sids = append(start, start[len(start)-1]+len(s.Members)), append(lines, s.Storyline), append(sids, s.ID)
	}
	var titles []string
	stories, storylines := map[string][]int{}, map[string][]int{}
	var storyOrder, lineOrder []string
	for place, n := range l.order {
		it, ok := label[r.Articles[n].ID]
		if !ok {
			b.t.Fatalf("no label of %s", r.Articles[n].ID)
		}
		if stories[it.Story] == nil {
			storyOrder = append(storyOrder, it.Story)
			if storylines[it.Storyline] == nil {
				lineOrder = append(lineOrder, it.Storyline)
			}
			storylines[it.Storyline] = append(storylines[it.Storyline], place)
		}
		stories[it.Story] = append(stories[it.Story], place)
		titles = append(titles, l.v.title(n))
	}
	lists := func(order []string, of map[string][]int) (all [][]int) {
		for _, name := range order {
			all = append(all, of[name])
		}
		return all
	}
	given := ""
	for name, value := range map[string]any{"start": start, "lines": lines, "sids": sids, "titles": titles, "goldStories": lists(storyOrder, stories), "goldLines": lists(lineOrder, storylines), "unlabelled": list(unlabelled)} {
		data, err := json.Marshal(value)
		if err != nil {
			b.t.Fatal(err)
		}
		given += fmt.Sprintf("const %s = %s;\n", name, data)
	}
	model, _ := assets.ReadFile("html/js/partition.js")
	files, _ := assets.ReadFile("html/js/transfer.js")
	steps, err := b.evaluate("(async () => { try {" + given + string(model) + string(files) + labeller + "} catch (e) { return 'failed: ' + e.stack } })()")
	if err != nil || strings.HasPrefix(steps, "failed") {
		b.clean()
		b.t.Fatal(steps, err)
	}
	return steps
}

// downloads has the browser write files to a folder, and returns what takes one of them down
// by the button with an id in the dialog of files.
func (b *browser) downloads() func(button, name string) []byte {
	b.t.Helper()
	dir := b.t.TempDir()
	b.run(cdpbrowser.SetDownloadBehavior(cdpbrowser.SetDownloadBehaviorBehaviorAllow).WithDownloadPath(dir))
	return func(button, name string) []byte {
		b.t.Helper()
		path := filepath.Join(dir, name)
		os.Remove(path)
		b.do(`document.querySelector('[data-act=files]').click();`)
		b.do(`document.querySelector('#` + button + `').click();`)
		for range 200 {
			if data, err := os.ReadFile(path); err == nil && len(data) > 0 && data[len(data)-1] == '\n' {
				b.do(`document.querySelector('#files').close();`)
				return data
			}
			time.Sleep(25 * time.Millisecond)
		}
		b.clean()
		b.t.Fatalf("no %s came", name)
		return nil
	}
}

// takeUp gives files to the page.
func (b *browser) takeUp(files map[string][]byte) {
	b.t.Helper()
	dir := b.t.TempDir()
	var paths []string
	for name, data := range files {
		paths = append(paths, filepath.Join(dir, name))
		if err := os.WriteFile(paths[len(paths)-1], data, 0o666); err != nil {
			b.t.Fatal(err)
		}
	}
	b.do(`document.querySelector('#toast').textContent = ''; document.querySelector('[data-act=files-menu]').click();`)
	b.run(chromedp.SetUploadFiles("#take-up", paths, chromedp.ByQuery))
	b.wait(`document.querySelector('#toast').textContent !== ''`)
}

// tap touches the middle of an element, once it stands still.
func (b *browser) tap(selector string) {
	b.t.Helper()
	var at, before struct{ X, Y float64 }
	for at.X = -1; at != before; {
		before = at
		time.Sleep(150 * time.Millisecond)
		b.read(fmt.Sprintf(`(x => ({ X: (x.left + x.right) / 2, Y: (x.top + x.bottom) / 2 }))(document.querySelector(%q).getBoundingClientRect())`, selector), &at)
	}
	b.run(input.DispatchTouchEvent(input.TouchStart, []*input.TouchPoint{{X: at.X, Y: at.Y}}), input.DispatchTouchEvent(input.TouchEnd, []*input.TouchPoint{}))
	time.Sleep(100 * time.Millisecond)
}

// perfect tells where labels that were exported are not those of gold, at both levels.
func perfect(t *testing.T, exported []byte, gold eval.Labels, want int) {
	t.Helper()
	got, err := eval.ReadLabels(bytes.NewReader(exported), "labels.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Items) != want {
		t.Errorf("%d labels, want %d", len(got.Items), want)
	}
	wideGot, ok := got.Storylines()
	wideGold, _ := gold.Storylines()
	if !ok {
		t.Fatal("no storylines")
	}
	for _, level := range [][2]eval.Labels{{gold, got}, {wideGold, wideGot}} {
		p, g, err := eval.Align(level[0], level[1])
		if err != nil {
			t.Fatal(err)
		}
		if s := eval.Summarize("labels", p, g); s.BCubed.F1 != 1 || s.Pairwise.F1 != 1 {
			t.Errorf("B-cubed %v, pairwise %v, want 1", s.BCubed, s.Pairwise)
		}
	}
}

// sampleGold is the labels of the sample, each two stories of them one storyline.
func sampleGold(t *testing.T) eval.Labels {
	t.Helper()
	data, err := os.ReadFile("../testdata/sample.gold.tsv")
	if err != nil {
		t.Fatal(err)
	}
	gold, err := eval.ReadLabels(bytes.NewReader(data), "sample.gold.tsv")
	if err != nil {
		t.Fatal(err)
	}
	number := map[string]int{}
	for i, it := range gold.Items {
		if _, ok := number[it.Story]; !ok {
			number[it.Story] = len(number)
		}
		gold.Items[i].Storyline = fmt.Sprint("line ", number[it.Story]/2)
	}
	return gold
}

func storyLabel(l eval.Labels, id string) string {
	return l.Items[slices.IndexFunc(l.Items, func(it eval.Item) bool { return it.ID == id })].Story
}

// A day that is labelled in the page, by its keys and dialogs, is what eval finds in the file of
// labels; undoing, a reload, another visit, and taking the files up again lose nothing.
func TestLabellingInTheBrowser(t *testing.T) {
	needs.Time(t, "it opens a browser")
	articles, err := readAll(strings.NewReader(testdata.Sample))
	if err != nil {
		t.Fatal(err)
	}
	r, err := qissa.Cluster(t.Context(), articles, qissa.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	gold := sampleGold(t)
	for name, labelled := range map[string]*qissa.Result{"label": r, "blind": Ungrouped(r)} {
		t.Run(name, func(t *testing.T) {
			opt := HTMLOptions{Run: sampleRun(labelled), Label: name, Texts: "all"}
			if name == "label" {
				opt.Uncertain = doubtsOf(t, r)
			}
			b := openFor(t, 4*time.Minute, labelled, opt)
			b.ready()
			v, err := newView(labelled, opt)
			if err != nil {
				t.Fatal(err)
			}
			l := newLayout(v, "all")
			last, left := len(l.order)-1, 0 // the story of one article stays unchecked
			for _, it := range gold.Items {
				if it.Story == storyLabel(gold, labelled.Articles[l.order[last]].ID) {
					left++
				}
			}
			t.Logf("%d articles in %s steps", len(l.order), labelInPage(b, l, gold, []int{last}))
			take := b.downloads()
			labels := take("get-labels", "labels.tsv")
			b.do(`document.querySelector('#reader, body') && (document.querySelector('[data-act=files]').click(), document.querySelector('#reader').value = 'سلمى', document.querySelector('#reader').dispatchEvent(new Event('input')), document.querySelector('#files').close());`)
			perfect(t, labels, gold, len(l.order)-left)
			meta := take("get-meta", "labels.meta.json")
			var notes struct {
				Run, Reader, Time string
				Articles          int
				Unchecked         []string
			}
			if err := json.Unmarshal(meta, &notes); err != nil || notes.Run != l.hash() || notes.Reader != "سلمى" || notes.Articles != len(l.order) || len(notes.Unchecked) != left || !slices.Contains(notes.Unchecked, labelled.Articles[l.order[last]].ID) {
				t.Errorf("%+v, %v", notes, err)
			}
			same := func(when string) {
				t.Helper()
				if again := take("get-labels", "labels.tsv"); !bytes.Equal(again, labels) {
					t.Errorf("%s the labels are\n%s\nwere\n%s", when, again, labels)
				}
			}
			for range 5 {
				b.do(`document.querySelector('[data-act=undo]').click();`)
			}
			for range 5 {
				b.do(`document.querySelector('[data-act=redo]').click();`)
			}
			same("after undo and redo")
			b.reload()
			b.ready()
			same("after a reload")
			b.run(chromedp.Navigate("about:blank"), chromedp.Navigate(b.address))
			b.ready()
			same("after another visit")
			b.do(`document.querySelector('[data-act=files]').click(); document.querySelector('#begin-anew').click();`)
			b.want(`document.querySelector('[data-act=undo]').disabled`, "true")
			b.takeUp(map[string][]byte{"labels.tsv": labels, "labels.meta.json": meta})
			same("taken up again")
			b.takeUp(map[string][]byte{"labels.tsv": []byte("nobody\tx\tx\n")})
			b.want(`document.querySelector('#toast').textContent.includes('nobody')`, "true")
			same("after labels of another run")
			if name == "label" {
				answersInBrowser(b, r, take)
				decidesInBrowser(b, r, gold, take)
			}
			b.clean()
		})
	}
}

// Where the browser keeps nothing the page says so, and asks before it is closed.
func TestUnkeptCorrections(t *testing.T) {
	r := sample()
	b := open(t, r, HTMLOptions{Run: sampleRun(r)}, "", 1280, chromedp.ActionFunc(func(ctx context.Context) error {
		_, err := cdp.AddScriptToEvaluateOnNewDocument(`Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });`).Do(ctx)
		return err
	}))
	b.ready()
	const asks = `(() => { const e = new Event('beforeunload', { cancelable: true }); dispatchEvent(e); return e.defaultPrevented; })()`
	b.want(asks, "false")
	b.do(`document.querySelector('[data-act=out1]').click();`)
	b.want(`document.querySelector('#workbar .warn').textContent`, "لن تُحفظ إذا أُغلقت الصفحة")
	b.want(asks, "true")
	b.downloads()("get-corrections", "corrections.jsonl")
	b.want(asks, "false")
	b.clean()
}

// Every action is a key, with nothing but the keyboard.
func TestCorrectingByKeys(t *testing.T) {
	r := sample()
	b := open(t, r, HTMLOptions{Run: sampleRun(r)}, "", 1280)
	b.ready()
	take := b.downloads()
	keys := func(keys ...string) {
		for _, k := range keys {
			b.run(chromedp.KeyEvent(k))
			time.Sleep(60 * time.Millisecond)
		}
	}
	keys("x", "x", " ", "o") // the second article leaves
	if got, want := string(take("get-corrections", "corrections.jsonl")), "{\"type\":\"cannot_link\",\"a\":\"a2\",\"b\":\"a1\"}\n{\"type\":\"cannot_link\",\"level\":\"storyline\",\"a\":\"a2\",\"b\":\"a4\"}\n"; got != want {
		t.Errorf("corrections %s, want %s", got, want)
	}
	b.want(`document.querySelector('.row .tag').textContent`, "مصحَّحة")
	keys("z")
	b.want(`document.querySelector('.row .own_wording') === null`, "true")
	keys("y", "z", "m")
	b.do(`document.querySelector('#target-query').value = '';`) // to which the driver of the browser gives the m, too
	keys("أمطار")
	b.wait(`document.querySelectorAll('#chooser .target').length === 1`)
	keys("\r") // the whole story goes to the one that was found
	b.wait(`!document.querySelector('#chooser[open]')`)
	if got, want := string(take("get-corrections", "corrections.jsonl")), "{\"type\":\"must_link\",\"a\":\"a1\",\"b\":\"a4\"}\n"; got != want {
		t.Errorf("corrections %s, want %s", got, want)
	}
	keys("u", "c")
	if got, want := string(take("get-labels", "labels.tsv")), "a1\ta1\ta1\na2\ta1\ta1\na3\ta1\ta1\na4\ta1\ta1\n"; !strings.HasSuffix(got, want) || strings.Count(got, "\n") != 5 {
		t.Errorf("labels %s, want %s", got, want)
	}
	keys("e")
	b.want(`document.querySelector('#files pre').textContent`, "qissa cluster --from run.json --corrections corrections.jsonl -o corrected")
	b.clean()
}

// Fingers reach what a mouse shows when it hovers.
func TestCorrectingByTouch(t *testing.T) {
	r := sample()
	b := open(t, r, HTMLOptions{Run: sampleRun(r)}, "#s=s_0a1b2c3d4e5f", 360, chromedp.EmulateViewport(360, 780, chromedp.EmulateTouch, chromedp.EmulateMobile))
	b.ready()
	for _, selector := range []string{"[data-act=out1]", ".spread [data-pick='0']", "[data-act=unsure]", "[data-act=undo]", "[data-act=files]", "#choose-files"} {
		b.wait(fmt.Sprintf(`document.querySelector(%q) !== null`, selector))
		b.do(fmt.Sprintf(`document.querySelector(%q).scrollIntoView({ block: 'center' });`, selector))
		b.want(fmt.Sprintf(`(e => { const x = e.getBoundingClientRect(); return getComputedStyle(e.closest('.apart') || e).opacity === '1' && Math.max(x.height, e.parentElement.getBoundingClientRect().height) >= 24; })(document.querySelector(%q))`, selector), "true")
		if selector != "#choose-files" {
			b.tap(selector)
		}
	}
	b.want(`document.querySelector('#files[open]') !== null && document.documentElement.scrollWidth <= 360`, "true")
	b.want(`document.querySelector('[data-act=redo]').disabled`, "false")

	doubtful := clusteredSample(t)
	b.show(doubtful, HTMLOptions{Run: sampleRun(doubtful), Uncertain: doubtsOf(t, doubtful)}, "#v=questions")
	const questions = `[...document.querySelectorAll('.question')].map(e => e.dataset.question).join()`
	b.wait(`document.querySelectorAll('.question').length === 10`)
	before := b.text(questions)
	for _, how := range []string{"no0", "undo", "skip1"} {
		selector := fmt.Sprintf("[data-act=%s]", how)
		b.do(fmt.Sprintf(`document.querySelector(%q).scrollIntoView({ block: 'center' });`, selector))
		b.want(fmt.Sprintf(`document.querySelector(%q).getBoundingClientRect().height >= 24`, selector), "true")
		b.tap(selector)
		if now := b.text(questions); (now == before) != (how == "undo") {
			t.Errorf("after %s the questions are %s, were %s", how, now, before)
		}
	}
	b.want(`document.documentElement.scrollWidth <= 360`, "true")
	b.clean()
}

// TestLabelledDay labels the first 100 articles of a day of real ones as its file of labels
// says, by the page's keys and dialogs; with QISSA_LONG=1 all 485.
func TestLabelledDay(t *testing.T) {
	needs.Time(t, "it labels 100 articles in a browser")
	const folder = "../../shared/data/stories/ant-dev"
	read := func(ending string) []byte {
		data, err := os.ReadFile(folder + ending)
		if err != nil {
			needs.Missing(t, "the labelled sets beside the project: %v", err)
		}
		return data
	}
	articles, err := readAll(strings.NewReader(string(read(".jsonl"))))
	if err != nil {
		t.Fatal(err)
	}
	gold, err := eval.ReadLabels(bytes.NewReader(read(".v2.tsv")), "ant-dev.v2.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if !needs.Long() {
		articles = articles[:100]
		gold.Items = slices.DeleteFunc(gold.Items, func(item eval.Item) bool {
			return !slices.ContainsFunc(articles, func(a article.Article) bool { return a.ID == item.ID })
		})
	}
	r, err := qissa.Cluster(t.Context(), articles, qissa.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	opt := HTMLOptions{Run: sampleRun(r), Label: "label", Texts: "all"}
	b := openFor(t, 20*time.Minute, r, opt)
	b.ready()
	v, err := newView(r, opt)
	if err != nil {
		t.Fatal(err)
	}
	l := newLayout(v, "all")
	t.Logf("%d articles in %s steps", len(l.order), labelInPage(b, l, gold, nil))
	take := b.downloads()
	labels := take("get-labels", "labels.tsv")
	perfect(t, labels, gold, len(articles))
	b.reload()
	b.ready()
	if again := take("get-labels", "labels.tsv"); !bytes.Equal(again, labels) {
		t.Error("a reload changed the labels")
	}
	b.clean()
}
