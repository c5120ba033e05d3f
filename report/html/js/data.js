// The data of the run: columns of stories and articles, and the details of a
// block of stories, unpacked when one of them is opened.

const run = {};      // settings, limits and words that the page needs at once
let stories = null;  // columns, one entry per story
let articles = null; // columns, one entry per article; the articles of a story stand together
let outlets = null;  // who carried what
let lines = [];      // storylines of several stories: id, story that names it, stories in order of time

const RELATIONS = ['first', 'verbatim', 'shortened', 'edited', 'partly_copied', 'own_wording'];
const PRECISIONS = ['exact', 'day', 'relative', 'none'];
const REVIEWS = ['low_trust', 'bridge', 'giant'];

function bytes(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const binary = atob(base64);
  const out = new Uint8Array(binary.length);
  for (let i = 0; i < out.length; i++) out[i] = binary.charCodeAt(i);
  return out;
}

// Packed JSON is in Windows-1256, where an Arabic letter takes one byte, with what that lacks as \u escapes.
const NARROW = new TextDecoder('windows-1256');

async function unpackText(base64) {
  const stream = new Blob([bytes(base64)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return NARROW.decode(await new Response(stream).arrayBuffer());
}

const unpack = async base64 => JSON.parse(await unpackText(base64));

async function readIndex() {
  const index = await unpack($('index').textContent);
  $('index').remove();
  ({ stories, articles } = index);
  outlets = outletsFrom(index.outlets);
  readLines(index.lines);
  stories.start = [0];
  stories.size.forEach((n, i) => stories.start.push(stories.start[i] + n));
  unfold();
  stories.number = new Map(stories.id.map((id, i) => [id, i]));
}

/** Turns places in a story to places among all articles, and steps of time to times. */
function unfold() {
  let time = 0;
  for (let s = 0; s < stories.size.length; s++) {
    const start = stories.start[s], end = stories.start[s + 1], at = place => place < 0 ? -1 : start + place;
    stories.representative[s] += start;
    stories.first[s] = at(stories.first[s]);
    stories.earliest[s] = stories.earliest[s] === -2 ? stories.first[s] : at(stories.earliest[s]);
    stories.last[s] = stories.last[s] < 0 ? -1 : end - 1 - stories.last[s];
    for (let a = start; a < end; a++) {
      articles.copyOf[a] = at(articles.copyOf[a]);
      if (articles.time[a] !== null) articles.time[a] = time += articles.time[a];
    }
  }
}

const blocks = new Map(); // promises of the details of blocks, by number
const arriving = new Map();

/** Called by a file beside the page. */
window.qissaBlock = (number, base64) => arriving.get(number)?.(base64);

function blockText(number) {
  const inside = $('block-' + number);
  if (inside) return Promise.resolve(inside.textContent);
  return new Promise((resolve, reject) => {
    arriving.set(number, resolve);
    document.head.append(h('script', {
      src: `${run.beside}/${typeof number === 'string' ? number : String(number).padStart(4, '0')}.js`,
      onerror: () => { blocks.delete(number); reject(new Error('missing')); },
    }));
  });
}

/** The details of a story: its articles' texts and ids, and the pairs of articles. */
async function detailsOf(story) {
  const number = stories.block[story];
  if (!blocks.has(number)) {
    blocks.set(number, blockText(number).then(unpack));
    if (blocks.size > 24) blocks.delete(blocks.keys().next().value);
  }
  const block = await blocks.get(number);
  return block.stories[story - block.from];
}

const membersOf = s => Array.from({ length: stories.size[s] }, (_, i) => stories.start[s] + i);
const sourceOf = a => articles.source[a] < 0 ? say('unknown_source') : run.sources[articles.source[a]];
const titleOf = a => articles.title[a] || say('no_title');
const isDated = a => articles.time[a] !== null;
const reviewsOf = s => REVIEWS.filter((_, i) => stories.review[s] >> i & 1);

/** The story in which an article stands. */
function storyOf(article) {
  let low = 0, high = stories.size.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (stories.start[middle] <= article) low = middle; else high = middle - 1;
  }
  return low;
}

/** An article's time in words, as exactly as it is known. */
function timeOf(a, raw) {
  const t = articles.time[a], precision = PRECISIONS[articles.precision[a]];
  const quoted = key => ({ text: say('undated'), note: say(key, { raw }) });
  if (t === null) {
    return precision === 'relative' && raw ? quoted('unplaced') : raw ? quoted('unreadable') : { text: say('undated') };
  }
  if (precision === 'day') return { text: longDate(t), note: say('day_only') };
  if (precision === 'relative') return { text: say('approximate', { time: longTime(t) }), note: raw && say('relative', { raw }) };
  return { text: longTime(t) };
}
