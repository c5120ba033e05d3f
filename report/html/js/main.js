// The page: its frame, its address, its language and theme, and its start.

const narrow = () => matchMedia('screen and (max-width: 860px)').matches;
const VIEWS = ['stories', 'overview', 'outlets', 'questions'];
/** The view that the page opens with. */
const home = () => run.differ ? 'questions' : 'stories';
const offered = () => VIEWS.filter(v => v !== 'questions' || run.asks || run.cuts || run.differ);

function frame() {
  const port = h('div', { id: 'viewport', role: 'listbox', tabindex: 0 }, h('div', { id: 'rows', role: 'presentation' }));
  let waiting = false;
  const scrolled = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; drawList(); });
  };
  port.addEventListener('scroll', scrolled, { passive: true });
  addEventListener('scroll', () => { if (narrow() && !document.body.classList.contains('open') && state.view === 'stories') scrolled(); }, { passive: true });
  let typing = 0;
  const query = h('input', {
    id: 'query', type: 'search', autocomplete: 'off', spellcheck: 'false', dir: 'auto',
    oninput: e => { state.query = e.target.value; clearTimeout(typing); typing = setTimeout(() => { refresh(); writeAddress(); }, 60); },
  });
  put($('app'),
    h('div', { class: 'split', id: 'view-stories' },
      h('section', { class: 'card', id: 'stories-list', 'aria-labelledby': 'list-title', tabindex: -1 },
        h('h2', { class: 'unseen', id: 'list-title' }),
        h('div', { class: 'filters' }, h('div', { class: 'search' }, h('span', { class: 'field' }, query, h('kbd', { class: 'key', 'aria-hidden': 'true' }, '/')), h('span', { id: 'level' }), h('span', { id: 'more' })),
          h('div', { class: 'chips', id: 'chips', role: 'group' }), h('div', { class: 'chips', id: 'orders', hidden: true })),
        port, h('p', { class: 'hint', id: 'empty', hidden: true }), h('div', { class: 'counted', id: 'counted', 'aria-live': 'polite' })),
      h('section', { class: 'card', id: 'story', tabindex: -1 })),
    h('div', { id: 'view-overview', hidden: true }), h('div', { id: 'view-outlets', hidden: true }), h('div', { id: 'view-questions', hidden: true }),
    h('aside', { class: 'workbar noprint', id: 'workbar', hidden: true }));
}

function tools() {
  const press = (label, act, attributes, ...inside) => h('button', { class: 'btn', onclick: act, ...attributes }, ...inside, label);
  const open = $('tools').querySelector('details')?.open;
  put($('tools'),
    h('span', { class: 'segments', role: 'group', 'aria-label': 'اللغة / Language' },
      h('button', { lang: 'ar', 'aria-pressed': String(view.lang === 'ar'), onclick: () => setLanguage('ar') }, 'العربية'),
      h('button', { lang: 'en', 'aria-pressed': String(view.lang === 'en'), onclick: () => setLanguage('en') }, 'English')),
    h('details', { class: 'menu', open }, h('summary', { class: 'btn', 'aria-label': say('settings'), title: say('settings') }, '⚙'), h('div', { class: 'sheet' },
      press(`${say('digits')}: ${view.digits === 'latn' ? '123' : '١٢٣'}`, nextDigits, { id: 'digits' }),
      press(say('theme_' + view.theme), nextTheme, { id: 'theme' }),
      press(say('corrections') + '…', workFiles, { 'data-act': 'files-menu' }),
      press(say('print'), () => print()),
      press(say('keys'), help, { class: 'btn key' }, h('kbd', {}, '?'), ' '))));
  put($('views'), offered().map(v => h('a', { href: '#v=' + v, 'aria-current': state.view === v ? 'page' : null, onclick: e => { e.preventDefault(); leaveAddress(); showView(v); scrollTo(0, 0); writeAddress(true); } }, say('view_' + v))));
  $('views').setAttribute('aria-label', say('views'));
}

/** Shows one of the three parts of the page. */
function showView(name) {
  state.view = name;
  document.body.dataset.view = name;
  for (const v of VIEWS) $('view-' + v).hidden = v !== name;
  if (name === 'overview') drawOverview();
  if (name === 'outlets') drawOutlets();
  if (name === 'questions') { put($('view-questions')); drawAsking(); }
  if (name === 'stories') drawList();
  tools();
}

const latin = new WeakMap(); // the texts that the page came with, before their digits were turned

/** The parts that the page came with stand there in both languages. */
function drawStatic() {
  for (const part of document.querySelectorAll('[data-lang]')) part.hidden = part.dataset.lang !== view.lang;
  for (const part of document.querySelectorAll('[data-digits]')) {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode;
      if (node.parentElement.closest('bdi') && part.tagName !== 'BDI') continue; // data, as it came
      if (!latin.has(node)) latin.set(node, node.data);
      node.data = digits(latin.get(node));
    }
  }
}

function drawAll() {
  const root = document.documentElement;
  root.lang = view.lang;
  root.dir = catalogs[view.lang].dir;
  root.dataset.theme = view.theme;
  document.title = say('title') + (run.dates ? ' · ' + run.dates[view.lang] : '');
  $('skip').textContent = say('skip');
  drawStatic();
  tools();
  $('viewport').setAttribute('aria-label', say('stories'));
  $('chips').setAttribute('aria-label', say('more_filters'));
  $('story').setAttribute('aria-label', say('story_title'));
  $('list-title').textContent = say('list_title');
  $('empty').textContent = say('empty');
  drawFilters();
  drawWorkBar();
  $('workbar').setAttribute('aria-label', say('corrections'));
  showView(state.view);
}

function setLanguage(lang) {
  view.lang = lang;
  remembered.set('lang', lang);
  drawAll();
  refresh();
  showRow(state.story);
  redrawStory();
}

function nextDigits() {
  view.digits = view.digits === 'latn' ? 'arab' : 'latn';
  remembered.set('digits', view.digits);
  drawAll();
  refresh();
  redrawStory();
  $('digits').focus();
}

function nextTheme() {
  view.theme = { auto: 'dark', dark: 'light', light: 'auto' }[view.theme];
  remembered.set('theme', view.theme);
  document.documentElement.dataset.theme = view.theme;
  tools();
}

function redrawStory() {
  if (state.story < 0) return;
  const name = state.view;
  openStory(state.story, { pair: state.a >= 0 ? [state.a, state.b] : null, quiet: true }).then(() => { if (name !== state.view) showView(name); });
}

// The address: #v=view&s=story&c=article,article&l=language&q=search&f=filter&o=order&p=outlet&t=from-to&g=lines.

function addressNow() {
  const address = new URLSearchParams();
  if (state.view !== home()) address.set('v', state.view);
  if (state.story >= 0 && (!narrow() || document.body.classList.contains('open'))) {
    address.set('s', stories.id[state.story]);
    if (state.ids.length) address.set('c', state.ids.map(encodeURIComponent).join(','));
  }
  if (view.lang !== run.lang) address.set('l', view.lang);
  if (state.query.trim()) address.set('q', state.query.trim());
  if (state.chip !== 'all') address.set('f', state.chip);
  if (state.order !== usual()) address.set('o', state.order);
  if (state.source >= 0) address.set('p', run.sources[state.source]);
  if (state.from !== null) address.set('t', `${state.from}-${state.to}`);
  if (state.level !== 'stories') address.set('g', state.level);
  return '#' + address;
}

/** Writes the address; as a new step back if the reader went somewhere. */
function writeAddress(push = false) {
  try {
    const address = addressNow();
    if (push && address !== location.hash) history.pushState({ pushed: true }, '', address);
    else history.replaceState({ ...history.state }, '', address);
  } catch { /* some browsers forbid it for files */ }
}

/** Notes where the reader is, before going elsewhere. */
function leaveAddress() {
  try {
    history.replaceState({ ...history.state, y: scrollY, list: $('viewport').scrollTop }, '');
  } catch { /* likewise */ }
}

function readAddress() {
  const address = new URLSearchParams(location.hash.slice(1));
  const pair = (address.get('c') || '').split(',').map(decodeURIComponent), get = name => address.get(name);
  const [from, to] = /^-?\d+--?\d+$/.test(get('t') || '') ? get('t').match(/^(-?\d+)-(-?\d+)$/).slice(1).map(Number) : [null, null];
  return {
    story: stories.number.get(get('s')), pair: pair.length === 2 ? pair : null, lang: get('l'),
    filters: {
      query: get('q') || '', chip: Object.hasOwn(CHIPS, get('f')) ? get('f') : 'all', order: Object.hasOwn(ORDERS, get('o')) ? get('o') : usual(),
      source: run.sources.indexOf(get('p')), from, to, level: get('g') === 'lines' && lines.length > 0 ? 'lines' : 'stories',
    },
    view: offered().includes(get('v')) ? get('v') : home(),
  };
}

/** Shows what the address says: after the browser's back, or a link. */
async function followAddress() {
  const { story, pair, lang, filters, view: name } = readAddress(), at = history.state || {};
  if (lang && lang !== view.lang && catalogs[lang]) setLanguage(lang);
  const changed = Object.keys(filters).some(k => filters[k] !== state[k]);
  Object.assign(state, filters);
  if (changed) {
    $('query').value = state.query;
    drawFilters();
    await refresh();
  }
  showView(name);
  if (story !== undefined && (story !== state.story || pair)) await openStory(story, { pair, quiet: name !== 'stories' });
  document.body.classList.toggle('open', name === 'stories' && story !== undefined);
  if (at.list !== undefined) $('viewport').scrollTop = at.list;
  drawList();
  if (at.y !== undefined) { scrollTo(0, at.y); drawList(); }
}

async function start() {
  const words = JSON.parse($('words').textContent);
  Object.assign(run, words.run);
  Object.assign(catalogs, words.languages);
  readFolding(words.folding);
  view.lang = run.lang;
  document.documentElement.classList.add('js');
  if (run.label) document.body.dataset.label = run.label;
  if (typeof DecompressionStream === 'undefined') {
    put($('app'), h('p', { class: 'note' }, say('old_browser')));
    return;
  }
  for (const [name, values] of [['lang', Object.keys(catalogs)], ['digits', ['latn', 'arab']], ['theme', ['auto', 'dark', 'light']]]) {
    if (values.includes(remembered.get(name))) view[name] = remembered.get(name);
  }
  try { history.scrollRestoration = 'manual'; } catch { /* for files, in some browsers */ }
  frame();
  await readIndex();
  startWork();
  const link = readAddress();
  if (link.lang && catalogs[link.lang]) view.lang = link.lang;
  Object.assign(state, link.filters, { view: link.view });
  drawAll();
  await refresh();
  addEventListener('keydown', onKey);
  addEventListener('popstate', followAddress);
  $('skip').addEventListener('click', e => { e.preventDefault(); showView('stories'); $('viewport').focus(); });
  let sizing = 0;
  addEventListener('resize', () => { drawList(); clearTimeout(sizing); sizing = setTimeout(() => { if (state.view !== 'stories') showView(state.view); redrawDots(); }, 150); });
  document.addEventListener('click', e => { const menu = $('tools').querySelector('details'); if (menu?.open && !menu.contains(e.target)) menu.open = false; });
  if (stories.id.length) {
    const open = link.story !== undefined || stories.id.length === 1;
    await openStory(link.story ?? visible[0] ?? 0, { pair: link.pair, quiet: !open || link.view !== 'stories' });
    if (link.view !== 'stories') showView(link.view);
    showRow(state.story);
  } else {
    put($('story'), h('p', {}, say('no_stories')));
  }
  document.documentElement.dataset.ready = Math.round(performance.now());
  foldAhead();
}

start();
