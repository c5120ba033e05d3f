// Storylines: the wider affairs that stories are parts of, as folders of stories in
// the order of time. Those of one story alone are not told.

/** Takes the storylines, and notes of each story the number of its own, -1 for none. */
function readLines(packed) {
  lines = packed.map(([id, title, list]) => ({ id, title, list, articles: list.reduce((n, s) => n + stories.size[s], 0) }));
  stories.line = new Int32Array(stories.id.length).fill(-1);
  lines.forEach((line, n) => { for (const s of line.list) stories.line[s] = n; });
}

const lineOf = s => stories.line[s] < 0 ? null : lines[stories.line[s]];

/** The stories that pass, of each storyline the first one only: it stands for the storyline. */
function byLine(list, sorted) {
  const seen = new Set(), kept = list.filter(s => {
    const line = stories.line[s];
    return line < 0 || !seen.has(line) && seen.add(line);
  });
  const articlesOf = s => lineOf(s)?.articles ?? stories.size[s];
  return sorted ? kept : kept.sort((a, b) => articlesOf(b) - articlesOf(a) || a - b);
}

const lineCount = line => say('line_counts', { stories: count('stories', line.list.length), articles: count('articles', line.articles) });

/** The folder of an open story: the stories of its storyline, when they began. */
function folder(s) {
  const line = lineOf(s);
  if (!line) return null;
  const title = titleOf(stories.representative[line.title]), here = line.list.indexOf(s);
  const shown = line.list.length <= FOLDER ? line.list : line.list.slice(Math.max(0, here - FOLDER / 2), Math.max(FOLDER, here + FOLDER / 2));
  const item = s2 => {
    const t = firstTime(s2), name = titleOf(stories.representative[s2]), attributes = script(name);
    return h('li', { class: s2 === s ? 'here' : null },
      h('span', { class: 'when' }, t === null ? say('undated') : PRECISIONS[articles.precision[stories.earliest[s2]]] === 'exact' ? [shortDate(t), ' ', clock(t)] : shortDate(t)),
      s2 === s ? h('b', { 'aria-current': 'true', ...attributes }, name) : h('button', { class: 'link', ...attributes, onclick: () => openStory(s2, { focus: true, push: true }) }, name),
      h('small', {}, stories.size[s2] > 1 ? [count('articles', stories.size[s2]), say('comma'), ' ', spreadOf(s2)] : data(sourceOf(stories.representative[s2]))));
  };
  const box = h('section', { class: 'part folder', id: 'folder', 'aria-labelledby': 'folder-title' });
  const draw = list => put(box,
    h('div', { class: 'head' }, h('h3', { id: 'folder-title' }, say('line'), ': ', data(title)), h('span', { class: 'hint' }, lineCount(line), ' · ', h('bdi', { dir: 'ltr', class: 'id' }, line.id))),
    h('p', { class: 'hint' }, say('line_hint')),
    h('ol', {}, list.map(item)),
    list.length < line.list.length && h('button', { class: 'link', onclick: () => { draw(line.list); box.querySelector('[aria-current]').scrollIntoView({ block: 'nearest' }); } }, say('line_all', { stories: count('stories', line.list.length) })));
  draw(shown);
  return box;
}

const FOLDER = 8; // stories of a folder that are listed at first
