// Folding of text for the search. The table comes from the engine: for each
// character, what it becomes between two Arabic letters. There, "" is dropped,
// " " separates words, and a letter or digit that starts a word of its own
// stands between spaces.

const folding = new Map();

function readFolding(table) {
  for (const [to, from] of Object.entries(table)) {
    for (const c of from) folding.set(c, to);
  }
}

const OF_A_WORD = /[\p{L}\p{N}]/u;

// What becomes of a code unit, found at its first use: its kind, above 16 bits of the
// code unit of its word; 0 where that is not known yet or is several.
const ARABIC = 1, DIGIT = 2, OTHER = 3, APART = 4, DROP = 5; // only those up to OTHER leave text
const folded = new Int32Array(0x10000);

function learn(c) {
  let to = folding.get(c);
  if (to === undefined) {
    const code = c.codePointAt(0);
    to = code >= 0x600 && code < 0x700 ? c : OF_A_WORD.test(c) ? ` ${[...c.toLowerCase()][0]} ` : ' ';
  }
  const word = to[0] === ' ' ? to.slice(1, -1) : to;
  const kind = to === '' ? DROP : word === '' ? APART : to[0] !== ' ' ? ARABIC : word >= '0' && word <= '9' ? DIGIT : OTHER;
  if (c.length === 1 && word.length < 2) folded[c.charCodeAt(0)] = kind << 16 | word.charCodeAt(0);
  return [kind, word];
}

/** Text that is folded piece by piece: words with one space between them. */
class Folded {
  constructor(size) {
    this.units = new Uint16Array(size);
    this.length = 0;
  }

  room(n) {
    if (n > this.units.length) {
      const wider = new Uint16Array(2 * n);
      wider.set(this.units);
      this.units = wider;
    }
    return this.units;
  }

  add(s) {
    let units = this.room(this.length + 2 * s.length + 2), n = this.length, last = APART; // the kind of the last character
    for (let i = 0; i < s.length; i++) {
      const known = folded[s.charCodeAt(i)];
      let kind = known >> 16, word = '';
      if (kind === ARABIC && last === ARABIC) { // nearly always
        units[n++] = known;
        continue;
      }
      if (!kind) {
        const c = String.fromCodePoint(s.codePointAt(i));
        [kind, word] = learn(c);
        i += c.length - 1;
      }
      if (kind === DROP) continue;
      if (kind !== last && n && units[n - 1] !== 32) units[n++] = 32;
      last = kind;
      if (kind === APART) continue;
      if (known) units[n++] = known;
      else {
        units = this.room(n + word.length + 2 * (s.length - i));
        for (let k = 0; k < word.length; k++) units[n++] = word.charCodeAt(k);
      }
    }
    this.length = n;
  }

  /** Begins a line: what follows touches no word before it. */
  line() {
    const units = this.room(this.length + 3);
    if (this.length && units[this.length - 1] !== 32) units[this.length++] = 32;
    units[this.length++] = 10;
    units[this.length++] = 32;
  }

  text() { return new TextDecoder('utf-16').decode(this.units.subarray(0, this.length)); }
}

/** Folds text to words with one space between them. */
function fold(s) {
  const out = new Folded(s.length + 64);
  out.add(s);
  return out.text().trim();
}
