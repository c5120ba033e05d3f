// The questions on the page: each with two headlines, what they share and what each has
// alone, and its answers, which are corrections at once.

const ASKED = 10; // questions that are shown at a time
const FACTS = 8;  // dates and numbers of one that are shown

const doubt = { questions: null, loading: null, stop: new Set(), skipped: new Set(), rest: false };

/** Reads what the page holds of the links of the run, once. */
function readDoubts() {
  doubt.loading ??= blockText('q').then(unpack).then(d => {
    doubt.stop = new Set(d.stop);
    doubt.questions = new Questions(d);
    doubt.rest = d.rest > 0;
  }).catch(e => { doubt.loading = null; throw e; });
  return doubt.loading;
}

const corrections = () => linksOf(partition(), run.obeyed, doubt.questions);
const questionKey = q => [q.a[0], q.b[0], q.level].filter(x => x !== undefined).join(' ');

/** The view of what a reader can ask of the run: its questions, and other cuts. */
function drawAsking() {
  if (!$('cut')) put($('view-questions'), (run.asks || run.differ) && h('div', { id: 'asked' }), run.cuts && sliders());
  if (run.asks || run.differ) drawQuestions();
  CUTS.forEach((_, level) => drawCut(level));
}

function drawQuestions() {
  if (!(run.differ ? doubt.disputes : doubt.questions)) {
    put($('asked'), h('p', { class: 'hint' }, say('loading')));
    withTexts(async () => { await (run.differ ? readDisputes() : readDoubts()); if (state.view === 'questions') drawQuestions(); });
    return;
  }
  if (run.differ) return drawDisputes();
  const list = doubt.questions.list(partition().storyOf, corrections(), ASKED, q => doubt.skipped.has(questionKey(q))), given = work.history.done.filter(isAnswer).length;
  put($('asked'), h('section', { class: 'card', 'aria-labelledby': 'questions-title' },
    h('div', { class: 'head' }, h('h2', { id: 'questions-title' }, say('questions')), h('span', { class: 'hint', role: 'status' }, given > 0 && count('answers', given))),
    h('p', { class: 'hint' }, say('questions_hint')),
    list.length ? h('ol', { class: 'questions' }, list.map(question)) : h('p', {}, say(doubt.rest ? 'questions_rest' : 'no_questions'))));
  list.slice(0, ASKED).forEach(q => withTexts(() => drawEvidence(q)));
}

function readDisputes() {
  return blockText('d').then(unpack).then(d => Object.assign(doubt, { stop: new Set(d.stop), disputes: new Disputes(d), readers: d.readers, agreement: d.agreement }));
}

/** What two readers differ in, and how far they agree. */
function drawDisputes() {
  const all = doubt.disputes.list(partition()), list = all.filter(q => !doubt.skipped.has(questionKey(q))), [first, second] = doubt.readers, share = x => digits(x.toFixed(3));
  put($('asked'), h('section', { class: 'card', 'aria-labelledby': 'questions-title' },
    h('div', { class: 'head' }, h('h2', { id: 'questions-title' }, phrase('disputes', { first: data(first), second: data(second) })), h('span', { class: 'hint', role: 'status' }, say('undecided', { n: number(all.length) }))),
    h('p', { class: 'hint' }, say('disputes_hint')),
    h('div', { class: 'wide scrolls', tabindex: 0, role: 'group', 'aria-label': say('agreement') }, h('table', {}, h('thead', {}, h('tr', {}, ['agreement', 'o_articles', 'kappa', 'bcubed', 'pairwise'].map(k => h('th', { scope: 'col' }, say(k))))),
      h('tbody', {}, doubt.agreement.map(x => h('tr', {}, h('th', { scope: 'row' }, say(x.level === 'story' ? 'view_stories' : 'lines')), h('td', {}, number(x.articles)), [x.kappa, x.bcubed, x.pairwise].map(n => h('td', {}, share(n)))))))),
    list.length ? h('ol', { class: 'questions' }, list.slice(0, ASKED).map(question)) : h('p', {}, say('no_questions'))));
}

/** Who says what of the two groups of a dispute. */
function whoSays({ together, level }) {
  const says = one => say((level === 'line' ? 'says_line_' : 'says_') + (one ? 'one' : 'two'));
  return doubt.readers.map((name, i) => [i > 0 && ' · ', data(name), ': ', h('b', {}, says(together[i]))]);
}

const isAnswer = action => action.do === 'all' && action.actions.some(x => x.do === 'say');

function question(q, i) {
  const [words, title] = [differingWords(titleOf(q.headA), titleOf(q.headB)), `${titleOf(q.headA)} / ${titleOf(q.headB)}`];
  const wording = how => say(q.level === 'line' && how !== 'skip' ? 'says_line_' + (how === 'yes' ? 'one' : 'two') : 'answer_' + how);
  const button = (how, key) => h('button', { class: 'btn small', 'data-act': how + i, 'aria-label': `${wording(how)}: ${title}`, onclick: () => answerQuestion(q, how) }, h('kbd', { class: 'key', 'aria-hidden': 'true' }, key), ' ', wording(how));
  return h('li', { class: 'question', 'data-question': questionKey(q) },
    h('div', { class: 'pairs' }, [[q.headA, q.a], [q.headB, q.b]].map(([a, group], n) => h('div', {}, h('span', { class: 'letter', 'aria-hidden': 'true' }, letter(n)),
      h('button', { class: 'link', ...script(titleOf(a)), onclick: () => openStory(storyOf(a), { focus: true, push: true }) }, titleOf(a)),
      h('small', {}, data(sourceOf(a)), ' · ', timeOf(a, '').text, group.length > 1 && [' · ', say('and_with_it', { articles: count('more_articles', group.length - 1) })])))),
    h('dl', { class: 'words' }, ['both', 'only_a', 'only_b'].map((key, n) => listed(say('words_' + key), words[n]))),
    q.level ? h('p', {}, whoSays(q)) : h('p', { class: 'hint' }, say(q.together ? 'now_together' : 'now_apart'), ' · ', say('closeness', { share: percent(q.same) }), h('span', { 'data-evidence': questionKey(q) })),
    h('div', { class: 'controls' }, button('yes', 1), button('no', 2), q.level !== 'line' && button('line', 3), button('skip', 4)));
}

/** A list of words with its name; hidden while there are none. */
const listed = (name, words) => [h('dt', { hidden: !words.length }, name), h('dd', { hidden: !words.length }, words.map((w, i) => [i > 0 && say('comma') + ' ', data(w)]))];

/** Adds how much of the words of the two each has of the other, and which dates and numbers stand in one only, if the run has compared them word by word. */
async function drawEvidence(q) {
  const s = storyOf(q.headA), details = await detailsOf(s), found = evidence(details, q.headA, q.headB), box = document.querySelector(`[data-evidence="${questionKey(q)}"]`);
  if (!found || !box) return;
  const text = async a => (await detailsOf(storyOf(a))).articles[a - stories.start[storyOf(a)]].text;
  const only = await Promise.all([[q.headA, found.onlyA], [q.headB, found.onlyB]].map(async ([a, facts]) => { const t = await text(a); return t === undefined ? [] : factsIn(t, facts).map(f => readable(f.words)); }));
  put(box, ' · ', say('words_of_a_in_b', { share: percent(found.shareA) }), say('comma'), ' ', say('words_of_b_in_a', { share: percent(found.shareB) }));
  only.forEach((list, n) => {
    const [name, words] = [...box.closest('.question').querySelectorAll('.words > *')].slice(2 * n + 2);
    for (const w of list.slice(0, FACTS)) words.append(words.firstChild ? say('comma') + ' ' : '', data(w));
    name.hidden = words.hidden = !words.firstChild;
  });
}

/** The words of two headlines that both have, and that one has alone, without stop words; a prefix makes no other word. */
function differingWords(a, b) {
  const wordsOf = title => [...new Map((readable(title).match(/\p{N}+(?:[.,٫٬]\p{N}+)*|[\p{L}\p{N}\p{M}]+/gu) || []).filter(w => !doubt.stop.has(w)).map(w => [fold(w).replace(/^(وال|بال|فال|كال|لل|ال|و|ب|ل|ف)(?=...)/, ''), w]))];
  const [inA, inB] = [wordsOf(a), wordsOf(b)], has = list => ([stem]) => list.some(([s]) => s === stem), words = list => list.map(([, w]) => w);
  return [words(inA.filter(has(inB))), words(inA.filter(w => !has(inB)(w))), words(inB.filter(w => !has(inA)(w)))];
}

function answerQuestion(q, how) {
  const at = [...document.querySelectorAll('.question')].findIndex(e => e.dataset.question === questionKey(q));
  if (how === 'skip') {
    doubt.skipped.add(questionKey(q));
    drawQuestions();
  } else {
    try {
      const said = q.level ? decision(q, how) : doubt.questions.answer(q, how, corrections());
      act(answering(partition(), said, run.obeyed, doubt.questions), say('did_answer', { answer: say('answer_' + how) }));
    } catch (e) {
      if (e.message !== 'contradiction') throw e;
      toast(say('answer_contradicts'));
    }
  }
  const left = document.querySelectorAll('.question'), next = left[Math.min(Math.max(at, 0), left.length - 1)];
  (next?.querySelector('.controls .btn') || $('questions-title'))?.focus({ preventScroll: !next });
}

/** Answers by a key: the question that has the focus, else the first. */
function answerByKey(how) {
  const box = document.activeElement?.closest?.('.question') || document.querySelector('.question');
  box?.querySelector(`[data-act^="${how}"]`)?.click();
}
