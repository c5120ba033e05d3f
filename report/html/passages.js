// The search of the page of passages: those are shown that have all words.

readFolding(JSON.parse(document.getElementById('folding').textContent));
const passages = [...document.querySelectorAll('.passage')];
const texts = passages.map(p => ` ${fold(p.textContent)} `);
const query = document.getElementById('query'), count = document.getElementById('count');

function search() {
  const words = fold(query.value).split(' ').filter(w => w);
  let shown = 0;
  passages.forEach((p, i) => {
    p.hidden = !words.every(w => texts[i].includes(' ' + w));
    if (!p.hidden) shown++;
  });
  count.textContent = words.length ? `${shown.toLocaleString('en')} / ${passages.length.toLocaleString('en')}` : '';
}

/** Opens the passage that the address names. */
function reveal() {
  const named = document.getElementById(location.hash.slice(1));
  if (named?.matches('.passage')) {
    named.open = true;
    named.scrollIntoView();
  }
}

if (query) {
  document.getElementById('tools').hidden = false;
  query.addEventListener('input', search);
  search();
}
addEventListener('hashchange', reveal);
reveal();
