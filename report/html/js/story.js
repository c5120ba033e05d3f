// One story: what it is, who had it first, what its versions say, how it
// spread, what is near.

async function openStory(s, options = {}) {
  const changed = state.story !== s;
  if (changed) {
    work.picked.clear();
    work.at = null;
  }
  if (changed && options.push) leaveAddress();
  Object.assign(state, { story: s, a: -1, b: -1, fresh: false, ids: [] });
  if (state.view !== 'stories' && !options.quiet) showView('stories');
  if (!options.quiet) document.body.classList.add('open');
  drawList();
  showRow(s);
  if (changed || options.redraw) put($('story'), h('p', { class: 'hint' }, say('loading')));
  if (options.push) writeAddress(changed);
  let details;
  try {
    details = await detailsOf(s);
  } catch {
    details = null;
  }
  if (state.story !== s) return;
  drawStory(s, details);
  if (options.focus) $('story').focus({ preventScroll: true });
  if (changed && options.push) toTitle();
  if (options.announce) announce(say('opened', { title: titleOf(stories.representative[s]), articles: count('articles', stories.size[s]) }));
  if (details && stories.size[s] > 1) {
    const members = membersOf(s);
    await choosePair(s, details, options.pair || (options.compare > members[0] ? [members[0], options.compare] : null));
    if (options.compare !== undefined) $('compare')?.scrollIntoView({ block: 'start' });
  } else {
    writeAddress();
  }
}

/** Scrolls the page to the title of the story. */
function toTitle() {
  const top = $('story').getBoundingClientRect().top;
  if (narrow()) scrollTo(0, 0);
  else if (top < 0 || top > innerHeight / 2) scrollBy(0, top - 12);
}

function drawStory(s, details) {
  const size = stories.size[s], representative = stories.representative[s], title = titleOf(representative);
  put($('story'),
    h('button', { class: 'btn back noprint', onclick: back }, say('back')),
    h('div', { class: 'kick' },
      h('span', { class: 'tag strong' }, count('articles', size)),
      size > 1 && h('span', { class: 'tag', title: say('origins_hint') }, spreadOf(s)),
      reviewsOf(s).map(why => h('span', { class: 'tag warn' }, say('review') + ': ' + say('review_' + why))),
      h('span', { class: 'grow' }),
      h('span', { class: 'hops' }, h('bdi', { dir: 'ltr', class: 'id' }, stories.id[s]),
        h('button', { class: 'btn small noprint', title: say('copy_summary'), 'aria-label': say('copy_summary'), onclick: () => copyText(summary(s), say('copied_summary')) }, say('copy')))),
    h('h2', { class: 'title', id: 'story-name', ...script(title) }, title),
    facts(s, details),
    stories.phrases[s].length > 0 && h('div', { class: 'phrases' }, stories.phrases[s].map(p =>
      h('button', { class: 'chip', title: say('search'), onclick: () => { state.query = p; drawFilters(); refresh(); writeAddress(); } }, data(p)))),
    !details && h('p', { class: 'note' }, say('block_missing', { folder: run.beside })),
    details && size > 1 && figuresOf(s, details),
    run.label && bench(s),
    folder(s),
    size > 1 && dots(s, details),
    size > 1 && spread(s, details),
    !run.label && bench(s),
    details && size > 1 && h('section', { id: 'compare', class: 'part long', 'aria-label': say('compare') }),
    details && size > 1 && matrix(s, details),
    details && size === 1 && textOf(details.articles[0], representative),
    details && borrowed(s, details),
    details && stories.near[s].length > 0 && neighbours(s, details));
  drawBench(s);
}

/** In how many outlets a story is, and to how many texts it goes back. */
const spreadOf = s => say('sources_origins', { sources: count('sources', stories.sources[s]), origins: count('origins', stories.origins[s]) });

const REASONS = ['', 'undated', 'crawl_clock', 'same_time'];

function facts(s, details) {
  const first = stories.first[s], seen = stories.earliest[s], last = stories.last[s], why = REASONS[stories.why[s]];
  const when = seen < 0 ? { text: say('undated') } : timeOf(seen, details ? details.articles[seen - stories.start[s]].raw : '');
  const list = [
    ['first_publisher', first < 0 ? [h('span', { class: 'unsure' }, say('first_withheld')), h('small', {}, say('why_first_' + why))] : data(sourceOf(first))],
    [why === 'crawl_clock' ? 'collected' : first < 0 ? 'seen' : 'first_seen', [when.text, when.note && h('small', {}, when.note)]],
  ];
  if (stories.size[s] > 1) {
    if (why !== 'crawl_clock') list.push(['span', seen < 0 || seen === last ? '—' : spanOf(seen, last)]);
    list.push(['repeated', percent(stories.repeated[s])], ['cohesion', h('span', { title: say('cohesion_hint') }, say('cohesion_' + cohesionOf(s)))]);
  }
  const line = lineOf(s);
  if (line) list.push(['line', h('button', { class: 'link', onclick: () => $('folder').scrollIntoView({ block: 'start' }) }, count('stories', line.list.length))]);
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
  return stories.cohesion[s] >= run.strong ? 'strong' : stories.cohesion[s] >= run.weak ? 'medium' : 'weak';
}

/** The articles of a story in order of time. */
function spread(s, details) {
  const members = membersOf(s), shown = members.slice(0, run.members);
  return h('section', { class: 'part', 'aria-labelledby': 'spread-title' }, h('h3', { id: 'spread-title' }, say('spread')),
    h('ol', { class: 'spread' }, shown.map((a, i) => member(s, details, a, i))),
    shown.length < members.length && h('p', { class: 'hint' }, say('and', { x: count('more_articles', members.length - shown.length) })));
}

const SHOWN = 0.1; // share of words from which it is said what an article shares

const ORDERED = ['time', 'credit', 'unknown'];

/** What an article is to the one that it shares most with; where nobody knows who was first, that they share text. */
function relationName(a) {
  const relation = RELATIONS[articles.relation[a]];
  if (articles.copyOf[a] >= 0 && ORDERED[articles.order[a]] === 'unknown' && relation !== 'own_wording') return say('shares_' + relation);
  return say('relation_' + relation);
}

function member(s, details, a, i) {
  const detail = details ? details.articles[i] : {}, when = timeOf(a, detail.raw || ''), title = titleOf(a);
  const relation = RELATIONS[articles.relation[a]];
  const head = [h('span', { class: 'letter' }, letter(i)),
    detail.url ? h('a', { href: detail.url, rel: 'noreferrer noopener', target: '_blank', ...script(title) }, title) : h('span', script(title), title)];
  const of = articles.copyOf[a], order = ORDERED[articles.order[a]];
  const origin = details && details.origins[articles.origin[a]];
  return h('li', { class: isDated(a) ? relation : relation + ' undated' },
    h('p', { class: 't' }, head),
    h('p', { class: 'm' }, h('span', { class: 'tag ' + relation }, relationName(a)), data(sourceOf(a), 'src'),
      origin?.agency ? origin.article !== a && h('span', { class: 'credit' }, say('via', { agency: origin.agency })) : detail.credit?.map(agency => h('span', { class: 'credit' }, say('via', { agency }))),
      h('span', {}, when.text), when.note && h('small', {}, when.note)),
    (detail.also || detail.versions) && h('p', { class: 'm' }, h('span', {}, [detail.versions && count('earlier', detail.versions), detail.was && say('headline_was', { title: `«${detail.was}»` }),
      detail.also && say('also_in', { x: count('more_places', detail.also) })].filter(Boolean).join(' · '))),
    h('p', { class: 'm' },
      details && of >= 0 && articles.copied[a] >= SHOWN && [bar(articles.copied[a]),
        h('button', { class: 'link', onclick: () => { choosePair(s, details, [of, a]); $('compare').scrollIntoView({ block: 'start' }); } },
          say(order === 'unknown' ? 'shares_with' : 'copied_from', { share: percent(articles.copied[a]), letter: letter(of - stories.start[s]) })),
        order === 'credit' && h('small', {}, say('by_credit'))],
      h('span', { class: 'marks noprint', 'data-marks': a }, articleMarks(a)),
      h('span', { class: 'apart noprint' }, h('button', { class: 'link', 'data-act': 'out' + a, onclick: () => splitOff([a]) }, say('not_here')), pick(a))));
}

function paragraphs(text) {
  return text.split('\n').map(readable).filter(p => p.trim()).map(p => h('p', script(p), p));
}

/** An address as a reader knows it, on one line. */
function addressText(url) {
  try { return decodeURI(url); } catch { return url; }
}

function textOf(detail, a) {
  const body = detail.text === undefined ? detail.lead && detail.cut ? detail.lead + '…' : detail.lead : bodyOf(detail.text);
  return h('section', { class: 'part long', 'aria-labelledby': 'text-title' },
    h('h3', { id: 'text-title' }, say(detail.text === undefined ? 'lead' : 'text'), ' ', h('small', {}, count('words', articles.words[a]))),
    detail.url && h('p', { class: 'm address' }, h('a', { href: detail.url, rel: 'noreferrer noopener', target: '_blank' }, h('bdi', { dir: 'ltr' }, readable(addressText(detail.url))))),
    h('div', { class: 'text' }, body ? paragraphs(body) : h('p', { class: 'hint' }, say('no_text'))));
}

/** The stored text is the title, one line break, and the body. */
const bodyOf = text => text.slice(text.indexOf('\n') + 1);

function neighbours(s, details) {
  return h('section', { class: 'part noprint', 'aria-labelledby': 'near-title' }, h('h3', { id: 'near-title' }, say('near'), ' ', run.threshold > 0 && h('small', { title: say('closeness_hint') }, say('near_hint', { threshold: percent(run.threshold) }))),
    h('ul', { class: 'near' }, stories.near[s].map(([n, similarity, shared], i) => {
      const title = titleOf(stories.representative[n]), why = details.near[i];
      return h('li', {},
        h('button', { class: 'link', ...script(title), onclick: () => openStory(n, { focus: true, push: true }) }, title),
        h('span', { class: 'm' },
          bar(similarity, run.threshold),
          h('span', { title: say('closeness_hint') }, say('closeness', { share: percent(similarity) })),
          shared > 0 && h('span', {}, say('shared', { share: percent(shared) })),
          why && h('span', {}, say('why_' + why))),
        h('button', { class: 'link noprint', 'data-act': 'same' + n, onclick: () => mergeInto(workingOf(n)) }, say('same_story')));
    })));
}

/** The story as a few lines for a mail. */
function summary(s) {
  const first = stories.first[s];
  return [titleOf(stories.representative[s]),
    [count('articles', stories.size[s]), stories.size[s] > 1 && spreadOf(s), first >= 0 && `${say('first_publisher')}: ${sourceOf(first)}${say('comma')} ${timeOf(first, '').text}`].filter(Boolean).join(' · '),
    ...membersOf(s).map(a => `- ${titleOf(a)} — ${sourceOf(a)} (${relationName(a)})`)].join('\n');
}
