package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

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
	return Run{f.Version, f.Settings, f.Inputs, f.Zone, counts, f.Counts.Skipped, f.warnings(), f.Timings, f.Peak, f.Files}, nil
}

// UnmarshalJSON reads an object with its settings in order.
func (s *settingsJSON) UnmarshalJSON(data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return cmp.Or(err, errors.New("the settings are no object"))
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
		switch value.(type) {
		case string, float64, bool:
		default:
			return fmt.Errorf("the setting %q is no text, number or truth", name)
		}
		*s = append(*s, Setting{name.(string), value})
	}
	return nil
}

// warnings returns the warnings of a run, those of older versions without codes.
func (f *runFileJSON) warnings() []*article.Message {
	list := make([]*article.Message, len(f.Warnings))
	for i, said := range f.Warnings {
		list[i] = &article.Message{}
		if i < len(f.Messages) && f.Messages[i] != nil {
			list[i] = f.Messages[i]
		}
		list[i].Text = said
	}
	return list
}

// message returns why a record was skipped, in older versions without a code.
func (s *skippedJSON) message() *article.Message {
	m := s.Message
	if m == nil {
		m = &article.Message{}
	}
	m.Text = string(s.Reason)
	return m
}

// ReadSkipped reads what [SkippedJSONL] wrote.
func ReadSkipped(r io.Reader) ([]*article.RecordError, error) {
	var list []*article.RecordError
	err := EachLine(r, "skipped.jsonl", func(_ int, s skippedJSON) error {
		e := &article.RecordError{File: s.File, Code: s.Code, Excerpt: string(s.Excerpt)}
		e.Err = s.message()
		if s.Line != nil {
			e.Line = *s.Line
		}
		list = append(list, e)
		return nil
	})
	return list, err
}

// ReadArticles reads from what [StoriesJSONL] wrote what it says of the articles:
// all but their texts.
func ReadArticles(stories io.Reader) ([]article.Article, error) {
	var articles []article.Article
	err := EachLine(stories, "stories.jsonl", func(_ int, s storyJSON) error {
		for _, m := range s.Articles {
			a := article.Article{ID: m.ID, Source: string(m.Source), SourceRaw: m.SourceRaw, URL: string(m.URL), Title: string(m.Title), TimeRaw: string(m.TimeRaw), Precision: m.Precision,
				Origin: article.Origin{File: string(m.Origin.File), Line: m.Origin.Line, Item: m.Origin.Item}}
			if m.Time != "" {
				var err error
				if a.Time, err = time.Parse(time.RFC3339, string(m.Time)); err != nil {
					return fmt.Errorf("article %q: %w", m.ID, err)
				}
			}
			if m.AlsoIn != nil || m.Versions != nil {
				a.Others = &article.Others{AlsoIn: records(m.AlsoIn), Versions: records(m.Versions)}
			}
			articles = append(articles, a)
		}
		return nil
	})
	return articles, err
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
	s.Representative, s.First, s.Earliest, s.Last, s.Bridge, s.Neighbours = now[s.Representative], now[s.First], now[s.Earliest], now[s.Last], now[s.Bridge], nil
	renumber(&s, now)
	if s.FirstReason == qissa.FirstByCrawl && len(s.Members) > 1 {
		one.Counts.FirstWithheld = 1
	}
	if len(s.Sources) > 1 && len(s.Origins) == 1 {
		one.Counts.OneOrigin = 1
	}
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

// renumber gives the articles of a story's origins and figures the numbers that they
// have now.
func renumber(s *qissa.Story, now map[int]int) {
	s.Origins, s.Figures = slices.Clone(s.Origins), slices.Clone(s.Figures)
	for i, o := range s.Origins {
		s.Origins[i].Article = now[o.Article]
	}
	for i, f := range s.Figures {
		s.Figures[i].Values = slices.Clone(f.Values)
		for k, v := range f.Values {
			in := make([]int, len(v.Articles))
			for n, a := range v.Articles {
				in[n] = now[a]
			}
			s.Figures[i].Values[k].Articles = in
		}
	}
}
