// The keyboard. Keys are told by their place (event.code): under an Arabic
// layout the J key types «ت».

const KEYS = [['/', 'key_search'], ['J', 'K', 'key_stories'], ['Enter', 'key_open'], ['N', 'P', 'key_passages'], ['S', 'key_swap'],
  ['L', 'key_language'], ['D', 'key_theme'], ['?', 'key_help'], ['Esc', 'key_back']];

function step(by) {
  if (!visible.length) return;
  const place = visible.indexOf(state.story);
  openStory(visible[Math.max(0, Math.min(visible.length - 1, place + by))]);
}

const ON_KEY = {
  KeyJ: () => step(1), KeyK: () => step(-1), KeyN: () => hop(1), KeyP: () => hop(-1), KeyS: swap,
  KeyL: () => setLanguage(view.lang === 'ar' ? 'en' : 'ar'), KeyD: nextTheme,
  Slash: e => { if (e.shiftKey) help(); else { $('query').focus(); $('query').select(); } },
  Escape: back,
};

function onKey(e) {
  if (e.ctrlKey || e.metaKey || e.altKey || $('help').open) return;
  const field = e.target.closest('input, select, textarea');
  const inList = e.target.id === 'query' || e.target.id === 'viewport';
  if (inList && e.code === 'ArrowDown') { step(1); e.preventDefault(); return; }
  if (inList && e.code === 'ArrowUp') { step(-1); e.preventDefault(); return; }
  if (inList && e.code === 'Enter') {
    if (e.target.id === 'query' && !visible.includes(state.story)) step(1);
    $('story').focus();
    return;
  }
  if (field) {
    if (e.code === 'Escape') field.blur();
    return;
  }
  const act = ON_KEY[e.code];
  if (!act) return;
  e.preventDefault();
  act(e);
}

function help() {
  put($('help'), h('h2', {}, say('keys')), h('table', {}, KEYS.map(keys => h('tr', {},
    h('td', {}, say(keys.at(-1))), h('td', { dir: 'ltr' }, keys.slice(0, -1).map(k => [h('kbd', {}, k), ' ']))))),
  h('form', { method: 'dialog' }, h('button', { class: 'btn primary' }, say('close'))));
  $('help').showModal();
}

function back() {
  document.body.classList.remove('open');
  $('viewport').focus({ preventScroll: true });
}
