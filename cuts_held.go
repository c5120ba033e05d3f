package qissa

import (
	"cmp"
	"slices"

	"qissa/internal/passages"
)

// A run is words of a text or of a passage, from one up to another.
type run struct{ from, to int32 }

// A heldRun is words of a passage that stand in what is written of a text, from a word of
// it on.
type heldRun struct {
	run
	text, word int32
}

// held tells for passages which of their words stand in what is written so far. What two
// texts share is a passage from its first word to its last, so each run that a text shares
// with one before stands in a passage that both have.
type held struct {
	passages []passages.Passage // without places
	runs     [][]heldRun        // of each passage
	in       []placed           // passages by text
	start    []int32            // of each text's in in
}

// A placed passage begins at a word of a text.
type placed struct{ passage, word int32 }

// newHeld takes the places out of the passages.
func newHeld(found []passages.Passage, texts int) *held {
	h := &held{passages: found, runs: make([][]heldRun, len(found)), start: make([]int32, texts+1)}
	for _, p := range found {
		for _, at := range p.Places {
			h.start[at.Text+1]++
		}
	}
	for i := range texts {
		h.start[i+1] += h.start[i]
	}
	h.in = make([]placed, h.start[texts])
	next := slices.Clone(h.start)
	for n := range found {
		for _, at := range found[n].Places {
			h.in[next[at.Text]] = placed{int32(n), at.Word}
			next[at.Text]++
		}
		found[n].Places = nil
	}
	return h
}

// of returns the passages of a text.
func (h *held) of(text int32) []placed { return h.in[h.start[text]:h.start[text+1]] }

// runsOf returns the runs of a text that stand in what is written, by their first words, the
// longer first; words count in the text.
func (h *held) runsOf(text int32) (runs []heldRun) {
	for _, p := range h.of(text) {
		for _, r := range h.runs[p.passage] {
			r.from, r.to = r.from+p.word, r.to+p.word
			runs = append(runs, r)
		}
	}
	slices.SortFunc(runs, func(a, b heldRun) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to), cmp.Compare(a.text, b.text), cmp.Compare(a.word, b.word))
	})
	return runs
}

// add adds the runs of a text that are written, ascending, each of so many words or more.
func (h *held) add(text int32, written []run, least int32) {
	for _, p := range h.of(text) {
		from, to := p.word, p.word+h.passages[p.passage].Words
		at, _ := slices.BinarySearchFunc(written, from, func(r run, word int32) int { return cmp.Compare(r.to, word) })
		for ; at < len(written) && written[at].from < to; at++ {
			r := run{max(from, written[at].from), min(to, written[at].to)}
			if r.to-r.from >= least {
				h.runs[p.passage] = withRun(h.runs[p.passage], heldRun{run{r.from - from, r.to - from}, text, r.from})
			}
		}
	}
}

// withRun adds a run unless others have its words, and takes out those whose words it has.
func withRun(runs []heldRun, x heldRun) []heldRun {
	covered := x.from
	for _, r := range runs {
		if r.from <= covered {
			covered = max(covered, r.to)
		}
	}
	if covered >= x.to {
		return runs
	}
	runs = slices.DeleteFunc(runs, func(r heldRun) bool { return x.from <= r.from && r.to <= x.to })
	at, _ := slices.BinarySearchFunc(runs, x, func(a, b heldRun) int { return cmp.Compare(a.from, b.from) })
	return slices.Insert(runs, at, x)
}
