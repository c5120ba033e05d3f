// The passages of a story that stand in other stories too.

const BORROWED = 20; // rows that are listed
const BORROWERS = 8; // articles of this story that a row names

/** The articles that have a passage of this story, or this of them, those with the longest passage first; each once, with all of this story that share one with it. */
function borrowings(s, details) {
  const of = new Map();
  for (const p of borrowedPairs(s, details)) {
    if (of.has(p.other)) of.get(p.other).all.push(p.own);
    else of.set(p.other, { ...p, all: [p.own] });
  }
  return [...of.values()];
}

function borrowedPairs(s, details) {
  return details.pairs.filter(p => p.borrowed).map(p => {
    const [own, other] = storyOf(p.b) === s ? [p.b, p.a] : [p.a, p.b];
    return { own, other, words: p.borrowed, how: p.order ? 'borrow_unknown' : own === p.b ? 'borrows_from' : 'borrowed_by' };
  }).sort((p, q) => q.words - p.words || p.own - q.own || p.other - q.other);
}

function borrowed(s, details) {
  const all = borrowings(s, details), single = stories.size[s] === 1;
  if (!all.length) return null;
  const beside = ({ own, other }) => {
    $('compare').hidden = false;
    choosePair(s, details, [other, own]).then(() => $('compare')?.scrollIntoView({ block: 'start' }));
  };
  return [h('section', { class: 'part noprint', id: 'borrowed', 'aria-labelledby': 'borrowed-title' },
    h('h3', { id: 'borrowed-title' }, say('borrowed'), ' ', h('small', {}, say('borrowed_hint'))),
    h('ul', { class: 'near' }, all.slice(0, BORROWED).map(p => h('li', {},
      h('button', { class: 'link', ...script(titleOf(p.other)), onclick: () => openStory(storyOf(p.other), { focus: true, push: true }) }, titleOf(p.other)),
      h('span', { class: 'm' },
        !single && p.all.sort((a, b) => a - b).slice(0, BORROWERS).map(own => h('span', { class: 'letter' }, letter(own - stories.start[s]))),
        h('span', {}, say(articles.source[p.own] === articles.source[p.other] ? 'borrow_same' : p.how, { words: count('words', p.words), outlet: `\u2068${sourceOf(p.other)}\u2069` }))),
      h('button', { class: 'link', onclick: () => beside(p) }, say('compare'))))),
    all.length > BORROWED && h('p', { class: 'hint' }, say('borrowed_more', { n: number(all.length - BORROWED) }))),
  single && h('section', { id: 'compare', class: 'part long', hidden: true, 'aria-label': say('compare') })];
}
