package grouping

import (
	"context"
	"slices"
	"sort"

	"qissa/cluster"
	"qissa/internal/corpus"
	"qissa/internal/tfidf"
)

// An Epoch is the time from Start on, in Unix seconds, and the model of what is published
// in it. The words of an article are those outside of what the model of its epoch knows
// for boilerplate, a pair is weighed by the model of its later article, and a story is
// told by that of its last one. So a new epoch changes nothing that was published before.
type Epoch struct {
	Start int64
	Model *Model
}

// An era is the articles of a batch that were published in one epoch.
type era struct {
	from, to int // articles, in canonical order
	model    *Model

	words       *corpus.Corpus     // of all articles; the most frequent terms have the least numbers
	frequencies *tfidf.Frequencies // by term of words
	weights     *tfidf.Weights
	order       []uint32 // the number of each term of words before it was ordered
}

// Weighed are the articles of a batch under a model, or under one for each epoch.
type Weighed struct {
	*Batch
	Words *corpus.Corpus // without boilerplate; numbered as under the last model

	lengths *tfidf.Lengths
	eras    []era // with all articles, ascending; at least one
}

// Weigh puts a batch under a model, and what was published in later epochs under theirs,
// which stand in the order of time. A nil model is built from the batch and the embedded
// reference. Undated articles are of the last epoch. Cost linear in the words.
func (b *Batch) Weigh(ctx context.Context, m *Model, later ...Epoch) (*Weighed, error) {
	if m == nil {
		return b.weighByItself(ctx)
	}
	b.opt.stage(StageWeighing)
	w := &Weighed{Batch: b, eras: b.eras(m, later)}
	var framed []*corpus.Corpus
	var from []int
	for _, e := range w.eras {
		words, err := b.Words.WithoutBoilerplate(ctx, b.Articles, e.model.Boilerplate, b.opt.Jobs)
		if err != nil {
			return nil, err
		}
		framed, from = append(framed, words), append(from, e.from)
	}
	words := framed[0]
	if len(framed) > 1 {
		words = b.Words.Spliced(framed, from)
	}
	var err error
	if _, w.lengths, err = tfidf.Count(ctx, words, b.opt.Jobs); err != nil {
		return nil, err
	}
	for k := range w.eras {
		e := &w.eras[k]
		e.frequencies, e.order = e.model.table().of(words.Terms)
		e.words, e.weights = words.WithTerms(e.order), tfidf.Weigh(e.frequencies)
		w.Words = e.words
	}
	return w, nil
}

// Model returns the model of the articles and the reference. Cost linear in the words.
func (b *Batch) Model(ctx context.Context) (*Model, error) {
	weighed, err := b.Weigh(ctx, nil)
	if err != nil {
		return nil, err
	}
	return weighed.Model(), nil
}

// eras returns the epochs in which articles were published; the first if there are no
// articles.
func (b *Batch) eras(m *Model, later []Epoch) []era {
	var eras []era
	from := 0
	for k := -1; k < len(later); k++ {
		to := len(b.Time)
		if k+1 < len(later) {
			to = sort.Search(to, func(i int) bool { return b.Time[i] == cluster.Undated || b.Time[i] >= later[k+1].Start })
		}
		if k >= 0 {
			m = later[k].Model
		}
		if from < to || len(b.Time) == 0 && k < 0 {
			eras = append(eras, era{from: from, to: to, model: m})
		}
		from = max(from, to)
	}
	return eras
}

// eraOf returns the number of the era of an article.
func (w *Weighed) eraOf(article int) int {
	k := 0
	for k < len(w.eras)-1 && article >= w.eras[k].to {
		k++
	}
	return k
}

// modelOf returns the model under which an article is compared with earlier ones.
func (w *Weighed) modelOf(article int32) *Model { return w.eras[w.eraOf(int(article))].model }

// Model returns the model of the last articles.
func (w *Weighed) Model() *Model { return w.eras[len(w.eras)-1].model }

// WithDecisions returns the articles with other decisions of their models; see
// [Model.WithDecisions].
func (w *Weighed) WithDecisions(d cluster.Decisions, leastSim float64) *Weighed {
	with := *w
	with.eras = slices.Clone(w.eras)
	for k := range with.eras {
		with.eras[k].model = with.eras[k].model.WithDecisions(d, leastSim)
	}
	return &with
}

// Rarity returns a function that tells the inverse document frequency of each term of
// Words in whole texts, under the model of an article.
func (w *Weighed) Rarity() func(article int) []float64 {
	all := make([][]float64, len(w.eras))
	last := &w.eras[len(w.eras)-1]
	at := make([]uint32, len(last.order)) // number in Words, by that before
	for now, before := range last.order {
		at[before] = uint32(now)
	}
	for k := range w.eras {
		e := &w.eras[k]
		all[k] = make([]float64, len(e.order))
		for now, before := range e.order {
			all[k][at[before]] = e.weights.IDF[cluster.Whole][now]
		}
	}
	return func(article int) []float64 { return all[w.eraOf(article)] }
}

// Mentions returns how many index terms an article mentions outside of its boilerplate,
// and how many of these mentions are of terms that its model knows from one document or
// none.
func (w *Weighed) Mentions(article int) (all, unknown int) {
	e := &w.eras[w.eraOf(article)]
	title, body := e.words.Sections(article)
	for _, words := range [][]uint32{title, body} {
		for _, word := range words {
			term := e.words.Term[word]
			if term == corpus.NoTerm {
				continue
			}
			all++
			if e.frequencies[cluster.Whole].Of[term] <= 1 {
				unknown++
			}
		}
	}
	return all, unknown
}
