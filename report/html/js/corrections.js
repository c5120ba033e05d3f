// What the reader knows better, as lines that the command takes back.

const corrections = [];

async function correct(type, a, b) {
  const id = async article => {
    const s = storyOf(article);
    return (await detailsOf(s)).articles[article - stories.start[s]].id;
  };
  const line = JSON.stringify({ type, a: await id(a), b: await id(b) });
  if (!corrections.includes(line)) corrections.push(line);
  drawCorrections();
  toast(say('correction_noted', { n: number(corrections.length) }));
}

function drawCorrections() {
  const box = $('corrections');
  box.hidden = corrections.length === 0;
  if (box.hidden) return;
  put(box, h('h2', { id: 'corrections-title' }, say('corrections')), h('p', { class: 'hint' }, phrase('corrections_hint', { command: h('code', { dir: 'ltr' }, 'qissa cluster --corrections corrections.jsonl') })),
    h('pre', { dir: 'ltr', tabindex: 0 }, corrections.join('\n')),
    h('p', {}, h('button', { class: 'btn', onclick: () => copyText(corrections.join('\n') + '\n', say('copied_corrections')) }, say('copy_corrections')), ' ',
      h('button', { class: 'btn', onclick: () => { corrections.length = 0; drawCorrections(); } }, say('clear_corrections'))));
}
