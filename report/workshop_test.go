package report

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"qissa/article"
	"qissa/internal/needs"
)

// inNode runs modules of the page that touch no page, and statements after them, and
// returns what these print.
func inNode(t *testing.T, statements string, modules ...string) []byte {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		needs.Missing(t, "node: apt-get install nodejs")
	}
	program := "'use strict';\n"
	for _, name := range modules {
		text, err := assets.ReadFile("html/js/" + name + ".js")
		if err != nil {
			t.Fatal(err)
		}
		program += string(text)
	}
	var out, faults bytes.Buffer
	cmd := exec.CommandContext(t.Context(), node, "-")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(program+statements), &out, &faults
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, &faults)
	}
	return out.Bytes()
}

// workshopTools are what tests of the working partition share: chance that can be repeated,
// actions by chance, and partitions as text.
const workshopTools = `
let seed = 1;
const chance = n => (seed = (seed * 48271) % 2147483647) % n; // Park and Miller, 1988
function someAction(p) {
  const articles = Array.from({ length: 1 + chance(3) }, () => chance(p.storyOf.length)), story = () => p.storyOf[chance(p.storyOf.length)];
  switch (chance(8)) {
    case 0: case 1: return { do: 'move', articles, to: story() };
    case 2: case 3: return { do: 'move', articles, to: null, apart: chance(2) === 0 };
    case 4: return { do: 'merge', from: story(), to: story() };
    case 5: return { do: 'line', stories: [story(), story()], to: chance(3) ? p.lineOf(story()) : null };
    case 6: return { do: 'unsure', articles, on: chance(2) === 0 };
    default: return { do: 'checked', articles: p.membersOf(story()), on: chance(4) > 0 };
  }
}
const sets = (list, of) => JSON.stringify([...groupBy(list, of).values()]);
const all = p => Array.from(p.storyOf, (_, a) => a);
const storySets = (p, list = all(p)) => sets(list, a => p.storyOf[a]);
const lineSets = (p, list = all(p)) => sets(list, a => p.lineOf(p.storyOf[a]));
const flags = p => JSON.stringify([[...p.checked].sort(), [...p.unsure].sort()]);
const whole = p => storySets(p) + lineSets(p) + flags(p);
function want(got, expected, what) { if (got !== expected) throw new Error(what + '\ngot  ' + got + '\nwant ' + expected); }
function someRun() {
  const start = [0], lines = [];
  for (let s = 0; s < 6 + chance(6); s++) { start.push(start[s] + 1 + (chance(3) ? chance(2) : chance(6))); lines.push(chance(s + 1)); }
  return new Partition(start, lines);
}
`

// A working partition is what its actions make of the run: undoing all gives back what
// the run found, doing them again and keeping them what there was, and the files made of it bring it back.
func TestWorkingPartition(t *testing.T) {
	inNode(t, workshopTools+`
for (let round = 0; round < 400; round++) {
  const p = someRun(), found = whole(p), h = new History(p);
  const fresh = () => new Partition(p.start, p.firstLines);
  for (let i = 0; i < 1 + chance(12); i++) h.act(someAction(p));
  const made = whole(p), n = h.done.length;
  for (let a = 0; a < p.storyOf.length; a++) if (!p.membersOf(p.storyOf[a]).includes(a)) throw new Error('article ' + a + ' is not in its story');

  const kept = new History(fresh());
  if (!kept.restore(JSON.parse(JSON.stringify(h)))) throw new Error('not restored');
  want(whole(kept.partition), made, 'kept');

  let undone = 0;
  while (h.undo()) undone++;
  want(whole(p), found, 'all undone');
  want(undone, n, 'undone');
  if (!kept.restore(JSON.parse(JSON.stringify(h)))) throw new Error('not restored');
  while (kept.redo());
  want(whole(kept.partition), made, 'kept, and done again');
  while (h.redo());
  want(whole(p), made, 'done again');

  const ids = all(p).map(a => 'id ' + a), q = fresh();
  const read = parseLinks(linkLines(linksOf(p), ids)).map(([a, b, ...how]) => [ids.indexOf(a), ids.indexOf(b), ...how]);
  const action = obey(q, read);
  if (action) q.apply(action);
  want(storySets(q), storySets(p), 'corrections read back');
  want(lineSets(q), lineSets(p), 'corrections of storylines read back');
  if (obey(q, read)) throw new Error('corrections that are obeyed change something');
  if (linksOf(fresh()).length) throw new Error('links without a change');

  const labelled = all(p).filter(() => chance(3)), l = fresh();
  const rows = parseLabels(labelLines(p, labelled, ids, 'x'));
  const label = new Map(rows.map(([id, story]) => [ids.indexOf(id), story])), line = new Map(rows.map(([, story, storyline]) => [story, storyline]));
  const reached = reach(l, label, line);
  if (reached) l.apply(reached);
  want(storySets(l, labelled), storySets(p, labelled), 'labels read back');
  want(lineSets(l, labelled), lineSets(p, labelled), 'labels of storylines read back');
}`, "partition", "transfer")
}

// What was kept and does not fit is not taken, and nothing is lost with it.
func TestKeptActionsThatDoNotFit(t *testing.T) {
	inNode(t, workshopTools+`
for (const kept of [null, 1, [], {}, { done: 1 }, { done: [{}], undone: [] }, { done: [{ do: 'move', articles: [99], to: 0 }], undone: [] },
  { done: [{ do: 'move', articles: ['0'], to: 1 }], undone: [] }, { done: [{ do: 'merge', from: 0, to: '__proto__' }], undone: [] }, { done: [{ do: 'move', articles: [0], to: 1.5 }], undone: [] }]) {
  const p = new Partition([0, 2, 3], [0, 1]), h = new History(p), found = whole(p);
  if (h.restore(kept)) throw new Error('taken: ' + JSON.stringify(kept));
  want(whole(p), found, 'after ' + JSON.stringify(kept));
  if (h.done.length) throw new Error('done: ' + JSON.stringify(h.done));
}`, "partition", "transfer")
}

func TestFilesOfAReader(t *testing.T) {
	out := inNode(t, workshopTools+`
const p = new Partition([0, 3, 5, 6], [0, 0, 1]), ids = ['a', 'b', 'c', 'd', 'e', '#f'], h = new History(p), lines = [];
h.act({ do: 'move', articles: [2], to: 1 });
lines.push(linkLines(linksOf(p), ids));
h.act({ do: 'line', stories: [0], to: null });
lines.push(labelLines(p, [0, 2, 3, 4, 5], ids, 'r'));
lines.push(linkLines(linksOf(p, [[0, 1, true], [1, 2, true], [0, 5, false]]), ids));
for (const bad of ['x', 'a\tb\tc\td', 'a\t']) try { parseLabels('# c\n' + bad); lines.push('taken'); } catch (e) { lines.push(e.line); }
for (const bad of ['x', '{"type":"must_link","a":"a"}', '[]', 'null']) try { parseLinks(bad); lines.push('taken'); } catch (e) { lines.push(e.line); }
try { obey(new Partition([0, 3], [0]), [[0, 1, true], [1, 2, true], [0, 2, false]]); lines.push('taken'); } catch (e) { lines.push(e.message); }
console.log(lines.join('\n'));`, "partition", "transfer")
	const want = `{"type":"must_link","a":"c","b":"d"}
{"type":"cannot_link","a":"c","b":"a"}

# labels of run r
a	a	a
c	c	c
d	c	c
e	c	c

{"type":"must_link","a":"a","b":"b"}
{"type":"cannot_link","a":"a","b":"#f"}
{"type":"must_link","a":"c","b":"d"}
{"type":"cannot_link","a":"c","b":"a"}
{"type":"cannot_link","level":"storyline","a":"d","b":"a"}

2
2
2
1
1
1
1
contradiction
`
	if string(out) != want {
		t.Errorf("got\n%s\nwant\n%s", out, want)
	}
}

func readAll(r *strings.Reader) (list []article.Article, err error) {
	for a, err := range article.Read(r, "sample.jsonl", article.Options{}) {
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
}
