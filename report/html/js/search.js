// Search: titles, phrases, outlets and credits by whole words and parts of words,
// texts by whole words, through an index that is unpacked in parts when asked.

let haystack = [];

/** Folds the searchable text of a story at its first use, with a space around each word. */
function searchable(s) {
  return haystack[s] ??= ' ' + fold([stories.phrases[s].join(' '), ...membersOf(s).map(titleOf),
    ...new Set(membersOf(s).map(sourceOf))].join(' | ')) + ' ' + stories.id[s] + ' ';
}

/** Folds in idle moments, so that the first search is quick too. */
function foldAhead(from = 0) {
  const idle = window.requestIdleCallback || (f => setTimeout(() => f({ timeRemaining: () => 12 }), 30));
  idle(deadline => {
    let s = from;
    while (s < stories.id.length && deadline.timeRemaining() > 2) {
      for (const end = Math.min(s + 50, stories.id.length); s < end; s++) searchable(s);
    }
    if (s < stories.id.length) foldAhead(s);
  });
}

/** The stories that have all words of a query: 1 as whole words of titles and outlets, 2 with some in the text, 3 as parts of words. */
async function matches(query) {
  const words = fold(query).split(' ').filter(Boolean), rank = new Uint8Array(stories.id.length), id = query.trim();
  if (!words.length) return rank.fill(1);
  const inText = await Promise.all(words.map(wordStories)), telling = inText.some(found => found !== COMMON);
  for (let s = 0; s < rank.length; s++) {
    let worst = 1;
    for (let i = 0; i < words.length && worst; i++) {
      const head = searchable(s);
      if (head.includes(' ' + words[i] + ' ')) continue;
      if (inText[i]?.has(s) && (telling || inText[i] !== COMMON)) worst = Math.max(worst, 2);
      else worst = head.includes(words[i]) ? 3 : 0;
    }
    rank[s] = stories.id[s] === id ? 1 : worst;
  }
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

const COMMON = { has: () => true }; // of a word that stands in very many texts

/** The stories in whose texts a word stands, or null if there is no index. */
async function wordStories(word) {
  if (!run.parts) return null;
  const key = bare(word), n = partOf(key);
  if (!parts.has(n)) parts.set(n, blockText('w' + n).then(unpack).catch(() => null));
  const part = await parts.get(n), gaps = part?.[key];
  if (gaps === 0) return COMMON;
  if (!gaps) return null;
  const found = new Set();
  let s = -1;
  for (const gap of gaps) found.add(s += gap);
  return found;
}
