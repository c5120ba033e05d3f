// Dates and numbers that stand in one version of a story only, as the run
// found them.

const KINDS = ['date', 'number', 'name'];

/** The facts of a text from their kinds and places. */
function factsIn(text, only) {
  const at = places(text);
  return only.map(([kind, from, to]) => ({ kind: KINDS[kind], from: at(from), to: at(to) })).filter(f => f.from < f.to)
    .map(f => ({ ...f, words: text.slice(f.from, f.to) }));
}

/** The table of a story: each figure with its values and who has them, in the order of the articles. */
function figuresOf(s, details) {
  if (!details.figures.length) return null;
  const ordered = stories.why[s] === 0; // else an arrow would say what came before
  const who = list => {
    const names = [...new Set(list.map(sourceOf))];
    const time = isDated(list[0]) && timeOf(list[0], '').text;
    return h('small', {}, names.slice(0, 3).map((n, i) => [i > 0 && say('comma') + ' ', data(n)]), names.length > 3 && ' ' + say('more_outlets', { n: number(names.length - 3) }),
      ordered && time && [' · ', h('span', { class: 'when' }, PRECISIONS[articles.precision[list[0]]] === 'exact' ? clock(articles.time[list[0]]) : time)]);
  };
  const name = f => f.of === '%' ? say('figure_percent') : f.of ? data(f.of) : say('figure_' + KINDS[f.kind]);
  const value = (v, i, f) => h('span', { class: 'value' }, h('button', { class: 'link', title: titleOf(v.in[0]), onclick: () => showArticle(s, details, v.in[0]) }, data(v.text)), who(v.in),
    i + 1 < f.values.length && h('span', { class: f.differ && ordered ? 'then' : 'then dot', 'aria-hidden': 'true' }, f.differ && ordered ? (view.lang === 'ar' ? '←' : '→') : '·'));
  const table = list => h('table', { class: 'figures' }, h('thead', { class: 'unseen' }, h('tr', {}, h('th', { scope: 'col' }, say('figure')), h('th', { scope: 'col' }, say('figure_values')))),
    h('tbody', {}, list.map(f => h('tr', { class: f.differ && 'differ' }, h('th', { scope: 'row' }, name(f)), h('td', {}, f.values.map((v, i) => value(v, i, f)))))));
  const first = Math.max(FIGURES, details.figures.findLastIndex(f => f.differ) + 1), rest = details.figures.slice(first);
  return h('section', { class: 'part', 'aria-labelledby': 'figures-title' }, h('div', { class: 'head' }, h('h3', { id: 'figures-title' }, say('figures')), h('span', { class: 'hint' }, say('figures_hint'))),
    table(details.figures.slice(0, first)), rest.length > 0 && h('details', { class: 'behind' }, h('summary', {}, say('more_figures', { n: number(rest.length) })), table(rest)));
}

const FIGURES = 6; // lines of the table that are shown unasked, and all that differ
