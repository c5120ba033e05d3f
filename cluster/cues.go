package cluster

import "math/bits"

// Cues tell at what step of an affair a document stands, by words of its title, and
// which days of the week its opening names.
type Cues uint32

// The cues: steps, seven bits of days from Sunday on, sixteen bits of rounds from First
// on.
const (
	Reaction   Cues = 1 << iota // someone says something of an event
	Preview                     // something is to come
	Ceremony                    // officials meet, call, write
	Result                      // a match, a vote, a case ends
	Background                  // not the event, but who, why, how it came
	Future                      // the opening speaks of what will be
	Sunday

	Steps    = Sunday - 1
	Weekdays = 0x7f * Sunday
	First    = Sunday << 7
	Rounds   = 0xffff * First
)

// otherRound reports whether two titles are of two rounds of one series, «ربع نهائي»
// and «نصف نهائي», or one is a preview and the other tells the result.
func otherRound(x, y Cues) bool {
	before := func(x, y Cues) bool { return x&(Preview|Result) == Preview && y&(Preview|Result) == Result }
	return x&Rounds != 0 && y&Rounds != 0 && x&y&Rounds == 0 || before(x, y) || before(y, x)
}

// cues finds the features from 12 on: what the title of one says and the other never
// does, and the cues. Those of one outlet count apart: an outlet seldom reports one
// happening twice, but often writes of the next step of it.
func (c *Comparer) cues(p Pair, f *[NumOwn]float64) {
	d, same := c.docs, f[7]
	m := c.missing(p.A, p.B)
	f[12], f[13] = m.share, f[0]*m.share
	f[14], f[15] = truth(m.otherPlace), truth(m.samePlace)
	x, y := d.Cues[p.A], d.Cues[p.B]
	f[16] = truth(x&y&Weekdays != 0)
	f[17] = truth(x&Weekdays != 0 && y&Weekdays != 0 && x&y&Weekdays == 0)
	f[18] = float64(bits.OnesCount32(uint32((x ^ y) & Steps)))
	f[19] = same * f[18]
	f[20] = truth(otherRound(x, y))
	f[21], f[22] = same*m.share, same*f[1]
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// missing is what the titles of two documents say that the other never does.
type missing struct {
	share      float64 // of the rarity of a title, the lesser of both, 0 to 1
	samePlace  bool    // both titles name a place
	otherPlace bool    // both name places, of which the other document names none
}

// missing compares the title of each with the other document. The rows of a are dense,
// and the terms that both documents have were found last.
func (c *Comparer) missing(a, b int32) missing {
	d := c.docs
	found, known := 0.0, 0 // of the title of a: rarity of what b has, places that b names
	text, _ := d.Decayed.row(b)
	for _, i := range c.decayed.common {
		if t := text[i]; c.headline.holds(t) {
			found += d.Rarity[t]
			known += c.place(t)
		}
	}
	lost, all, places, foreign, shared := 0.0, 0.0, 0, 0, 0 // of the title of b
	title, _ := d.Headline.row(b)
	for _, t := range title {
		all += d.Rarity[t]
		place := c.place(t)
		places += place
		if !c.decayed.holds(t) {
			lost += d.Rarity[t]
			foreign += place
		} else if c.headline.holds(t) {
			shared += place
		}
	}
	m := missing{samePlace: shared > 0, otherPlace: known == 0 && c.titles[a].places > 0 && places > 0 && foreign == places}
	if of := c.titles[a].rarity; of > 0 && all > 0 {
		m.share = min(max(0, 1-found/of), lost/all)
	}
	return m
}

func (c *Comparer) place(term uint32) int {
	if c.docs.Place[term] {
		return 1
	}
	return 0
}

// A title is what is read of a title by itself.
type title struct {
	rarity float64 // sum of its terms
	places int
}

func (d *Documents) readTitles() []title {
	titles := make([]title, d.Headline.Len())
	for i := range titles {
		terms, _ := d.Headline.row(int32(i))
		for _, t := range terms {
			titles[i].rarity += d.Rarity[t]
			if d.Place[t] {
				titles[i].places++
			}
		}
	}
	return titles
}
