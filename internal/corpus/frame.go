package corpus

import (
	"slices"

	"qissa/cluster"
)

// Margins are how many words stand around an article that are its outlet's: above and
// below its body, before and after its title.
type Margins struct {
	Above, Below  int32
	Before, After int16
}

// frames are the words of articles that are their outlets', not theirs.
type frames struct {
	margins []Margins
	inside  map[int32][]cluster.Passage // passages of bodies, by word of the body, ascending; those of margins count words outside them
}

func (f frames) same(i, j int) bool {
	return f.margins[i] == f.margins[j] && slices.Equal(f.inside[int32(i)], f.inside[int32(j)])
}

func (c *Corpus) withFrames(f frames) *Corpus {
	with := *c
	with.frames = f
	return &with
}

// Title returns the words of a title without what its outlet puts around it.
func (c *Corpus) Title(i int) []uint32 {
	m := c.frames.margins[i]
	return c.All(i)[m.Before : c.title[i]-int(m.After)]
}

// Body returns the words of a body without its boilerplate.
func (c *Corpus) Body(i int) []uint32 {
	body, m := c.withoutPassages(i), c.frames.margins[i]
	return body[m.Above : len(body)-int(m.Below)]
}

// UntitledWords is how many first words tell what an article without a title reports.
// Measured on the labelled sets without their titles; nothing changes much from 15 to 30.
const UntitledWords = 20

// Sections returns the words of a title and those of a body, both without boilerplate.
// An article without a title has its first words as one.
func (c *Corpus) Sections(i int) (title, body []uint32) {
	title, body = c.Title(i), c.Body(i)
	if c.title[i] == 0 {
		n := min(UntitledWords, len(body))
		title, body = body[:n], body[n:]
	}
	return title, body
}

// withoutPassages returns the words of a body with margins, but without the passages
// inside it.
func (c *Corpus) withoutPassages(i int) []uint32 {
	body, inside := c.All(i)[c.title[i]:], c.frames.inside[int32(i)]
	if inside == nil {
		return body
	}
	own, from := make([]uint32, 0, len(body)), 0
	for _, p := range inside {
		own = append(own, body[from:p.From]...)
		from = p.To
	}
	return append(own, body[from:]...)
}

// own returns the words of an article outside its boilerplate: title, body.
func (c *Corpus) own(i int) [2][]uint32 { return [2][]uint32{c.Title(i), c.Body(i)} }

// Own returns the number of words of an article outside its boilerplate.
func (c *Corpus) Own(i int) int { return len(c.Title(i)) + len(c.Body(i)) }

// Text returns the words of an article without the passages inside it, what else is not
// its own marked.
func (c *Corpus) Text(i int) cluster.Text {
	m, title := c.frames.margins[i], c.title[i]
	text := cluster.Text{Words: c.All(i)}
	if c.frames.inside[int32(i)] != nil {
		text.Words = slices.Concat(text.Words[:title], c.withoutPassages(i))
	}
	frame := func(from, words int) {
		if words > 0 {
			text.Frame = append(text.Frame, cluster.Passage{From: from, To: from + words})
		}
	}
	frame(0, int(m.Before))
	frame(title-int(m.After), int(m.After))
	frame(title, int(m.Above))
	frame(len(text.Words)-int(m.Below), int(m.Below))
	return text
}

// OwnIn counts which of n words of [Corpus.Text], from one on, are the article's own.
func (c *Corpus) OwnIn(i, from, n int) int {
	own := n
	for _, f := range c.Text(i).Frame {
		own -= max(0, min(f.To, from+n)-max(f.From, from))
	}
	return own
}

// Place returns where a word of [Corpus.Text] stands among all words of the article.
func (c *Corpus) Place(i, word int) int {
	for _, p := range c.frames.inside[int32(i)] {
		if word >= c.title[i]+p.From {
			word += p.To - p.From
		}
	}
	return word
}

// Framed counts the words of an article, from one up to another of [Corpus.All], that are
// its outlet's.
func (c *Corpus) Framed(i, from, to int) (n int) {
	c.EachFramed(i, to, func(w int) {
		if w >= from {
			n++
		}
	})
	return n
}

// EachFramed calls do for each of the first words of an article, up to one, that is its
// outlet's. Cost linear in the words.
func (c *Corpus) EachFramed(i, to int, do func(w int)) {
	m, title, inside := c.frames.margins[i], c.title[i], c.frames.inside[int32(i)]
	body := len(c.All(i)) - title // without passages
	for _, p := range inside {
		body -= p.To - p.From
	}
	at := 0 // words of the body before the one at hand, without passages
	for w := range to {
		framed := w < int(m.Before) || w >= title-int(m.After)
		if w >= title {
			for len(inside) > 0 && w-title >= inside[0].To {
				inside = inside[1:]
			}
			if framed = len(inside) > 0 && w-title >= inside[0].From; !framed {
				framed = at < int(m.Above) || at >= body-int(m.Below)
				at++
			}
		}
		if framed {
			do(w)
		}
	}
}
