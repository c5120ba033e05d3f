// The keyboard. Keys are told by the character that they type, whatever the
// layout; where that is no Latin one, as under an Arabic layout, by their place.

const KEYS = [['/', 'key_search'], ['J', 'K', 'key_stories'], ['Enter', 'key_open'], ['N', 'P', 'key_passages'], ['S', 'key_swap'],
  ['C', 'key_check'], ['U', 'key_unsure'], ['X', 'key_pick'], ['M', 'key_merge'], ['V', 'key_move'], ['O', 'I', 'key_split'], ['F', 'A', 'key_line'], ['1', '2', '3', '4', 'key_answer'], ['Z', 'Y', 'key_undo'], ['E', 'key_files'],
  ['L', 'key_language'], ['D', 'key_theme'], ['?', 'key_help'], ['Esc', 'key_back']];

function step(by) {
  if (!visible.length) return;
  const place = placeOfRow(state.story);
  openStory(visible[Math.max(0, Math.min(visible.length - 1, place + by))], { push: true, announce: true });
}

const ON_KEY = {
  j: () => step(1), k: () => step(-1), n: () => hop(1), p: () => hop(-1), s: swap,
  c: markChecked, u: markUnsure, x: pickNext, m: () => choose('merge'), v: () => choose('move'), o: () => splitOff(), i: () => splitOff(pickedHere(), false),
  f: () => choose('line'), a: lineAlone, z: e => e.shiftKey ? redo() : undo(), y: redo, e: workFiles, g: rules,
  1: () => answerByKey('yes'), 2: () => answerByKey('no'), 3: () => answerByKey('line'), 4: () => answerByKey('skip'),
  l: () => setLanguage(view.lang === 'ar' ? 'en' : 'ar'), d: nextTheme,
  '/': () => { showView('stories'); $('query').focus(); $('query').select(); }, '?': help,
  Escape: () => { if (document.body.classList.contains('open') && narrow()) back(); else $('viewport').focus({ preventScroll: true }); },
};

/** The key as its Latin character, or as its name. */
function keyOf(e) {
  if (e.key && e.key.length > 1) return e.key;
  if (e.key && e.key.charCodeAt(0) < 0x80) return e.key.toLowerCase();
  if (/^Key[A-Z]$/.test(e.code || '')) return e.code[3].toLowerCase();
  return e.code === 'Slash' || e.key === '؟' ? (e.shiftKey || e.key === '؟' ? '?' : '/') : '';
}

function onKey(e) {
  if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented || document.querySelector('dialog[open]')) return;
  const key = keyOf(e), field = e.target.closest('input:not([type=checkbox]), select, textarea');
  const inList = e.target.id === 'query' || e.target.id === 'viewport';
  if (inList && (key === 'ArrowDown' || key === 'ArrowUp')) { step(key === 'ArrowDown' ? 1 : -1); e.preventDefault(); return; }
  if (inList && key === 'Enter') {
    if (e.target.id === 'query' && !visible.includes(state.story)) step(1);
    document.body.classList.add('open');
    $('story').focus();
    return;
  }
  if (field) {
    if (key === 'Escape') field.blur();
    return;
  }
  const act = Object.hasOwn(ON_KEY, key) && ON_KEY[key];
  if (!act) return;
  e.preventDefault();
  act(e);
}

function help() {
  put($('help'), h('h2', { id: 'help-title' }, say('keys')), h('table', {}, KEYS.map(keys => h('tr', {},
    h('td', {}, say(keys.at(-1))), h('td', { dir: 'ltr' }, keys.slice(0, -1).map(k => [h('kbd', {}, k), ' ']))))),
  h('form', { method: 'dialog' }, h('button', { class: 'btn primary' }, say('close'))));
  $('help').showModal();
}

/** Back to the list, at the place where the reader left it. */
function back() {
  if (history.state?.pushed) history.back();
  else {
    document.body.classList.remove('open');
    scrollTo(0, 0);
    writeAddress();
    $('viewport').focus({ preventScroll: true });
  }
}
