package grouping

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"qissa/cluster"
	"qissa/internal/corpus"
	"qissa/internal/tfidf"
	"qissa/vectorize"
)

// A Model is what is known of a corpus before articles are compared: in how many
// documents each term stands, what outlets put on every page, and the decision. It
// does not change. Under one model the same two articles have the same facts,
// whatever else is read.
type Model struct {
	Boilerplate corpus.Boilerplate
	Decisions   cluster.Decisions // "same story?" and "same storyline?"
	LeastSim    float64           // least mixed cosine of a pair that the decisions look at, above 0 and at most 1

	table func() *table
}

// A table holds document frequencies by the rank of a term: the most frequent in
// whole texts first, then by bytes.
type table struct {
	terms       []string
	frequencies *tfidf.Frequencies
	rank        map[string]uint32
}

func newTable(terms []string, frequencies *tfidf.Frequencies) *table {
	order := vectorize.ByFrequency(frequencies[cluster.Whole].Of, terms)
	t := &table{make([]string, len(terms)), frequencies.Ordered(order), make(map[string]uint32, len(terms))}
	for rank, n := range order {
		t.terms[rank] = terms[n]
		t.rank[terms[n]] = uint32(rank)
	}
	return t
}

// Documents returns how many documents were counted, those of the embedded reference
// among them.
func (m *Model) Documents() int { return m.table().frequencies[cluster.Whole].Documents }

// Terms returns how many terms the model knows.
func (m *Model) Terms() int { return len(m.table().terms) }

// WithDecisions returns the model with other decisions, which look at pairs of a
// mixed cosine of leastSim or more.
func (m *Model) WithDecisions(d cluster.Decisions, leastSim float64) *Model {
	return &Model{m.Boilerplate, d, leastSim, m.table}
}

// of returns the frequencies of terms, and the order in which they stand there: by
// rank, then the unknown ones by their bytes. So the order of two terms never depends
// on what else is read. An unknown term counts as one that stands in one document.
func (t *table) of(terms []string) (*tfidf.Frequencies, []uint32) {
	unknown := uint32(len(t.terms))
	rank, order := make([]uint32, len(terms)), make([]uint32, len(terms))
	for n, term := range terms {
		order[n], rank[n] = uint32(n), unknown
		if r, ok := t.rank[term]; ok {
			rank[n] = r
		}
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Or(cmp.Compare(rank[a], rank[b]), cmp.Compare(terms[a], terms[b])) })
	var of tfidf.Frequencies
	for s := range of {
		of[s] = vectorize.DocumentFrequency{Documents: t.frequencies[s].Documents, Of: make([]int, len(terms))}
		for now, n := range order {
			of[s].Of[now] = 1
			if rank[n] != unknown {
				of[s].Of[now] = max(1, t.frequencies[s].Of[rank[n]])
			}
		}
	}
	return &of, order
}

// weighByItself builds the model of a batch and puts the batch under it. The terms of
// the reference that stand in no article are left for whoever asks: the run needs
// none.
func (b *Batch) weighByItself(ctx context.Context) (*Weighed, error) {
	words, boilerplate, err := b.WithoutBoilerplate(ctx)
	if err != nil {
		return nil, err
	}
	frequencies, lengths, err := tfidf.Count(ctx, words, b.opt.Jobs)
	if err != nil {
		return nil, err
	}
	reference := tfidf.EmbeddedReference()
	frequencies.Include(words.Terms, reference)
	order := vectorize.ByFrequency(frequencies[cluster.Whole].Of, words.Terms)
	words, frequencies = words.WithTerms(order), frequencies.Ordered(order)
	terms := words.Terms
	m := &Model{boilerplate, cluster.Fitted, cluster.LeastSim, sync.OnceValue(func() *table { return withReference(terms, frequencies, reference) })}
	return &Weighed{b, words, lengths, []era{{0, words.Len(), m, words, frequencies, tfidf.Weigh(frequencies), order}}}, nil
}

// withReference returns a table of terms, with which the reference is counted
// already, and of those that stand in the reference only.
func withReference(terms []string, frequencies *tfidf.Frequencies, r tfidf.Reference) *table {
	known := make(map[string]bool, len(terms))
	for _, term := range terms {
		known[term] = true
	}
	all := slices.Clone(terms)
	var of tfidf.Frequencies
	for s := range of {
		of[s] = vectorize.DocumentFrequency{Documents: frequencies[s].Documents, Of: slices.Clone(frequencies[s].Of)}
	}
	for term, n := range r.Of {
		if !known[term] {
			all = append(all, term)
			for s := range of {
				of[s].Of = append(of[s].Of, n[s])
			}
		}
	}
	return newTable(all, &of) // which sorts them
}
