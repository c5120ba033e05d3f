// Other cuts of the run, as the command makes them. Nothing here touches the page.

class Cuts {
  /** Takes the merges as columns: the article at the head of the one group, of the other, and up to which hundredth they are one. */
  constructor({ a, b, level }) {
    let from = 0;
    this.merges = a.map((step, n) => [from += step, from + b[n], level[n]]);
  }

  /** The head of the group of each of n articles at a cut in hundredths. */
  at(hundredths, n) {
    const head = Int32Array.from({ length: n }, (_, i) => i);
    for (const [a, b, level] of this.merges) if (level >= hundredths) head[b] = a;
    const root = i => { while (head[i] !== i) i = head[i] = head[head[i]]; return i; };
    return head.map((_, i) => root(i));
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
 * What became of stories, which begin at places of start, in groups, by their heads: lists by kind, of
 * { story, head, other }, the largest first, and how many are unchanged. A story goes on in the group
 * with which it shares most, no two in one. Of equals the first story, then the first group: the larger, then the earlier by when.
 */
function changesBetween(start, head, when) {
  const size = new Int32Array(head.length), overlaps = [], kinds = { grown: [], shrunk: [], changed: [], merged: [], split: [] };
  for (const h of head) size[h]++;
  const sizeOf = s => start[s + 1] - start[s], firstGroup = (g, h) => size[h] - size[g] || when(g) - when(h) || g - h;
  let same = 0;
  for (let s = 0; s + 1 < start.length; s++) {
    const shared = new Map();
    for (let a = start[s]; a < start[s + 1]; a++) shared.set(head[a], (shared.get(head[a]) || 0) + 1);
    if (shared.size === 1 && size[head[start[s]]] === sizeOf(s)) same++;
    else for (const [h, n] of shared) overlaps.push([s, h, n]);
  }
  const newOf = new Map(), oldOf = new Map(), byOld = groupBy(overlaps, x => x[0]), byNew = groupBy(overlaps, x => x[1]);
  for (const [s, h, n] of [...overlaps].sort((x, y) => y[2] - x[2] || x[0] - y[0] || firstGroup(x[1], y[1]))) {
    if (newOf.has(s) || oldOf.has(h)) continue;
    newOf.set(s, [h, n]);
    oldOf.set(h, s);
  }
  const most = (list, order) => [...list].sort((x, y) => y[2] - x[2] || order(x, y))[0];
  for (const [s, list] of byOld) {
    if (!newOf.has(s)) { kinds.merged.push({ story: s, head: most(list, (x, y) => firstGroup(x[1], y[1]))[1], size: sizeOf(s) }); continue; }
    const [h, n] = newOf.get(s), more = size[h] > n, less = sizeOf(s) > n;
    kinds[more && less ? 'changed' : more ? 'grown' : 'shrunk'].push({ story: s, head: h, size: Math.max(sizeOf(s), size[h]) });
  }
  for (const h of [...byNew.keys()].sort(firstGroup)) if (!oldOf.has(h)) kinds.split.push({ story: most(byNew.get(h), (x, y) => x[0] - y[0])[0], head: h, size: size[h] });
  for (const list of Object.values(kinds)) list.sort((x, y) => y.size - x.size);
  return { kinds, same, size, groups: new Set(head).size };
}
