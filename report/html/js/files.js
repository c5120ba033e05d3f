// The files of the working partition: taken down, and taken up again.

/** The ids of articles, by article; of all if none are given. */
async function idsOf(list) {
  const ids = {}, wanted = list && new Set(list.map(storyOf));
  for (let s = 0; s < stories.id.length; s++) {
    if (wanted && !wanted.has(s)) continue;
    (await detailsOf(s)).articles.forEach((detail, i) => { ids[stories.start[s] + i] = detail.id; });
  }
  return ids;
}

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = h('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  work.saved = work.history.done.length;
}

/** Runs what needs the texts beside the page, and says where they are missing. */
async function withTexts(make) {
  try { await make(); } catch (e) { if (e.message !== 'missing') throw e; toast(say('block_missing', { folder: run.beside })); }
}

const downloadCorrections = () => withTexts(async () => {
  if (partition().said.length) await readDoubts(); // answers stand there as they were given
  const links = corrections();
  download('corrections.jsonl', linkLines(links, await idsOf(links.flatMap(([a, b]) => [a, b]))));
});

/** The articles that go into the labels: those that are checked, or all; of two readers those that both labelled. */
const labelled = all => run.differ ? doubt.disputes.place : Array.from(partition().storyOf, (_, a) => a).filter(a => all || partition().checked.has(a));

const downloadLabels = all => withTexts(async () => {
  if (run.differ) await readDisputes();
  const articles = labelled(all);
  if (!articles.length) return toast(say('none_checked'));
  download('labels.tsv', labelLines(partition(), articles, await idsOf(articles), run.hash));
});

const downloadMeta = all => withTexts(async () => {
  if (run.differ) await readDisputes();
  const p = partition(), ids = await idsOf(), at = list => list.map(a => ids[a]), inside = new Set(labelled(all));
  const every = Array.from(p.storyOf, (_, a) => a);
  download('labels.meta.json', JSON.stringify({
    run: run.hash, reader: work.reader, time: new Date().toISOString(), articles: every.length, labelled: [...inside].filter(a => isPlainId(ids[a])).length, blind: run.label === 'blind', ...run.differ && { adjudicates: doubt.readers, undecided: doubt.disputes.list(p).length },
    unchecked: at(every.filter(a => !p.checked.has(a))), unsure: at([...p.unsure].sort((a, b) => a - b)), left_out: at([...inside].filter(a => !isPlainId(ids[a]))),
  }, null, 1) + '\n');
});

/** Takes up files that a page wrote: labels with what was unsure and unchecked, or corrections. */
async function takeUp(files) {
  const texts = await Promise.all([...files].map(async f => [f.name, await f.text()]));
  await withTexts(async () => {
    const ids = await idsOf(), places = new Map(Object.entries(ids).map(([a, id]) => [id, Number(a)])), actions = [];
    for (const [name, text] of texts.filter(([, t]) => t.trimStart()[0] !== '{' || !isMeta(t))) {
      try {
        const action = text.trimStart()[0] === '{' ? readLinks(text, places) : readLabels(text, places, texts);
        if (action) actions.push(action);
      } catch (e) {
        return toast(e.line ? say('bad_line', { file: name, line: number(e.line) }) : e.message === 'contradiction' ? say('contradiction', { file: name }) : say('other_run', { file: name, ids: e.message }));
      }
    }
    if (!actions.length || !act(actions.length > 1 ? { do: 'all', actions } : actions[0], say('taken_up'))) toast(say('nothing_changed'));
  });
}

function isMeta(text) {
  try { return Array.isArray(JSON.parse(text).unchecked); } catch { return false; }
}

/** The number of an article by its id; an id that the page does not have is of another run. */
function knows(ids, places) {
  const strange = ids.filter(id => !places.has(id));
  if (strange.length) throw new Error(strange.slice(0, 3).join(', '));
}

function readLinks(text, places) {
  const rows = parseLinks(text);
  knows(rows.flatMap(([a, b]) => [a, b]), places);
  return obey(partition(), rows.map(([a, b, ...how]) => [places.get(a), places.get(b), ...how]));
}

/** Labels are checked, but for those that their own file of notes says are not. */
function readLabels(text, places, texts) {
  const rows = parseLabels(text), notes = texts.map(([, t]) => t).filter(t => t.trimStart()[0] === '{' && isMeta(t)).map(t => JSON.parse(t));
  knows(rows.map(([id]) => id), places);
  const label = new Map(rows.map(([id, story]) => [places.get(id), story])), line = rows.every(r => r[2]) && new Map(rows.map(([, story, storyline]) => [story, storyline]));
  const not = new Set(notes.flatMap(n => n.unchecked)), sure = notes.flatMap(n => n.unsure || []).filter(id => places.has(id)).map(id => places.get(id));
  const reached = reach(partition(), label, line), checked = rows.map(([id]) => id).filter(id => !not.has(id)).map(id => places.get(id));
  return { do: 'all', actions: [reached, checked.length && { do: 'checked', articles: checked, on: true }, sure.length && { do: 'unsure', articles: sure, on: true }].filter(Boolean) };
}

/** The bar at the foot of the page: what was done, and the way back. */
function drawWorkBar() {
  const p = partition(), done = work.history.done.length, box = $('workbar');
  box.hidden = !hasWork() && !run.label;
  document.body.classList.toggle('working', !box.hidden);
  if (box.hidden) return put(box);
  const button = (id, label, act, attributes) => h('button', { class: 'btn small', 'data-act': id, onclick: act, ...attributes }, label);
  const all = articles.title.length;
  put(box,
    h('span', { class: 'progress' }, run.label && !run.differ ? [h('b', {}, say('progress', { checked: number(p.checked.size), all: number(all) })), bar(p.checked.size / all)] : count('changes', done)),
    !work.kept && h('span', { class: 'tag warn' }, say('not_kept')),
    h('span', { class: 'grow' }),
    button('undo', [h('kbd', { class: 'key', 'aria-hidden': 'true' }, 'Z'), ' ', say('undo')], undo, { disabled: !done }),
    button('redo', [h('kbd', { class: 'key', 'aria-hidden': 'true' }, 'Y'), ' ', say('redo')], redo, { disabled: !work.history.undone.length }),
    run.label && button('rules', [h('kbd', { class: 'key', 'aria-hidden': 'true' }, 'G'), ' ', say('rules')], rules),
    button('files', [h('kbd', { class: 'key', 'aria-hidden': 'true' }, 'E'), ' ', say('files')], workFiles, { class: 'btn small primary' }));
}

/** The files, the command that takes them, and the way to begin anew. */
function workFiles() {
  const p = partition(), every = h('input', { type: 'checkbox', id: 'all-labels' }), input = h('input', { type: 'file', id: 'take-up', multiple: true, class: 'unseen', tabindex: -1, 'aria-label': say('take_up'), onchange: e => { $('files').close(); takeUp(e.target.files); } });
  const reader = h('input', { type: 'text', id: 'reader', autocomplete: 'off', dir: 'auto', oninput: e => { work.reader = e.target.value; remembered.set('reader', work.reader); } });
  reader.value = work.reader;
  const button = (id, label, act, attributes) => h('button', { type: 'button', class: 'btn', id, onclick: act, ...attributes }, label);
  const command = h('code', { dir: 'ltr' }, run.command);
  dialog('files', say('corrections'),
    h('p', { class: 'hint' }, say(work.kept ? 'kept_here' : 'not_kept_long')),
    run.label !== 'blind' && h('div', { class: 'part' }, h('h3', {}, say('corrections_file')),
      h('p', {}, button('get-corrections', say('download', { file: '\u2068corrections.jsonl\u2069' }), downloadCorrections, { disabled: !corrections().length })),
      h('p', { class: 'hint' }, say('corrections_hint')), h('pre', { dir: 'ltr', tabindex: 0 }, command),
      button('copy-command', say('copy'), () => copyText(run.command, say('copied_command')), { class: 'btn small' })),
    h('div', { class: 'part' }, h('h3', {}, say('labels_file')),
      h('p', { class: 'hint' }, run.differ ? say('disputes_hint') : say('labels_hint', { checked: number(p.checked.size), all: number(articles.title.length) })),
      !run.differ && h('p', {}, h('label', {}, every, ' ', say('all_labels'))),
      h('p', {}, h('label', {}, say('reader'), ' ', reader)),
      h('p', { class: 'controls' }, button('get-labels', say('download', { file: '\u2068labels.tsv\u2069' }), () => downloadLabels(every.checked)), button('get-meta', say('download', { file: '\u2068labels.meta.json\u2069' }), () => downloadMeta(every.checked)))),
    h('div', { class: 'part' }, h('h3', {}, say('take_up')), h('p', { class: 'hint' }, say('take_up_hint')), h('p', { class: 'controls' }, input, button('choose-files', say('choose_files'), () => input.click()),
      button('begin-anew', say('begin_anew'), () => { $('files').close(); while (work.history.undo()); changed(say('began_anew')); }, { disabled: !work.history.done.length }))));
}

/** The rules of labelling. */
function rules() {
  const list = level => h('ol', { class: 'rules' }, catalogs[view.lang].rules[level].map(rule => h('li', {}, rule)));
  dialog('rules', say('rules'), h('h3', {}, say('rules_story')), list('story'), h('h3', {}, say('rules_line')), list('line'));
}
