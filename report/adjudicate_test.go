package report

import "testing"

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
