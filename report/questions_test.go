package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"qissa"
	"qissa/article"
	"qissa/eval"
	"qissa/internal/carry"
	"qissa/internal/needs"
	"qissa/testdata"
)

// answersInPage answers questions by labels in the page's own program, and tells what there
// is after some numbers of answers.
const answersInPage = `
const [start, lines, doubts, kept, story, line, after] = JSON.parse(given), q = new Questions(doubts), h = new History(new Partition(start, lines)), p = h.partition, asked = [], made = [], found = whole(p);
const so = () => ({ links: linksOf(p, kept, q).map(([a, b, together, ofLines]) => [a, b, together, !!ofLines]), storyOf: [...p.storyOf], lineOf: Array.from(p.storyOf, s => p.lineOf(s)) });
for (const most of after) {
 while (asked.length < most) {
  const links = linksOf(p, kept, q), [next] = q.list(p.storyOf, links, 1, x => !story[x.headA] || !story[x.headB]);
  if (!next) break;
  const how = story[next.headA] === story[next.headB] ? 'yes' : line[next.headA] && line[next.headA] === line[next.headB] ? 'line' : 'no';
  if (!h.act(answering(p, q.answer(next, how, links), kept, q))) throw new Error('an answer does nothing');
  asked.push([next.headA, next.headB, next.difference, next.same, next.a, next.b]);
 }
 made.push(so());
}
const last = whole(p);
console.log(JSON.stringify({ asked, made }));
while (h.undo());
want(whole(p), found, 'all answers undone');
while (h.redo());
want(whole(p), last, 'all answers given again');
`

// A page asks what the command asks, and the same answers make the same corrections, and
// of them the same stories and storylines.
func TestPageAsksAsTheCommand(t *testing.T) {
	type set struct{ name, articles, labels string }
	sets := []set{{"sample", testdata.Sample, ""}}
	gold, err := os.ReadFile("../testdata/sample.gold.tsv")
	if err != nil {
		t.Fatal(err)
	}
	sets[0].labels = string(gold)
	if !testing.Short() {
		some := []string{"jawhara-sparse1"}
		for _, path := range labelledSets(t) {
			name := strings.TrimSuffix(filepath.Base(path), ".jsonl")
			if slices.Contains(some, name) || needs.Long() {
				labels, err := os.ReadFile(strings.TrimSuffix(path, ".jsonl") + ".v2.tsv")
				if err != nil {
					labels, err = os.ReadFile(strings.TrimSuffix(path, ".jsonl") + ".gold.tsv")
				}
				articles, failed := os.ReadFile(path)
				if err != nil || failed != nil {
					t.Fatal(err, failed)
				}
				sets = append(sets, set{name, string(articles), string(labels)})
			}
		}
	}
	for _, s := range sets {
		t.Run(s.name, func(t *testing.T) {
			articles, _, err := article.ReadAll(strings.NewReader(s.articles), s.name, article.Options{})
			if err != nil {
				t.Fatal(err)
			}
			labels, err := eval.ReadLabels(strings.NewReader(s.labels), s.name)
			if err != nil {
				t.Fatal(err)
			}
			opt := qissa.DefaultOptions()
			r, err := qissa.Cluster(t.Context(), slices.Clone(articles), opt)
			if err != nil {
				t.Fatal(err)
			}
			corrections := asksAlike(t, r, nil, labels, 10, 40)
			opt.Corrections = corrections[:len(corrections)/3]
			if r, err = qissa.Cluster(t.Context(), articles, opt); err != nil {
				t.Fatal(err)
			}
			asksAlike(t, r, opt.Corrections, labels, 20) // goes on from a corrected run
			cutsAlike(t, r, opt.Corrections)
		})
	}
}

func labelledSets(t *testing.T) []string {
	t.Helper()
	sets, err := filepath.Glob("../../shared/data/stories/*.jsonl")
	if err != nil || len(sets) == 0 {
		needs.Missing(t, "the labelled sets beside the project: %v", err)
	}
	return sets
}

// asksAlike answers questions of a run in the page and by the command, and returns the
// corrections.
func asksAlike(t *testing.T, r *qissa.Result, obeyed []qissa.Correction, gold eval.Labels, after ...int) []qissa.Correction {
	t.Helper()
	links := r.Links()
	uncertain, err := links.Uncertain(t.Context(), 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	v, err := newView(r, HTMLOptions{Uncertain: uncertain, Obeyed: obeyed})
	if err != nil {
		t.Fatal(err)
	}
	l := newLayout(v, "none")
	label := map[string]eval.Item{}
	for _, it := range gold.Items {
		label[it.ID] = it
	}
	start, lines, story, line := []int{0}, []int{}, []string{}, []string{}
	for _, s := range r.Stories {
		start, lines = append(start, start[len(start)-1]+len(s.Members)), append(lines, s.Storyline)
	}
	for _, a := range l.order {
		it := label[r.Articles[a].ID]
		story, line = append(story, it.Story), append(line, it.Storyline)
	}
	given, err := json.Marshal([]any{start, lines, l.doubts(), list(l.obeyed()), story, line, after})
	if err != nil {
		t.Fatal(err)
	}
	text, _ := json.Marshal(string(given))
	out := inNode(t, workshopTools+"const given = "+string(text)+";\n"+answersInPage, "partition", "transfer", "questions")
	var page struct {
		Asked [][]any
		Made  []madeInPage
	}
	if err := json.NewDecoder(bytes.NewReader(out)).Decode(&page); err != nil {
		t.Fatal(err)
	}
	var corrections []qissa.Correction
	asked := func(n int, q qissa.Question) {
		if n >= len(page.Asked) {
			t.Fatalf("the page asked %d questions only, and not %+v", n, q)
		}
		places := func(of []int) (all []int) {
			for _, i := range of {
				all = append(all, l.place[slices.IndexFunc(r.Articles, func(a article.Article) bool { return a.ID == links.IDs[i] })])
			}
			return all
		}
		heads := places([]int{q.HeadA, q.HeadB})
		if got, want := fmt.Sprint(page.Asked[n]), fmt.Sprint([]any{float64(heads[0]), float64(heads[1]), q.Difference, q.Same, places(q.A), places(q.B)}); got != want {
			t.Fatalf("question %d of the page is %s, want %s", n, got, want)
		}
	}
	for i, questions := range after {
		corrections = asksByLabels(t, links, label, questions, asked)
		page.Made[i].compare(t, l, links, corrections)
	}
	return corrections
}

// madeInPage is what some answers made in a page, by the places of its articles.
type madeInPage struct {
	Links           [][]any
	StoryOf, LineOf []int
}

// compare tells where it is not what corrections make by the command.
func (page madeInPage) compare(t *testing.T, l *layout, links *qissa.Links, corrections []qissa.Correction) {
	t.Helper()
	r := l.v.r
	var made []qissa.Correction
	for _, x := range page.Links {
		made = append(made, qissa.Correction{A: r.Articles[l.order[int(x[0].(float64))]].ID, B: r.Articles[l.order[int(x[1].(float64))]].ID, Together: x[2].(bool), Storyline: x[3].(bool)})
	}
	if !slices.Equal(made, corrections) {
		t.Errorf("the corrections of the page are\n%v\nwant\n%v", made, corrections)
	}
	cut, err := links.Cut(t.Context(), links.Story, links.Storyline, corrections)
	if err != nil {
		t.Fatal(err)
	}
	storyOf, lineOf := map[string]int{}, map[string]int{}
	for i, a := range cut.Articles {
		storyOf[a.ID], lineOf[a.ID] = cut.StoryOf[i], cut.Stories[cut.StoryOf[i]].Storyline
	}
	groups := func(of func(place int) int) string {
		first, all := map[int]int{}, []int{}
		for place := range l.order {
			if _, ok := first[of(place)]; !ok {
				first[of(place)] = place
			}
			all = append(all, first[of(place)])
		}
		return fmt.Sprint(all)
	}
	id := func(place int) string { return r.Articles[l.order[place]].ID }
	if got, want := groups(func(p int) int { return page.StoryOf[p] }), groups(func(p int) int { return storyOf[id(p)] }); got != want {
		t.Errorf("the stories of the page are\n%s\nwant\n%s", got, want)
	}
	if got, want := groups(func(p int) int { return page.LineOf[p] }), groups(func(p int) int { return lineOf[id(p)] }); got != want {
		t.Errorf("the storylines of the page are\n%s\nwant\n%s", got, want)
	}
}

// asksByLabels asks the run, and answers by labels.
func asksByLabels(t *testing.T, links *qissa.Links, label map[string]eval.Item, questions int, asked func(int, qissa.Question)) []qissa.Correction {
	t.Helper()
	reader, err := links.Ask(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	corrections := slices.Clone(links.Corrections)
	for n := range questions {
		next, err := reader.Questions(t.Context(), corrections, 1, func(q qissa.Question) bool {
			return label[links.IDs[q.HeadA]].Story == "" || label[links.IDs[q.HeadB]].Story == ""
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(next) == 0 {
			break
		}
		asked(n, next[0])
		a, b := label[links.IDs[next[0].HeadA]], label[links.IDs[next[0].HeadB]]
		switch {
		case a.Story == b.Story:
			corrections = append(corrections, reader.Yes(next[0])...)
		case a.Storyline != "" && a.Storyline == b.Storyline:
			corrections = append(corrections, reader.OneStoryline(next[0], corrections)...)
		default:
			corrections = append(corrections, reader.No(next[0], corrections)...)
		}
	}
	return corrections
}

func doubtsOf(t *testing.T, r *qissa.Result) *qissa.Uncertain {
	t.Helper()
	u, err := r.Links().Uncertain(t.Context(), 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// answersInBrowser answers questions in an open page by keys: the corrections are those of
// the command, through undo and a reload.
func answersInBrowser(b *browser, r *qissa.Result, take func(button, name string) []byte) {
	b.t.Helper()
	b.do(`document.querySelector('[data-act=files]').click(); document.querySelector('#begin-anew').click(); document.querySelector('#views a:last-child').click();`)
	b.wait(`document.querySelectorAll('.question').length === 10`)
	reader, err := r.Links().Ask(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	var corrections []qissa.Correction
	for n, key := range []string{"1", "2", "3", "2", "1"} {
		next, err := reader.Questions(b.t.Context(), corrections, 1, nil)
		if err != nil {
			b.t.Fatal(err)
		}
		switch key {
		case "1":
			corrections = append(corrections, reader.Yes(next[0])...)
		case "2":
			corrections = append(corrections, reader.No(next[0], corrections)...)
		case "3":
			corrections = append(corrections, reader.OneStoryline(next[0], corrections)...)
		}
		if n%2 == 0 { // answered, undone, answered again
			b.do(`document.querySelector('.question [data-act="yes0"]').focus();`)
			b.run(chromedp.KeyEvent(key), chromedp.KeyEvent("z"))
		}
		b.do(`document.querySelector('.question [data-act="yes0"]').focus();`)
		b.run(chromedp.KeyEvent(key))
	}
	var want bytes.Buffer
	for _, c := range corrections {
		kind, level := "cannot_link", ""
		if c.Together {
			kind = "must_link"
		}
		if c.Storyline {
			level = `"level":"storyline",`
		}
		fmt.Fprintf(&want, "{\"type\":%q,%s\"a\":%q,\"b\":%q}\n", kind, level, c.A, c.B)
	}
	for _, when := range []string{"", " after a reload"} {
		if got := take("get-corrections", "corrections.jsonl"); !bytes.Equal(got, want.Bytes()) {
			b.t.Errorf("the corrections of the page%s are\n%s\nwant\n%s", when, got, &want)
		}
		b.reload()
		b.ready()
	}
}

// clusteredSample returns the result of the sample.
func clusteredSample(t *testing.T) *qissa.Result {
	t.Helper()
	articles, err := readAll(strings.NewReader(testdata.Sample))
	if err != nil {
		t.Fatal(err)
	}
	r, err := qissa.Cluster(t.Context(), articles, qissa.DefaultOptions())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// cutsAlike cuts a run anew in the page and by the command: the stories and the storylines
// are the same, and what became of those of the run.
func cutsAlike(t *testing.T, r *qissa.Result, obeyed []qissa.Correction) {
	t.Helper()
	links := r.Links()
	c, err := links.Cuts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	v, err := newView(r, HTMLOptions{Uncertain: doubtsOf(t, r), Obeyed: obeyed, Cuts: c})
	if err != nil {
		t.Fatal(err)
	}
	l := newLayout(v, "none")
	start, when, story, line := []int{0}, []int{}, []int{}, []int{}
	for n, s := range r.Stories {
		start, line = append(start, start[len(start)-1]+len(s.Members)), append(line, s.Storyline)
		for _, m := range s.Members {
			when, story = append(when, m.Article), append(story, n)
		}
	}
	hundredths, ofLines := []int{5, 12, 29, 30, 31, 45, 60, 80, 95}, []int{5, 15, 20, 50, 95}
	given, err := json.Marshal([]any{start, when, story, line, l.cuts(), l.doubts(), list(l.obeyed()), hundredths, ofLines})
	if err != nil {
		t.Fatal(err)
	}
	out := inNode(t, "const [start, when, story, line, c, doubts, kept, hundredths, ofLines] = "+string(given)+`;
const cuts = new Cuts(c), q = new Questions(doubts), places = story.map((_, a) => a);
const told = (groups, head, order) => {
  const { kinds, same } = changesBetween(groups, head, order);
  return { head: [...head], counts: [same, ...Object.values(kinds).map(x => x.length)] };
};
console.log(JSON.stringify([
  ...hundredths.map(k => told([...groupBy(places, a => story[a]).values()], withLinks(cuts.at(k, story.length), kept, q, k / 100), byStory(a => when[a]))),
  ...ofLines.map(k => {
    const of = cuts.linesAt(k, line.length);
    return told([...groupBy(places, a => line[story[a]]).values()], story.map(s => of[s]), byFirst);
  }),
]));`, "partition", "transfer", "questions", "cuts")
	var made []madeByCut
	if err := json.Unmarshal(out, &made); err != nil {
		t.Fatal(err)
	}
	for i, k := range append(hundredths, ofLines...) {
		name, storylines := fmt.Sprintf("stories at %d hundredths", k), i >= len(hundredths)
		least := [2]float64{float64(k) / 100, links.Storyline}
		if storylines {
			name, least = fmt.Sprintf("storylines at %d hundredths", k), [2]float64{links.Story, float64(k) / 100}
		}
		cut, err := links.Cut(t.Context(), least[0], least[1], links.Corrections)
		if err != nil {
			t.Fatal(err)
		}
		made[i].compare(t, name, l, groupsIn(r, storylines), groupsIn(cut, storylines))
	}
}

// madeByCut is what the page makes of a cut: the head of each article, and how many groups
// are unchanged, grown, shrunk, changed, merged and split.
type madeByCut struct{ Head, Counts []int }

// compare holds it against the groups of the command.
func (made madeByCut) compare(t *testing.T, name string, l *layout, before, after []Group) {
	t.Helper()
	place, groups := l.places(), map[int]map[int]bool{} // groups of the command by heads of the page
	for n, g := range after {
		for _, id := range g.Articles {
			head := made.Head[place[id]]
			if groups[head] == nil {
				groups[head] = map[int]bool{}
			}
			groups[head][n] = true
		}
	}
	for head, of := range groups {
		if len(of) > 1 {
			t.Fatalf("%s: the group of %d in the page is %d groups of recut", name, head, len(of))
		}
	}
	if len(groups) != len(after) {
		t.Errorf("%s: the page has %d groups, recut %d", name, len(groups), len(after))
	}
	d := Compare(before, after)
	want := []int{d.counts[carry.Unchanged], d.counts[carry.Grown], d.counts[carry.Shrunk], d.counts[carry.Changed], d.counts[carry.Merged], d.counts[carry.Split]}
	if !slices.Equal(made.Counts, want) {
		t.Errorf("%s: the page has %v unchanged, grown, shrunk, changed, merged, split; recut %v", name, made.Counts, want)
	}
}

// groupsIn returns the stories or the storylines of a result, as recut compares them.
func groupsIn(r *qissa.Result, storylines bool) (groups []Group) {
	add := func(g *Group, s int) {
		for _, m := range r.Stories[s].Members {
			g.Articles, g.Headlines = append(g.Articles, r.Articles[m.Article].ID), append(g.Headlines, "")
		}
	}
	if !storylines {
		for s := range r.Stories {
			var g Group
			add(&g, s)
			groups = append(groups, g)
		}
		return groups
	}
	for _, line := range r.Storylines {
		var g Group
		for _, s := range line.Stories {
			add(&g, s)
		}
		groups = append(groups, g)
	}
	return groups
}
