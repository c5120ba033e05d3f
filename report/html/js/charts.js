// What the charts share: scales of time that run with the page's direction,
// round ticks, and the colours of the relations.

/** The place of a time in a chart; in Arabic, time runs from right to left. */
function scale(from, to, left, right) {
  const span = Math.max(to - from, 1);
  return t => {
    const share = to === from ? 0.5 : (t - from) / span;
    return view.lang === 'ar' ? right - share * (right - left) : left + share * (right - left);
  };
}

const STEPS = [300, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 1209600, 2592000, 7776000, 31536000];

/** Round times between two, at most about n of them. */
function ticks(from, to, n) {
  const step = STEPS.find(s => (to - from) / s <= n) || STEPS.at(-1);
  const out = [];
  for (let t = Math.ceil(from / step) * step; t <= to; t += step) out.push(t);
  return out.length ? out : [from];
}

/** Round counts from 0, at most about n of them. */
function countTicks(most, n) {
  let step = 1;
  for (let k = 0; most / step > n; k++) step = [1, 2, 5][(k + 1) % 3] * 10 ** Math.floor((k + 1) / 3);
  const out = [];
  for (let x = 0; x <= most; x += step) out.push(x);
  return out;
}

/** The name of a tick: the hour within a day and a half, else the day, with its year only where years differ. */
function tickLabel(t, from, to) {
  if (to - from <= 36 * 3600) return clock(t);
  if (t % 86400) return clock(t); // between two days
  return new Date(from * 1000).getUTCFullYear() === new Date(to * 1000).getUTCFullYear() ? dayAndMonth(t) : shortDate(t);
}

function svgText(x, y, s, anchor, name) {
  return h('text', { x, y, class: name, 'text-anchor': anchor || 'middle', direction: view.lang === 'ar' ? 'rtl' : 'ltr' }, s);
}

/** The time axis below a chart. */
function timeAxis(x, from, to, bottom, top, width) {
  let all = ticks(from, to, Math.max(2, Math.floor(width / 110)));
  return all.map(t => [h('line', { class: 'grid', x1: x(t), x2: x(t), y1: top, y2: bottom }), svgText(x(t), bottom + 17, tickLabel(t, from, to))]);
}

/** What an article is in a chart: first, own, part, copy, or shared where nobody knows who was first. */
function toneOf(a) {
  const relation = RELATIONS[articles.relation[a]], unknown = articles.copyOf[a] >= 0 && ORDERED[articles.order[a]] === 'unknown';
  if (relation === 'first') return stories.first[storyOf(a)] === a ? 'first' : 'own';
  if (relation === 'own_wording') return 'own';
  if (unknown) return 'shared';
  return relation === 'partly_copied' ? 'part' : 'copy';
}

const TONES = ['first', 'own', 'part', 'copy', 'shared'];

/** The legend of those tones that are there. */
function legend(tones) {
  return h('span', { class: 'legend' }, TONES.filter(t => tones.has(t)).map(t => h('span', {}, h('svg', { class: 'swatch', viewBox: '0 0 12 12', 'aria-hidden': 'true' }, sign(t, 6, 6, 5)), ' ', say('grid_' + t))));
}

/** The sign of a tone: its shape tells it too. */
function sign(tone, x, y, r) {
  if (tone === 'first') return h('path', { class: 'tone first', d: `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z` });
  if (tone === 'copy' || tone === 'part') return h('rect', { class: 'tone ' + tone, x: x - r * 0.85, y: y - r * 0.85, width: r * 1.7, height: r * 1.7, rx: 1.5 });
  return h('circle', { class: 'tone ' + tone, cx: x, cy: y, r: tone === 'shared' ? r - 0.5 : r });
}

/** A table behind a chart, for those who do not see it. */
function behind(head, rows) {
  return h('details', { class: 'behind' }, h('summary', {}, say('as_table')), h('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': say('as_table') }, h('table', {},
    h('thead', {}, h('tr', {}, head.map(x => h('th', { scope: 'col' }, x)))),
    h('tbody', {}, rows.map(r => h('tr', {}, r.map((x, i) => h(i ? 'td' : 'th', i ? {} : { scope: 'row' }, x))))))));
}

const pressed = act => ({ tabindex: 0, role: 'button', onclick: act, onkeydown: e => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); act(e); } } });
