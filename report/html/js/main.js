// The page: its frame, its address, its language and theme, and its start.

const narrow = () => matchMedia('screen and (max-width: 860px)').matches;

function frame() {
  const port = h('div', { id: 'viewport', role: 'listbox', tabindex: 0 }, h('div', { id: 'rows', role: 'presentation' }));
  let waiting = false;
  port.addEventListener('scroll', () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; drawList(); });
  }, { passive: true });
  let typing = 0;
  const query = h('input', {
    id: 'query', type: 'search', autocomplete: 'off', spellcheck: 'false', dir: 'auto',
    oninput: e => { state.query = e.target.value; clearTimeout(typing); typing = setTimeout(refresh, 60); },
  });
  put($('app'),
    h('section', { class: 'card', id: 'timeline' }, h('div', { class: 'head' }, h('h2', { id: 'timeline-title' }), h('span', { class: 'hint', id: 'timeline-hint' })), h('div', { id: 'timeline-chart' })),
    h('div', { class: 'split' },
      h('section', { class: 'card', id: 'stories-list' },
        h('div', { class: 'filters' }, h('div', { class: 'search' }, query, h('kbd', { 'aria-hidden': 'true' }, '/')),
          h('div', { class: 'chips', id: 'chips', role: 'group' }), h('div', { class: 'chips', id: 'orders' })),
        port, h('p', { class: 'hint', id: 'empty', hidden: true }), h('div', { class: 'counted', id: 'counted', 'aria-live': 'polite' })),
      h('article', { class: 'card', id: 'story', tabindex: -1 })),
    h('section', { class: 'card noprint', id: 'corrections', hidden: true }));
}

function tools() {
  const press = (label, act, attributes, ...inside) => h('button', { class: 'btn', onclick: act, ...attributes }, ...inside, label);
  put($('tools'),
    h('span', { class: 'segments', role: 'group', 'aria-label': 'اللغة / Language' },
      h('button', { lang: 'ar', 'aria-pressed': String(view.lang === 'ar'), onclick: () => setLanguage('ar') }, 'العربية'),
      h('button', { lang: 'en', 'aria-pressed': String(view.lang === 'en'), onclick: () => setLanguage('en') }, 'English')),
    press(view.digits === 'latn' ? '٠١٢' : '012', nextDigits, { 'aria-label': say('digits') }),
    press(say('theme_' + view.theme), nextTheme, { id: 'theme' }),
    press(say('print'), () => print()),
    press(say('keys'), help, {}, h('kbd', {}, '?'), ' '));
}

/** The parts that the page came with stand there in both languages. */
function drawStatic() {
  for (const part of document.querySelectorAll('[data-lang]')) part.hidden = part.dataset.lang !== view.lang;
  for (const part of document.querySelectorAll('[data-digits]')) {
    part.dataset.digits ||= part.textContent;
    part.textContent = digits(part.dataset.digits);
  }
}

function drawAll() {
  const root = document.documentElement;
  root.lang = view.lang;
  root.dir = catalogs[view.lang].dir;
  root.dataset.theme = view.theme;
  document.title = say('title') + (run.dates ? ' · ' + run.dates[view.lang] : '');
  drawStatic();
  tools();
  $('viewport').setAttribute('aria-label', say('stories'));
  $('chips').setAttribute('aria-label', say('stories'));
  $('timeline-title').textContent = say('timeline');
  $('empty').textContent = say('empty');
  drawFilters();
  drawTimeline();
  drawCorrections();
}

function setLanguage(lang) {
  view.lang = lang;
  haystack = [];
  drawAll();
  refresh();
  showRow(state.story);
  redrawStory();
}

function nextDigits() {
  view.digits = view.digits === 'latn' ? 'arab' : 'latn';
  drawAll();
  drawList();
  redrawStory();
}

function nextTheme() {
  view.theme = { auto: 'dark', dark: 'light', light: 'auto' }[view.theme];
  document.documentElement.dataset.theme = view.theme;
  tools();
}

function redrawStory() {
  if (state.story < 0) return;
  const open = document.body.classList.contains('open');
  openStory(state.story, { pair: state.a >= 0 ? [state.a, state.b] : null }).then(() => document.body.classList.toggle('open', open));
}

// The address: #s=story&c=article,article&l=language.

function writeAddress() {
  const address = new URLSearchParams({ s: stories.id[state.story] });
  if (state.a >= 0) address.set('c', state.ids.map(encodeURIComponent).join(','));
  if (view.lang !== run.lang) address.set('l', view.lang);
  try {
    history.replaceState(null, '', '#' + address);
  } catch { /* some browsers forbid it for files */ }
}

function readAddress() {
  const address = new URLSearchParams(location.hash.slice(1));
  const pair = (address.get('c') || '').split(',').map(decodeURIComponent);
  return { story: stories.number.get(address.get('s')), pair: pair.length === 2 ? pair : null, lang: address.get('l') };
}

function followAddress() {
  const { story, pair, lang } = readAddress();
  if (lang && lang !== view.lang && catalogs[lang]) setLanguage(lang);
  if (story !== undefined) openStory(story, { pair, redraw: true });
}

async function start() {
  const words = JSON.parse($('words').textContent);
  Object.assign(run, words.run);
  Object.assign(catalogs, words.languages);
  readFolding(words.folding);
  view.lang = run.lang;
  document.documentElement.classList.add('js');
  if (typeof DecompressionStream === 'undefined') {
    put($('app'), h('p', { class: 'note' }, say('old_browser')));
    return;
  }
  frame();
  await readIndex();
  const asked = readAddress();
  if (asked.lang && catalogs[asked.lang]) view.lang = asked.lang;
  drawAll();
  refresh();
  addEventListener('keydown', onKey);
  addEventListener('hashchange', followAddress);
  addEventListener('resize', () => { drawList(); drawTimeline(); });
  if (stories.id.length) {
    await openStory(asked.story ?? visible[0], { pair: asked.pair });
    if (asked.story === undefined) document.body.classList.remove('open');
    showRow(state.story);
  } else {
    put($('story'), h('p', {}, say('no_stories')));
  }
  document.documentElement.dataset.ready = Math.round(performance.now());
  foldAhead();
}

start();
