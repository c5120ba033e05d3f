package grouping

import (
	"context"

	"qissa/cluster"
	"qissa/internal/corpus"
	"qissa/internal/tfidf"
	"qissa/vectorize"
)

// Boilerplate finds what outlets add to their articles in the batch, which is a sample of
// all.
func (b *Batch) Boilerplate(ctx context.Context, s *corpus.Sample) (corpus.Boilerplate, error) {
	return b.Words.FindBoilerplateOf(ctx, s, b.Articles, b.opt.Jobs)
}

// Counts are in how many documents terms stand: titles, whole texts and leads.
type Counts struct {
	Documents int
	Of        map[string][3]int
}

// Count counts the articles of the batch.
func (b *Batch) Count(ctx context.Context, of corpus.Boilerplate) (*Counts, error) {
	words, err := b.Words.WithoutBoilerplate(ctx, b.Articles, of, b.opt.Jobs)
	if err != nil {
		return nil, err
	}
	frequencies, _, err := tfidf.Count(ctx, words, b.opt.Jobs)
	if err != nil {
		return nil, err
	}
	c := &Counts{frequencies[cluster.Whole].Documents, make(map[string][3]int, len(words.Terms))}
	for n, term := range words.Terms {
		c.Of[term] = [3]int{frequencies[0].Of[n], frequencies[1].Of[n], frequencies[2].Of[n]}
	}
	return c, nil
}

// Add adds the counts of a term in other articles.
func (c *Counts) Add(term string, n [3]int) {
	if c.Of == nil {
		c.Of = map[string][3]int{}
	}
	of := c.Of[term]
	for s := range of {
		of[s] += n[s]
	}
	c.Of[term] = of
}

// Model returns the model of all that was counted, as [Batch.Weigh] makes it of one
// batch.
func (c *Counts) Model(of corpus.Boilerplate) *Model {
	var terms []string
	var frequencies tfidf.Frequencies
	for s := range frequencies {
		frequencies[s] = vectorize.DocumentFrequency{Documents: c.Documents}
	}
	for term, n := range c.Of {
		terms = append(terms, term)
		for s := range frequencies {
			frequencies[s].Of = append(frequencies[s].Of, n[s])
		}
	}
	reference := tfidf.EmbeddedReference()
	frequencies.Include(terms, reference)
	t := withReference(terms, &frequencies, reference)
	return &Model{of, cluster.Fitted, cluster.LeastSim, func() *table { return t }}
}
