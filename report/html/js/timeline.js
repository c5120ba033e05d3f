// When the articles were published: for a few stories a line each, for many a
// histogram whose bars filter the list.

const FEW = 12; // stories that get a line each

function drawTimeline() {
  const dated = articles.time.filter(t => t !== null);
  const box = $('timeline');
  box.hidden = dated.length === 0;
  if (box.hidden) return;
  const from = dated.reduce((a, b) => Math.min(a, b)), to = dated.reduce((a, b) => Math.max(a, b));
  const few = stories.id.length <= FEW;
  put($('timeline-hint'), say(few ? 'timeline_lines' : 'timeline_bars'), ' · ', say(view.lang === 'ar' ? 'newer_left' : 'newer_right'));
  put($('timeline-chart'), few ? lines(from, to) : histogram(from, to));
}

/** The place of a time in a chart; in Arabic, time runs from right to left. */
function scale(from, to, left, right) {
  const span = Math.max(to - from, 1);
  return t => {
    const share = to === from ? 0.5 : (t - from) / span;
    return view.lang === 'ar' ? right - share * (right - left) : left + share * (right - left);
  };
}

const STEPS = [900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 1209600, 2592000, 7776000, 31536000];

/** Round times between two, at most about n of them. */
function ticks(from, to, n) {
  const step = STEPS.find(s => (to - from) / s <= n) || STEPS.at(-1);
  const out = [];
  for (let t = Math.ceil(from / step) * step; t <= to; t += step) out.push(t);
  return out.length ? out : [from];
}

const tickLabel = (t, span) => span <= 36 * 3600 ? clock(t) : shortDate(t);

function svgText(x, y, s, anchor) {
  return h('text', { x, y, 'text-anchor': anchor || 'middle', direction: view.lang === 'ar' ? 'rtl' : 'ltr' }, s);
}

function lines(from, to) {
  const width = Math.max(320, $('timeline-chart').clientWidth), narrowChart = width < 620;
  const names = narrowChart ? 0 : Math.round(width * 0.3);
  const [left, right] = view.lang === 'ar' ? [24, width - names - 24] : [names + 24, width - 24];
  const x = scale(from, to, left, right), gap = 30, bottom = stories.id.length * gap + 6;
  const chart = h('svg', { viewBox: `0 0 ${width} ${bottom + 24}`, height: bottom + 24, role: 'group', 'aria-label': say('timeline') });
  for (const t of ticks(from, to, narrowChart ? 3 : 7)) {
    chart.append(h('line', { class: 'grid', x1: x(t), x2: x(t), y1: 0, y2: bottom }), svgText(x(t), bottom + 18, tickLabel(t, to - from)));
  }
  const labels = h('div', { class: 'names' });
  stories.id.forEach((_, s) => {
    const y = s * gap + 16, members = membersOf(s).filter(isDated), title = titleOf(stories.representative[s]);
    labels.append(h('button', { class: 'link', ...script(title), onclick: () => openStory(s) }, title));
    if (!members.length) {
      chart.append(svgText((left + right) / 2, y + 5, say('undated')));
      return;
    }
    chart.append(h('line', { class: 'span', x1: x(articles.time[members[0]]), x2: x(articles.time[members.at(-1)]), y1: y, y2: y }));
    for (const a of members) {
      const label = `${titleOf(a)} — ${sourceOf(a)}${say('comma')} ${timeOf(a, '').text}`;
      const open = () => openStory(s, { compare: a });
      chart.append(h('circle', {
        class: a === stories.first[s] ? 'dot first' : 'dot', cx: x(articles.time[a]), cy: y, r: 7, tabindex: 0, role: 'button', 'aria-label': label,
        onclick: open, onkeydown: e => { if (e.key === 'Enter') open(); },
      }, h('title', {}, label)));
    }
  });
  return h('div', { class: narrowChart ? 'lines narrow' : 'lines' }, labels, chart);
}

/** The width of a bar in seconds: an hour, some hours, a day, a week or a month. */
function barWidth(from, to) {
  return [3600, 3 * 3600, 6 * 3600, 86400, 7 * 86400, 30 * 86400, 365 * 86400].find(w => (to - from) / w <= 60) || 365 * 86400;
}

function histogram(from, to) {
  const step = barWidth(from, to), start = Math.floor(from / step) * step;
  const counts = new Array(Math.floor((to - start) / step) + 1).fill(0);
  for (const t of articles.time) if (t !== null) counts[Math.floor((t - start) / step)]++;
  const width = Math.max(320, $('timeline-chart').clientWidth), height = 84;
  const most = counts.reduce((a, b) => Math.max(a, b)), each = width / counts.length;
  const chart = h('svg', { viewBox: `0 0 ${width} ${height + 22}`, height: height + 22, role: 'group', 'aria-label': say('timeline') });
  counts.forEach((n, i) => {
    const t = start + i * step, place = view.lang === 'ar' ? counts.length - 1 - i : i;
    const tall = n ? Math.max(3, n / most * (height - 4)) : 0, chosen = state.from === t;
    const label = (step < 86400 ? longTime(t) : shortDate(t)) + ': ' + count('articles', n);
    const choose = () => {
      Object.assign(state, chosen ? { from: null, to: null } : { from: t, to: t + step });
      drawTimeline();
      refresh();
      $('timeline-chart').querySelector(`[data-i="${i}"]`)?.focus();
    };
    if (n) {
      chart.append(h('g', {
        class: chosen ? 'bin chosen' : 'bin', tabindex: 0, role: 'button', 'aria-pressed': String(chosen), 'aria-label': label, 'data-i': i,
        onclick: choose, onkeydown: e => { if (e.key === 'Enter') choose(); },
      }, h('rect', { class: 'area', x: place * each, y: 0, width: each, height }),
      h('rect', { class: 'v', x: place * each + each * 0.08, y: height - tall, width: each * 0.84, height: tall, rx: Math.min(3, each * 0.2) }), h('title', {}, label)));
    }
  });
  const first = view.lang === 'ar' ? width : 0;
  chart.append(svgText(first, height + 17, tickLabel(from, to - from), 'start'), svgText(width - first, height + 17, tickLabel(to, to - from), 'end'));
  return chart;
}
