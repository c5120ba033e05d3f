// Search: titles, phrases and outlets by whole words and parts of words, texts by
// whole words, through an index of which the part is read that has the word.

const SHELF = 512;   // stories whose searchable text stands together
const shelves = [];  // their text, and where that of each story begins
const asking = { folded: 0, found: 0, parts: 0 }; // stories folded, places found, parts of the index read: what a search costs

/** The searchable text of some stories, folded at its first use: a line for each, a space around each word. */
function shelf(n) {
  if (shelves[n]) return shelves[n];
  const from = n * SHELF, to = Math.min(from + SHELF, stories.id.length), out = new Folded(SHELF * 256), starts = new Int32Array(to - from + 1);
  for (let s = from; s < to; s++) {
    starts[s - from] = out.length;
    out.line();
    for (const phrase of stories.phrases[s]) out.add(phrase);
    for (let a = stories.start[s], last = -1; a < stories.start[s + 1]; a++) {
      out.add(articles.title[a]);
      const source = articles.source[a];
      if (source >= 0 && source !== last) out.add(run.sources[source]);
      last = source;
    }
  }
  starts[to - from] = out.length;
  out.line();
  asking.folded += to - from;
  return shelves[n] = { text: out.text(), starts };
}

/** Folds in idle moments, so that the first search is quick too. */
function foldAhead(n = 0) {
  const idle = window.requestIdleCallback || (f => setTimeout(() => f({ timeRemaining: () => 12 }), 30));
  idle(deadline => {
    while (n * SHELF < stories.id.length && deadline.timeRemaining() > 4) shelf(n++);
    if (n * SHELF < stories.id.length) foldAhead(n);
  });
}

const WHOLE = 1, IN_TEXT = 2, PART = 3;

/** Marks the stories in whose titles, phrases or outlets a word stands, whole or as a part of one. */
function headed(word) {
  const marks = new Uint8Array(stories.id.length);
  for (const [needle, mark] of [[` ${word} `, WHOLE], [word, PART]]) {
    for (let n = 0; n * SHELF < marks.length; n++) {
      const { text, starts } = shelf(n);
      for (let at = text.indexOf(needle), s = 0; at >= 0; at = text.indexOf(needle, starts[s + 1])) { // once a story
        while (starts[s + 1] <= at) s++;
        marks[n * SHELF + s] ||= mark;
        asking.found++;
      }
    }
  }
  return marks;
}

/** The stories that have all words of a query: 1 as whole words of titles and outlets, 2 with some in the text, 3 as parts of words. */
async function matches(query) {
  const words = fold(query).split(' ').filter(Boolean), rank = new Uint8Array(stories.id.length).fill(WHOLE);
  const inText = await Promise.all(words.map(wordStories)), telling = inText.some(found => found !== COMMON);
  words.forEach((word, i) => {
    const marks = headed(word);
    if (inText[i] === COMMON) {
      if (telling) marks.forEach((m, s) => { if (m !== WHOLE) marks[s] = IN_TEXT; });
    } else {
      let s = -1;
      for (const gap of inText[i]) if (marks[s += gap] !== WHOLE) marks[s] = IN_TEXT;
    }
    marks.forEach((m, s) => { rank[s] = m && rank[s] ? Math.max(rank[s], m) : 0; });
  });
  const named = stories.number.get(query.trim());
  if (named !== undefined) rank[named] = WHOLE;
  document.documentElement.dataset.search = `${asking.folded} ${asking.found} ${asking.parts}`;
  return rank;
}

const parts = new Map(); // promises of the parts of the index, by number

/** A word without the article and the letters before it, as in the index. */
function bare(word) {
  for (const front of BARE) if (word.startsWith(front) && word.length - front.length > 2) return word.slice(front.length);
  return word;
}

const BARE = ['وال', 'فال', 'بال', 'كال', 'لل', 'ال'];

/** The part of the index that has a word: a hash of its letters. */
function partOf(word) {
  let hash = 0;
  for (let i = 0; i < word.length; i++) hash = (hash * 31 + word.charCodeAt(i)) % 65521;
  return hash % run.parts;
}

const COMMON = []; // of a word that stands in very many texts

const ONE_BYTE = NARROW.decode(Uint8Array.from({ length: 0x80 }, (_, b) => 0x80 + b)); // what stands unescaped

/** A word as packed JSON writes it. */
const packed = word => JSON.stringify(word).replace(/[^\x00-\x7F]/g,
  c => ONE_BYTE.includes(c) ? c : '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));

/** The stories in whose texts a word stands, as gaps. Of its part of the index, which is JSON, only the word is read. */
async function wordStories(word) {
  if (!run.parts) return [];
  const key = packed(bare(word)) + ':', n = partOf(bare(word));
  if (!parts.has(n)) parts.set(n, blockText('w' + n).then(unpackText).catch(() => ''));
  const part = await parts.get(n), at = part.indexOf('{' + key) === 0 ? 1 : part.indexOf(',' + key) + 1;
  asking.parts = parts.size;
  if (at === 0) return [];
  const from = at + key.length;
  return part[from] === '0' ? COMMON : JSON.parse(part.slice(from, part.indexOf(']', from) + 1));
}
