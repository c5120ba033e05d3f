// The list of stories: filters, orders, and rows that exist only while they can
// be seen.

const ROW = 76; // height of a row, as in the styles
const state = {
  view: 'stories', story: -1, a: -1, b: -1, ids: [], fresh: false,
  query: '', chip: 'all', order: 'size', source: -1, from: null, to: null, more: false,
  level: 'stories', // or 'lines'
};
/** The order of the list before the reader asks for another. */
const usual = () => run.label ? 'queue' : 'size';

let visible = []; // stories that pass the filters, in order

const CHIPS = {
  all: () => true,
  multiple: s => stories.sources[s] > 1,
  one_origin: s => stories.sources[s] > 1 && stories.origins[s] === 1,
  copying: s => stories.copies[s] > 0,
  review: s => stories.review[s] !== 0,
  single: s => stories.size[s] === 1,
  corrected: s => isCorrected(s) || isUnsure(s) || isChecked(s),
  unchecked: s => !isChecked(s),
};

/** The filters that are offered: those of the reader's own work where there is some. */
const chips = () => Object.keys(CHIPS).filter(chip => chip === 'unchecked' ? run.label : chip !== 'corrected' || hasWork() || state.chip === chip);

const firstTime = s => stories.earliest[s] < 0 ? null : articles.time[stories.earliest[s]];
const lastTime = s => stories.last[s] < 0 ? null : articles.time[stories.last[s]];
const absentLast = (a, b, sign) => a === null ? (b === null ? 0 : 1) : b === null ? -1 : sign * (a - b);
const ORDERS = {
  size: null, // the order of the run
  sources: (a, b) => stories.sources[b] - stories.sources[a] || a - b,
  origins: (a, b) => stories.origins[b] - stories.origins[a] || a - b,
  newest: (a, b) => absentLast(lastTime(a), lastTime(b), -1) || a - b,
  oldest: (a, b) => absentLast(firstTime(a), firstTime(b), 1) || a - b,
  cohesion: (a, b) => stories.cohesion[a] - stories.cohesion[b] || a - b,
  queue: (a, b) => (queuePlace(a) === queuePlace(b) ? 0 : queuePlace(a) - queuePlace(b)) || nearest(b) - nearest(a) || a - b,
};

const nearest = s => stories.near[s].length ? stories.near[s][0][1] : 0;

const DOUBTFUL = 0.15; // from the threshold, within which a neighbour is worth a look

/** Where a story comes when a day is labelled: what is to be reviewed or nearly joined another, then large ones by size, then single ones. */
function queuePlace(s) {
  if (stories.review[s] || nearest(s) >= run.threshold - DOUBTFUL && run.threshold > 0) return -Infinity;
  return -stories.size[s];
}

function passes(s) {
  if (!CHIPS[state.chip](s)) return false;
  const from = stories.start[s], to = stories.start[s + 1];
  if (state.source >= 0) {
    let found = false;
    for (let a = from; a < to && !found; a++) found = articles.source[a] === state.source;
    if (!found) return false;
  }
  if (state.from !== null) {
    let inside = false;
    for (let a = from; a < to && !inside; a++) {
      const t = articles.time[a];
      inside = t !== null && t >= state.from && t < state.to;
    }
    if (!inside) return false;
  }
  return true;
}

let asked = 0; // number of the last search

/** Filters and sorts the list. */
async function refresh() {
  const mine = ++asked, rank = state.query.trim() ? await matches(state.query) : null;
  if (mine !== asked) return;
  visible = [];
  for (let s = 0; s < stories.id.length; s++) if ((!rank || rank[s]) && passes(s)) visible.push(s);
  const order = ORDERS[state.order];
  if (rank) visible.sort((a, b) => rank[a] - rank[b] || (order ? order(a, b) : a - b));
  else if (order) visible.sort(order);
  const found = visible.length;
  if (state.level === 'lines') visible = byLine(visible, rank || order);
  $('viewport').scrollTop = 0;
  drawList();
  const filtered = found < stories.id.length;
  put($('counted'), h('span', {}, state.level === 'lines' ? say('line_showing', { lines: number(visible.length), stories: count('stories', found) })
    : say('showing', { shown: number(visible.length), all: number(stories.id.length) })),
    state.from !== null && h('span', { class: 'chip' }, periodName(state.from, state.to)),
    filtered && h('button', { class: 'link', onclick: clearFilters }, say('clear')));
}

function clearFilters() {
  Object.assign(state, { query: '', chip: 'all', source: -1, from: null, to: null });
  drawFilters();
  refresh();
  writeAddress();
}

/** Draws the rows that can be seen. On a phone the page scrolls, else the list. */
function drawList() {
  const port = $('viewport'), rows = $('rows');
  rows.style.blockSize = Math.max(visible.length * ROW, 1) + 'px';
  const paged = narrow(), top = paged ? Math.max(0, -rows.getBoundingClientRect().top) : port.scrollTop, tall = paged ? innerHeight : port.clientHeight;
  const from = Math.max(0, Math.floor(top / ROW) - 4);
  const to = Math.min(visible.length, Math.ceil((top + tall) / ROW) + 4);
  put(rows, visible.slice(from, to).map((s, i) => row(s, from + i)));
  $('empty').hidden = visible.length > 0;
  const selected = placeOfRow(state.story);
  if (selected >= from && selected < to) port.setAttribute('aria-activedescendant', 'row-' + visible[selected]);
  else port.removeAttribute('aria-activedescendant');
}

let span = null; // of the times of the run

/** A time as the list tells it: no more of the date than differs within the run. */
function listTime(t) {
  span ??= articles.time.reduce(([from, to], x) => x === null ? [from, to] : [Math.min(from, x), Math.max(to, x)], [Infinity, -Infinity]);
  const day = x => Math.floor(x / 86400), year = x => new Date(x * 1000).getUTCFullYear();
  if (day(span[0]) === day(span[1]) && t % 86400) return clock(t);
  return year(span[0]) === year(span[1]) ? dayAndMonth(t) : shortDate(t);
}

/** The place in the list of a story, or of the storyline that it is part of. */
function placeOfRow(s) {
  const place = visible.indexOf(s);
  if (place >= 0 || state.level !== 'lines' || s < 0 || stories.line[s] < 0) return place;
  return visible.findIndex(other => stories.line[other] === stories.line[s]);
}

function row(s, place) {
  const line = state.level === 'lines' && lineOf(s);
  const size = line ? line.articles : stories.size[s], title = titleOf(stories.representative[line ? line.title : s]);
  const t = firstTime(line ? line.list[0] : s);
  return h('div', {
    class: 'row', id: 'row-' + s, role: 'option', 'aria-selected': String(s === state.story || !!line && stories.line[state.story] === stories.line[s]),
    'aria-setsize': visible.length, 'aria-posinset': place + 1,
    style: { 'inset-block-start': place * ROW + 'px' },
    onclick: () => openStory(s, { focus: narrow(), push: true }),
  },
  h('div', { class: 'headline', ...script(title) }, title),
  h('b', { class: size > 1 ? 'n several' : 'n', 'aria-label': count('articles', size) }, number(size)),
  line ? h('div', { class: 'meta' }, h('span', { class: 'tag strong' }, say('line')), h('span', {}, count('stories', line.list.length)), h('span', { class: 'when' }, t === null ? say('undated') : listTime(t))) : h('div', { class: 'meta' },
    marksOf(s),
    stories.review[s] !== 0 && h('span', { class: 'tag warn' }, say('chip_review')),
    size > 1 ? h('span', {}, spreadOf(s)) : data(sourceOf(stories.representative[s])),
    stories.copies[s] > 0 && h('span', { class: 'tag verbatim' }, say('chip_copying')),
    h('span', { class: 'when' }, t === null ? say('undated') : listTime(t))));
}

/** Scrolls the list so that a story's row can be seen. */
function showRow(s) {
  const place = placeOfRow(s), port = $('viewport');
  if (place < 0 || narrow()) return;
  if (place * ROW < port.scrollTop) port.scrollTop = place * ROW;
  else if ((place + 1) * ROW > port.scrollTop + port.clientHeight) port.scrollTop = (place + 1) * ROW - port.clientHeight;
}

function drawFilters() {
  if (document.activeElement !== $('query')) $('query').value = state.query;
  $('query').placeholder = say('search');
  $('query').setAttribute('aria-label', say('search'));
  const set = change => { Object.assign(state, change); drawFilters(); refresh(); writeAddress(); };
  put($('chips'), chips().map(chip => h('button', {
    class: 'chip', 'aria-pressed': String(state.chip === chip), 'data-chip': chip,
    onclick: () => { set({ chip }); $('chips').querySelector(`[data-chip=${chip}]`).focus(); },
  }, say('chip_' + chip))));
  put($('level'), lines.length > 0 && h('button', { class: 'btn small', 'aria-pressed': String(state.level === 'lines'), title: say('line_hint'),
    onclick: () => { set({ level: state.level === 'lines' ? 'stories' : 'lines' }); $('level').firstChild.focus(); } }, say('lines')));
  const active = state.more || state.order !== usual() || state.source >= 0;
  put($('more'), h('button', { class: 'btn small', 'aria-expanded': String(active), 'aria-controls': 'orders', 'aria-label': say('more_filters'), title: say('more_filters'),
    onclick: () => { set(active ? { more: false, order: usual(), source: -1 } : { more: true }); $('more').firstChild.focus(); } }, '⇅'));
  $('orders').hidden = !active;
  const select = (id, label, options, value, change) => h('select', {
    id, 'aria-label': label, onchange: e => { set(change(e.target.value)); $(id).focus(); },
  }, options.map(([key, name]) => h('option', { value: key, selected: String(key) === String(value) }, name)));
  put($('orders'),
    select('order', say('sort'), Object.keys(ORDERS).filter(o => o !== 'queue' || run.label).map(o => [o, say('sort_' + o)]), state.order, v => ({ order: v, more: true })),
    select('source', say('sources'), [[-1, say('all_sources')], ...run.sourceOrder.map(i => [i, '\u2068' + run.sources[i] + '\u2069'])],
      state.source, v => ({ source: Number(v), more: true })));
}
