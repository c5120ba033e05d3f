// Dates and numbers that stand in one version of a story only, as the run
// found them.

const KINDS = ['dates', 'numbers'];

/** The facts of a text from their kinds and places, with a word that tells what is counted. */
function factsIn(text, only) {
  const at = places(text);
  return only.map(([kind, from, to]) => ({ kind: KINDS[kind], from: at(from), to: at(to) })).filter(f => f.from < f.to)
    .map(f => ({ ...f, words: f.kind === 'dates' ? text.slice(f.from, f.to) : text.slice(f.from, f.from + 60).match(/^\S+(?: \S+)?/)[0].replace(/[،.؛:»"”)]+$/, '') }));
}
