// Two articles side by side. The passages come from the engine; what is marked
// as new follows from them.

let passage = -1; // the passage at which the reader stands

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

/** The place of an article of the story, or of one that it is compared with, by its id. */
function placeOf(s, details, id) {
  const inside = details.articles.findIndex(a => a.id === id);
  if (inside >= 0) return stories.start[s] + inside;
  const outside = Object.keys(details.outside).find(place => details.outside[place] === id);
  return outside && Number(outside);
}

/** The pair that a story opens with: the first article and the most telling copy of it. */
function opening(s, members) {
  const telling = members.slice(1).find(a => ['edited', 'partly_copied'].includes(RELATIONS[articles.relation[a]]))
    ?? members.slice(1).find(a => articles.copyOf[a] >= 0) ?? members[1];
  const of = articles.copyOf[telling];
  return [of >= 0 && articles.copied[telling] > 0 ? of : members[0] === telling ? members[1] : members[0], telling];
}

function drawCompare(s, details, sides) {
  const found = evidence(details, state.a, state.b);
  const texts = sides.map(side => side.detail.text);
  const whole = texts[0] !== undefined && texts[1] !== undefined;
  const runs = whole && found ? found.runs : [];
  const differing = whole && found ? [factsIn(texts[0], found.onlyA), factsIn(texts[1], found.onlyB)] : [[], []];
  put($('compare'),
    h('div', { class: 'head' }, h('h3', {}, say('compare')), h('span', { class: 'legend' },
      h('mark', {}, say('legend_shared')), h('mark', { class: 'stock' }, say('legend_stock')),
      h('span', { class: 'new' }, say('legend_new')), h('span', { class: 'fact' }, say('legend_fact')))),
    h('div', { class: 'controls noprint' },
      versions(s, details, 0), h('button', { class: 'btn small', onclick: swap }, h('kbd', {}, 'S'), ' ', say('swap')), versions(s, details, 1),
      h('span', { class: 'grow' }),
      h('button', { class: 'btn small', id: 'fresh', 'aria-pressed': String(state.fresh), onclick: toggleFresh }, say('only_new')),
      h('button', { class: 'btn small', onclick: () => hop(-1), disabled: !runs.length }, h('kbd', {}, 'P'), ' ', say('previous')),
      h('button', { class: 'btn small primary', onclick: () => hop(1), disabled: !runs.length }, h('kbd', {}, 'N'), ' ', say('next')),
      h('span', { class: 'hint', id: 'passages', 'aria-live': 'polite' }, number(runs.length))),
    !whole && h('p', { class: 'note' }, say('texts_missing')),
    whole && !found && h('p', { class: 'hint' }, say('not_aligned')),
    h('div', { class: state.fresh ? 'sides fresh' : 'sides' }, sides.map((side, i) => {
      const title = titleOf(side.article);
      return h('div', { class: 'side' },
        h('div', { class: 'sidehead' }, h('b', script(title), title),
          h('small', {}, data(sourceOf(side.article)), ' · ', timeOf(side.article, side.detail.raw).text,
            found && [' · ', say('share_of_this', { share: percent(i ? found.shareB : found.shareA) })])),
        h('div', { class: 'text', tabindex: 0, role: 'region', 'aria-label': `${number(i + 1)} ${title} · ${sourceOf(side.article)}`, 'data-side': i },
          texts[i] === undefined ? paragraphs(side.detail.lead || '') : painted(texts[i], runs.map(r => i ? r.b : r.a), runs, differing[i]),
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

function versions(s, details, side) {
  const chosen = side ? state.b : state.a, members = membersOf(s);
  const name = a => members.includes(a) ? letter(a - stories.start[s]) : '+';
  const options = members.includes(chosen) ? members : [...members, chosen];
  return h('select', {
    'aria-label': say(side ? 'version_two' : 'version_one'),
    onchange: e => choosePair(s, details, side ? [state.a, Number(e.target.value)] : [Number(e.target.value), state.b]),
  }, options.map(a => h('option', { value: a, selected: a === chosen }, `${name(a)} · \u2068${titleOf(a).slice(0, 50)}\u2069`)));
}

/** A text as paragraphs with its passages, new sentences and differing facts marked. */
function painted(text, spans, runs, facts) {
  const at = places(text), passages = spans.map(([from, to], i) => ({ from: at(from), to: at(to), i })).sort((a, b) => a.from - b.from);
  const sentences = newSentences(text, passages);
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
        mark = h('mark', { 'data-run': run, class: runs[run].stock && 'stock' }, h('sup', {}, number(run + 1)));
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

function newSentences(text, passages) {
  const out = [];
  const title = text.indexOf('\n');
  for (const m of text.matchAll(/[^.!؟?\n]+[.!؟?]*/g)) {
    if (m.index < title) continue;
    const from = m.index, to = from + m[0].length;
    let covered = 0;
    for (const p of passages) covered += Math.max(0, Math.min(to, p.to) - Math.max(from, p.from));
    if (m[0].trim().split(/\s+/).length >= 4 && covered / m[0].length < NEW) out.push({ from, to });
  }
  return out;
}

function differenceTable(sides, differing) {
  const rows = ['dates', 'numbers'].filter(kind => differing.some(d => d.some(f => f.kind === kind)));
  const cell = (side, kind) => {
    const words = differing[side].filter(f => f.kind === kind).map(f => readable(f.words));
    return h('td', {}, words.length ? words.map((w, i) => [i > 0 && say('comma') + ' ', data(w)]) : h('span', { class: 'hint' }, say('none')));
  };
  return h('div', { class: 'differences' }, h('div', { class: 'head' }, h('h3', {}, say('differences')), h('span', { class: 'hint' }, say('differences_hint'))),
    h('div', { class: 'wide' }, h('table', {},
      h('thead', {}, h('tr', {}, h('td', {}), sides.map(side => h('th', { scope: 'col' }, data(titleOf(side.article)))))),
      h('tbody', {}, rows.map(kind => h('tr', {}, h('th', { scope: 'row' }, say('differing_' + kind)), cell(0, kind), cell(1, kind)))))));
}

async function swap() {
  if (!$('compare') || state.b < 0) return;
  choosePair(state.story, await detailsOf(state.story), [state.b, state.a]);
}

function toggleFresh() {
  state.fresh = !state.fresh;
  $('compare').querySelector('.sides').classList.toggle('fresh', state.fresh);
  $('fresh').setAttribute('aria-pressed', String(state.fresh));
}

/** Goes to a passage: it is marked in both texts, and the texts scroll to it. */
function stand(run, from) {
  passage = run;
  const marks = $('compare').querySelectorAll('mark[data-run]');
  for (const mark of marks) mark.classList.toggle('on', Number(mark.dataset.run) === run);
  for (const port of $('compare').querySelectorAll('.side .text')) {
    const mark = port.querySelector(`mark[data-run="${run}"]`);
    if (mark && mark !== from) port.scrollTop += mark.getBoundingClientRect().top - port.getBoundingClientRect().top - 60;
  }
  put($('passages'), say('showing', { shown: number(run + 1), all: number(countRuns()) }));
}

const countRuns = () => new Set([...$('compare').querySelectorAll('mark[data-run]')].map(m => m.dataset.run)).size;

function hop(step) {
  const n = $('compare') ? countRuns() : 0;
  if (n) stand(passage < 0 ? (step > 0 ? 0 : n - 1) : (passage + step + n) % n);
}
