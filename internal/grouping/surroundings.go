package grouping

import (
	"context"
	"slices"
	"time"

	"qissa/internal/corpus"
	"qissa/internal/parallel"
)

// Surroundings tell which articles are compared with which, as far as it depends on
// others around them.
type surroundings struct {
	bulletins corpus.Bulletins
	folded    []int32 // as in [Facts]
	compared  []bool  // neither too short nor folded
	instances instances
}

// surroundings returns those of the articles by their words. With the same words they have
// the same template.
func (w *Weighed) surroundings(ctx context.Context, window time.Duration) (*surroundings, error) {
	bulletins, err := w.Words.FindBulletins(ctx, w.Articles, w.opt.Jobs)
	if err != nil {
		return nil, err
	}
	template, err := w.Words.SameTemplate(ctx, w.opt.Jobs)
	if err != nil {
		return nil, err
	}
	s := &surroundings{bulletins: bulletins}
	if slices.ContainsFunc(countAlike(template), w.limits.many) {
		first, err := w.Words.SameWords(ctx, w.opt.Jobs)
		if err != nil {
			return nil, err
		}
		s.folded = w.limits.fold(first, w.Time, w.Words.TooShort, bulletins, window)
	}
	if s.compared, err = w.compared(ctx, s.folded); err != nil {
		return nil, err
	}
	s.instances = findInstances(template, s.compared, w.limits.instances)
	return s, nil
}

// compared tells which articles are compared with others: those neither too short nor
// folded.
func (w *Weighed) compared(ctx context.Context, folded []int32) ([]bool, error) {
	compared := make([]bool, w.Words.Len())
	return compared, parallel.Each(ctx, len(compared), w.opt.Jobs, nil, func(_, i int) {
		compared[i] = !w.Words.TooShort(i) && !isFolded(folded, int32(i))
	})
}

// A Mark is what others need to know of an article to be compared beside it.
type Mark struct {
	Words, Template corpus.Digest // of those with the same words, and with the same but for numbers
	Day             int32         // as of [corpus.Bulletins]
	TooShort        bool
}

// Marks returns those of the articles for which it is true, nil for all.
func (w *Weighed) Marks(ctx context.Context, wanted func(i int) bool) ([]Mark, error) {
	bulletins, err := w.Words.FindBulletins(ctx, w.Articles, w.opt.Jobs)
	if err != nil {
		return nil, err
	}
	words, template, err := w.Words.Digests(ctx, w.opt.Jobs, wanted)
	if err != nil {
		return nil, err
	}
	marks := make([]Mark, len(words))
	return marks, parallel.Each(ctx, len(marks), w.opt.Jobs, nil, func(_, i int) {
		marks[i] = Mark{words[i], template[i], bulletins[i], w.Words.TooShort(i)}
	})
}

// Around are the surroundings of articles that are not all at hand.
type Around struct{ surroundings }

// AroundOf returns which articles are compared, of those of the given times, in canonical
// order, with their marks.
func AroundOf(times []int64, marks []Mark, window time.Duration) *Around {
	return defaultLimits.around(times, marks, window)
}

func (l limits) around(times []int64, marks []Mark, window time.Duration) *Around {
	var s surroundings
	words, template := make([]int32, len(marks)), make([]int32, len(marks))
	firstWords, firstTemplate := map[corpus.Digest]int32{}, map[corpus.Digest]int32{}
	for i, m := range marks {
		words[i], template[i] = firstOf(firstWords, m.Words, i), firstOf(firstTemplate, m.Template, i)
		s.bulletins = append(s.bulletins, m.Day)
	}
	s.folded = l.fold(words, times, func(i int) bool { return marks[i].TooShort }, s.bulletins, window)
	s.compared = make([]bool, len(marks))
	for i, m := range marks {
		s.compared[i] = !m.TooShort && !isFolded(s.folded, int32(i))
	}
	s.instances = findInstances(template, s.compared, l.instances)
	return &Around{s}
}

func firstOf(first map[corpus.Digest]int32, d corpus.Digest, i int) int32 {
	if _, met := first[d]; !met {
		first[d] = int32(i)
	}
	return first[d]
}

// of returns the surroundings of some of the articles, by their numbers, ascending.
func (a *Around) of(some []int32) *surroundings {
	s := &surroundings{bulletins: make(corpus.Bulletins, len(some)), compared: make([]bool, len(some))}
	for k, i := range some {
		s.bulletins[k], s.compared[k] = a.bulletins[i], a.compared[i]
		if isFolded(a.folded, i) {
			if of, here := slices.BinarySearch(some, a.folded[i]); here {
				s.folded = fold(s.folded, len(some), int32(of), int32(k))
			}
		}
	}
	if a.instances.of != nil {
		s.instances.most = a.instances.most
		for _, i := range some {
			s.instances.of = append(s.instances.of, a.instances.of[i])
		}
	}
	return s
}
