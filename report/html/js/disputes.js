// Where two readers differ: pairs of groups that one of them put together and the other
// did not, for a third to decide. Nothing here touches the page.

class Disputes {
  /** Takes the articles that both labelled, and their labels at both levels. */
  constructor({ place, story, line }) {
    Object.assign(this, { place, story, line });
  }

  /** What is not decided: stories first, the largest first. Each has the two groups as lists of articles, and which readers have articles of both together. */
  list(p) {
    return [...this.level(p, this.story, a => p.storyOf[a], 'story'), ...this.line[0].length ? this.level(p, this.line, a => p.lineOf(p.storyOf[a]), 'line') : []];
  }

  level(p, labels, groupOf, level) {
    const articles = groupBy(this.place, groupOf), by = labels.map(of => this.together(of, groupOf)), decided = new Set();
    for (const [a, b, together, ofLines] of p.said) if (!!ofLines === (level === 'line') || ofLines && !together) decided.add(pairKey(groupOf(a), groupOf(b)));
    const list = [];
    for (const [key, [x, y]] of new Map([...by[0], ...by[1]])) if (!decided.has(key)) list.push({ a: articles.get(x), b: articles.get(y), together: by.map(pairs => pairs.has(key)), level });
    for (const d of list) { if (d.b[0] < d.a[0]) [d.a, d.b] = [d.b, d.a]; [d.headA, d.headB] = [d.a[0], d.b[0]]; }
    return list.sort((x, y) => y.a.length * y.b.length - x.a.length * x.b.length || x.a[0] - y.a[0] || x.b[0] - y.b[0]);
  }

  /** The pairs of groups that have a label in common. */
  together(of, groupOf) {
    const pairs = new Map(), labelled = this.place.map((a, i) => [a, of[i]]);
    for (const same of groupBy(labelled, x => x[1]).values()) {
      const groups = [...new Set(same.map(([a]) => groupOf(a)))];
      groups.forEach((x, i) => groups.slice(i + 1).forEach(y => pairs.set(pairKey(x, y), [x, y])));
    }
    return pairs;
  }
}

const pairKey = (x, y) => Math.min(x, y) + ' ' + Math.max(x, y);

/** The links that an answer about two groups is. */
function decision({ headA, headB, level }, how) {
  if (level === 'line') return [[headA, headB, how === 'yes', true]];
  if (how === 'yes') return [[headA, headB, true]];
  return [[headA, headB, false], ...how === 'line' ? [[headA, headB, true, true]] : []];
}
