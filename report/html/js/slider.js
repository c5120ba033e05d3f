// The slider: how many stories another cut of the run makes, and what changes most.

const cutting = { cuts: null, loading: null, at: null }; // at: hundredths, null for the cut of the run
const CHANGED = 10; // changes of each kind that are shown

function readCuts() {
  cutting.loading ??= Promise.all([blockText('c').then(unpack), run.asks ? readDoubts() : null]).then(([c]) => { cutting.cuts = new Cuts(c); }).catch(e => { cutting.loading = null; throw e; });
  return cutting.loading;
}

const inCut = hundredths => digits((hundredths / 100).toFixed(2));

function slider() {
  const at = cutting.at ?? Math.round(run.threshold * 100);
  return h('section', { class: 'card', 'aria-labelledby': 'cut-title' },
    h('div', { class: 'head' }, h('h2', { id: 'cut-title' }, say('cut')), h('span', { class: 'hint' }, say('cut_run', { cut: inCut(run.threshold * 100), stories: count('stories', stories.id.length) }))),
    h('p', { class: 'hint', id: 'cut-hint' }, say('cut_hint')),
    h('label', { class: 'cut' }, h('span', {}, say('cut_label')), h('input', {
      type: 'range', id: 'cut', min: 5, max: 95, step: 1, value: at, 'aria-describedby': 'cut-hint', 'aria-valuetext': inCut(at),
      oninput: e => { cutting.at = Number(e.target.value); e.target.setAttribute('aria-valuetext', inCut(cutting.at)); drawCut(); },
    }), h('output', { id: 'cut-at', for: 'cut' }, inCut(at))),
    h('div', { id: 'cut-changes', 'aria-live': 'polite' }));
}

/** What the chosen cut makes of the run. */
const cutNow = () => withLinks(cutting.cuts.at(cutting.at, articles.title.length), run.obeyed || [], doubt.questions, cutting.at / 100);

function drawCut() {
  if (cutting.at === null) return;
  if (!cutting.cuts) { withTexts(async () => { await readCuts(); drawCut(); }); return; }
  $('cut-at').textContent = inCut(cutting.at);
  const head = cutNow(), { kinds, same, size, groups } = changesBetween(stories.start, head, a => articles.time[a] ?? Infinity);
  const counts = Object.keys(kinds).filter(k => kinds[k].length).map(k => `${say('diff_' + k)}: ${number(kinds[k].length)}`);
  const line = (kind, { story, head, size: n }) => {
    const a = kind === 'split' ? head : stories.representative[story], was = kind === 'split' ? null : stories.size[story], now = kind === 'merged' ? null : size[head];
    return h('li', {}, h('button', { class: 'link', ...script(titleOf(a)), onclick: () => openStory(storyOf(a), { focus: true, push: true }) }, titleOf(a)), ' ',
      h('small', {}, was !== null && now !== null ? say('diff_sizes', { before: number(was), after: number(now) }) : count('articles', n),
        kind === 'merged' && [' · ', phrase('diff_into', { title: data(titleOf(head)) })], kind === 'split' && [' · ', phrase('diff_from', { title: data(titleOf(stories.representative[story])) })]));
  };
  put($('cut-changes'), h('p', {}, h('b', {}, count('stories', groups)), say('comma'), ' ', say('cut_same', { same: number(same) }), counts.length > 0 && [' · ', counts.join(' · ')]),
    Object.entries(kinds).filter(([, list]) => list.length).map(([kind, list]) => [h('h3', {}, say('diff_' + kind)), h('ul', { class: 'changes' }, list.slice(0, CHANGED).map(c => line(kind, c)),
      list.length > CHANGED && h('li', { class: 'hint' }, say('diff_more', { n: number(list.length - CHANGED) })))]),
    h('pre', { dir: 'ltr', tabindex: 0 }, h('code', {}, `qissa cluster --from run.json --story ${(cutting.at / 100).toFixed(2)} -o recut`)));
}
