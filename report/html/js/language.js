// Words, numbers and dates in the language of the page.

const catalogs = {}; // by language, filled at the start
const view = { lang: 'ar', digits: 'latn', theme: 'auto' };

/** A text of the page, with its {placeholders} filled by text or elements. */
function say(key, values) {
  const text = catalogs[view.lang].text[key];
  if (!values) return text;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** The same as a list of text and elements. */
function phrase(key, values) {
  return catalogs[view.lang].text[key].split(/(\{\w+\})/).map(part => {
    const name = part.startsWith('{') && part.slice(1, -1);
    return name && name in values ? values[name] : part;
  });
}

const PLURALS = {
  ar: n => n === 0 ? 'zero' : n === 1 ? 'one' : n === 2 ? 'two'
    : n % 100 >= 3 && n % 100 <= 10 ? 'few' : n % 100 >= 11 ? 'many' : 'other',
  en: n => n === 1 ? 'one' : 'other',
};

/** A number with a noun in its right form. */
const count = (noun, n) => digits(catalogs[view.lang].nouns[noun][PLURALS[view.lang](n)].replace('{n}', grouped(n)));

const grouped = n => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
const number = n => digits(grouped(n));
const percent = share => digits(Math.round(share * 100) + '%');

/** Turns the digits of the page's own words to those that the reader chose, but for names such as UTF-8. */
function digits(s) {
  if (view.digits === 'latn') return String(s);
  return String(s).split(/([\w.+:-]*[A-Za-z][\w.+:-]*)/).map((part, i) => i % 2 ? part : arabicIndic(part)).join('');
}

function arabicIndic(s) {
  return s.replace(/(\d),(?=\d{3})/g, '$1٬').replace(/(\d)\.(?=\d)/g, '$1٫').replace(/\d/g, d => '٠١٢٣٤٥٦٧٨٩'[d]).replace(/%/g, '٪');
}

// Times are seconds of the clock on the wall, so that they read the same on every machine.

const two = n => String(n).padStart(2, '0');

function dayAndMonth(seconds) {
  const d = new Date(seconds * 1000);
  return digits(`${d.getUTCDate()} ${catalogs[view.lang].months[d.getUTCMonth()]}`);
}

const shortDate = seconds => dayAndMonth(seconds) + digits(' ' + new Date(seconds * 1000).getUTCFullYear());

function longDate(seconds) {
  return catalogs[view.lang].days[new Date(seconds * 1000).getUTCDay()] + ' ' + shortDate(seconds);
}

function clock(seconds) {
  const d = new Date(seconds * 1000);
  return digits(two(d.getUTCHours()) + ':' + two(d.getUTCMinutes()));
}

const longTime = seconds => longDate(seconds) + say('comma') + ' ' + clock(seconds);

/** A length of time in the one unit that suits it. */
function duration(seconds) {
  if (seconds < 3600) return count('minutes', Math.max(1, Math.round(seconds / 60)));
  if (seconds < 48 * 3600) return count('hours', Math.round(seconds / 3600));
  return count('days', Math.round(seconds / 86400));
}

const LETTERS = { ar: 'أبجدهوزحطيكلمنسعفصقرشتثخذضظغ', en: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' };

/** The name of the i-th article of a story. */
const letter = i => LETTERS[view.lang][i] || number(i + 1);
