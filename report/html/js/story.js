// One story: what it is, who had it first, how it spread, what is near.

async function openStory(s, options = {}) {
  const changed = state.story !== s;
  Object.assign(state, { story: s, a: -1, b: -1, fresh: false });
  document.body.classList.add('open');
  drawList();
  showRow(s);
  if (changed || options.redraw) put($('story'), h('p', { class: 'hint' }, say('loading')));
  let details;
  try {
    details = await detailsOf(s);
  } catch {
    details = null;
  }
  if (state.story !== s) return;
  drawStory(s, details);
  if (details && stories.size[s] > 1) {
    const members = membersOf(s);
    choosePair(s, details, options.pair || (options.compare > members[0] ? [members[0], options.compare] : null));
  }
  writeAddress();
  if (options.focus) $('story').focus();
  if (narrow() && options.focus) scrollTo(0, 0);
}

function drawStory(s, details) {
  const size = stories.size[s], representative = stories.representative[s], title = titleOf(representative);
  put($('story'),
    h('button', { class: 'btn back', onclick: back }, say('back')),
    h('div', { class: 'kick' },
      h('span', { class: 'tag strong' }, count('articles', size)),
      reviewsOf(s).map(why => h('span', { class: 'tag warn' }, say('review') + ': ' + say('review_' + why))),
      h('bdi', { dir: 'ltr', class: 'id' }, stories.id[s]),
      h('span', { class: 'grow' }),
      h('button', { class: 'btn small noprint', onclick: () => copyText(summary(s), say('copied_summary')) }, say('copy_summary'))),
    h('h2', { class: 'title', ...script(title) }, title),
    h('p', { class: 'why' }, say('reason_' + (size > 1 ? 'most_central' : 'only_article'))),
    facts(s, details),
    stories.phrases[s].length > 0 && h('div', { class: 'phrases' }, stories.phrases[s].map(p =>
      h('button', { class: 'chip', title: say('search'), onclick: () => { state.query = p; drawFilters(); refresh(); } }, data(p)))),
    !details && h('p', { class: 'note' }, say('block_missing', { folder: run.beside })),
    details && size > 1 && h('div', { class: 'columns' }, spread(s, details), matrix(s, details)),
    details && size > 1 && h('section', { id: 'compare', class: 'part long' }),
    details && size === 1 && textOf(details.articles[0], representative),
    details && stories.near[s].length > 0 && neighbours(s, details));
}

function facts(s, details) {
  const first = stories.first[s], last = stories.last[s];
  const when = first < 0 ? { text: say('undated') } : timeOf(first, details ? details.articles[first - stories.start[s]].raw : '');
  const list = [
    ['first_publisher', first < 0 ? say('unknown') : data(sourceOf(first))],
    ['first_seen', [when.text, when.note && h('small', {}, when.note)]],
  ];
  if (stories.size[s] > 1) {
    list.push(['span', first < 0 || first === last ? '—' : spanOf(first, last)], ['sources', number(stories.sources[s])],
      ['repeated', percent(stories.repeated[s])], ['cohesion', say('cohesion_' + cohesionOf(s))]);
  }
  return h('dl', { class: 'facts' }, list.map(([name, value]) => h('div', {}, h('dt', {}, say(name)), h('dd', {}, value))));
}

/** The time between two dated articles; in whole days where an hour is unknown. */
function spanOf(first, last) {
  if (PRECISIONS[articles.precision[first]] !== 'day' && PRECISIONS[articles.precision[last]] !== 'day') {
    return duration(articles.time[last] - articles.time[first]);
  }
  const days = Math.floor(articles.time[last] / 86400) - Math.floor(articles.time[first] / 86400);
  return days > 0 ? count('days', days) : say('same_day');
}

function cohesionOf(s) {
  if (reviewsOf(s).includes('low_cohesion')) return 'weak';
  return stories.cohesion[s] >= run.strong ? 'strong' : 'medium';
}

/** The articles of a story in order of time. */
function spread(s, details) {
  const members = membersOf(s), shown = members.slice(0, run.members);
  return h('section', { class: 'part' }, h('h3', {}, say('spread')),
    h('ol', { class: 'spread' }, shown.map((a, i) => member(s, details, a, i))),
    shown.length < members.length && h('p', { class: 'hint' }, say('and', { x: count('more_articles', members.length - shown.length) })));
}

function member(s, details, a, i) {
  const detail = details.articles[i], when = timeOf(a, detail.raw), title = titleOf(a);
  let relation = RELATIONS[articles.relation[a]];
  const undatedFirst = relation === 'first' && !isDated(a);
  const label = say('relation_' + (undatedFirst ? 'first_undated' : relation));
  const head = [h('span', { class: 'letter' }, letter(i)),
    detail.url ? h('a', { href: detail.url, rel: 'noreferrer noopener', target: '_blank', ...script(title) }, title) : h('span', script(title), title)];
  const of = articles.copyOf[a];
  return h('li', { class: undatedFirst ? 'undated' : relation },
    h('p', { class: 't' }, head),
    h('p', { class: 'm' }, h('span', { class: 'tag ' + relation }, label), data(sourceOf(a), 'src'),
      detail.credit?.map(agency => h('span', { class: 'credit' }, say('via', { agency }))),
      h('span', {}, when.text), when.note && h('small', {}, when.note)),
    h('p', { class: 'm' },
      of >= 0 && articles.copied[a] > 0 && [bar(articles.copied[a]),
        h('button', { class: 'link', onclick: () => { choosePair(s, details, [of, a]); $('compare').scrollIntoView({ block: 'start' }); } },
          say('copied_from', { share: percent(articles.copied[a]), letter: letter(of - stories.start[s]) }))],
      h('button', { class: 'link apart noprint', onclick: () => correct('cannot_link', a, a === stories.representative[s] ? other(s, a) : stories.representative[s]) }, say('not_here'))));
}

const other = (s, a) => membersOf(s).find(x => x !== a);

function paragraphs(text) {
  return text.split('\n').map(readable).filter(p => p.trim()).map(p => h('p', script(p), p));
}

function textOf(detail, a) {
  const body = detail.text === undefined ? detail.lead : bodyOf(detail.text);
  return h('section', { class: 'part long' },
    h('h3', {}, say(detail.text === undefined ? 'lead' : 'text'), ' ', h('small', {}, count('words', articles.words[a]))),
    detail.url && h('p', { class: 'm' }, h('a', { href: detail.url, rel: 'noreferrer noopener', target: '_blank' }, h('bdi', { dir: 'ltr' }, readable(detail.url)))),
    h('div', { class: 'text' }, body ? paragraphs(body) : h('p', { class: 'hint' }, say('no_text'))));
}

/** The stored text is the title, one line break, and the body. */
const bodyOf = text => text.slice(text.indexOf('\n') + 1);

function neighbours(s, details) {
  return h('section', { class: 'part noprint' }, h('h3', {}, say('near'), ' ', run.threshold > 0 && h('small', {}, say('near_hint', { threshold: percent(run.threshold) }))),
    h('ul', { class: 'near' }, stories.near[s].map(([n, similarity, shared], i) => {
      const title = titleOf(stories.representative[n]), why = details.near[i];
      return h('li', {},
        h('button', { class: 'link', ...script(title), onclick: () => openStory(n, { focus: true }) }, title),
        h('span', { class: 'm' },
          bar(similarity, run.threshold),
          h('span', {}, say('closeness', { share: percent(similarity) })),
          h('span', {}, say('shared', { share: percent(shared) })),
          why && h('span', {}, say('why_' + why))),
        h('button', { class: 'link', onclick: () => correct('must_link', stories.representative[s], stories.representative[n]) }, say('same_story')));
    })));
}

/** The story as a few lines for a mail. */
function summary(s) {
  const first = stories.first[s];
  return [titleOf(stories.representative[s]),
    [count('articles', stories.size[s]), first >= 0 && `${say('first_publisher')}: ${sourceOf(first)}${say('comma')} ${timeOf(first, '').text}`].filter(Boolean).join(' · '),
    ...membersOf(s).map(a => `- ${titleOf(a)} — ${sourceOf(a)} (${say('relation_' + RELATIONS[articles.relation[a]])})`)].join('\n');
}
