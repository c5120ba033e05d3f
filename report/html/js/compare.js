// Two articles side by side. The passages, sentences and facts come from the
// engine; what is marked as new follows from them.

let passage = -1; // the passage at which the reader stands

const VERSIONS = 200; // choices in a list of versions

async function choosePair(s, details, pair) {
  const members = membersOf(s);
  const chosen = pair?.map(x => typeof x === 'string' ? placeOf(s, details, x) : x);
  [state.a, state.b] = chosen && !chosen.includes(undefined) ? chosen : opening(s, members);
  passage = -1;
  const sides = await Promise.all([state.a, state.b].map(async a => {
    const home = storyOf(a), from = home === s ? details : await detailsOf(home);
    return { article: a, detail: from.articles[a - stories.start[home]] };
  }));
  if (state.story !== s || !$('compare')) return;
  state.ids = sides.map(side => side.detail.id);
  drawCompare(s, details, sides);
  writeAddress();
}

/** Shows an article beside the one that it shares most with. */
function showArticle(s, details, a) {
  const of = articles.copyOf[a], first = stories.start[s];
  choosePair(s, details, [of >= 0 ? of : a === first ? first + 1 : first, a]).then(() => $('compare')?.scrollIntoView({ block: 'start' }));
}

/** The place of an article of the story, or of one that it is compared with, by its id. */
function placeOf(s, details, id) {
  const inside = details.articles.findIndex(a => a.id === id);
  if (inside >= 0) return stories.start[s] + inside;
  const outside = Object.keys(details.outside).find(place => details.outside[place] === id);
  return outside && Number(outside);
}

/** The pair that a story opens with: the first article and the most telling copy of it. */
function opening(s, members) {
  const copying = a => articles.copyOf[a] >= 0 && articles.copied[a] > 0;
  const telling = members.find(a => copying(a) && ['edited', 'partly_copied'].includes(RELATIONS[articles.relation[a]])) ?? members.find(copying) ?? members[1];
  return copying(telling) ? [articles.copyOf[telling], telling] : [members[0] === telling ? members[1] : members[0], telling];
}

function drawCompare(s, details, sides) {
  const found = evidence(details, state.a, state.b);
  const texts = sides.map(side => side.detail.text);
  const whole = texts[0] !== undefined && texts[1] !== undefined;
  const runs = whole && found ? found.runs : [];
  const differing = whole && found ? [factsIn(texts[0], found.onlyA), factsIn(texts[1], found.onlyB)] : [[], []];
  const key = (k, text) => [h('kbd', { class: 'key' }, k), ' ', say(text)];
  put($('compare'),
    h('div', { class: 'head' }, h('h3', { id: 'compare-title' }, say('compare')), h('span', { class: 'legend' },
      h('mark', {}, say('legend_shared')), h('mark', { class: 'stock' }, say('legend_stock')),
      h('span', { class: 'new' }, say('legend_new')), h('span', { class: 'fact' }, say('legend_fact')))),
    h('div', { class: 'controls noprint' },
      versions(s, details, 0), h('button', { class: 'btn small', onclick: swap }, key('S', 'swap')), versions(s, details, 1),
      h('span', { class: 'grow' }),
      h('button', { class: 'btn small', id: 'fresh', 'aria-pressed': String(state.fresh), onclick: toggleFresh }, say('only_new')),
      h('span', { class: 'hops' }, h('button', { class: 'btn small', onclick: () => hop(-1), disabled: !runs.length }, key('P', 'previous')),
        h('button', { class: 'btn small primary', onclick: () => hop(1), disabled: !runs.length }, key('N', 'next')),
        h('span', { class: 'hint', id: 'passages', 'aria-live': 'polite' }, number(runs.length)))),
    !whole && h('p', { class: 'note' }, say('texts_missing')),
    whole && !found && h('p', { class: 'hint' }, say('not_aligned')),
    h('div', { class: state.fresh ? 'sides fresh' : 'sides' }, sides.map((side, i) => {
      const title = titleOf(side.article);
      return h('div', { class: 'side' },
        h('div', { class: 'sidehead' }, h('b', script(title), title),
          h('small', {}, data(sourceOf(side.article)), ' · ', timeOf(side.article, side.detail.raw).text,
            found && [' · ', say('share_of_this', { share: percent(i ? found.shareB : found.shareA) })]),
          h('span', { class: 'sidetools noprint' }, side.detail.url && h('a', { href: side.detail.url, rel: 'noreferrer noopener', target: '_blank' }, say('original')),
            texts[i] !== undefined && h('button', { class: 'link', onclick: () => copyQuote(side, i) }, say('copy_quote')))),
        h('div', { class: 'text', tabindex: 0, role: 'region', 'aria-label': `${number(i + 1)} ${title} · ${sourceOf(side.article)}`, 'data-side': i },
          texts[i] === undefined ? paragraphs(side.detail.lead || '') : painted(side.detail, runs.map(r => i ? r.b : r.a), runs, differing[i]),
          side.detail.cut && h('p', { class: 'hint' }, say('text_cut'))));
    })),
    (differing[0].length > 0 || differing[1].length > 0) && differenceTable(sides, differing));
  for (const port of $('compare').querySelectorAll('.side .text')) {
    port.addEventListener('click', e => {
      const mark = e.target.closest('mark[data-run]');
      if (mark) stand(Number(mark.dataset.run), mark);
    });
  }
}

/** The choice of a version. Of very many, those that are no verbatim copies come first. */
function versions(s, details, side) {
  const chosen = side ? state.b : state.a, members = membersOf(s);
  const name = a => storyOf(a) === s ? letter(a - stories.start[s]) : '+';
  let options = members;
  if (members.length > VERSIONS) {
    const telling = members.filter(a => RELATIONS[articles.relation[a]] !== 'verbatim');
    options = [...telling, ...members].slice(0, VERSIONS).filter((a, i, all) => all.indexOf(a) === i).sort((a, b) => a - b);
  }
  if (!options.includes(chosen)) options = [...options, chosen];
  const short = a => { const t = [...titleOf(a)]; return t.length > 50 ? t.slice(0, 50).join('').replace(/\s+\S*$/, '') + '…' : t.join(''); };
  return h('select', {
    'aria-label': say(side ? 'version_two' : 'version_one'),
    onchange: e => choosePair(s, details, side ? [state.a, Number(e.target.value)] : [Number(e.target.value), state.b]),
  }, options.map(a => h('option', { value: a, selected: a === chosen }, `${name(a)} · \u2068${sourceOf(a)}\u2069 · \u2068${short(a)}\u2069`)));
}

/** A text as paragraphs with its passages, new sentences and differing facts marked. */
function painted(detail, spans, runs, facts) {
  const text = detail.text, at = places(text), passages = spans.map(([from, to], i) => ({ from: at(from), to: at(to), i })).sort((a, b) => a.from - b.from);
  const sentences = newSentences(detail, at, passages);
  const cuts = new Set([0, text.length]);
  for (const x of [...passages, ...sentences, ...facts]) cuts.add(x.from).add(x.to);
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) cuts.add(i).add(i + 1);
  const edges = [...cuts].sort((a, b) => a - b);
  const out = [];
  let line = h('p', { class: 'first' }), mark = null, p = 0, n = 0, f = 0;
  for (let i = 0; i + 1 < edges.length; i++) {
    const [from, to] = [edges[i], edges[i + 1]], piece = text.slice(from, to);
    if (piece === '\n') {
      out.push(line);
      line = h('p', {});
      mark = null;
      continue;
    }
    while (p < passages.length && passages[p].to <= from) p++;
    while (n < sentences.length && sentences[n].to <= from) n++;
    while (f < facts.length && facts[f].to <= from) f++;
    const inside = x => x && x.from <= from && to <= x.to;
    let node = document.createTextNode(readable(piece));
    if (inside(facts[f])) node = h('span', { class: 'fact' }, node);
    if (inside(passages[p])) {
      if (!mark || mark.run !== p) {
        const run = passages[p].i;
        // The number of the passage is drawn by the styles: it is no text, and is not copied with it.
        mark = h('mark', { 'data-run': run, 'data-n': number(run + 1), class: runs[run].stock && 'stock' });
        mark.run = p;
        line.append(mark);
      }
      mark.append(node);
      continue;
    }
    mark = null;
    line.append(inside(sentences[n]) && piece.trim() ? h('span', { class: 'new' }, node) : h('span', { class: 'old' }, node));
  }
  out.push(line);
  const lines = out.filter(x => x.textContent.trim());
  for (const x of lines) for (const [k, v] of Object.entries(script(x.textContent))) x.setAttribute(k, v);
  return lines;
}

/** Turns places in code points to places in the string. */
function places(text) {
  if (!/[\ud800-\udfff]/.test(text)) return k => Math.min(k, text.length);
  const at = [];
  let i = 0;
  for (const c of text) { at.push(i); i += c.length; }
  at.push(text.length);
  return k => at[Math.min(k, at.length - 1)];
}

const NEW = 1 / 3; // a sentence is new if less than this share of its letters stands in passages

/** The sentences that passages hardly touch. */
function newSentences(detail, at, passages) {
  const out = [], parts = detail.parts || [], title = detail.text.indexOf('\n');
  for (let i = 0, end = 0; i < parts.length; i += 2) {
    const start = end + parts[i];
    end = start + parts[i + 1];
    const from = at(start), to = at(end);
    if (from < title) continue;
    let covered = 0;
    for (const p of passages) covered += Math.max(0, Math.min(to, p.to) - Math.max(from, p.from));
    if (covered / (to - from) < NEW) out.push({ from, to });
  }
  return out;
}

function differenceTable(sides, differing) {
  const rows = ['date', 'number'].filter(kind => differing.some(d => d.some(f => f.kind === kind)));
  const cell = (side, kind) => {
    const words = differing[side].filter(f => f.kind === kind).map(f => readable(f.words));
    return h('td', {}, words.length ? words.map((w, i) => [i > 0 && say('comma') + ' ', data(w)]) : h('span', { class: 'hint' }, say('none')));
  };
  return h('div', { class: 'differences' }, h('div', { class: 'head' }, h('h3', {}, say('differences')), h('span', { class: 'hint' }, say('differences_hint'))),
    h('div', { class: 'wide' }, h('table', {},
      h('thead', {}, h('tr', {}, h('td', {}), sides.map(side => h('th', { scope: 'col' }, data(titleOf(side.article)))))),
      h('tbody', {}, rows.map(kind => h('tr', {}, h('th', { scope: 'row' }, say('differing_' + kind + 's')), cell(0, kind), cell(1, kind)))))));
}

async function swap() {
  if (!$('compare') || state.b < 0) return;
  choosePair(state.story, await detailsOf(state.story), [state.b, state.a]);
}

function toggleFresh() {
  if (!$('fresh')) return;
  state.fresh = !state.fresh;
  $('compare').querySelector('.sides').classList.toggle('fresh', state.fresh);
  $('fresh').setAttribute('aria-pressed', String(state.fresh));
}

/** Goes to a passage: it is marked in both texts, and the page and the texts scroll to it. */
function stand(run, from) {
  passage = run;
  const marks = $('compare').querySelectorAll('mark[data-run]');
  for (const mark of marks) mark.classList.toggle('on', Number(mark.dataset.run) === run);
  if (!from) {
    const box = $('compare').querySelector('.sides').getBoundingClientRect();
    if (box.top < 0 || box.top > innerHeight / 2) $('compare').scrollIntoView({ block: 'start' });
  }
  for (const port of $('compare').querySelectorAll('.side .text')) {
    const mark = port.querySelector(`mark[data-run="${run}"]`);
    if (!mark || mark === from) continue;
    if (port.scrollHeight > port.clientHeight + 1) port.scrollTop += mark.getBoundingClientRect().top - port.getBoundingClientRect().top - 60;
  }
  const shown = $('compare').querySelector(`.side mark[data-run="${run}"]`)?.getBoundingClientRect();
  if (!from && shown && (shown.top < 0 || shown.bottom > innerHeight)) scrollBy(0, shown.top - innerHeight / 3);
  put($('passages'), say('showing', { shown: number(run + 1), all: number(countRuns()) }));
}

const countRuns = () => new Set([...$('compare').querySelectorAll('mark[data-run]')].map(m => m.dataset.run)).size;

function hop(step) {
  const n = $('compare') ? countRuns() : 0;
  if (n) stand(passage < 0 ? (step > 0 ? 0 : n - 1) : (passage + step + n) % n);
}

/** Copies what is selected in a side, or the passage at which the reader stands, with its source. */
function copyQuote(side, i) {
  const port = $('compare').querySelector(`.text[data-side="${i}"]`), chosen = getSelection();
  let quote = chosen && !chosen.isCollapsed && port.contains(chosen.anchorNode) && port.contains(chosen.focusNode) ? chosen.toString() : '';
  quote ||= [...port.querySelectorAll(`mark[data-run="${Math.max(passage, 0)}"]`)].map(m => m.textContent).join(' ');
  quote ||= readable(titleOf(side.article));
  copyText([`«${quote.trim()}»`, [titleOf(side.article), sourceOf(side.article), timeOf(side.article, side.detail.raw).text].join(' — '), side.detail.url].filter(Boolean).join('\n'), say('copied_quote'));
}
