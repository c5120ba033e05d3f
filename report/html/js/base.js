// Elements without markup in strings: what comes from the data is always text.

const SVG = new Set(['svg', 'g', 'line', 'circle', 'rect', 'text', 'title', 'path', 'defs', 'marker', 'desc']);

/** Makes an element. Attributes named on… are listeners, style is an object. */
function h(tag, attributes, ...children) {
  const e = SVG.has(tag)
    ? document.createElementNS('http://www.w3.org/2000/svg', tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) e.addEventListener(name.slice(2), value);
    else if (name === 'style') for (const [k, v] of Object.entries(value)) e.style.setProperty(k, v);
    else e.setAttribute(name, value === true ? '' : value);
  }
  e.append(...children.flat(3).filter(c => c !== null && c !== undefined && c !== false));
  return e;
}

const $ = id => document.getElementById(id);

/** Replaces what stands in an element. */
function put(element, ...children) {
  element.replaceChildren(...children.flat(3).filter(c => c !== null && c !== undefined && c !== false));
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** Attributes for a string of the data: its direction does not hang on its first letter. */
function script(s) {
  return RIGHT_TO_LEFT.test(s) ? { lang: 'ar', dir: 'rtl' } : { dir: 'ltr' };
}

/** A string of the data inside a line. */
const data = (s, name) => h('bdi', { ...script(s), class: name }, s);

/** Drops what the program's display of data drops: controls and marks that turn the direction. */
const harmless = s => s.replace(/(\p{Mn}{5})\p{Mn}+/gu, '$1').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]/g, '');

const ENTITIES = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'", nbsp: ' ', laquo: '«', raquo: '»', ndash: '–', mdash: '—', hellip: '…' };

/** Text as it is read: HTML entities that its outlet left in it are resolved. */
function readable(s) {
  return harmless(s.replace(/&(?:amp;)*(#x?[0-9a-f]+|[a-z]+);/gi, (all, name) => {
    if (name[0] !== '#') return ENTITIES[name.toLowerCase()] || all;
    const code = /x/i.test(name[1]) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
    return code > 31 && code < 0x110000 && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : all;
  }));
}

/** A bar of a share from 0 to 1. */
function bar(share, mark) {
  return h('svg', { class: 'bar', viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    h('rect', { width: 100, height: 6 }),
    h('rect', { class: 'v', width: Math.max(0, Math.min(100, 100 * share)), height: 6 }),
    mark > 0 && h('rect', { class: 'mark', x: 100 * mark - 0.8, width: 1.6, height: 6 }));
}

let toastTimer = 0;
function toast(message) {
  const e = $('toast');
  e.textContent = message;
  e.classList.add('on');
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => e.classList.remove('on'), 2600);
}

/** Says something to those who hear the page. */
function announce(message) {
  $('announce').textContent = message;
}

/** What the reader chose is remembered, where the browser allows it. */
const remembered = {
  get(name) { try { return localStorage.getItem('qissa.' + name); } catch { return null; } },
  set(name, value) { try { localStorage.setItem('qissa.' + name, value); } catch { /* not for this page */ } },
};

/** Puts text on the clipboard, also where the page is a file and has no clipboard of its own. */
async function copyText(text, message) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h('textarea', { class: 'away', 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  toast(message);
}
