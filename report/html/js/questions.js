// The questions of a run, as the command asks them: which groups of articles are one
// story, those first on whose answer most pairs of articles hang. Nothing here touches the
// page. Inside, an article is its place in the order of the run, which settles ties;
// outside, its place in the page.

const before = (x, y) => y.sim - x.sim || x.a - y.a || x.b - y.b;

/** Merges to come, the most similar first: a heap. */
class MergeQueue {
  constructor() { this.list = []; }

  push(m) {
    const list = this.list;
    let i = list.length;
    for (let up; i > 0 && before(m, list[up = (i - 1) >> 1]) < 0; i = up) list[i] = list[up];
    list[i] = m;
  }

  pop() {
    const list = this.list, top = list[0], m = list.pop();
    if (!list.length) return top;
    let i = 0;
    for (let down; (down = 2 * i + 1) < list.length; i = down) {
      if (down + 1 < list.length && before(list[down + 1], list[down]) < 0) down++;
      if (before(m, list[down]) <= 0) break;
      list[i] = list[down];
    }
    list[i] = m;
    return top;
  }
}

/** Average linkage, to the bit as the engine does it: the merges { a, b, sim } down to least, the most similar first. Pairs are [a, b, sim], a < b. */
function averageLinkage(pairs, least) {
  const sums = new Map(), size = new Map(), best = new Map(), queue = new MergeQueue(), merges = [];
  const row = a => sums.get(a) ?? sums.set(a, new Map()).get(a);
  for (const [a, b, sim] of pairs) { row(a).set(b, sim); row(b).set(a, sim); }
  for (const a of sums.keys()) size.set(a, 1);
  const average = (a, b, sum) => sum / (size.get(a) * size.get(b));
  const offer = m => { best.set(m.a, m); queue.push(m); };
  const look = a => {
    let nearest = null;
    for (const [b, sum] of row(a)) {
      if (b < a) continue;
      const m = { a, b, sim: average(a, b, sum) };
      if (m.sim >= least && (!nearest || before(m, nearest) < 0)) nearest = m;
    }
    if (nearest) offer(nearest); else best.delete(a);
  };
  const join = (a, b) => {
    size.set(a, size.get(a) + size.get(b));
    row(a).delete(b);
    row(b).delete(a);
    for (const [other, sum] of row(b)) {
      const both = (row(a).get(other) ?? 0) + sum;
      row(a).set(other, both);
      row(other).set(a, both);
      row(other).delete(b);
    }
    sums.delete(b);
    for (const [other, sum] of row(a)) {
      if (other > a) continue;
      const m = { a: other, b: a, sim: average(other, a, sum) };
      if (m.sim >= least && (!best.has(other) || before(m, best.get(other)) < 0)) offer(m);
    }
    look(a);
  };
  for (const a of sums.keys()) look(a);
  for (let m; (m = queue.list.length ? queue.pop() : null);) {
    if (!sums.has(m.a) || best.get(m.a) !== m) continue; // it has looked since
    if (!sums.has(m.b) || average(m.a, m.b, row(m.a).get(m.b)) !== m.sim) { look(m.a); continue; }
    merges.push(m);
    join(m.a, m.b);
  }
  return merges.sort(before);
}

const sorted = list => list.sort((a, b) => a - b);

class Questions {
  /** Takes what the page holds of the links of the run; see Uncertain of the engine. */
  constructor({ place, follows, before, a, b, sim, cut, rest }) {
    Object.assign(this, { place, cut, rest, number: new Map(place.map((p, i) => [p, i])), near: place.map(() => new Map()) });
    this.follows = follows.map((step, i) => i - step);
    this.before = before && new Map(before.map((first, i) => [place[i], 2 ** 40 + first])); // unlike any story of the page
    let from = 0;
    this.pairs = a.map((step, n) => [from += step, from + b[n], sim[n]]);
    this.weighty = this.pairs.filter(([, y]) => this.weighs(y));
    for (const [x, y, s] of this.weighty) { this.near[x].set(y, s); this.near[y].set(x, s); }
  }

  weighs(i) { return this.follows[i] === i; }

  weigh(group) { return group.filter(i => this.weighs(i)).length; }

  /** The groups of articles, by places, that left one story and are to stand where nothing puts them: as near as a cut asks for, that of the run. */
  placeFree(free, groupOf, links, cut = this.cut) {
    const fixed = new Map(), inside = [], of = new Map(free.filter(p => this.number.has(p)).map(p => [this.number.get(p), p])), key = (x, y) => Math.min(x, y) * this.place.length + Math.max(x, y);
    for (const [p, q, together] of links) {
      const [x, y] = [this.number.get(p), this.number.get(q)];
      if (of.has(x) && of.has(y) && x !== y) fixed.set(key(x, y), together ? Infinity : -Infinity);
    }
    for (const [x, y, s] of this.pairs) if (of.has(x) && of.has(y) && groupOf(of.get(x)) === groupOf(of.get(y)) && !fixed.has(key(x, y))) inside.push([x, y, s]);
    for (const [k, s] of fixed) inside.push([Math.floor(k / this.place.length), k % this.place.length, s]);
    const sets = new Joined();
    for (const m of averageLinkage(inside, cut)) sets.join(m.a, m.b);
    return new Map([...of].map(([x, p]) => [p, of.get(sets.root(x))]));
  }

  /** The questions about stories as they are, most of them at most, given what corrections there are so far. */
  list(storyOf, links, most, skip = () => false) {
    const first = new Map(), story = this.place.map((p, i) => first.get(storyOf[p]) ?? first.set(storyOf[p], i).get(storyOf[p]));
    const members = groupBy(story.map((_, i) => i), i => story[i]), answered = this.answered(story, links);
    const all = [...this.done(story, answered), ...this.undone(story, members, answered)].filter(q => q.difference > (this.rest || 0));
    all.sort((x, y) => y.difference - x.difference || x.a[0] - y.a[0] || x.b[0] - y.b[0]);
    const list = [];
    for (const q of all) {
      if (list.length === most) break;
      Object.assign(q, { headA: this.head(q.a), headB: this.head(q.b) });
      if (!skip(this.shown(q))) list.push(this.shown(q));
    }
    return list;
  }

  /** A question by places in the page. */
  shown(q) {
    const at = i => this.place[i];
    return { ...q, a: q.a.map(at), b: q.b.map(at), headA: at(q.headA), headB: at(q.headB) };
  }

  ask(a, b, sum, together) {
    if (b[0] < a[0]) [a, b] = [b, a];
    const same = Math.min(1, sum / (this.weigh(a) * this.weigh(b)));
    return { a, b, same, together, difference: a.length * b.length * same * (1 - same) };
  }

  /** About the merges inside stories, each linked anew by itself. */
  done(story, answered) {
    const followers = new Map(), group = new Map(), list = [], lowest = 1e-9; // any merge
    this.follows.forEach((of, i) => { if (of !== i && story[of] === story[i]) followers.set(of, [...followers.get(of) ?? [], i]); });
    const of = i => group.get(i) ?? group.set(i, [i, ...followers.get(i) ?? []]).get(i);
    for (const m of averageLinkage(this.weighty.filter(([x, y]) => story[x] === story[y]), lowest)) {
      const [a, b] = [of(m.a), of(m.b)];
      if (!answered.yes(a, b)) list.push(this.ask(a, b, m.sim * this.weigh(a) * this.weigh(b), true));
      group.set(m.a, sorted([...a, ...b]));
    }
    return list;
  }

  /** About merges of stories that are near and apart. */
  undone(story, members, answered) {
    const sums = new Map();
    for (const [x, y, s] of this.weighty) {
      if (story[x] === story[y]) continue;
      const key = Math.min(story[x], story[y]) * this.place.length + Math.max(story[x], story[y]);
      sums.set(key, (sums.get(key) ?? 0) + s);
    }
    return [...sums].filter(([key]) => !answered.no.has(key)).map(([key, sum]) => this.ask(members.get(Math.floor(key / this.place.length)), members.get(key % this.place.length), sum, false));
  }

  /** What corrections have answered already. */
  answered(story, links) {
    const sets = new Joined(), named = new Set(), no = new Set();
    for (const [p, q, together, ofLines] of links) {
      const [x, y] = [this.number.get(p), this.number.get(q)];
      if (x === undefined || y === undefined) continue;
      if (!together) no.add(Math.min(story[x], story[y]) * this.place.length + Math.max(story[x], story[y]));
      else if (!ofLines) { sets.join(x, y); named.add(x).add(y); }
    }
    const classes = group => group.filter(i => named.has(i)).map(i => sets.root(i));
    return { no, yes: (a, b) => { const of = new Set(classes(a)); return classes(b).some(c => of.has(c)); } };
  }

  /** The most central article of a group. */
  head(group) {
    let best = group[0], most = -1;
    for (const i of group) {
      const sum = group.reduce((sum, j) => sum + (this.near[i].get(j) ?? 0), 0);
      if (sum > most && this.weighs(i)) [best, most] = [i, sum];
    }
    return best;
  }

  /** The links that an answer is: two groups are one story, are not, or are two of one storyline. */
  answer(q, how, links) {
    if (how === 'yes') return [[q.headA, q.headB, true]];
    const tied = group => { const inside = new Set(group); return links.some(([x, y, together, ofLines]) => together && !ofLines && inside.has(x) !== inside.has(y)); };
    const [a, b] = [tied(q.a), tied(q.b)], [leave, stay] = a && !b || a === b && q.a.length >= q.b.length ? [q.b, q.headA] : [q.a, q.headB];
    const no = (q.together ? leave : [q.headA + q.headB - stay]).map(i => [i, stay, false]);
    return how === 'line' ? [...no, [q.headA, q.headB, true, true]] : no;
  }
}
