package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"qissa"
)

// hash names a run by what its page holds: its articles by their stories. Corrections and
// labels are kept in the browser under it.
func (l *layout) hash() string {
	h := sha256.New()
	for _, s := range l.v.r.Stories {
		fmt.Fprintf(h, "%q", s.ID)
		for _, m := range s.Members {
			fmt.Fprintf(h, " %q", l.v.r.Articles[m.Article].ID)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// obeyed writes the corrections that the run obeyed by the places of their articles.
func (l *layout) obeyed() [][]any {
	place := l.places()
	var all [][]any
	for _, c := range l.v.opt.Obeyed {
		a, okA := place[c.A]
		b, okB := place[c.B]
		if okA && okB {
			all = append(all, []any{a, b, c.Together, c.Storyline})
		}
	}
	return all
}

// correctingCommand is how the run is repeated with corrections.
func correctingCommand(run Run) string {
	for _, s := range run.Settings {
		if s.Name == "archive" {
			return fmt.Sprintf("qissa archive correct %v corrections.jsonl", s.Value)
		}
	}
	const command = "qissa cluster --from run.json --corrections corrections.jsonl -o corrected"
	if slices.ContainsFunc(run.Inputs, func(in Input) bool { return strings.HasPrefix(in.Name, "<") }) {
		return command + " -" // the standard input, once more
	}
	return command
}

// Ungrouped returns a result in which each article is a story by itself, and what the
// engine decided of pairs is not told, for readers who are to label without a model. The
// articles and pairs are those of r.
func Ungrouped(r *qissa.Result) *qissa.Result {
	one := &qissa.Result{Articles: r.Articles, Words: r.Words, StoryOf: make([]int, len(r.Articles)), Termless: r.Termless, TooShort: r.TooShort}
	for i, a := range r.Articles {
		s := qissa.Story{
			ID: fmt.Sprintf("a_%d", i+1), Members: []qissa.Member{{Article: i, Relation: qissa.First, CopyOf: -1}}, Representative: i, Reason: qissa.OnlyArticle,
			First: i, Earliest: i, Last: i, Bridge: -1, Cohesion: 1, WeakestLink: 1, Trust: 1, Origins: []qissa.Origin{{Article: i, Articles: 1, Sources: 1}}, Storyline: i,
		}
		if !a.HasClock() {
			s.First, s.Earliest, s.Last, s.FirstReason = -1, -1, -1, qissa.FirstUndated
		}
		if a.Source != "" {
			s.Sources = []string{a.Source}
		}
		one.StoryOf[i], one.Stories = i, append(one.Stories, s)
		one.Storylines = append(one.Storylines, qissa.Storyline{ID: fmt.Sprintf("l_%d", i+1), Stories: []int{i}, Title: i, Articles: 1})
	}
	for _, p := range r.Pairs {
		p.Decision, p.Why = "", ""
		one.Pairs = append(one.Pairs, p)
	}
	one.Recount()
	return one
}
