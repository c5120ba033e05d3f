// Articles against articles: the share of the row's text that stands in the column.

const OPEN_MATRIX = 16; // articles of a matrix that is shown unasked
const MATRIX = 40; // with more articles, only those that are no copy of another

/** The articles shown in the matrix: members, and the articles of the two nearest outsiders. */
function axis(s, details) {
  const members = membersOf(s);
  let inside = members;
  if (members.length > MATRIX) inside = members.filter(a => articles.relation[a] === 0 || articles.relation[a] > 3).slice(0, MATRIX);
  const isNear = a => stories.near[s].some(([n]) => n === storyOf(a));
  const outside = [...new Set(details.pairs.filter(p => storyOf(p.a) !== s || storyOf(p.b) !== s).map(p => storyOf(p.a) === s ? p.b : p.a))].filter(isNear).slice(0, 2);
  return { inside, outside };
}

/** The evidence on two articles as seen from the first, or null. */
function evidence(details, a, b) {
  details.of ??= new Map(details.pairs.map(p => [p.a + ' ' + p.b, p]));
  const pair = details.of.get(a + ' ' + b) || details.of.get(b + ' ' + a);
  if (!pair) return null;
  const { aInB: shareA, bInA: shareB, runs, onlyA, onlyB } = pair;
  if (pair.a === a) return { shareA, shareB, runs: runsOf(runs), onlyA, onlyB };
  return { shareA: shareB, shareB: shareA, runs: runsOf(runs).map(r => ({ a: r.b, b: r.a, stock: r.stock })), onlyA: onlyB, onlyB: onlyA };
}

/** The passages from the list of numbers into which they are packed: for each the gap before it and its length in the one text, both in the other, and whether it is a stock phrase. */
function runsOf(packed) {
  const out = [];
  let a = 0, b = 0;
  for (let i = 0; i < packed.length; i += 5) {
    const from = [a + packed[i], b + packed[i + 2]];
    a = from[0] + packed[i + 1];
    b = from[1] + packed[i + 3];
    out.push({ a: [from[0], a], b: [from[1], b], stock: packed[i + 4] === 1 });
  }
  return out;
}

function matrix(s, details) {
  const { inside, outside } = axis(s, details), all = [...inside, ...outside];
  const name = a => outside.includes(a) ? '+' + number(outside.indexOf(a) + 1) : letter(a - stories.start[s]);
  const shares = new Map();
  for (const p of details.pairs) {
    shares.set(p.a + ' ' + p.b, p.aInB);
    shares.set(p.b + ' ' + p.a, p.bInA);
  }
  const cell = (a, b) => {
    if (a === b) return h('td', { class: 'self' }, '—');
    const share = shares.get(a + ' ' + b);
    if (share === undefined) return h('td', { class: 'self' }, h('span', { title: say('not_aligned') }, '·'));
    return h('td', {}, h('button', {
      class: share >= 0.8 ? 'most' : '', style: { '--heat': Math.round(6 + share * 48) + '%' },
      'aria-label': `${name(a)} ${sourceOf(a)} ← ${name(b)} ${sourceOf(b)}: ${percent(share)}`, title: `${sourceOf(a)} ← ${sourceOf(b)}: ${percent(share)}`,
      onclick: () => { choosePair(s, details, [a, b]); $('compare').scrollIntoView({ block: 'start' }); },
    }, percent(share)));
  };
  const full = a => `${name(a)} ${sourceOf(a)}: ${titleOf(a)}`;
  return h('details', { class: 'part', open: all.length <= OPEN_MATRIX }, h('summary', {}, h('h3', {}, say('matrix'))), h('p', { class: 'hint' }, say('matrix_names'),
    inside.length < stories.size[s] && ' ' + say('matrix_cut', { n: number(inside.length) })),
  h('div', { class: 'wide scrolls', tabindex: 0, role: 'region', 'aria-label': say('matrix') }, h('table', { class: all.length > 6 ? 'heat dense' : 'heat' },
    h('thead', {}, h('tr', {}, h('td', {}), all.map(a => h('th', { scope: 'col', class: outside.includes(a) && 'out', title: full(a) }, name(a))))),
    h('tbody', {}, all.map(a => h('tr', {}, h('th', { scope: 'row', class: outside.includes(a) ? 'out named' : 'named', title: full(a) }, h('span', { class: 'letter' }, name(a)), ' ', data(sourceOf(a))), all.map(b => cell(a, b))))))),
  outside.length > 0 && h('ul', { class: 'hint outsiders' }, outside.map(a => h('li', {}, h('b', {}, name(a)), ' ', data(titleOf(a))))));
}
