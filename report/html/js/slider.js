// The sliders: how many stories or storylines another cut of the run makes, and what changes most.

const cutting = { cuts: null, loading: null, at: [null, null] }; // at: hundredths of the cut of stories and of storylines, null for that of the run
const CHANGED = 10; // changes of each kind that are shown
const CUTS = [
  { name: 'cut', step: 1, flag: '--story', many: 'stories' },
  { name: 'line_cut', step: 5, flag: '--storyline', many: 'lines' },
];

function readCuts() {
  cutting.loading ??= Promise.all([blockText('c').then(unpack), run.asks ? readDoubts() : null]).then(([c]) => { cutting.cuts = new Cuts(c); }).catch(e => { cutting.loading = null; throw e; });
  return cutting.loading;
}

const inCut = hundredths => digits((hundredths / 100).toFixed(2));
const idOfCut = (level, part) => ['cut', 'line-cut'][level] + part;

/** The storyline of each story, by its first story. */
function runLines() {
  const first = new Map(lines.map((line, n) => [n, Math.min(...line.list)]));
  return stories.id.map((_, s) => first.get(stories.line[s]) ?? s);
}

const sliders = () => CUTS.map((_, level) => slider(level));

function slider(level) {
  const { name, step, many } = CUTS[level], at = cutting.at[level] ?? Math.round(run.cuts[level] * 100), n = level ? new Set(runLines()).size : stories.id.length;
  return h('section', { class: 'card', 'aria-labelledby': idOfCut(level, '-title') },
    h('div', { class: 'head' }, h('h2', { id: idOfCut(level, '-title') }, say(name)), h('span', { class: 'hint' }, say('cut_run', { cut: inCut(run.cuts[level] * 100), groups: count(many, n) }))),
    h('p', { class: 'hint', id: idOfCut(level, '-hint') }, say(name + '_hint')),
    h('label', { class: 'cut' }, h('span', {}, say('cut_label')), h('input', {
      type: 'range', id: idOfCut(level, ''), min: 5, max: 95, step, value: at, 'aria-describedby': idOfCut(level, '-hint'), 'aria-valuetext': inCut(at),
      oninput: e => { cutting.at[level] = Number(e.target.value); e.target.setAttribute('aria-valuetext', inCut(cutting.at[level])); drawCut(level); },
    }), h('output', { id: idOfCut(level, '-at'), for: idOfCut(level, '') }, inCut(at))),
    h('div', { id: idOfCut(level, '-changes'), 'aria-live': 'polite' }));
}

/** What the chosen cut makes of the stories of the run. */
function storiesNow() {
  const head = withLinks(cutting.cuts.at(cutting.at[0], articles.title.length), run.obeyed || [], doubt.questions, cutting.at[0] / 100);
  const groups = stories.id.map((_, s) => Array.from({ length: stories.size[s] }, (_, i) => stories.start[s] + i));
  return { ...changesBetween(groups, head, byStory(a => articles.time[a] ?? Infinity)), named: g => stories.representative[g], headed: h => h };
}

/** What it makes of its storylines. */
function linesNow() {
  const of = cutting.cuts.linesAt(cutting.at[1], stories.id.length), head = Int32Array.from(partition().firstStories, s => of[s]), first = runLines();
  const groups = [...groupBy(Array.from(head, (_, a) => a), a => first[partition().firstStories[a]]).values()];
  const named = g => stories.representative[partition().firstStories[groups[g][0]]];
  return { ...changesBetween(groups, head, byFirst), was: g => groups[g].length, named, headed: h => stories.representative[h] };
}

function drawCut(level) {
  const at = cutting.at[level], { name, flag, many } = CUTS[level];
  if (at === null) return;
  if (!cutting.cuts) { withTexts(async () => { await readCuts(); drawCut(level); }); return; }
  $(idOfCut(level, '-at')).textContent = inCut(at);
  const { kinds, same, size, count: n, was = s => stories.size[s], named, headed } = level ? linesNow() : storiesNow();
  const counts = Object.keys(kinds).filter(k => kinds[k].length).map(k => `${say('diff_' + k)}: ${number(kinds[k].length)}`);
  const line = (kind, { group, head }) => {
    const a = kind === 'split' ? headed(head) : named(group), before = kind === 'split' ? null : was(group), now = kind === 'merged' ? null : size.get(head);
    return h('li', {}, h('button', { class: 'link', ...script(titleOf(a)), onclick: () => openStory(storyOf(a), { focus: true, push: true }) }, titleOf(a)), ' ',
      h('small', {}, before !== null && now !== null ? say('diff_sizes', { before: number(before), after: number(now) }) : count('articles', before ?? now),
        kind === 'merged' && [' · ', phrase('diff_into', { title: data(titleOf(headed(head))) })], kind === 'split' && [' · ', phrase('diff_from', { title: data(titleOf(named(group))) })]));
  };
  put($(idOfCut(level, '-changes')), h('p', {}, h('b', {}, count(many, n)), say('comma'), ' ', say('cut_same', { same: number(same) }), counts.length > 0 && [' · ', counts.join(' · ')]),
    Object.entries(kinds).filter(([, list]) => list.length).map(([kind, list]) => [h('h3', {}, say('diff_' + kind)), h('ul', { class: 'changes' }, list.slice(0, CHANGED).map(c => line(kind, c)),
      list.length > CHANGED && h('li', { class: 'hint' }, say('diff_more', { n: number(list.length - CHANGED) })))]),
    h('pre', { dir: 'ltr', tabindex: 0 }, h('code', {}, `qissa cluster --from run.json ${flag} ${(at / 100).toFixed(2)} -o recut`)));
}
