package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"qissa"
	"qissa/article"
)

// ReadRun reads what [RunJSON] wrote.
func ReadRun(r io.Reader) (Run, error) {
	var f runFileJSON
	if err := json.NewDecoder(r).Decode(&f); err != nil {
		return Run{}, err
	}
	if f.Schema != schema || len(f.Settings) == 0 {
		return Run{}, errors.New("no schema 1 or settings")
	}
	counts := f.Counts.Counts
	counts.RepeatedText = float64(f.Counts.RepeatedText)
	return Run{f.Version, f.Settings, f.Inputs, counts, f.Counts.Skipped, f.Warnings, f.Timings, f.Peak}, nil
}

// UnmarshalJSON reads an object with its settings in order.
func (s *settingsJSON) UnmarshalJSON(data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	if _, err := dec.Token(); err != nil {
		return err
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return err
		}
		var value any
		if err := dec.Decode(&value); err != nil {
			return err
		}
		*s = append(*s, Setting{name.(string), value})
	}
	return nil
}

// ReadResult makes a result of the articles of a run, read again, and of what
// [StoriesJSONL] and [PairsJSONL] wrote. Shares have three digits.
func ReadResult(articles []article.Article, stories, pairs io.Reader, counts qissa.Counts) (*qissa.Result, error) {
	articles = slices.Clone(articles)
	article.Identify(articles)
	r := &qissa.Result{Counts: counts, StoryOf: make([]int, len(articles)), Words: make([]int, len(articles))}
	number := map[string]int{}
	for n, i := range article.CanonicalOrder(articles) {
		r.Articles = append(r.Articles, articles[i])
		number[articles[i].ID] = n
	}
	var records []storyJSON
	story := map[string]int{}
	err := eachLine(stories, func(s storyJSON) error {
		for _, m := range s.Articles {
			n, ok := number[m.ID]
			if !ok {
				return fmt.Errorf("article %q is not in the input any more", m.ID)
			}
			r.StoryOf[n], r.Words[n] = len(records), m.Words
		}
		story[s.ID] = len(records)
		records = append(records, s)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, s := range records {
		r.Stories = append(r.Stories, s.story(r.Articles, number, story))
	}
	r.Storylines = storylines(r.Stories, records)
	err = eachLine(pairs, func(p pairJSON) error {
		a, okA := number[p.A]
		b, okB := number[p.B]
		if !okA || !okB {
			return fmt.Errorf("article %q or %q is not in the input any more", p.A, p.B)
		}
		r.Pairs = append(r.Pairs, p.pair(a, b))
		return nil
	})
	return r, err
}

// storylines gathers the storylines of stories, whose records are given, and numbers
// them. It is nil where a record tells of none: the run is older than storylines.
func storylines(stories []qissa.Story, records []storyJSON) []qissa.Storyline {
	var all []qissa.Storyline
	number := map[string]int{}
	for s, rec := range records {
		if rec.Storyline == nil {
			return nil
		}
		n, known := number[rec.Storyline.ID]
		if !known {
			n = len(all)
			number[rec.Storyline.ID] = n
			all = append(all, qissa.Storyline{ID: rec.Storyline.ID, Title: stories[s].Representative})
		}
		stories[s].Storyline = n
		all[n].Stories = append(all[n].Stories, s)
		all[n].Articles += len(stories[s].Members)
	}
	for _, l := range all {
		slices.SortFunc(l.Stories, func(a, b int) int { return stories[a].Members[0].Article - stories[b].Members[0].Article })
	}
	return all
}

// story turns a record into a story of numbered articles and stories.
func (s storyJSON) story(articles []article.Article, number, story map[string]int) qissa.Story {
	at := func(id string) int {
		if n, ok := number[id]; ok && id != "" {
			return n
		}
		return -1
	}
	out := qissa.Story{
		ID: s.ID, Representative: at(s.Representative), Reason: s.Reason, First: -1, Last: -1, Sources: s.Sources, KeyPhrases: s.KeyPhrases,
		Cohesion: float64(s.Cohesion), WeakestLink: float64(s.WeakestLink), Trust: float64(s.Trust), Review: s.Review, Bridge: at(string(s.Bridge)), RepeatedText: float64(s.RepeatedText),
	}
	if s.First != nil {
		out.First = at(s.First.Article)
	}
	for _, m := range s.Articles {
		n := at(m.ID)
		out.Members = append(out.Members, qissa.Member{Article: n, Relation: m.Relation, Copied: float64(m.Copied), CopyOf: at(string(m.CopyOf)), Credit: m.Credit})
		if s.LastTime != "" && timeText(articles[n]) == string(s.LastTime) {
			out.Last = n
		}
	}
	for _, n := range s.Neighbours {
		out.Neighbours = append(out.Neighbours, qissa.Neighbour{Story: story[n.ID], Sim: float64(n.Sim), Shared: float64(n.Shared)})
	}
	return out
}

func (p pairJSON) pair(a, b int) qissa.Pair {
	out := qissa.Pair{A: a, B: b, Cosine: float64(p.Cosine), Same: float64(p.Same), AInB: float64(p.AInB), BInA: float64(p.BInA), Decision: p.Decision, Why: p.Why}
	for _, run := range p.Runs {
		out.Passages = append(out.Passages, qissa.Passage(run))
	}
	for _, f := range p.OnlyA {
		out.OnlyA = append(out.OnlyA, qissa.Fact(f))
	}
	for _, f := range p.OnlyB {
		out.OnlyB = append(out.OnlyB, qissa.Fact(f))
	}
	return out
}

// eachLine decodes one value after the other.
func eachLine[T any](r io.Reader, use func(T) error) error {
	dec := json.NewDecoder(bufio.NewReaderSize(r, 1<<20))
	for line := 1; ; line++ {
		var x T
		if err := dec.Decode(&x); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
		if err := use(x); err != nil {
			return err
		}
	}
}

// Only returns the result cut down to one story, nil if none has the id.
func Only(r *qissa.Result, id string) *qissa.Result {
	n := slices.IndexFunc(r.Stories, func(s qissa.Story) bool { return s.ID == id })
	if n < 0 {
		return nil
	}
	s := r.Stories[n]
	now := map[int]int{-1: -1}
	one := &qissa.Result{Counts: qissa.Counts{Articles: len(s.Members), Sources: len(s.Sources), Stories: 1, Largest: len(s.Members), RepeatedText: s.RepeatedText}}
	s.Members = slices.Clone(s.Members)
	for i, m := range s.Members {
		now[m.Article] = i
		one.Articles = append(one.Articles, r.Articles[m.Article])
		one.Words = append(one.Words, r.Words[m.Article])
		one.StoryOf = append(one.StoryOf, 0)
		switch m.Relation {
		case qissa.Verbatim, qissa.Shortened, qissa.Edited:
			one.Counts.Copies++
		}
		if !dated(r.Articles[m.Article]) {
			one.Counts.Undated++
		}
	}
	for i, m := range s.Members {
		s.Members[i].Article, s.Members[i].CopyOf = now[m.Article], now[m.CopyOf]
	}
	s.Representative, s.First, s.Last, s.Bridge, s.Neighbours = now[s.Representative], now[s.First], now[s.Last], now[s.Bridge], nil
	if len(s.Members) > 1 {
		one.Counts.Multiple = 1
	} else {
		one.Counts.Single = 1
	}
	if len(s.Review) > 0 {
		one.Counts.ToReview = 1
	}
	if s.Storyline < len(r.Storylines) {
		l := r.Storylines[s.Storyline]
		one.Storylines = []qissa.Storyline{{ID: l.ID, Stories: []int{0}, Title: s.Representative, Articles: len(s.Members)}}
	}
	s.Storyline = 0
	one.Stories = []qissa.Story{s}
	for _, p := range r.Pairs {
		a, okA := now[p.A]
		b, okB := now[p.B]
		if okA && okB {
			p.A, p.B = a, b
			one.Pairs = append(one.Pairs, p)
		}
	}
	return one
}
