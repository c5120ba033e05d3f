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
	return regrouped(r, func(i int) string { return fmt.Sprint(i) }, func(i int) string { return fmt.Sprint(i) })
}

// regrouped returns a result with the stories and storylines that articles are of by what
// names them; a story is named after its first article. Nothing that the engine decided is told.
func regrouped(r *qissa.Result, story, line func(article int) string) *qissa.Result {
	one := &qissa.Result{Articles: r.Articles, Words: r.Words, StoryOf: make([]int, len(r.Articles)), Termless: r.Termless, TooShort: r.TooShort}
	members, number := map[string][]int{}, map[string]int{}
	for i := range r.Articles {
		members[story(i)] = append(members[story(i)], i)
	}
	for i := range r.Articles {
		group := members[story(i)]
		if group[0] != i {
			continue
		}
		s := labelledStory(r, group)
		l, known := number[line(i)]
		if !known {
			l = len(one.Storylines)
			number[line(i)] = l
			one.Storylines = append(one.Storylines, qissa.Storyline{ID: fmt.Sprintf("l_%d", i+1), Title: i})
		}
		s.Storyline = l
		for _, m := range group {
			one.StoryOf[m] = len(one.Stories)
		}
		one.Storylines[l].Stories = append(one.Storylines[l].Stories, len(one.Stories))
		one.Storylines[l].Articles += len(group)
		one.Stories = append(one.Stories, s)
	}
	for _, p := range r.Pairs {
		p.Decision, p.Why = "", ""
		one.Pairs = append(one.Pairs, p)
	}
	one.Recount()
	return one
}

// labelledStory returns the story of some articles, in the order of the result.
func labelledStory(r *qissa.Result, group []int) qissa.Story {
	s := qissa.Story{
		ID: fmt.Sprintf("a_%d", group[0]+1), Representative: group[0], Reason: qissa.OnlyArticle,
		First: -1, Earliest: -1, Last: -1, FirstReason: qissa.FirstUndated, Bridge: -1, Cohesion: 1, WeakestLink: 1, Trust: 1,
	}
	for n, i := range group {
		m := qissa.Member{Article: i, Relation: qissa.OwnWording, CopyOf: -1, Origin: n}
		if a := r.Articles[i]; a.HasClock() {
			if s.First < 0 {
				s.First, s.Earliest, s.FirstReason, m.Relation = i, i, "", qissa.First
			}
			s.Last = i
		}
		if len(group) == 1 {
			m.Relation = qissa.First
		}
		if source := r.Articles[i].Source; source != "" && !slices.Contains(s.Sources, source) {
			s.Sources = append(s.Sources, source)
		}
		s.Members, s.Origins = append(s.Members, m), append(s.Origins, qissa.Origin{Article: i, Articles: 1, Sources: 1})
	}
	return s
}
