package passages

import (
	"cmp"
	"slices"

	"qissa/internal/winnow"
)

// A sequence that stands in more than manyPlaces has as many of the passages around it
// listed, those in most places first, as have no more than variants times its places
// together. In five dumps none has more: thousands of copies of a text, each edited at
// another word, would have the square of their words.
const (
	manyPlaces = 64
	variants   = 16
)

// A maximal finds the passages around an anchor. It uses its memory again.
type maximal struct {
	*finder
	to *collected

	places []Place
	behind []int32 // of each place, words behind the first of the anchor that it shares with the place before it in the order of what stands there
	before []int32 // likewise words before, [finder.window] at most
	left   []int32 // places of an interval, by their number, in the order of the words before them
	shares []int32 // of each, words before it that it shares with the place before it in this order
}

// An interval is places, in an order, that share so many words.
type interval struct{ from, to, shares int32 }

// find finds the passages in which the anchor is the first that is chosen. Where all places
// share the words of a window before it, there is none.
func (m *maximal) find(anchors []anchor) {
	m.places, m.before = m.places[:0], m.before[:0]
	least := int32(m.window)
	for _, a := range anchors {
		m.places = append(m.places, a.at)
		if least > 0 {
			least = min(least, m.sharesBefore(m.places[0], a.at))
		}
	}
	if least == int32(m.window) {
		return
	}
	slices.SortFunc(m.places, func(a, b Place) int {
		x, y := m.Words(int(a.Text))[a.Word:], m.Words(int(b.Text))[b.Word:]
		n := shared(x, y)
		if n == len(x) || n == len(y) {
			return cmp.Or(cmp.Compare(len(x), len(y)), byPlace(a, b))
		}
		return cmp.Compare(x[n], y[n])
	})
	m.behind = append(m.behind[:0], 0)
	m.before = append(m.before[:0], 0)
	for i, p := range m.places[1:] {
		q := m.places[i]
		m.behind = append(m.behind, int32(shared(m.Words(int(q.Text))[q.Word:], m.Words(int(p.Text))[p.Word:])))
		m.before = append(m.before, m.sharesBefore(q, p))
	}
	intervals := slices.DeleteFunc(intervals(m.behind), func(x interval) bool {
		return x.shares < int32(m.gram) || slices.Min(m.before[x.from+1:x.to]) >= int32(m.window)
	})
	slices.SortFunc(intervals, func(a, b interval) int {
		if c := cmp.Or(cmp.Compare(b.to-b.from, a.to-a.from), cmp.Compare(a.shares, b.shares)); c != 0 {
			return c
		}
		return byPlace(m.first(a), m.first(b))
	})
	room := variants * len(m.places)
	for n, x := range intervals {
		if room -= int(x.to - x.from); room < 0 && len(m.places) > manyPlaces {
			m.to.leftOut += len(intervals) - n
			break
		}
		m.within(x)
	}
}

// first returns the first place of an interval.
func (m *maximal) first(x interval) Place { return slices.MinFunc(m.places[x.from:x.to], byPlace) }

// within finds the passages that end where the places of an interval end to agree.
func (m *maximal) within(x interval) {
	m.left = m.left[:0]
	for rank := x.from; rank < x.to; rank++ {
		m.left = append(m.left, rank)
	}
	slices.SortFunc(m.left, func(a, b int32) int { return m.compareBefore(m.places[a], m.places[b]) })
	m.shares = append(m.shares[:0], 0)
	for i := range m.left[1:] {
		m.shares = append(m.shares, m.sharesBefore(m.places[m.left[i]], m.places[m.left[i+1]]))
	}
	for _, y := range intervals(m.shares) {
		if y.shares < int32(m.window) && int(y.shares+x.shares) >= m.least {
			m.take(m.left[y.from:y.to], y.shares, x.shares)
		}
	}
}

// take takes places that share words before and behind as a passage, if they share no
// more, stand in two texts, and the anchor is the first that is chosen in them.
func (m *maximal) take(of []int32, before, behind int32) {
	low, high := slices.Min(of), slices.Max(of)
	text := m.places[low].Text
	several, both := false, m.Other == nil
	for _, rank := range of {
		t := m.places[rank].Text
		several = several || t != text
		both = both || m.isOther(t) != m.isOther(text)
	}
	if !several || !both || slices.Min(m.behind[low+1:high+1]) != behind || !m.isFirst(m.places[low], before) {
		return
	}
	p := Passage{Words: before + behind, Places: m.to.room(len(of))}
	for i, rank := range of {
		at := m.places[rank]
		p.Places[i] = Place{at.Text, at.Word - before}
	}
	slices.SortFunc(p.Places, byPlace)
	p.Texts = textsOf(p.Places)
	m.to.passages = append(m.to.passages, p)
}

// isFirst reports whether the first window of a passage that begins so many words before an
// anchor chooses the anchor.
func (m *maximal) isFirst(anchor Place, before int32) bool {
	words := m.Words(int(anchor.Text))
	own := winnow.Hash(words[anchor.Word:int(anchor.Word)+m.gram], m.Hash)
	for at := anchor.Word - before; at < anchor.Word-before+int32(m.window); at++ {
		h := winnow.Hash(words[at:int(at)+m.gram], m.Hash)
		if h < own || h == own && at > anchor.Word {
			return false
		}
	}
	return true
}

// intervals returns all intervals of places of which each shares so many words with the one
// before it (Kasai and others, 2001). The first number counts for nothing.
func intervals(shares []int32) (all []interval) {
	var open []interval
	for i := int32(1); i <= int32(len(shares)); i++ {
		now, from := int32(-1), i-1
		if i < int32(len(shares)) {
			now = shares[i]
		}
		for len(open) > 0 && open[len(open)-1].shares > now {
			last := open[len(open)-1]
			open = open[:len(open)-1]
			last.to, from = i, last.from
			all = append(all, last)
		}
		if now >= 0 && (len(open) == 0 || open[len(open)-1].shares < now) {
			open = append(open, interval{from: from, shares: now})
		}
	}
	return all
}

// shared counts the first words that two sequences share.
func shared(a, b []uint32) int {
	n := min(len(a), len(b))
	a, b = a[:n], b[:n]
	for i, w := range a {
		if b[i] != w {
			return i
		}
	}
	return n
}

// sharesBefore counts the words before two places that are the same, a window at most.
func (f *finder) sharesBefore(a, b Place) (n int32) {
	if a == b {
		return int32(f.window)
	}
	x, y := f.Words(int(a.Text))[:a.Word], f.Words(int(b.Text))[:b.Word]
	most := min(int32(f.window), a.Word, b.Word)
	for n < most && x[int32(len(x))-1-n] == y[int32(len(y))-1-n] {
		n++
	}
	return n
}

// compareBefore orders places by the words before them, backwards, a window at most. The
// beginning of a text comes first.
func (m *maximal) compareBefore(a, b Place) int {
	n := m.sharesBefore(a, b)
	switch {
	case n == int32(m.window):
		return byPlace(a, b)
	case n == a.Word || n == b.Word:
		return cmp.Or(cmp.Compare(a.Word, b.Word), byPlace(a, b))
	}
	return cmp.Compare(m.Words(int(a.Text))[a.Word-1-n], m.Words(int(b.Text))[b.Word-1-n])
}

// placesAtOnce is how many places memory is taken for at a time.
const placesAtOnce = 1 << 14

// room returns memory for so many places.
func (c *collected) room(n int) []Place {
	if len(c.memory) < n {
		c.memory = make([]Place, max(n, placesAtOnce))
	}
	places := c.memory[:n:n]
	c.memory = c.memory[n:]
	return places
}
