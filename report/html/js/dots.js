// The articles of a story as dots on a time axis, at any size: dots of one
// moment stand on each other, and shrink where there are many.

function dots(s, details) {
  const dated = membersOf(s).filter(isDated);
  if (dated.length < 2) return null;
  const box = h('div', { id: 'dots' });
  box.draw = () => put(box, dotsChart(s, details, dated, box.clientWidth || $('story').clientWidth - 40));
  requestAnimationFrame(box.draw);
  const tones = new Set(dated.map(toneOf));
  return h('section', { class: 'part', 'aria-labelledby': 'dots-title' }, h('div', { class: 'head' }, h('h3', { id: 'dots-title' }, say(REASONS[stories.why[s]] === 'crawl_clock' ? 'collected' : 'dots')),
    h('span', { class: 'hint' }, say('in_zone', { zone: run.zone[view.lang] })), legend(tones)), box);
}

const redrawDots = () => $('dots')?.draw();

function dotsChart(s, details, dated, width) {
  width = Math.max(280, width);
  const times = dated.map(a => articles.time[a]), from = times.reduce((a, b) => Math.min(a, b)), to = times.reduce((a, b) => Math.max(a, b));
  const x = scale(from, to, 26, width - 26);
  const r = dated.length > 400 ? 2 : dated.length > 60 ? 3.5 : 6, across = Math.floor((width - 40) / (2 * r + 1));
  const columns = new Map(); // what stands on each other, by place
  for (const a of dated) {
    const place = Math.round((x(articles.time[a]) - 20) / (2 * r + 1));
    (columns.get(place) || columns.set(place, []).get(place)).push(a);
  }
  const most = [...columns.values()].reduce((m, c) => Math.max(m, c.length), 1);
  const layers = Math.min(most, 24), height = Math.max(34, layers * (2 * r + 1) + 10), bottom = height;
  const chart = h('svg', { viewBox: `0 0 ${width} ${bottom + 24}`, height: bottom + 24, role: 'group', 'aria-label': say('dots') }, timeAxis(x, from, to, bottom, 0, width));
  for (const [place, all] of columns) {
    const cx = Math.min(20 + place * (2 * r + 1), 20 + across * (2 * r + 1));
    const each = Math.ceil(all.length / layers); // articles that a sign stands for
    for (let i = 0, layer = 0; i < all.length; i += each, layer++) {
      const a = all[i], label = `${titleOf(a)} — ${sourceOf(a)}${say('comma')} ${timeOf(a, '').text} (${relationName(a)})` + (each > 1 ? ` · ${count('articles', Math.min(each, all.length - i))}` : '');
      const act = details ? pressed(() => showArticle(s, details, a)) : {};
      if (dated.length > 60) { delete act.tabindex; act['aria-hidden'] = 'true'; }
      chart.append(h('g', { class: 'dot', 'aria-label': label, ...act }, sign(toneOf(a), cx, bottom - 6 - r - layer * (2 * r + 1), r), h('title', {}, label)));
    }
  }
  return chart;
}
