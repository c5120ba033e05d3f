// The bench: the actions on the open story, its articles as the reader grouped them, and
// the choice of another story by search.

/** A box that picks an article for the next action. */
const pick = a => h('label', { class: 'pick noprint' }, h('input', {
  type: 'checkbox', 'data-pick': a, 'data-act': 'pick' + a, checked: work.picked.has(a), 'aria-label': say('pick', { title: titleOf(a) }),
  onchange: e => { if (e.target.checked) work.picked.add(a); else work.picked.delete(a); drawBench(state.story); $('story').querySelector(`.spread [data-pick="${a}"], [data-pick="${a}"]`)?.focus(); },
}));

/** What the reader did with an article, beside it. */
function articleMarks(a) {
  const p = partition(), away = p.storyOf[a] !== p.firstStories[a];
  return [away && h('span', { class: 'tag own_wording' }, say('moved_to', { title: storyName(p.storyOf[a]) })),
    away && h('button', { class: 'link', 'data-act': 'back' + a, onclick: () => putBack([a]) }, say('put_back')),
    p.unsure.has(a) && h('span', { class: 'tag warn' }, say('unsure')),
    p.checked.has(a) && h('span', { class: 'tag strong' }, '✓ ', say('checked'))];
}

function bench(s) {
  return h('section', { class: 'part bench noprint', id: 'bench', 'aria-labelledby': 'bench-title' });
}

function drawBench(s) {
  const p = partition(), key = here(), members = p.membersOf(key), several = members.length > 1, picked = work.picked.size, line = p.storiesOf(p.lineOf(key));
  const button = (id, key, act, attributes) => h('button', { class: 'btn small', 'data-act': id, onclick: act, ...attributes }, h('kbd', { class: 'key', 'aria-hidden': 'true' }, key), ' ', say('do_' + id));
  const every = articles => articles.every(a => p.checked.has(a));
  put($('bench'),
    h('div', { class: 'head' }, h('h3', { id: 'bench-title' }, say(run.label ? 'bench_label' : 'bench')), h('span', { class: 'hint' }, picked ? say('picked', { articles: count('articles_of', picked) }) : say('bench_hint'))),
    h('div', { class: 'controls' },
      button('check', 'C', markChecked, { 'aria-pressed': String(every(members)) }),
      button('unsure', 'U', markUnsure, { 'aria-pressed': String(aboutArticles().every(a => p.unsure.has(a))) }),
      button('merge', 'M', () => choose('merge')),
      button('move', 'V', () => choose('move'), { disabled: !picked }),
      button('split', 'O', () => splitOff(), { disabled: !picked || !several }),
      button('sibling', 'I', () => splitOff(pickedHere(), false), { disabled: !picked || !several }),
      button('line', 'F', () => choose('line')),
      line.length > 1 && button('line_alone', 'A', lineAlone)),
    workingGroups(s),
    (p.isEdited(key) || p.lines.has(key)) && line.length > 1 && h('p', { class: 'hint' }, say('line_now'), ' ', line.filter(x => x !== key).slice(0, 8).map((x, i) => [i > 0 && say('comma') + ' ', data('«' + storyName(x) + '»')])));
}

/** The working stories that hold articles of the open one, where they are not what the run found. */
function workingGroups(s) {
  const p = partition(), groups = groupsOf(s);
  if (groups.length === 1 && !isCorrected(s)) return null;
  return groups.map(key => h('div', { class: key === here() ? 'group on' : 'group' },
    h('h4', {}, key === here() ? say('group_here') : say('group_other', { title: storyName(key) }), ' ', h('small', {}, count('articles', p.membersOf(key).length)),
      p.membersOf(key).every(a => p.checked.has(a)) && h('span', { class: 'tag strong' }, '✓ ', say('checked')),
      groups.length > 1 && h('button', { class: 'link', 'data-act': 'at' + key, 'aria-pressed': String(key === here()), onclick: () => workOn(key) }, say('work_on'))),
    h('ul', {}, p.membersOf(key).slice(0, run.members).map(a => {
      const home = p.firstStories[a], title = titleOf(a);
      return h('li', {}, pick(a), home === s ? h('span', { class: 'letter' }, letter(a - stories.start[s])) : null,
        home === s ? h('span', script(title), title) : h('button', { class: 'link', 'data-act': 'open' + a, ...script(title), onclick: () => openStory(home, { focus: true, push: true }) }, title),
        h('small', {}, data(sourceOf(a))), home !== key && h('button', { class: 'link', 'data-act': 'back' + a, onclick: () => putBack([a]) }, say('put_back')));
    }))));
}

const TARGETS = 30; // stories that are offered at once

/** Working stories to choose from: without a search the nearest and those that the reader made, else what is found. */
async function targets(query) {
  const p = partition(), at = here();
  let keys;
  if (query.trim()) {
    const rank = await matches(query), found = [];
    rank.forEach((r, s) => { if (r) found.push(s); });
    keys = found.sort((a, b) => rank[a] - rank[b] || a - b).slice(0, 4 * TARGETS).flatMap(groupsOf);
  } else {
    const made = [...p.changed.keys()].filter(k => !p.ofRun(k) && p.membersOf(k).length).reverse();
    keys = [...groupsOf(state.story), ...stories.near[state.story].map(([n]) => workingOf(n)), ...made];
  }
  return [...new Set(keys)].filter(k => k !== at && p.membersOf(k).length).slice(0, TARGETS);
}

/** Lets the reader choose another story, for the open one to join, for the picked articles to move to, or as one of the same storyline. */
function choose(kind) {
  if (state.story < 0) return;
  if (kind === 'move' && !work.picked.size) { toast(say('pick_first')); return; }
  let asking = 0, found = [];
  const whole = h('input', { type: 'checkbox', id: 'whole-line' });
  const take = key => {
    $('chooser').close();
    if (kind === 'merge') mergeInto(key); else if (kind === 'move') moveTo(key); else lineWith(key, whole.checked);
  };
  const list = h('ul', { class: 'targets' });
  const draw = async query => {
    const mine = ++asking, keys = await targets(query);
    if (mine !== asking) return;
    found = keys;
    put(list, keys.map(key => h('li', {}, h('button', { type: 'button', class: 'target', 'data-key': key, onclick: () => take(key) },
      h('span', script(storyName(key)), storyName(key)), h('small', {}, count('articles', partition().membersOf(key).length), say('comma'), ' ', data(sourceOf(headOf(key))))))),
    !keys.length && h('li', { class: 'hint' }, say(query.trim() ? 'empty' : 'no_near')));
  };
  const query = h('input', { type: 'search', id: 'target-query', dir: 'auto', autocomplete: 'off', 'aria-label': say('search'), placeholder: say('search'), oninput: e => draw(e.target.value),
    onkeydown: e => { if (e.key === 'Enter') { e.preventDefault(); if (found.length && query.value.trim()) take(found[0]); } } });
  dialog('chooser', say('choose_' + kind), h('p', { class: 'hint' }, say('choose_hint')), query,
    kind === 'line' && h('label', { class: 'hint' }, whole, ' ', say('whole_line')), list);
  draw('');
  query.focus();
}

/** Opens a dialog with a title, and a button that closes it. */
function dialog(id, title, ...inside) {
  $(id)?.remove();
  const box = h('dialog', { id, class: 'sheet-dialog', 'aria-modal': 'true', 'aria-labelledby': id + '-title' }, h('h2', { id: id + '-title' }, title), inside,
    h('form', { method: 'dialog' }, h('button', { class: 'btn primary' }, say('close'))));
  document.body.append(box);
  box.showModal();
  return box;
}
