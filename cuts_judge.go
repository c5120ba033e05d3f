package qissa

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"qissa/vectorize/arabic"
)

// A cause is why a word is cut, and where it stands: the canonical number of the article,
// -1 for boilerplate, and there the word, or the code points of an item.
type cause struct {
	how      RepeatKind
	of, word int32
	at       Span
}

// why returns for each word of an article why it may be cut, the zero value for those that
// are its own; nil if all are.
func (c *cutter) why(a int) []cause {
	var why []cause
	n := len(c.words.All(a))
	put := func(w int, x cause) {
		if why == nil {
			why = make([]cause, n)
		}
		why[w] = x
	}
	if c.held != nil {
		end := int32(0)
		for _, r := range c.held.runsOf(int32(a)) {
			for w := max(r.from, end); w < r.to; w++ {
				put(int(w), cause{how: RepeatPassages, of: r.text, word: r.word + w - r.from})
			}
			end = max(end, r.to)
		}
	}
	if c.opt.Boilerplate {
		c.words.EachFramed(a, n, func(w int) { put(w, cause{how: RepeatBoilerplate, of: -1}) })
	}
	if marked := c.marked[c.batch.Order[a]]; marked != nil {
		c.spans = c.words.Offsets(c.spans[:0], a, n)
		for w, span := range c.spans {
			for _, m := range marked {
				if m.span[0] <= span[0] && span[1] <= m.span[1] {
					put(w, cause{how: Contaminated, of: c.canonical[m.item], at: m.at})
				}
			}
		}
	}
	return why
}

// A unit is a sentence of a text with the space behind it: its code points, and its words
// among all of the article.
type unit struct {
	span  Span
	words run
	cut   bool
}

// units parts the text of an article into sentences. What has no words belongs to the one
// before it.
func (c *cutter) units(a int) (units []unit) {
	body := c.batch.Articles[a].LoadBody(&c.memory)
	n, title := len(c.words.All(a)), c.words.TitleLen(a)
	c.spans = c.words.Offsets(c.spans[:0], a, n)
	begins := utf8.RuneCountInString(c.batch.Articles[a].Title) + 1
	w := title
	for x := range arabic.Sentences(body) {
		from := w
		for w < n && c.spans[w][0] < begins+x.To {
			w++
		}
		if w == from {
			continue
		}
		if k := len(units); k > 0 {
			units[k-1].span[1] = x.From
			units = append(units, unit{Span{x.From, 0}, run{int32(from), int32(w)}, false})
		} else {
			units = append(units, unit{Span{0, 0}, run{int32(from), int32(w)}, false})
		}
	}
	if k := len(units); k > 0 {
		units[k-1].span[1], units[k-1].words.to = utf8.RuneCountInString(body), int32(n)
	}
	return units
}

// judge marks the units that are cut, and returns them as cuts, what the article repeats,
// and how many words of the text are left.
func (c *cutter) judge(a int, units []unit, why []cause) (cuts []Cut, r *Repeat, left int) {
	words, how := map[int32]int{}, map[int32]RepeatKind{} // that are cut, by where they stand
	gone, last := 0, int32(0)
	for i := range units {
		u := &units[i]
		of := why[u.words.from:u.words.to]
		size := len(of)
		marked := slices.ContainsFunc(of, func(x cause) bool { return x.how == Contaminated })
		if u.cut = marked || !slices.Contains(of, cause{}); !u.cut {
			left += size
			continue
		}
		x, at := most(of)
		cut := Cut{Span: u.span, How: x.how, Words: size, Of: -1}
		gone += size
		if x.how != RepeatBoilerplate {
			words[x.of] += size
			how[x.of] = x.how
			cut.Of, cut.At = c.place(x, at)
		}
		if k := len(cuts); k > 0 && cuts[k-1].Span[1] == u.span[0] && cuts[k-1].How == cut.How && cuts[k-1].Of == cut.Of && last == at.from {
			cuts[k-1].Span[1], cuts[k-1].At[1], cuts[k-1].Words = u.span[1], cut.At[1], cuts[k-1].Words+size
		} else {
			cuts = append(cuts, cut)
		}
		last = at.to
	}
	share := float64(gone) / float64(len(why))
	switch {
	case len(cuts) == 0:
		return nil, nil, left
	case len(words) == 0:
		return cuts, &Repeat{Of: -1, How: RepeatBoilerplate, Copied: share}, left
	}
	best := int32(-1)
	for of, n := range words {
		if best < 0 || cmp.Or(cmp.Compare(n, words[best]), cmp.Compare(best, of)) > 0 {
			best = of
		}
	}
	covers := min(1, float64(words[best])/float64(len(c.words.All(int(best)))))
	return cuts, &Repeat{Of: c.batch.Order[best], How: how[best], Copied: share, Covers: covers}, left
}

// most returns the cause of most words of a unit, the first of equals, and the words of
// the other article with which it begins and ends.
func most(of []cause) (best cause, at run) {
	count := map[cause]int{}
	key := func(x cause) cause { x.word = 0; return x }
	for _, x := range of {
		if x.how != "" {
			count[key(x)]++
		}
	}
	for _, x := range of {
		if x.how != "" && (best.how == "" || count[key(x)] > count[key(best)]) {
			best = x
		}
	}
	at = run{best.word, best.word}
	for _, x := range of {
		if key(x) == key(best) {
			at = run{min(at.from, x.word), max(at.to, x.word+1)}
		}
	}
	return best, at
}

// place returns the number in the input of an article, and where words of it stand.
func (c *cutter) place(x cause, at run) (int, Span) {
	if x.how == Contaminated {
		return c.batch.Order[x.of], x.at
	}
	spans := c.words.Offsets(nil, int(x.of), int(at.to))
	return c.batch.Order[x.of], Span{spans[at.from][0], spans[at.to-1][1]}
}

// cutWords returns the words of the units that are cut.
func cutWords(units []unit) (cut []run) {
	for _, u := range units {
		if !u.cut {
			continue
		}
		if k := len(cut); k > 0 && cut[k-1].to == u.words.from {
			cut[k-1].to = u.words.to
		} else {
			cut = append(cut, u.words)
		}
	}
	return cut
}
