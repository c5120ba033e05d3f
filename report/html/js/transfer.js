// The working partition as files, and back: corrections that the command obeys, and
// labels that it scores against. Nothing here touches the page.

/** Lists by a key of their entries. */
function groupBy(list, key) {
  const groups = new Map();
  for (const x of list) {
    const k = key(x);
    if (groups.has(k)) groups.get(k).push(x); else groups.set(k, [x]);
  }
  return groups;
}

/** Whether a partition agrees with a link: two articles, and whether they are together in a story, or in a storyline. */
function agrees(p, [a, b, together, ofLines]) {
  const [s, t] = [p.storyOf[a], p.storyOf[b]];
  return (ofLines ? p.lineOf(s) === p.lineOf(t) : s === t) === together;
}

/**
 * The fewest links that turn the groups of a list before into those after. Of a group that
 * falls apart one part stays, and names nobody: the largest, of those that first prefers; each other part leaves
 * it whole. Parts of several groups that come together are linked once.
 */
function turning(list, before, after, first = () => false, pair = (leaver, part) => [leaver, part[0]]) {
  const links = [], apart = [];
  for (const group of groupBy(list, before).values()) {
    const parts = [...groupBy(group, after).values()].sort((x, y) => y.some(first) - x.some(first) || y.length - x.length);
    parts.slice(1).forEach((part, i) => {
      for (const a of part.slice(1)) links.push([part[0], a, true]);
      for (const other of parts.slice(0, i + 1)) apart.push([...pair(part[0], other), false]); // the first leaves
    });
  }
  for (const group of groupBy(list, after).values()) {
    const [one, ...others] = [...groupBy(group, before).values()].map(part => part[0]);
    for (const a of others) links.push([one, a, true]);
  }
  return [...links, ...apart];
}

/** The storyline that another partition has most articles of a story in. */
function lineIn(from, p, s) {
  return [...groupBy(p.membersOf(s), a => from.lineOf(from.storyOf[a]))].reduce((x, y) => y[1].length > x[1].length || y[1].length === x[1].length && y[0] < x[0] ? y : x)[0];
}

/**
 * The links that turn a partition into another one. Two that are of other storylines are of other stories
 * too, so links between storylines name, where they can, articles that no story had together.
 */
function linksBetween(from, p) {
  const articles = [...new Set([...from.changed.values(), ...p.changed.values()].flat())].sort((a, b) => a - b);
  const moved = new Set([from, p].flatMap(x => [...x.lines.keys(), ...x.changed.keys()]).filter(s => p.isStory(s) && p.membersOf(s).length));
  const ofStories = turning(articles, a => from.storyOf[a], a => p.storyOf[a]);
  const touched = new Set([...moved].flatMap(s => [p.lineOf(s), lineIn(from, p, s)])), stories = [];
  for (let s = 0; moved.size && s < p.nextStory; s++) if (p.membersOf(s).length && (moved.has(s) || touched.has(p.lineOf(s)))) stories.push(s);
  const leaving = new Set(ofStories.filter(link => !link[2]).map(([a]) => p.storyOf[a])), members = s => p.membersOf(s);
  const strangers = (s, part) => {
    for (const a of members(s)) for (const t of part) for (const b of members(t)) if (from.storyOf[a] !== from.storyOf[b]) return [a, b];
    return [members(s)[0], members(part[0])[0]];
  };
  const ofLines = turning(stories.sort((s, t) => members(s)[0] - members(t)[0]), s => lineIn(from, p, s), s => p.lineOf(s), s => !leaving.has(s), strangers);
  return [...ofStories, ...ofLines.map(([s, t, together]) => together ? [members(s)[0], members(t)[0], true, true] : [s, t, false, true])];
}

/** Whether two partitions of one run have the same stories and storylines. */
function alike(p, q) {
  const there = [new Map(), new Map()], back = [new Map(), new Map()];
  const meets = (n, x, y) => (there[n].get(x) ?? there[n].set(x, y).get(x)) === y && (back[n].get(y) ?? back[n].set(y, x).get(y)) === x;
  return p.storyOf.every((s, a) => meets(0, s, q.storyOf[a]) && meets(1, p.lineOf(s), q.lineOf(q.storyOf[a])));
}

/** What the command makes of the run by links. */
function madeBy(p, links, questions) {
  const made = p.fresh(), action = obey(made, links, questions);
  if (action) made.apply(action);
  return made;
}

/**
 * The links that make the working partition of what the run found. Links that it obeyed already,
 * before, stay unless the reader undid them, and so do answers, as they were given.
 */
function linksOf(p, before = [], questions = null) {
  const kept = before.filter(link => agrees(p, link));
  if (p.said.length) {
    const said = [...kept, ...p.said.filter(link => agrees(p, link))], links = [...said, ...linksBetween(madeBy(p, said, questions), p)];
    if (alike(p, madeBy(p, links, questions))) return links;
  }
  return [...kept, ...linksBetween(p.fresh(), p)];
}

/** Links as lines that the command takes; ids by article. */
const linkLines = (links, ids) => links.map(([a, b, together, ofLines]) => JSON.stringify({ type: together ? 'must_link' : 'cannot_link', ...ofLines && { level: 'storyline' }, a: ids[a], b: ids[b] }) + '\n').join('');

/** Sets of numbers that are joined one by one. */
class Joined {
  constructor() { this.of = new Map(); }

  root(a) {
    let r = a;
    while (this.of.has(r)) r = this.of.get(r);
    return r;
  }

  join(a, b) {
    const [x, y] = [this.root(a), this.root(b)];
    if (x !== y) this.of.set(Math.max(x, y), Math.min(x, y));
  }
}

/**
 * What links make of a list in groups: a label for each entry of a group that they touch. As the command
 * does it: of two that are to be apart the first leaves, with all of its group that it is linked to; who
 * is together brings the whole groups. What leaves and is put nowhere stands by itself, or as the questions
 * of the page place it. Links that contradict each other are an error.
 */
function obeyed(list, groupOf, links, questions = null) {
  const sets = new Joined(), left = new Set(), named = [...new Set(links.flatMap(([a, b]) => [a, b]))].sort((a, b) => a - b);
  for (const [a, b, together] of links) if (together) sets.join(a, b);
  const classes = groupBy(named, a => sets.root(a)), classOf = a => classes.get(sets.root(a)), apart = links.filter(link => !link[2]);
  const rank = a => questions?.number.get(a) ?? a;
  const leave = (a, which) => { for (const m of classOf(a)) if (which(m)) left.add(m); };
  for (const [a, b] of apart) {
    if (sets.root(a) === sets.root(b)) throw new Error('contradiction');
    if (groupOf(a) === groupOf(b)) leave(a, m => groupOf(m) === groupOf(a));
  }
  for (;;) {
    const united = new Joined();
    for (const members of classes.values()) members.filter(m => !left.has(m)).forEach((m, i, stay) => united.join(groupOf(stay[0]), groupOf(m)));
    const at = a => {
      const stays = left.has(a) ? classOf(a).find(m => !left.has(m)) : a;
      return stays === undefined ? null : united.root(groupOf(stays));
    };
    const leaver = apart.filter(([a, b]) => at(a) !== null && at(a) === at(b)).map(([a, b]) => classOf(a).length > 1 && classOf(b).length === 1 ? b : a);
    if (leaver.length) { leave(leaver.reduce((x, y) => rank(x) < rank(y) ? x : y), () => true); continue; }
    const touched = new Set(named.map(groupOf)), free = questions?.placeFree(named.filter(a => at(a) === null), groupOf, links);
    return new Map(list.filter(a => touched.has(groupOf(a))).map(a => [a, at(a) ?? -1 - (free?.get(a) ?? sets.root(a))]));
  }
}

/** The action that makes a partition obey links, null if it does. */
function obey(p, links, questions = null) {
  const ofStories = links.filter(link => !link[3] || !link[2]), ofLines = links.filter(link => link[3]), found = p.fresh(), groupOf = a => questions?.before?.get(a) ?? p.storyOf[a];
  const actions = storiesBy(p, obeyed(Array.from(p.storyOf, (_, a) => a), groupOf, ofStories, questions)).actions, q = copyOf(p, actions);
  if (!actions.length && !ofLines.length) return null;
  const moved = new Set(actions.flatMap(action => action.articles)), grown = new Set([...moved].map(a => q.storyOf[a])), list = [];
  for (let s = 0; s < q.nextStory; s++) if (q.membersOf(s).length) list.push(s);
  const lineOf = s => grown.has(s) ? lineIn(found, q, s) : q.lineOf(s);
  const label = new Map([...grown].map(s => [s, lineOf(s)]));
  for (const [s, l] of obeyed(list, lineOf, ofLines.map(([a, b, together]) => [q.storyOf[a], q.storyOf[b], together]))) label.set(s, l);
  const reached = new Set([...label.keys()].flatMap(s => [lineOf(s), q.lineOf(s)]));
  for (const s of list) if (!label.has(s) && reached.has(q.lineOf(s))) label.set(s, q.lineOf(s));
  return allOf([...actions, ...linesBy(q, label)]);
}

/** The action that is an answer: what it says, and what the command makes of it and of all that the reader did before. */
function answering(p, said, before, questions) {
  const made = madeBy(p, [...linksOf(p, before, questions), ...said], questions), changed = new Set([...p.changed.values(), ...made.changed.values()].flat());
  const touched = x => [...new Set([...x.lines.keys(), ...x.changed.keys()])].filter(s => x.membersOf(s).length), lines = new Set([p, made].flatMap(x => touched(x).map(s => x.lineOf(s))));
  for (let s = 0; changed.size + lines.size && s + 1 < p.start.length; s++) if (lines.has(p.firstLines[s]) || lines.has(made.lineOf(s))) p.found(s).forEach(a => changed.add(a));
  const label = new Map([...changed].map(a => [a, made.storyOf[a]])), line = new Map([...label.values()].map(s => [s, made.lineOf(s)])), moves = reach(p, label, line);
  return allOf([{ do: 'say', links: said }, ...moves ? moves.actions : []]);
}

const allOf = actions => actions.length ? { do: 'all', actions } : null;

function copyOf(p, actions) {
  const q = new Partition(p.start, p.firstLines);
  Object.assign(q, { storyOf: p.storyOf.slice(), changed: new Map(p.changed), lines: new Map(p.lines), nextStory: p.nextStory, nextLine: p.nextLine });
  for (const action of actions) q.apply(action);
  return q;
}

/** Gives each label the holder with which it shares most, no holder twice. */
function hosts(list, label, holder) {
  const shared = [], host = new Map(), taken = new Set();
  for (const [l, same] of groupBy(list, label)) for (const [h, both] of groupBy(same, holder)) shared.push([l, h, both.length]);
  for (const [l, h] of shared.sort((x, y) => y[2] - x[2] || x[1] - y[1])) {
    if (host.has(l) || taken.has(h)) continue;
    host.set(l, h);
    taken.add(h);
  }
  return host;
}

/** The moves after which articles of one label, and they alone of those that have one, are one story, and the story of each label. */
function storiesBy(p, label) {
  const articles = [...label.keys()].sort((a, b) => a - b), actions = [], storyOf = new Map(), of = a => label.get(a), host = hosts(articles, of, a => p.storyOf[a]);
  let next = p.nextStory;
  for (const [l, members] of groupBy(articles, of)) {
    const to = host.get(l) ?? null, moved = members.filter(a => p.storyOf[a] !== to);
    if (moved.length) actions.push({ do: 'move', articles: moved, to, apart: true });
    storyOf.set(l, to ?? next++);
  }
  return { actions, storyOf };
}

/** The moves after which stories of one label, and they alone of those that have one, are one storyline. */
function linesBy(p, label) {
  const list = [...label.keys()].sort((a, b) => a - b), actions = [], of = s => label.get(s), host = hosts(list, of, s => p.lineOf(s));
  for (const [l, same] of groupBy(list, of)) {
    const to = host.get(l) ?? null, moved = same.filter(s => p.lineOf(s) !== to);
    if (moved.length) actions.push({ do: 'line', stories: moved, to });
  }
  return actions;
}

/** The action after which labels hold: a story for each article, a storyline for each story if there are; null if they do. Articles without a label stay where they are. */
function reach(p, label, line) {
  const { actions, storyOf } = storiesBy(p, label);
  if (!line) return allOf(actions);
  return allOf([...actions, ...linesBy(copyOf(p, actions), new Map([...storyOf].map(([l, s]) => [s, line.get(l)])))]);
}

/** Whether an id can stand in a file of labels. */
const isPlainId = id => id !== '' && id === id.trim() && !/[\t\n\r]/.test(id) && id[0] !== '#';

/** Labels of articles: a line with id, story and storyline for each, the groups called after their first article. */
function labelLines(p, articles, ids, run) {
  const kept = articles.filter(a => isPlainId(ids[a])).sort((a, b) => a - b), story = new Map(), line = new Map();
  for (const a of kept) {
    const s = p.storyOf[a], l = p.lineOf(s);
    if (!story.has(s)) story.set(s, ids[a]);
    if (!line.has(l)) line.set(l, ids[a]);
  }
  return `# labels of run ${run}\n` + kept.map(a => [ids[a], story.get(p.storyOf[a]), line.get(p.lineOf(p.storyOf[a]))].join('\t') + '\n').join('');
}

/** What a file of labels says: rows of id, story and storyline, undefined where the file has none. An error names the line. */
function parseLabels(text) {
  const rows = [];
  text.replace(/^\ufeff/, '').split(/\r?\n/).forEach((l, i) => {
    if (!l.trim() || l[0] === '#') return;
    const [id, story, line, ...more] = l.split('\t').map(x => x.trim());
    if (!id || !story || more.length) throw Object.assign(new Error('line'), { line: i + 1 });
    rows.push([id, story, line || undefined]);
  });
  return rows;
}

/** What a file of corrections says: rows of two ids and whether they are together. An error names the line. */
function parseLinks(text) {
  const rows = [];
  text.split(/\r?\n/).forEach((l, i) => {
    if (!l.trim()) return;
    let c = null;
    try { c = JSON.parse(l); } catch { /* told below */ }
    if (!c || !c.a || !c.b || typeof c.a !== 'string' || typeof c.b !== 'string' || !['must_link', 'cannot_link'].includes(c.type)) throw Object.assign(new Error('line'), { line: i + 1 });
    rows.push([c.a, c.b, c.type === 'must_link', ...c.level === 'storyline' ? [true] : []]);
  });
  return rows;
}
