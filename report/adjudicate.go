package report

import (
	"fmt"

	"qissa"
)

// An Adjudication is two readers' labels of one run, for a third to decide where they
// differ.
type Adjudication struct {
	Readers    [2]string
	Stories    [2]map[string]string // labels of the articles that both labelled, by id
	Storylines [2]map[string]string // nil where a reader has none
	Agreement  []Agreement          // of stories, and of storylines if both have them
}

// Agreement is how far two readers agree at one level, each measure 0 to 1 (kappa from -1).
type Agreement struct {
	Level    string  `json:"level"` // "story" or "storyline"
	Articles int     `json:"articles"`
	Kappa    float64 `json:"kappa"` // over pairs
	BCubed   float64 `json:"bcubed"`
	Pairwise float64 `json:"pairwise"`
}

// Meet returns a result in which articles are of one story where both readers say so, and
// likewise of one storyline; those that not both labelled are by themselves.
func (a *Adjudication) Meet(r *qissa.Result) *qissa.Result {
	both := func(of [2]map[string]string) func(int) string {
		return func(i int) string {
			id := r.Articles[i].ID
			x, okX := of[0][id]
			y, okY := of[1][id]
			if okX && okY {
				return fmt.Sprintf("%q %q", x, y)
			}
			return fmt.Sprint(i)
		}
	}
	if a.Storylines[0] == nil {
		return regrouped(r, both(a.Stories), both(a.Stories))
	}
	return regrouped(r, both(a.Stories), both(a.Storylines))
}

// disputes are the labels of two readers for a page: columns of the articles that both
// labelled, by their places, and the labels as numbers.
type disputes struct {
	Readers   [2]string   `json:"readers"`
	Place     []int       `json:"place"`
	Story     [2][]int    `json:"story"`
	Line      [2][]int    `json:"line"` // empty where there are no storylines
	Agreement []Agreement `json:"agreement"`
	Stop      []string    `json:"stop"` // as of doubts
}

func (l *layout) disputes() *disputes {
	a := l.v.opt.Adjudicate
	if a == nil {
		return nil
	}
	d := &disputes{Readers: a.Readers, Agreement: a.Agreement}
	for at, n := range l.order {
		if _, ok := a.Stories[0][l.v.r.Articles[n].ID]; ok {
			d.Place = append(d.Place, at)
		}
	}
	d.Stop = l.stopWords(d.Place)
	numbers := func(label map[string]string) (all []int) {
		number := map[string]int{}
		for _, at := range d.Place {
			name := label[l.v.r.Articles[l.order[at]].ID]
			if _, known := number[name]; !known {
				number[name] = len(number)
			}
			all = append(all, number[name])
		}
		return all
	}
	for i := range d.Readers {
		d.Story[i] = numbers(a.Stories[i])
		if d.Line[i] = []int{}; a.Storylines[0] != nil {
			d.Line[i] = numbers(a.Storylines[i])
		}
	}
	return d
}
