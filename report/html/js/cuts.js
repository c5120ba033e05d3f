// Other cuts of the run, as the command makes them. Nothing here touches the page.

class Cuts {
  /** Takes the merges as columns: the article at the head of the one group, of the other, and up to which hundredth they are one. */
  constructor({ a, b, level, lines = [] }) {
    let from = 0;
    this.lines = lines;
    this.merges = a.map((step, n) => [from += step, from + b[n], level[n]]);
  }

  /** The head of the group of each of n articles at a cut in hundredths. */
  at(hundredths, n) {
    const head = Int32Array.from({ length: n }, (_, i) => i);
    for (const [a, b, level] of this.merges) if (level >= hundredths) head[b] = a;
    const root = i => { while (head[i] !== i) i = head[i] = head[head[i]]; return i; };
    return head.map((_, i) => root(i));
  }

  /** The storyline of each of n stories at a cut in hundredths, by its first story in the page. */
  linesAt(hundredths, n) {
    const line = Int32Array.from({ length: n }, (_, s) => s), first = new Map();
    for (const { at, story, of } of this.lines) if (at >= hundredths) story.forEach((s, i) => { line[s] = of[i]; });
    line.forEach((l, s) => { if (!first.has(l)) first.set(l, s); });
    return line.map(l => first.get(l));
  }
}

/** Groups after links are obeyed on them. */
function withLinks(head, links, questions, cut) {
  if (!links.length) return head;
  const of = questions && { number: questions.number, placeFree: (free, groupOf, l) => questions.placeFree(free, groupOf, l, cut) }, made = head.slice(), first = new Map();
  for (const [a, label] of obeyed(Array.from(head, (_, a) => a), a => head[a], links.filter(link => !link[3] || !link[2]), of)) {
    if (!first.has(label)) first.set(label, a);
    made[a] = first.get(label);
  }
  return made;
}

/**
 * What became of groups, given as lists of articles, in other ones, by the head of each article: lists by kind, of
 * { group, head, size }, the largest first, and how many are unchanged. A group goes on in the one
 * with which it shares most, no two in one. Of equals the first group, then the first head in the order given.
 */
function changesBetween(groups, head, order) {
  const size = new Map(), overlaps = [], kinds = { grown: [], shrunk: [], changed: [], merged: [], split: [] };
  for (const h of head) size.set(h, (size.get(h) ?? 0) + 1);
  const first = (g, h) => order(g, h, size);
  let same = 0;
  groups.forEach((group, s) => {
    const shared = new Map();
    for (const a of group) shared.set(head[a], (shared.get(head[a]) ?? 0) + 1);
    if (shared.size === 1 && size.get(head[group[0]]) === group.length) same++;
    else for (const [h, n] of shared) overlaps.push([s, h, n]);
  });
  const newOf = new Map(), oldOf = new Map(), byOld = groupBy(overlaps, x => x[0]), byNew = groupBy(overlaps, x => x[1]);
  for (const [s, h, n] of [...overlaps].sort((x, y) => y[2] - x[2] || x[0] - y[0] || first(x[1], y[1]))) {
    if (newOf.has(s) || oldOf.has(h)) continue;
    newOf.set(s, [h, n]);
    oldOf.set(h, s);
  }
  const most = (list, order) => [...list].sort((x, y) => y[2] - x[2] || order(x, y))[0];
  for (const [s, list] of byOld) {
    const was = groups[s].length;
    if (!newOf.has(s)) { kinds.merged.push({ group: s, head: most(list, (x, y) => first(x[1], y[1]))[1], size: was }); continue; }
    const [h, n] = newOf.get(s), now = size.get(h), more = now > n, less = was > n;
    kinds[more && less ? 'changed' : more ? 'grown' : 'shrunk'].push({ group: s, head: h, size: Math.max(was, now) });
  }
  for (const h of [...byNew.keys()].sort(first)) if (!oldOf.has(h)) kinds.split.push({ group: most(byNew.get(h), (x, y) => x[0] - y[0])[0], head: h, size: size.get(h) });
  for (const list of Object.values(kinds)) list.sort((x, y) => y.size - x.size);
  return { kinds, same, size, count: size.size };
}

/** The order of stories by their heads: the larger first, then the earlier, as when tells. */
const byStory = when => (g, h, size) => size.get(h) - size.get(g) || when(g) - when(h) || g - h;

/** That of storylines, which are named by their first stories. */
const byFirst = (g, h) => g - h;
