package main

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"qissa"
	"qissa/eval"
	"qissa/report"
)

// adjudication reads the labels of two readers of the articles of a run.
func (l *labelReport) adjudication(s *streams, r *qissa.Result) (*report.Adjudication, error) {
	scoring := evalVerb{streams: s}
	first, second, err := scoring.read(l.files[0], l.files[1])
	if err != nil {
		return nil, err
	}
	inRun := eval.Labels{}
	for i := range r.Articles {
		inRun.Items = append(inRun.Items, eval.Item{ID: r.Articles[i].ID})
	}
	if n := len(inRun.Lacking(second)); n > 0 {
		s.talk.say("%s: %s of no article of the run and left out", report.Harmless(second.Name), count(n, "label is", "labels are"))
	}
	second = second.Among(first).Among(inRun)
	if len(second.Items) == 0 {
		return nil, usage("%s and %s have no article of the run in common", l.files[0], l.files[1])
	}
	first = first.Among(second)
	a := &report.Adjudication{}
	for i, labels := range []eval.Labels{first, second} {
		a.Readers[i] = readerOf(l.files[i])
		a.Stories[i] = byID(labels)
	}
	if a.Readers[0] == a.Readers[1] {
		a.Readers = [2]string{l.files[0], l.files[1]}
	}
	if err := agree(a, "story", first, second); err != nil {
		return nil, err
	}
	wideFirst, hasFirst := first.Storylines()
	wideSecond, hasSecond := second.Storylines()
	if hasFirst && hasSecond {
		a.Storylines = [2]map[string]string{byID(wideFirst), byID(wideSecond)}
		err = agree(a, "storyline", wideFirst, wideSecond)
	}
	return a, err
}

func agree(a *report.Adjudication, level string, first, second eval.Labels) error {
	p, g, err := eval.Align(first, second)
	if err != nil {
		return err
	}
	s := eval.Summarize(level, p, g)
	a.Agreement = append(a.Agreement, report.Agreement{Level: level, Articles: s.Articles, Kappa: s.Kappa, BCubed: s.BCubed.F1, Pairwise: s.Pairwise.F1})
	return nil
}

func byID(labels eval.Labels) map[string]string {
	of := map[string]string{}
	for _, it := range labels.Items {
		of[it.ID] = it.Story
	}
	return of
}

// readerOf returns the reader of a file of labels as the notes beside it have it, else
// the name of the file.
func readerOf(path string) string {
	name := strings.TrimSuffix(filepath.Base(path), ".tsv")
	var notes struct{ Reader string }
	if data, err := os.ReadFile(filepath.Join(filepath.Dir(path), name+".meta.json")); err == nil {
		_ = json.Unmarshal(data, &notes) // notes that cannot be read name nobody
	}
	return cmp.Or(strings.TrimSpace(notes.Reader), name)
}
