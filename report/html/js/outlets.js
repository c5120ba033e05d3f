// Who carried what: the outlets, who copied whom as a matrix and as a network.

const NET = 16;        // outlets of the network and the matrix
const NET_FLOWS = 60;  // lines of the network, the widest

const OUTLET = ['source', 'crawled', 'articles', 'shared', 'first', 'inShared', 'own', 'partly', 'copies', 'agency', 'taken', 'delay', 'timed', 'rank', 'component'];

/** The outlets and flows as objects, from lists of numbers. */
function outletsFrom(packed) {
  return {
    list: packed.list.map(row => Object.fromEntries(OUTLET.map((name, i) => [name, row[i]]))).filter(o => o.source >= 0),
    flows: packed.flows.map(([from, to, order, n, copies, delay]) => ({ from, to, order: ORDERED[order], n, copies, delay })).filter(f => f.from >= 0 && f.to >= 0),
  };
}

function drawOutlets() {
  const { list, flows } = outlets, known = flows.filter(f => f.order !== 'unknown');
  const weight = new Map(list.map(o => [o.source, 0]));
  for (const f of flows) for (const end of [f.from, f.to]) weight.set(end, (weight.get(end) || 0) + f.n);
  const shown = [...weight.keys()].filter(o => weight.get(o) > 0).sort((a, b) => weight.get(b) - weight.get(a) || a - b).slice(0, NET);
  put($('view-outlets'),
    h('section', { class: 'card', 'aria-labelledby': 'outlets-title' }, h('div', { class: 'head' }, h('h2', { id: 'outlets-title' }, say('outlets')), h('span', { class: 'hint' }, say(known.length ? 'outlets_hint' : 'outlets_unknown'))),
      shown.length ? h('div', { class: 'pair' }, network(shown, flows), flowMatrix(shown, flows)) : h('p', {}, say('no_flows'))),
    h('section', { class: 'card', 'aria-labelledby': 'outlet-list' }, h('div', { class: 'head' }, h('h2', { id: 'outlet-list' }, say('view_outlets')), h('span', { class: 'hint' }, say('o_hint'))), outletTable(list)));
}

const nameOf = o => run.sources[o];

/** The flows between two outlets as the matrix shows them: known ones from the row to the column, unknown ones both ways. */
function flowsOf(flows) {
  const cells = new Map();
  const add = (a, b, n, unknown, delay) => {
    const c = cells.get(a + ' ' + b) || cells.set(a + ' ' + b, { n: 0, unknown: 0, delay: 0 }).get(a + ' ' + b);
    if (unknown) c.unknown += n; else c.n += n;
    c.delay ||= delay;
  };
  for (const f of flows) {
    add(f.from, f.to, f.n, f.order === 'unknown', f.delay);
    if (f.order === 'unknown') add(f.to, f.from, f.n, true, 0);
  }
  return cells;
}

function flowMatrix(shown, flows) {
  const cells = flowsOf(flows), most = [...cells.values()].reduce((m, c) => Math.max(m, c.n + c.unknown), 1);
  const cell = (a, b) => {
    if (a === b) return h('td', { class: 'self' }, '—');
    const c = cells.get(a + ' ' + b);
    if (!c) return h('td', { class: 'self' }, h('span', { class: 'unseen' }, number(0)));
    const n = c.n + c.unknown, label = `${nameOf(a)} ← ${nameOf(b)}: ${count('articles', c.n)}` + (c.unknown ? ` · ${say('grid_shared')}: ${number(c.unknown)}` : '') + (c.delay ? ` · ${say('o_delay')}: ${duration(c.delay)}` : '');
    return h('td', {}, h('button', { class: n >= 0.8 * most ? 'most' : '', style: { '--heat': Math.round(6 + 54 * n / most) + '%' }, title: label, 'aria-label': label,
      onclick: () => { leaveAddress(); Object.assign(state, { source: a, chip: 'copying', more: true }); drawFilters(); refresh(); showView('stories'); scrollTo(0, 0); writeAddress(true); } },
    c.n > 0 && number(c.n), c.unknown > 0 && [c.n > 0 && ' ', h('i', {}, number(c.unknown))]));
  };
  const known = flows.some(f => f.order !== 'unknown');
  return h('div', {}, h('h3', {}, say(known ? 'flow_matrix' : 'flow_shared')), known && flows.some(f => f.order === 'unknown') && h('p', { class: 'hint' }, say('flow_matrix_unknown')),
    h('div', { class: 'wide scrolls', tabindex: 0, role: 'group', 'aria-label': say(known ? 'flow_matrix' : 'flow_shared') }, h('table', { class: 'heat dense flows' },
      h('thead', {}, h('tr', {}, h('td', {}), shown.map(o => h('th', { scope: 'col', class: 'turned' }, h('span', {}, data(nameOf(o))))))),
      h('tbody', {}, shown.map(a => h('tr', {}, h('th', { scope: 'row', class: 'named' }, data(nameOf(a))), shown.map(b => cell(a, b))))))));
}

/** The network on a circle: a line for each pair, an arrow to the one copied, its width the number of articles. */
function network(shown, flows) {
  const size = 520, middle = size / 2, radius = 168, place = new Map();
  shown.forEach((o, i) => { const turn = 2 * Math.PI * i / shown.length - Math.PI / 2; place.set(o, [middle + radius * Math.cos(turn), middle + radius * Math.sin(turn), turn]); });
  const inside = flows.filter(f => place.has(f.from) && place.has(f.to)).sort((a, b) => b.n - a.n).slice(0, NET_FLOWS), most = inside[0]?.n || 1;
  const by = new Map(outlets.list.map(o => [o.source, o])), largest = shown.reduce((m, o) => Math.max(m, by.get(o)?.articles || 1), 1);
  const dot = o => 5 + 11 * Math.sqrt((by.get(o)?.articles || 0) / largest);
  const lines = inside.map(f => {
    const [x1, y1] = place.get(f.from), [x2, y2] = place.get(f.to), bend = f.order === 'unknown' ? 0 : 0.16;
    const cx = (x1 + x2) / 2 + (y2 - y1) * bend + (middle - (x1 + x2) / 2) * 0.3, cy = (y1 + y2) / 2 - (x2 - x1) * bend + (middle - (y1 + y2) / 2) * 0.3;
    const width = 1 + 7 * f.n / most, end = shorten(cx, cy, x2, y2, dot(f.to) + (f.order === 'unknown' ? 0 : 4 + width)), begin = shorten(cx, cy, x1, y1, dot(f.from));
    const label = f.order === 'unknown' ? `${nameOf(f.from)} – ${nameOf(f.to)}: ${count('articles', f.n)} (${say('grid_shared')})` : `${nameOf(f.from)} ← ${nameOf(f.to)}: ${count('articles', f.n)}` + (f.delay ? ` · ${say('o_delay')}: ${duration(f.delay)}` : '');
    return h('g', { class: f.order === 'unknown' ? 'flow unknown' : 'flow' },
      h('path', { d: `M${begin[0]} ${begin[1]}Q${cx} ${cy} ${end[0]} ${end[1]}`, 'stroke-width': width }),
      f.order !== 'unknown' && h('path', { class: 'tip', d: tip(cx, cy, end, 4 + width) }), h('title', {}, label));
  });
  const points = shown.map(o => {
    const [x, y, turn] = place.get(o), r = dot(o), out = r + 7, right = Math.cos(turn) > 0.2, left = Math.cos(turn) < -0.2;
    const anchor = (right || left) ? (right === (view.lang !== 'ar') ? 'start' : 'end') : 'middle';
    const text = h('text', { x: x + out * Math.cos(turn), y: y + (right || left ? 5 + out * Math.sin(turn) : Math.sin(turn) > 0 ? out + 12 : -out), 'text-anchor': anchor, direction: view.lang === 'ar' ? 'rtl' : 'ltr' }, '\u2068' + nameOf(o) + '\u2069');
    return h('g', {}, h('circle', { class: 'outlet', cx: x, cy: y, r }, h('title', {}, `${nameOf(o)}: ${count('articles', by.get(o)?.articles || 0)}`)), text);
  });
  return h('div', {}, h('h3', {}, say('network')), h('svg', { class: 'network', viewBox: `-90 10 ${size + 180} ${size - 20}`, role: 'img', 'aria-label': `${say('network')}: ${say(flows.some(f => f.order !== 'unknown') ? 'outlets_hint' : 'outlets_unknown')}` }, lines, points));
}

/** A point short of (x, y) on the way from (cx, cy). */
function shorten(cx, cy, x, y, by) {
  const long = Math.hypot(x - cx, y - cy) || 1;
  return [x - (x - cx) / long * by, y - (y - cy) / long * by].map(v => Math.round(v * 10) / 10);
}

/** The path of an arrow's tip behind a line's end. */
function tip(cx, cy, [x, y], size) {
  const long = Math.hypot(x - cx, y - cy) || 1, dx = (x - cx) / long, dy = (y - cy) / long;
  return `M${x + dx * size} ${y + dy * size}L${x - dy * size * 0.6} ${y + dx * size * 0.6}L${x + dy * size * 0.6} ${y - dx * size * 0.6}Z`;
}

function outletTable(list) {
  const share = (n, of) => of ? percent(n / of) : '—', some = list.some(o => o.rank > 0);
  const columns = [
    ['o_articles', o => number(o.articles)], ['o_shared', o => number(o.shared)], ['o_first', o => o.crawled ? h('span', { class: 'hint', title: say('why_first_crawl_clock') }, view.lang === 'ar' ? '؟' : '?') : number(o.first)],
    ['o_own', o => [bar(o.inShared ? o.own / o.inShared : 0), ' ', share(o.own, o.inShared)]], ['o_copies', o => number(o.copies)], ['o_agency', o => share(o.agency, o.articles)],
    ['o_taken', o => some ? number(o.taken) : '—'], ['o_delay', o => o.timed ? duration(o.delay) : '—'], ['o_rank', o => o.rank ? digits((o.rank / 1e4).toFixed(3)) : '—'],
  ];
  return h('div', { class: 'wide scrolls', tabindex: 0, role: 'group', 'aria-label': say('view_outlets') }, h('table', { class: 'outlets' },
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, say('o_outlet')), columns.map(([name]) => h('th', { scope: 'col' }, say(name))))),
    h('tbody', {}, list.map(o => h('tr', {}, h('th', { scope: 'row' }, h('button', { class: 'link', onclick: () => { leaveAddress(); Object.assign(state, { source: o.source, more: true }); drawFilters(); refresh(); showView('stories'); scrollTo(0, 0); writeAddress(true); } }, data(nameOf(o.source)))),
      columns.map(([, cell]) => h('td', {}, cell(o))))))));
}
