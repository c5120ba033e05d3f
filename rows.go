package qissa

import (
	"context"
	"math"

	"qissa/cluster"
	"qissa/vectorize"
)

// The sections of an article. Shares, words and weights are those that
// separate the labelled story sets best; see eval/README.md.
const (
	leadWords    = 120  // words of the body in the lead section
	openingWords = 60   // words of the body in the opening
	titleWeight  = 3    // mentions that a mention in the title stands for, in the lead section
	decayWords   = 20.0 // words after which a mention weighs 1/e, in the decayed section
	decayedWords = 240  // words of the body in the decayed section: those after it weigh under 0.00001
)

// sectionShare is the share of each section in the mixed cosine.
var sectionShare = [3]float64{cluster.Title: 0.3, cluster.Whole: 0.3, cluster.Lead: 0.4}

// frequencies are the document frequencies of terms in each section.
type frequencies [3]vectorize.DocumentFrequency

// A view is one form of the rows of the articles.
type view int

// The views: the sections side by side, and the others that the decision reads.
const (
	mixed view = iota
	headline
	opening
	decayed
	numViews
)

// A counter counts in how many articles each term stands, and how many terms
// the articles have.
type counter struct {
	frequencies
	opening, decayed vectorize.DocumentFrequency // only to tell a first mention
}

// add counts an article. It returns the lengths of its rows.
func (c *counter) add(t *texts, i int) (lengths [numViews]uint32) {
	f := &c.frequencies
	for s := range f {
		f[s].Document()
	}
	c.opening.Document()
	c.decayed.Document()
	count := func(df *vectorize.DocumentFrequency, term uint32, views ...view) {
		if df.Term(term) {
			for _, v := range views {
				lengths[v]++
			}
		}
	}
	for _, w := range t.head(i) {
		if term := t.term[w]; term != noTerm {
			count(&f[cluster.Whole], term, mixed)
			count(&f[cluster.Title], term, mixed, headline)
			count(&f[cluster.Lead], term, mixed)
			count(&c.opening, term, opening)
			count(&c.decayed, term, decayed)
		}
	}
	for at, w := range t.body(i) {
		if term := t.term[w]; term != noTerm {
			count(&f[cluster.Whole], term, mixed)
			if at < leadWords {
				count(&f[cluster.Lead], term, mixed)
			}
			if at < openingWords {
				count(&c.opening, term, opening)
			}
			if at < decayedWords {
				count(&c.decayed, term, decayed)
			}
		}
	}
	if t.tooShort(i) {
		return [numViews]uint32{}
	}
	return lengths
}

// countFrequencies counts document frequencies over all articles and those of
// a reference, and numbers the terms by falling frequency in the whole text. It
// also returns the lengths of the rows of every view.
func countFrequencies(ctx context.Context, t *texts, jobs int, ref reference) (*frequencies, [numViews][]uint32, error) {
	blocks := (t.len() + blockSize - 1) / blockSize
	parts := make([]counter, jobs)
	var lengths [numViews][]uint32
	for v := range lengths {
		lengths[v] = make([]uint32, t.len())
	}
	err := forBlocks(ctx, blocks, jobs, nil, func(worker, b int) {
		for i := b * blockSize; i < min((b+1)*blockSize, t.len()); i++ {
			for v, n := range parts[worker].add(t, i) {
				lengths[v][i] = n
			}
		}
	})
	if err != nil {
		return nil, lengths, err
	}
	all := &parts[0].frequencies
	for w := 1; w < jobs; w++ {
		for s := range all {
			all[s].Merge(&parts[w].frequencies[s])
		}
	}
	for s := range all {
		all[s].Of = append(all[s].Of, make([]int, len(t.terms)-len(all[s].Of))...)
	}
	ref.add(t, all)
	order := vectorize.ByFrequency(all[cluster.Whole].Of, t.terms)
	t.renumber(order)
	for s := range all {
		of := make([]int, len(order))
		for now, old := range order {
			of[now] = all[s].Of[old]
		}
		all[s].Of = of
	}
	return all, lengths, nil
}

// A rowWriter writes the rows of one article after the other.
type rowWriter struct {
	t                          *texts
	rows                       *[numViews]vectorize.Rows
	sections                   [3]vectorize.Builder
	mixer                      vectorize.Mixer
	headline, opening, decayed vectorize.Builder
}

func newRowWriter(t *texts, idf [3][]float64, mix *vectorize.Mix, rows *[numViews]vectorize.Rows) *rowWriter {
	w := &rowWriter{t: t, rows: rows, mixer: vectorize.Mixer{Mix: mix}}
	for s := range idf {
		w.sections[s] = vectorize.Builder{IDF: idf[s], TF: vectorize.Sublinear}
	}
	w.headline = vectorize.Builder{IDF: idf[cluster.Whole], TF: vectorize.Sublinear}
	w.opening = vectorize.Builder{IDF: idf[cluster.Whole], TF: vectorize.Sublinear}
	w.decayed = vectorize.Builder{IDF: idf[cluster.Whole], TF: decayedTF}
	return w
}

// write writes all rows of an article.
func (w *rowWriter) write(i int) {
	title, body := w.t.head(i), w.t.body(i)
	if w.t.tooShort(i) {
		title, body = nil, nil
	}
	w.add(&w.sections[cluster.Title], title, 1, nil, 0)
	w.add(&w.sections[cluster.Whole], title, 1, body, len(body))
	w.add(&w.sections[cluster.Lead], title, titleWeight, body, leadWords)
	for s := range w.sections {
		terms, weights := w.sections[s].Row()
		w.mixer.Add(s, terms, weights)
	}
	w.mixer.Row(w.rows[mixed].Row(i))
	w.add(&w.headline, title, 1, nil, 0)
	w.put(headline, i, &w.headline)
	w.add(&w.opening, title, 1, body, openingWords)
	w.put(opening, i, &w.opening)
	w.addDecayed(&w.decayed, title, body)
	w.put(decayed, i, &w.decayed)
}

// put writes the row that a builder holds.
func (w *rowWriter) put(v view, i int, b *vectorize.Builder) {
	terms, weights := w.rows[v].Row(i)
	t, x := b.Row()
	copy(terms, t)
	copy(weights, x)
}

// buildRows writes the rows of every article, whose lengths are known.
func buildRows(ctx context.Context, t *texts, idf [3][]float64, mix *vectorize.Mix, lengths [numViews][]uint32, jobs int) (rows [numViews]vectorize.Rows, err error) {
	for v := range rows {
		rows[v] = vectorize.NewRows(lengths[v])
	}
	writers := make([]*rowWriter, jobs)
	for w := range writers {
		writers[w] = newRowWriter(t, idf, mix, &rows)
	}
	blocks := (t.len() + blockSize - 1) / blockSize
	err = forBlocks(ctx, blocks, jobs, nil, func(worker, b int) {
		for i := b * blockSize; i < min((b+1)*blockSize, t.len()); i++ {
			writers[worker].write(i)
		}
	})
	return rows, err
}

// add counts the title, each mention titleCount times, and the first words of
// the body.
func (w *rowWriter) add(b *vectorize.Builder, title []uint32, titleCount float64, body []uint32, words int) {
	t := w.t
	for _, word := range title {
		if term := t.term[word]; term != noTerm {
			b.Add(term, titleCount)
		}
	}
	for _, word := range body[:min(words, len(body))] {
		if term := t.term[word]; term != noTerm {
			b.Add(term, 1)
		}
	}
}

// addDecayed counts mentions by less the further down they stand.
func (w *rowWriter) addDecayed(b *vectorize.Builder, title, body []uint32) {
	t := w.t
	for _, word := range title {
		if term := t.term[word]; term != noTerm {
			b.Add(term, 1)
		}
	}
	for i, word := range body[:min(decayedWords, len(body))] {
		if term := t.term[word]; term != noTerm {
			b.Add(term, math.Exp(-float64(i)/decayWords))
		}
	}
}

func decayedTF(sum float64) float64 { return math.Log1p(2 * sum) }
