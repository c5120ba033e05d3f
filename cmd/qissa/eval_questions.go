package main

import (
	"context"
	"path/filepath"
	"slices"

	"qissa"
	"qissa/eval"
)

// answer asks a run the questions of qissa ask and answers them as labels do, by the two
// articles that are shown, and returns the groups that the corrections make.
func answer(ctx context.Context, dir string, gold eval.Labels, questions int) (eval.Labels, error) {
	pred := eval.Labels{Name: dir, OfRun: true}
	f, err := openFinished(dir)
	if err != nil {
		return pred, err
	}
	links, err := f.links()
	if err != nil {
		return pred, err
	}
	reader, err := links.Ask(ctx)
	if err != nil {
		return pred, err
	}
	label := map[string]eval.Item{}
	for _, it := range gold.Items {
		label[it.ID] = it
	}
	of := func(i int) (eval.Item, bool) {
		it, ok := label[links.IDs[i]]
		return it, ok
	}
	corrections := links.Corrections
	unlabelled := func(q qissa.Question) bool {
		_, okA := of(q.HeadA)
		_, okB := of(q.HeadB)
		return !okA || !okB
	}
	for asked := 0; asked < questions; asked++ {
		next, err := reader.Questions(ctx, corrections, 1, unlabelled)
		if err != nil {
			return pred, err
		}
		if len(next) == 0 {
			break
		}
		q := next[0]
		a, _ := of(q.HeadA)
		b, _ := of(q.HeadB)
		switch {
		case a.Story == b.Story:
			corrections = append(corrections, reader.Yes(q)...)
		case a.Storyline != "" && a.Storyline == b.Storyline:
			corrections = append(corrections, reader.OneStoryline(q, corrections)...)
		default:
			corrections = append(corrections, reader.No(q, corrections)...)
		}
	}
	cut, err := links.Cut(ctx, links.Story, links.Storyline, corrections)
	if err != nil {
		return pred, err
	}
	return f.labels(cut)
}

// labels returns the groups of a run that was cut anew as labels of all its records: those
// of one address stand with their article.
func (f *finished) labels(cut *qissa.Result) (eval.Labels, error) {
	pred, group := eval.Labels{Name: f.dir, OfRun: true}, map[string]eval.Item{}
	for i := range cut.Articles {
		s := &cut.Stories[cut.StoryOf[i]]
		group[cut.Articles[i].ID] = eval.Item{Story: s.ID, Storyline: cut.Storylines[s.Storyline].ID}
	}
	err := eachLine(filepath.Join(f.dir, storiesFileName), func(s runStory) error {
		for _, a := range s.Articles {
			for _, r := range slices.Concat([]struct{ ID string }{{a.ID}}, a.AlsoIn, a.Versions) {
				it := group[a.ID]
				it.ID = r.ID
				if r.ID != "" {
					pred.Items = append(pred.Items, it)
				}
			}
		}
		return s.check()
	})
	return pred, err
}
