package report

// news is what changes come to for somebody who knows the stories as they were before all
// of them: what came and left again in between is none, nor what only moved.
type news struct {
	before  map[string]bool            // stories that were there
	fresh   map[string]bool            // that are new, or came out of new ones
	into    map[string]string          // of a story that is a part of another one now, that one
	arrived map[string]bool            // articles that were in no story
	now     map[string]string          // the story of each article that moved or arrived; "" if it is in none
	left    map[string]map[string]bool // articles that a story had and that left it, perhaps for a while
}

// newsOf adds up changes, which stand in their order.
func newsOf(changes []Change) news {
	n := news{map[string]bool{}, map[string]bool{}, map[string]string{}, map[string]bool{}, map[string]string{}, map[string]map[string]bool{}}
	seen := map[string]bool{}
	for from := 0; from < len(changes); {
		to := from
		for to < len(changes) && changes[to].Batch == changes[from].Batch {
			if c := changes[to]; !seen[c.Story] {
				seen[c.Story], n.before[c.Story] = true, c.Kind != ChangeNew && c.Kind != ChangeSplit
			}
			n.story(changes[to])
			to++
		}
		n.articles(changes[from:to])
		from = to
	}
	return n
}

// story takes down what became of a story.
func (n news) story(c Change) {
	switch c.Kind {
	case ChangeNew:
		n.fresh[c.Story] = true
	case ChangeSplit:
		delete(n.into, c.Story)
		n.fresh[c.Story] = n.fresh[c.From] && !n.before[c.Story]
	case ChangeMerged:
		n.into[c.Story] = c.Into
	}
}

// articles takes down where the articles of a batch went.
func (n news) articles(batch []Change) {
	moving := map[string]bool{}
	for _, c := range batch {
		for _, a := range c.Removed {
			if _, known := n.now[a]; !known || n.left[c.Story][a] {
				if n.left[c.Story] == nil {
					n.left[c.Story] = map[string]bool{}
				}
				n.left[c.Story][a] = true
			}
			moving[a], n.now[a] = true, ""
		}
	}
	for _, c := range batch {
		for _, a := range c.Added {
			n.arrived[a] = n.arrived[a] || !moving[a]
			n.now[a] = c.Story
		}
	}
}

// came returns whether an article came into a story.
func (n news) came(story, article string) bool { return n.arrived[article] && n.now[article] == story }

// lost returns how many articles left a story.
func (n news) lost(story string) (lost int) {
	for a := range n.left[story] {
		if n.now[a] != story {
			lost++
		}
	}
	return lost
}
