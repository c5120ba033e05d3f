// The list of stories: search, filters, orders, and rows that exist only while
// they can be seen.

const ROW = 104; // height of a row, as in the styles
const state = { story: -1, a: -1, b: -1, ids: [], query: '', chip: 'all', order: 'size', source: -1, from: null, to: null, fresh: false };
let visible = []; // stories that pass the filters, in order
let haystack = [];

/** Folds the searchable text of a story at its first use. */
function searchable(s) {
  return haystack[s] ??= fold([stories.phrases[s].join(' '), ...membersOf(s).map(titleOf),
    ...new Set(membersOf(s).map(sourceOf))].join(' | ')) + ' ' + stories.id[s];
}

/** Folds in idle moments, so that the first search is quick too. */
function foldAhead(from = 0) {
  const idle = window.requestIdleCallback || (f => setTimeout(() => f({ timeRemaining: () => 12 }), 30));
  idle(deadline => {
    let s = from;
    while (s < stories.id.length && deadline.timeRemaining() > 2) {
      for (const end = Math.min(s + 50, stories.id.length); s < end; s++) searchable(s);
    }
    if (s < stories.id.length) foldAhead(s);
  });
}

const CHIPS = {
  all: () => true,
  multiple: s => stories.size[s] > 1,
  copying: s => stories.copies[s] > 0,
  review: s => stories.review[s] !== 0,
  single: s => stories.size[s] === 1,
};

const firstTime = s => stories.first[s] < 0 ? null : articles.time[stories.first[s]];
const lastTime = s => stories.last[s] < 0 ? null : articles.time[stories.last[s]];
const absentLast = (a, b, sign) => a === null ? (b === null ? 0 : 1) : b === null ? -1 : sign * (a - b);
const ORDERS = {
  size: null, // the order of the run
  newest: (a, b) => absentLast(lastTime(a), lastTime(b), -1) || a - b,
  oldest: (a, b) => absentLast(firstTime(a), firstTime(b), 1) || a - b,
  cohesion: (a, b) => stories.cohesion[a] - stories.cohesion[b] || a - b,
};

function passes(s, words) {
  if (!CHIPS[state.chip](s)) return false;
  const from = stories.start[s], to = stories.start[s + 1];
  if (state.source >= 0) {
    const at = articles.source.indexOf(state.source, from);
    if (at < 0 || at >= to) return false;
  }
  if (state.from !== null) {
    let inside = false;
    for (let a = from; a < to && !inside; a++) {
      const t = articles.time[a];
      inside = t !== null && t >= state.from && t < state.to;
    }
    if (!inside) return false;
  }
  return words.every(w => searchable(s).includes(w));
}

/** Filters and sorts the list. */
function refresh() {
  const words = fold(state.query).split(' ').filter(Boolean);
  const asId = state.query.trim();
  visible = [];
  for (let s = 0; s < stories.id.length; s++) {
    if (passes(s, words.length ? words : []) || asId && stories.id[s] === asId) visible.push(s);
  }
  if (ORDERS[state.order]) visible.sort(ORDERS[state.order]);
  $('viewport').scrollTop = 0;
  drawList();
  const filtered = visible.length < stories.id.length;
  put($('counted'), say('showing', { shown: number(visible.length), all: number(stories.id.length) }),
    filtered && h('button', { class: 'link', onclick: clearFilters }, say('clear')));
}

function clearFilters() {
  Object.assign(state, { query: '', chip: 'all', source: -1, from: null, to: null });
  drawFilters();
  drawTimeline();
  refresh();
}

/** Draws the rows that can be seen. */
function drawList() {
  const port = $('viewport'), rows = $('rows');
  rows.style.blockSize = Math.max(visible.length * ROW, 1) + 'px';
  const from = Math.max(0, Math.floor(port.scrollTop / ROW) - 4);
  const to = Math.min(visible.length, Math.ceil((port.scrollTop + port.clientHeight) / ROW) + 4);
  put(rows, visible.slice(from, to).map((s, i) => row(s, from + i)));
  $('empty').hidden = visible.length > 0;
  const selected = visible.indexOf(state.story);
  if (selected >= from && selected < to) port.setAttribute('aria-activedescendant', 'row-' + state.story);
  else port.removeAttribute('aria-activedescendant');
}

function row(s, place) {
  const size = stories.size[s], title = titleOf(stories.representative[s]);
  const t = firstTime(s);
  const kind = stories.review[s] ? ['warn', 'review'] : stories.copies[s] ? ['verbatim', 'copying'] : size > 1 ? ['strong', 'multiple'] : ['', 'single'];
  return h('div', {
    class: 'row', id: 'row-' + s, role: 'option', 'aria-selected': String(s === state.story),
    'aria-setsize': visible.length, 'aria-posinset': place + 1,
    style: { 'inset-block-start': place * ROW + 'px' },
    onclick: () => openStory(s, { focus: narrow() }),
  },
  h('div', { class: 'headline', ...script(title) }, title),
  h('b', { class: size > 1 ? 'n several' : 'n', 'aria-label': count('articles', size) }, number(size)),
  h('div', { class: 'meta' },
    h('span', { class: 'tag ' + kind[0] }, say('chip_' + kind[1])),
    size > 1 ? h('span', {}, count('sources', stories.sources[s])) : data(sourceOf(stories.representative[s])),
    h('span', {}, t === null ? say('undated') : shortDate(t))));
}

/** Scrolls the list so that a story's row can be seen. */
function showRow(s) {
  const place = visible.indexOf(s), port = $('viewport');
  if (place < 0) return;
  if (place * ROW < port.scrollTop) port.scrollTop = place * ROW;
  else if ((place + 1) * ROW > port.scrollTop + port.clientHeight) port.scrollTop = (place + 1) * ROW - port.clientHeight;
}

function drawFilters() {
  $('query').value = state.query;
  $('query').placeholder = say('search');
  $('query').setAttribute('aria-label', say('search'));
  put($('chips'), Object.keys(CHIPS).map(chip => h('button', {
    class: 'chip', 'aria-pressed': String(state.chip === chip), 'data-chip': chip,
    onclick: () => { state.chip = chip; drawFilters(); refresh(); $('chips').querySelector(`[data-chip=${chip}]`).focus(); },
  }, say('chip_' + chip))));
  const select = (id, label, options, value, set) => h('select', {
    id, 'aria-label': label, onchange: e => { set(e.target.value); refresh(); },
  }, options.map(([key, name]) => h('option', { value: key, selected: String(key) === String(value) }, name)));
  put($('orders'),
    select('order', say('sort'), Object.keys(ORDERS).map(o => [o, say('sort_' + o)]), state.order, v => { state.order = v; }),
    select('source', say('sources'), [[-1, say('all_sources')], ...run.sourceOrder.map(i => [i, '\u2068' + run.sources[i] + '\u2069'])],
      state.source, v => { state.source = Number(v); }));
}
