// The run at a glance: which outlet has which of the largest stories, and how
// many articles there were when.

const TOP = 20;      // stories of the grid
const COLUMNS = 16;  // outlets of the grid

function drawOverview() {
  put($('view-overview'),
    h('section', { class: 'card', id: 'volume', 'aria-labelledby': 'volume-title' }),
    h('section', { class: 'card', id: 'grid', 'aria-labelledby': 'grid-title' }));
  drawVolume();
  drawGrid();
}

/** The best that an outlet has in a story. */
function cellOf(s, source) {
  let best = null;
  for (const a of membersOf(s)) {
    if (articles.source[a] === source && (!best || TONES.indexOf(toneOf(a)) < TONES.indexOf(toneOf(best.a)))) best = { a, n: (best?.n || 0) };
    if (articles.source[a] === source) best.n++;
  }
  return best;
}

function drawGrid() {
  const top = stories.id.map((_, s) => s).filter(s => stories.size[s] > 1).sort((a, b) => stories.sources[b] - stories.sources[a] || a - b).slice(0, TOP);
  const reach = new Map();
  for (const s of top) for (const a of membersOf(s)) if (articles.source[a] >= 0) reach.set(articles.source[a], (reach.get(articles.source[a]) || 0) + 1);
  const columns = [...reach.keys()].sort((a, b) => reach.get(b) - reach.get(a) || a - b).slice(0, COLUMNS), tones = new Set();
  const cell = (s, source) => {
    const best = cellOf(s, source);
    if (!best) return h('td', {}, h('span', { class: 'unseen' }, say('none')));
    const tone = toneOf(best.a), t = articles.time[best.a], why = REASONS[stories.why[s]];
    tones.add(tone);
    const when = t === null ? '' : PRECISIONS[articles.precision[best.a]] === 'exact' ? clock(t) : '';
    const label = `${sourceOf(best.a)}: ${say('grid_' + tone)}${say('comma')} ${timeOf(best.a, '').text}`;
    return h('td', {}, h('button', { class: 'cell', title: label, 'aria-label': label, onclick: () => openStory(s, { push: true, focus: true, compare: best.a }) },
      h('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, sign(tone, 8, 8, 6)), when && h('small', { class: why === 'crawl_clock' ? 'faint' : '' }, when), best.n > 1 && h('small', { dir: 'ltr' }, '×' + number(best.n))));
  };
  const rows = top.map(s => {
    const title = titleOf(stories.representative[s]);
    return h('tr', {}, h('th', { scope: 'row' }, h('button', { class: 'link', ...script(title), onclick: () => openStory(s, { push: true, focus: true }) }, title), h('small', {}, spreadOf(s))), columns.map(c => cell(s, c)));
  });
  put($('grid'), h('div', { class: 'head' }, h('h2', { id: 'grid-title' }, say('grid')), h('span', { class: 'hint' }, say('grid_hint')), legend(tones)),
    top.length ? h('div', { class: 'wide scrolls', tabindex: 0, role: 'group', 'aria-label': say('grid') }, h('table', { class: 'grid-table' },
      h('thead', {}, h('tr', {}, h('td', {}), columns.map(c => h('th', { scope: 'col' }, h('span', {}, data(run.sources[c])))))), h('tbody', {}, rows))) : h('p', { class: 'hint' }, say('no_stories')));
}

const zoom = { from: null, to: null, whole: false };

/** The range that holds all but the outliers: those beyond four times the distance of the middle 98 of 100. */
function robust(times) {
  const at = share => times[Math.min(times.length - 1, Math.floor(share * times.length))];
  const low = at(0.01), high = at(0.99), room = Math.max(high - low, 3600) * 0.5;
  return [times.find(t => t >= low - room), times.findLast(t => t <= high + room)];
}

/** The width of a bar in seconds: some minutes, an hour, some hours, a day, a week or a month. */
function barWidth(from, to) {
  return [300, 900, 3600, 3 * 3600, 6 * 3600, 86400, 7 * 86400, 30 * 86400, 365 * 86400].find(w => (to - from) / w <= 72) || 365 * 86400;
}

const periodName = (from, to) => to - from < 86400 ? `${shortDate(from)}${say('comma')} ${clock(from)}–${clock(to)}` : to - from === 86400 ? shortDate(from) : `${shortDate(from)} – ${shortDate(to - 1)}`;

function drawVolume() {
  const times = articles.time.filter(t => t !== null).sort((a, b) => a - b);
  $('volume').hidden = times.length === 0;
  if (!times.length) return;
  const [low, high] = zoom.whole ? [times[0], times.at(-1)] : robust(times);
  const from = zoom.from ?? low, to = zoom.to === null ? high : zoom.to - 1;
  const step = barWidth(from, to), start = Math.floor(from / step) * step, own = [], copied = [];
  for (let t = start; t <= to; t += step) { own.push(0); copied.push(0); }
  let outside = 0;
  articles.time.forEach((t, a) => {
    if (t === null) return;
    const i = Math.floor((t - start) / step);
    if (i < 0 || i >= own.length || t < from || t > to) { outside++; return; }
    if (['copy', 'part', 'shared'].includes(toneName(a))) copied[i]++; else own[i]++;
  });
  const width = Math.max(300, $('volume').clientWidth - 38), tall = narrow() ? 130 : 170, margin = 44;
  const most = own.reduce((m, n, i) => Math.max(m, n + copied[i]), 1), y = n => tall - n / most * (tall - 14);
  const [left, right] = view.lang === 'ar' ? [6, width - margin] : [margin, width - 6];
  const x = scale(start, start + own.length * step, left, right), each = (right - left) / own.length;
  const chart = h('svg', { viewBox: `0 0 ${width} ${tall + 24}`, height: tall + 24, role: 'group', 'aria-label': say('volume') },
    countTicks(most, 4).map(n => [h('line', { class: 'grid', x1: left, x2: right, y1: y(n), y2: y(n) }), svgText(view.lang === 'ar' ? right + 8 : left - 8, y(n) + 4, number(n), view.lang === 'ar' ? 'start' : 'end', 'count')]),
    timeAxis(x, start, start + own.length * step, tall, tall, width));
  if (view.lang === 'ar') for (const e of chart.querySelectorAll('.count')) { e.setAttribute('direction', 'ltr'); }
  own.forEach((n, i) => {
    const all = n + copied[i], t = start + i * step;
    if (!all) return;
    const place = view.lang === 'ar' ? x(t) - each : x(t), label = `${periodName(t, t + step)}: ${count('articles', all)} (${say('volume_own')} ${number(n)}${say('comma')} ${say('volume_copied')} ${number(copied[i])})`;
    const choose = () => {
      Object.assign(state, { from: t, to: t + step });
      if (step > 300) Object.assign(zoom, { from: t, to: t + step });
      refresh();
      writeAddress();
      drawVolume();
      announce(label);
      $('volume').querySelector('.zoomed button')?.focus();
    };
    const inner = Math.max(1, each * 0.84);
    chart.append(h('g', { class: 'bin', 'aria-label': label, ...pressed(choose) },
      h('rect', { class: 'area', x: place, y: 0, width: each, height: tall }),
      h('rect', { class: 'tone own', x: place + (each - inner) / 2, y: y(n), width: inner, height: tall - y(n) }),
      h('rect', { class: 'tone copy', x: place + (each - inner) / 2, y: y(all), width: inner, height: y(n) - y(all) }), h('title', {}, label)));
  });
  const out = () => { Object.assign(zoom, { from: null, to: null }); Object.assign(state, { from: null, to: null }); refresh(); writeAddress(); drawVolume(); };
  put($('volume'), h('div', { class: 'head' }, h('h2', { id: 'volume-title' }, say('volume')), h('span', { class: 'hint' }, say('volume_hint'), ' ', say('in_zone', { zone: run.zone[view.lang] })),
    h('span', { class: 'legend' }, h('span', {}, h('svg', { class: 'swatch', viewBox: '0 0 12 12', 'aria-hidden': 'true' }, h('rect', { class: 'tone own', width: 12, height: 12 })), ' ', say('volume_own')),
      h('span', {}, h('svg', { class: 'swatch', viewBox: '0 0 12 12', 'aria-hidden': 'true' }, h('rect', { class: 'tone copy', width: 12, height: 12 })), ' ', say('volume_copied')))),
  chart,
  state.from !== null && h('p', { class: 'zoomed' }, h('span', { class: 'chip' }, periodName(state.from, state.to)), ' ', h('button', { class: 'btn small', onclick: () => { leaveAddress(); showView('stories'); writeAddress(true); } }, say('show_stories')), ' ',
    h('button', { class: 'btn small', onclick: out }, say('zoom_out'))),
  state.from === null && outside > 0 && h('p', { class: 'hint' }, say('outside_range', { articles: count('articles', outside) }), ' ', h('button', { class: 'link', onclick: () => { zoom.whole = true; drawVolume(); } }, say('show_all_times'))),
  behind([say('period'), say('volume_own'), say('volume_copied')], own.map((n, i) => [periodName(start + i * step, start + (i + 1) * step), number(n), number(copied[i])]).filter((_, i) => own[i] + copied[i])));
}

/** The tone of an article without looking up its story. */
function toneName(a) {
  const relation = RELATIONS[articles.relation[a]];
  return relation === 'first' || relation === 'own_wording' ? 'own' : 'copy';
}
