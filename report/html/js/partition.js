// The working partition: the stories and storylines of the run as a reader corrects or
// labels them. It is what a list of actions makes of what the run found. Nothing here
// touches the page. Articles, stories and storylines are numbers; those of the run keep
// theirs, and what an action makes anew gets the next number.

class Partition {
  /** Takes where the articles of each story begin, their number at the end, and the storyline of each story. */
  constructor(start, lines) {
    this.start = start;
    this.firstLines = Int32Array.from(lines);
    this.firstStories = new Int32Array(start.at(-1));
    for (let s = 0; s + 1 < start.length; s++) this.firstStories.fill(s, start[s], start[s + 1]);
    this.reset();
  }

  /** Goes back to what the run found. */
  reset() {
    this.storyOf = this.firstStories.slice(); // of each article
    this.changed = new Map();                 // articles of the stories that gained or lost some, ascending
    this.lines = new Map();                   // storylines of stories that are new or moved
    this.checked = new Set();                 // articles
    this.unsure = new Set();
    this.said = [];                           // links that answers are
    this.nextStory = this.start.length - 1;
    this.nextLine = this.firstLines.reduce((a, b) => Math.max(a, b), -1) + 1;
  }

  replay(actions) {
    this.reset();
    for (const action of actions) if (!this.apply(action)) throw new Error('an action changes nothing');
  }

  ofRun(s) { return s >= 0 && s + 1 < this.start.length; }

  isStory(s) { return Number.isInteger(s) && s >= 0 && s < this.nextStory; }

  isArticle(a) { return Number.isInteger(a) && a >= 0 && a < this.storyOf.length; }

  /** The articles of a story, as the run found them. */
  found(s) { return this.ofRun(s) ? Array.from({ length: this.start[s + 1] - this.start[s] }, (_, i) => this.start[s] + i) : []; }

  membersOf(s) { return this.changed.get(s) ?? this.found(s); }

  lineOf(s) { return this.lines.get(s) ?? this.firstLines[s]; }

  /** The stories of a storyline that have articles. Cost linear in all stories. */
  storiesOf(line) {
    const list = [];
    for (let s = 0; s < this.nextStory; s++) if (this.lineOf(s) === line && this.membersOf(s).length) list.push(s);
    return list;
  }

  /** Whether a reader changed what articles a story has, or put it into another storyline. */
  isEdited(s) {
    const now = this.changed.get(s);
    return this.lines.has(s) && this.lines.get(s) !== this.firstLines[s] || !!now && (!this.ofRun(s) || now.length !== this.start[s + 1] - this.start[s] || now.some((a, i) => a !== this.start[s] + i));
  }

  /** Does one action; false if it changes nothing, or names what is not there. */
  apply(action) {
    switch (action.do) {
      case 'move': return this.move(action.articles, action.to, action.apart);
      case 'merge': return this.isStory(action.from) && action.from !== action.to && this.isStory(action.to) && this.move(this.membersOf(action.from), action.to);
      case 'line': return this.moveStories(action.stories, action.to);
      case 'say': return this.say(action.links);
      case 'checked': case 'unsure': return this.mark(this[action.do], action.articles, action.on);
      case 'all': return action.actions.filter(x => this.apply(x)).length > 0;
    }
    return false;
  }

  /** Moves articles into a story, or into a new one if to is null: of a storyline of its own if apart is set, else of that of the first article. */
  move(articles, to, apart) {
    if (!Array.isArray(articles) || !articles.length || !articles.every(a => this.isArticle(a))) return false;
    if (to !== null && !this.isStory(to)) return false;
    const moved = [...new Set(articles)].filter(a => this.storyOf[a] !== to), from = new Set(moved.map(a => this.storyOf[a]));
    if (!moved.length || to === null && from.size === 1 && this.membersOf([...from][0]).length === moved.length) return false;
    const target = to ?? this.nextStory++;
    if (to === null) this.lines.set(target, apart ? this.nextLine++ : this.lineOf(this.storyOf[moved[0]]));
    const leaving = new Set(moved);
    for (const s of from) this.changed.set(s, this.membersOf(s).filter(a => !leaving.has(a)));
    for (const a of moved) this.storyOf[a] = target;
    this.changed.set(target, [...(to === null ? [] : this.membersOf(target)), ...moved].sort((a, b) => a - b));
    return true;
  }

  /** Moves stories into a storyline, or into a new one if to is null. */
  moveStories(list, to) {
    if (!Array.isArray(list) || !list.every(s => this.isStory(s)) || to !== null && !(Number.isInteger(to) && to >= 0 && to < this.nextLine)) return false;
    const moved = list.filter(s => this.lineOf(s) !== to);
    if (!moved.length) return false;
    const target = to ?? this.nextLine++;
    for (const s of moved) this.lines.set(s, target);
    return true;
  }

  /** Notes answers, as links: two articles, whether they are together, and whether in a storyline. What they move is for other actions. */
  say(links) {
    if (!Array.isArray(links) || !links.length || !links.every(([a, b]) => this.isArticle(a) && this.isArticle(b))) return false;
    this.said = [...this.said, ...links];
    return true;
  }

  /** What the run found. */
  fresh() { return new Partition(this.start, this.firstLines); }

  mark(set, articles, on) {
    if (!Array.isArray(articles) || !articles.every(a => this.isArticle(a))) return false;
    const changing = articles.filter(a => set.has(a) !== on);
    for (const a of changing) if (on) set.add(a); else set.delete(a);
    return changing.length > 0;
  }
}

/** Actions that were done, and those that were undone and may be done again. */
class History {
  constructor(partition) {
    this.partition = partition;
    this.done = [];
    this.undone = [];
  }

  act(action) {
    if (!this.partition.apply(action)) return false;
    this.done.push(action);
    this.undone = [];
    return true;
  }

  undo() {
    if (!this.done.length) return false;
    this.undone.push(this.done.pop());
    this.partition.replay(this.done);
    return true;
  }

  redo() {
    const action = this.undone.pop();
    if (!action) return false;
    this.partition.apply(action);
    this.done.push(action);
    return true;
  }

  /** Takes up what was kept; false if it does not fit, and then nothing is taken. */
  restore(kept) {
    try {
      const { done, undone } = kept;
      this.partition.replay([...done, ...undone.slice().reverse()]);
      this.partition.replay(done);
      Object.assign(this, { done: done.slice(), undone: undone.slice() });
      return true;
    } catch {
      this.partition.reset();
      return false;
    }
  }
}
