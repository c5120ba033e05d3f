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

/** Folds text to words with one space between them. */
function fold(s) {
  let out = '';
  let foreign = ''; // the kind of the last character: ' ' none, 'ع' Arabic, '1' digit, 'a' other
  for (const c of s) {
    let to = folding.get(c);
    if (to === undefined) {
      const code = c.codePointAt(0);
      to = code >= 0x600 && code < 0x700 ? c : OF_A_WORD.test(c) ? ` ${c.toLowerCase()} ` : ' ';
    }
    if (to === '') continue;
    if (to === ' ') {
      if (foreign !== ' ') out += ' ';
      foreign = ' ';
      continue;
    }
    const apart = to[0] === ' ';
    const word = apart ? to.slice(1, -1) : to;
    const kind = !apart ? 'ع' : word >= '0' && word <= '9' ? '1' : 'a';
    if (foreign !== ' ' && foreign !== kind) out += ' ';
    out += word;
    foreign = kind;
  }
  return out.replace(/\s+/g, ' ').trim();
}
