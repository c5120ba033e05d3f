// What the reader knows better: the working partition of this page, kept across visits,
// and what of it is shown everywhere.

const work = {
  history: null, kept: true, // whether the browser keeps it
  saved: 0,                  // actions at the last download
  picked: new Set(),         // articles of the open story that the next action is about
  at: null,                  // the working story among those of the open one that it is about, null for the first
  reader: '',
};

const partition = () => work.history.partition;
const keptUnder = () => 'qissa.work.' + run.hash;

/** The storylines of the run by number, the earliest first: a story of several follows the storyline of most, the first of equals. */
function linesByTime() {
  const line = stories.id.map((_, s) => stories.line[s] < 0 ? lines.length + s : stories.line[s]), from = new Map();
  line.forEach((l, s) => { const t = firstTime(s) ?? Infinity; if (!(from.get(l) <= t)) from.set(l, t); });
  const rank = new Map([...from.keys()].sort((a, b) => from.get(a) - from.get(b) || a - b).map((l, i) => [l, i]));
  return line.map(l => rank.get(l));
}

function startWork() {
  work.history = new History(new Partition(stories.start, linesByTime()));
  work.reader = remembered.get('reader') || '';
  recall();
  addEventListener('storage', e => { if (e.key === keptUnder()) { recall(); redrawWork(); } }); // another window of this page
  addEventListener('beforeunload', e => { if (!work.kept && work.history.done.length !== work.saved) e.preventDefault(); });
}

function recall() {
  try {
    const text = localStorage.getItem(keptUnder());
    if (text === null) work.history.restore({ done: [], undone: [] });
    else if (!work.history.restore(JSON.parse(text))) toast(say('work_unreadable'));
    localStorage.setItem('qissa.kept', '1');
    work.kept = true;
  } catch {
    work.kept = false;
  }
}

function keep() {
  const { done, undone } = work.history;
  try {
    if (done.length + undone.length) localStorage.setItem(keptUnder(), JSON.stringify({ done, undone }));
    else localStorage.removeItem(keptUnder());
    work.kept = true;
  } catch {
    work.kept = false;
  }
}

/** Does an action, keeps it, and shows what it changed. */
function act(action, message) {
  if (!work.history.act(action)) return false;
  changed(message);
  return true;
}

function changed(message) {
  keep();
  work.picked.clear();
  redrawWork();
  if (message) toast(message);
}

function undo() { if (work.history.undo()) changed(say('undone')); else toast(say('nothing_to_undo')); }
function redo() { if (work.history.redo()) changed(say('redone')); else toast(say('nothing_to_redo')); }

const hasWork = () => work.history.done.length + work.history.undone.length > 0;

// Stories of the working partition as the page shows them.

/** The working story of an open one: itself while it has articles, else where its headline went. */
const workingOf = s => partition().membersOf(s).length ? s : partition().storyOf[stories.representative[s]];

/** The working story that the next action is about: the one that the reader chose among those of the open story. */
const here = () => work.at !== null && groupsOf(state.story).includes(work.at) ? work.at : workingOf(state.story);

/** The article that names a working story. */
function headOf(key) {
  const members = partition().membersOf(key);
  return key < stories.id.length && members.includes(stories.representative[key]) ? stories.representative[key] : members[0];
}

const storyName = key => titleOf(headOf(key));
const isChecked = s => membersOf(s).every(a => partition().checked.has(a));
const isUnsure = s => membersOf(s).some(a => partition().unsure.has(a));
const isCorrected = s => partition().isEdited(s) || partition().changed.size > 0 && membersOf(s).some(a => partition().storyOf[a] !== s);

/** The working stories in which articles of a story stand. */
const groupsOf = s => [...new Set([workingOf(s), ...membersOf(s).map(a => partition().storyOf[a])])];

function marksOf(s) {
  return [isCorrected(s) && h('span', { class: 'tag own_wording' }, say('corrected')),
    isUnsure(s) && h('span', { class: 'tag warn' }, say('unsure')),
    isChecked(s) && h('span', { class: 'tag strong' }, '✓ ', say('checked'))];
}

// Actions on the open story. Those on articles are about the picked ones.

const pickedHere = () => [...work.picked].sort((a, b) => a - b);

function splitOff(articles = pickedHere(), apart = true) {
  if (!articles.length) return toast(say('pick_first'));
  act({ do: 'move', articles, to: null, apart }, say('did_split', { articles: count('articles_of', articles.length) })) || toast(say('nothing_changed'));
}

/** Takes back where articles were moved to. */
const putBack = articles => act({ do: 'move', articles, to: partition().firstStories[articles[0]] }, say('did_back'));

const aboutArticles = () => work.picked.size ? pickedHere() : partition().membersOf(here());

function markUnsure() {
  if (state.story < 0) return;
  const articles = aboutArticles(), on = !articles.every(a => partition().unsure.has(a));
  act({ do: 'unsure', articles, on }, say(on ? 'did_unsure' : 'did_sure'));
}

/** Marks the whole working story as checked; when labelling, the next that is not opens. */
function markChecked() {
  if (state.story < 0) return;
  const articles = partition().membersOf(here()), on = !articles.every(a => partition().checked.has(a));
  act({ do: 'checked', articles, on }, say(on ? 'did_check' : 'did_uncheck'));
  if (!on || !run.label) return;
  const other = groupsOf(state.story).find(key => !partition().membersOf(key).every(a => partition().checked.has(a)));
  if (other === undefined) nextUnchecked(); else workOn(other);
}

function workOn(key) {
  work.at = key;
  work.picked.clear();
  redrawWork();
}

function nextUnchecked() {
  const from = visible.indexOf(state.story), next = [...visible.slice(from + 1), ...visible.slice(0, from + 1)].find(s => !isChecked(s));
  if (next === undefined) return toast(say('all_checked'));
  openStory(next, { push: true, announce: true, focus: narrow() });
}

function mergeInto(to) {
  const from = here();
  act({ do: 'merge', from, to }, say('did_merge', { title: storyName(to) }));
}

function moveTo(to) {
  act({ do: 'move', articles: pickedHere(), to }, say('did_move', { title: storyName(to) }));
}

function lineWith(to, whole) {
  const p = partition(), from = here(), list = whole ? p.storiesOf(p.lineOf(from)) : [from];
  act({ do: 'line', stories: list, to: p.lineOf(to) }, say('did_line', { title: storyName(to) })) || toast(say('nothing_changed'));
}

function lineAlone() {
  const p = partition(), from = here();
  if (p.storiesOf(p.lineOf(from)).length < 2) return toast(say('nothing_changed'));
  act({ do: 'line', stories: [from], to: null }, say('did_line_alone'));
}

/** Picks the next article of the open story: its box gets the focus. */
function pickNext() {
  const boxes = [...$('story').querySelectorAll('input[data-pick]')], at = boxes.indexOf(document.activeElement);
  if (!boxes.length) return;
  const box = boxes[(at + 1) % boxes.length];
  box.focus();
  box.scrollIntoView({ block: 'nearest' });
}

/** Shows the working partition anew, wherever it is seen; the focus stays where it was. */
function redrawWork() {
  const focus = document.activeElement?.dataset?.act;
  drawList();
  drawFilters();
  drawWorkBar();
  if (state.story >= 0 && $('bench')) drawBench(state.story);
  if (state.view === 'questions' && (run.asks || run.differ)) drawQuestions();
  for (const box of document.querySelectorAll('[data-marks]')) put(box, articleMarks(Number(box.dataset.marks)));
  for (const box of document.querySelectorAll('input[data-pick]')) box.checked = work.picked.has(Number(box.dataset.pick));
  if (focus && (document.activeElement === document.body || !document.activeElement)) {
    const again = document.querySelector(`[data-act="${CSS.escape(focus)}"]:not(:disabled)`) || $('story');
    again.focus({ preventScroll: true });
  }
}
