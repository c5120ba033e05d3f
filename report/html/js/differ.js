// Dates and numbers that stand in one version of a story only.

const DAYS = 'الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|السبت';
const MONTHS = 'يناير|فبراير|مارس|ابريل|مايو|يونيو|يوليو|اغسطس|سبتمبر|اكتوبر|نوفمبر|ديسمبر|كانون الثاني|شباط|اذار|نيسان|ايار|حزيران|تموز|اب|ايلول|تشرين الاول|تشرين الثاني|كانون الاول|جانفي|فيفري|افريل|ماي|جوان|جويليه|اوت';
const DIGITS = '[0-9٠-٩۰-۹]';
const FACT = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:(?<day>${spelled(DAYS)})|(?<date>${DIGITS}{1,2} (?:${spelled(MONTHS)}))(?![\\p{L}\\p{M}]))(?![\\p{L}\\p{M}])|(?<![A-Za-z])(?<number>${DIGITS}+(?:[.,٫٬/:]${DIGITS}+)*[%٪]?)`, 'gu');

/** Lets a list of folded words match with every spelling of hamza and final letters. */
function spelled(words) {
  return words.replace(/ا/g, '[اأإآ]').replace(/ه(?=\||$)/g, '[هة]').replace(/ي(?=\||$)/g, '[يى]');
}

/** A date or number, the same in every script of digits and spelling. */
const canonical = s => s.replace(/[٠-٩]/g, d => '٠١٢٣٤٥٦٧٨٩'.indexOf(d)).replace(/[۰-۹]/g, d => '۰۱۲۳۴۵۶۷۸۹'.indexOf(d))
  .replace(/[,٬](?=[0-9]{3})/g, '').replace(/[,٫]/g, '.').replace(/٪/g, '%').replace(/[أإآ]/g, 'ا').replace(/ة/g, 'ه').replace(/ى/g, 'ي');

/** The dates and numbers of a text with their places. */
function factsIn(text) {
  return [...text.matchAll(FACT)].map(m => ({
    kind: m.groups.number === undefined ? 'dates' : 'numbers', key: canonical(m[0]),
    from: m.index, to: m.index + m[0].length,
    words: m.groups.number === undefined ? m[0] : text.slice(m.index, m.index + 60).match(/^\S+(?: \S+)?/)[0].replace(/[،.؛:»"”)]+$/, ''),
  }));
}

/** Of each of two texts, the facts that the other does not have. */
function differences(a, b) {
  const inA = factsIn(a), inB = factsIn(b);
  const only = (from, other) => from.filter(f => !other.some(o => o.kind === f.kind && o.key === f.key));
  return [only(inA, inB), only(inB, inA)];
}
