package report

import (
	"encoding/json"
	"io"
	"iter"
	"maps"
	"math"
	"slices"
	"strconv"

	"qissa/vectorize/arabic"
)

// doubts are the links of a run that its page holds, for asking the questions of qissa ask
// without it: columns of articles and of links.
type doubts struct {
	Place   []int     `json:"place"`            // of each article in the page
	Follows []int     `json:"follows"`          // how many before it the one stands that it follows; 0 for itself
	Before  []int     `json:"before,omitempty"` // the first of the story of each before the corrections of the run, if it has some
	A       []int     `json:"a"`                // of each link, less that of the one before
	B       []int     `json:"b"`                // less A
	Sim     []float64 `json:"sim"`
	Cut     float64   `json:"cut"`
	Rest    float64   `json:"rest"`
	Stop    []string  `json:"stop"` // stop words in the headlines of the articles, as they stand there
}

// doubts returns nil where nothing is in doubt, or the result is not that of the links.
func (l *layout) doubts() *doubts {
	u := l.v.opt.Uncertain
	if u == nil || len(u.Pairs) == 0 {
		return nil
	}
	place := l.places()
	d := &doubts{Cut: u.Story, Rest: u.Rest}
	for i, id := range u.IDs {
		at, ok := place[id]
		if !ok {
			return nil
		}
		d.Place, d.Follows = append(d.Place, at), append(d.Follows, i-u.Follows[i])
	}
	if len(l.obeyed()) > 0 {
		d.Before = slices.Clone(u.Before)
	}
	d.Stop = l.stopWords(d.Place)
	last := int32(0)
	for _, p := range u.Pairs {
		d.A, d.B, d.Sim = append(d.A, int(p.A-last)), append(d.B, int(p.B-p.A)), append(d.Sim, p.Sim)
		last = p.A
	}
	return d
}

// stopWords returns the stop words in the headlines of articles.
func (l *layout) stopWords(places []int) []string {
	stop := map[string]bool{}
	for _, at := range places {
		title := l.v.title(l.order[at])
		letters := []rune(title)
		for w := range arabic.Words(title) {
			if arabic.IsStop(w.Text) {
				stop[string(letters[w.Start:w.End])] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(stop))
}

// cuts are the merges of a run for its page: columns.
type cuts struct {
	A     []int     `json:"a"`               // the article at the head of the one group, less that of the merge before
	B     []int     `json:"b"`               // of the other, less A
	Level []int     `json:"level"`           // the greatest cut, in hundredths, at which they are one
	Lines []lineCut `json:"lines,omitempty"` // from the highest to the lowest cut
}

// lineCut is a cut of storylines, as it differs from the one before: columns of stories.
type lineCut struct {
	At    int   `json:"at"` // hundredths
	Story []int `json:"story"`
	Of    []int `json:"of"` // the story whose storyline it is of
}

// cuts returns nil where there is nothing to cut, or the result is not that of the merges.
func (l *layout) cuts() *cuts {
	of := l.v.opt.Cuts
	if of == nil || len(of.Merges) == 0 {
		return nil
	}
	place := l.places()
	var c cuts
	last := 0
	for _, m := range of.Merges {
		a, okA := place[of.IDs[m.A]]
		b, okB := place[of.IDs[m.B]]
		if !okA || !okB {
			return nil
		}
		level := 0
		for level < 101 && m.Sim >= float64(level+1)/100 {
			level++
		}
		c.A, c.B, c.Level = append(c.A, a-last), append(c.B, b-a), append(c.Level, level)
		last = a
	}
	story := func(article int) int { return l.v.r.StoryOf[l.order[place[of.IDs[article]]]] }
	for _, x := range of.Lines {
		at := lineCut{At: int(math.Round(100 * x.Cut)), Story: []int{}, Of: []int{}}
		for _, m := range x.Moved {
			at.Story, at.Of = append(at.Story, story(m[0])), append(at.Of, story(m[1]))
		}
		c.Lines = append(c.Lines, at)
	}
	return &c
}

// runCuts returns the cuts of the run, nil if it cannot be cut anew.
func (l *layout) runCuts() []share {
	if l.cut == nil {
		return nil
	}
	return []share{share(l.v.opt.Cuts.Story), share(l.v.opt.Cuts.Storyline)}
}

// places returns the places of articles by their ids.
func (l *layout) places() map[string]int {
	place := map[string]int{}
	for i, a := range l.order {
		place[l.v.r.Articles[a].ID] = i
	}
	return place
}

// asking yields the blocks for questions, cuts and disputes, by name.
func (l *layout) asking() iter.Seq2[string, func(io.Writer) error] {
	return func(yield func(string, func(io.Writer) error) bool) {
		more := l.asks == nil || yield("q", packing(l.asks))
		more = more && (l.cut == nil || yield("c", packing(l.cut)))
		if more && l.differ != nil {
			yield("d", packing(l.differ))
		}
	}
}

// writeAsking writes them into the page.
func (l *layout) writeAsking(w io.Writer) error {
	for name, write := range l.asking() {
		if err := element(w, "text/plain", "block-"+name, write); err != nil {
			return err
		}
	}
	return nil
}

// askingBeside writes them to files of their own.
func (l *layout) askingBeside() error {
	for name, write := range l.asking() {
		if err := l.beside(name, strconv.Quote(name), write); err != nil {
			return err
		}
	}
	return nil
}

// packing returns what writes a value.
func packing(value any) func(io.Writer) error {
	return func(w io.Writer) error {
		data, err := json.Marshal(value)
		if err != nil {
			return err
		}
		p := pack(w)
		p.write(data)
		return p.close()
	}
}
