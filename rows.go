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

func (f *frequencies) add(t *texts, i int) {
	for s := range f {
		f[s].Document()
	}
	count := func(words []uint32, sections ...int) {
		for _, w := range words {
			if term := t.term[w]; term != noTerm {
				for _, s := range sections {
					f[s].Term(term)
				}
			}
		}
	}
	body := t.body(i)
	lead := min(leadWords, len(body))
	count(t.head(i), cluster.Title, cluster.Whole, cluster.Lead)
	count(body[:lead], cluster.Whole, cluster.Lead)
	count(body[lead:], cluster.Whole)
}

// countFrequencies counts document frequencies over all articles and those of
// a reference, and numbers the terms by falling frequency in the whole text.
func countFrequencies(ctx context.Context, t *texts, jobs int, ref reference) (*frequencies, error) {
	blocks := (t.len() + blockSize - 1) / blockSize
	parts := make([]frequencies, jobs)
	err := forBlocks(ctx, blocks, jobs, nil, func(worker, b int) {
		for i := b * blockSize; i < min((b+1)*blockSize, t.len()); i++ {
			parts[worker].add(t, i)
		}
	})
	if err != nil {
		return nil, err
	}
	all := &parts[0]
	for w := 1; w < jobs; w++ {
		for s := range all {
			all[s].Merge(&parts[w][s])
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
	return all, nil
}

// views are the rows of all articles in all forms that the pipeline compares.
type views struct {
	sections                   [3]vectorize.Rows
	headline, opening, decayed vectorize.Rows
}

// buildViews writes the rows of every article.
func buildViews(ctx context.Context, t *texts, idf [3][]float64, jobs int) (views, error) {
	blocks := (t.len() + blockSize - 1) / blockSize
	type writer struct {
		sections                   [3]vectorize.Builder
		headline, opening, decayed vectorize.Builder
	}
	writers := make([]writer, jobs)
	for w := range writers {
		for s := range idf {
			writers[w].sections[s] = vectorize.Builder{IDF: idf[s], TF: vectorize.Sublinear}
		}
		writers[w].headline = vectorize.Builder{IDF: idf[cluster.Whole], TF: vectorize.Sublinear}
		writers[w].opening = vectorize.Builder{IDF: idf[cluster.Whole], TF: vectorize.Sublinear}
		writers[w].decayed = vectorize.Builder{IDF: idf[cluster.Whole], TF: decayedTF}
	}
	parts := make([]views, blocks)
	err := forBlocks(ctx, blocks, jobs, nil, func(worker, b int) {
		w := &writers[worker]
		for i := b * blockSize; i < min((b+1)*blockSize, t.len()); i++ {
			title, body := t.head(i), t.body(i)
			if t.tooShort(i) {
				title, body = nil, nil
			}
			t.write(&w.sections[cluster.Title], title, 1, nil, 0)
			t.write(&w.sections[cluster.Whole], title, 1, body, len(body))
			t.write(&w.sections[cluster.Lead], title, titleWeight, body, leadWords)
			t.write(&w.headline, title, 1, nil, 0)
			t.write(&w.opening, title, 1, body, openingWords)
			t.writeDecayed(&w.decayed, title, body)
		}
		p := &parts[b]
		for s := range p.sections {
			p.sections[s] = w.sections[s].Rows()
		}
		p.headline, p.opening, p.decayed = w.headline.Rows(), w.opening.Rows(), w.decayed.Rows()
	})
	if err != nil {
		return views{}, err
	}
	join := func(of func(*views) vectorize.Rows) vectorize.Rows {
		rows := make([]vectorize.Rows, len(parts))
		for i := range parts {
			rows[i] = of(&parts[i])
		}
		return vectorize.Concat(rows...)
	}
	var all views
	for s := range all.sections {
		all.sections[s] = join(func(v *views) vectorize.Rows { return v.sections[s] })
	}
	all.headline = join(func(v *views) vectorize.Rows { return v.headline })
	all.opening = join(func(v *views) vectorize.Rows { return v.opening })
	all.decayed = join(func(v *views) vectorize.Rows { return v.decayed })
	return all, nil
}

// write writes a row from the title, each mention counted titleCount times,
// and the first words of the body.
func (t *texts) write(b *vectorize.Builder, title []uint32, titleCount float64, body []uint32, words int) {
	for _, w := range title {
		if term := t.term[w]; term != noTerm {
			b.Add(term, titleCount)
		}
	}
	for _, w := range body[:min(words, len(body))] {
		if term := t.term[w]; term != noTerm {
			b.Add(term, 1)
		}
	}
	b.End()
}

// writeDecayed writes a row in which a mention weighs less the further down it
// stands.
func (t *texts) writeDecayed(b *vectorize.Builder, title, body []uint32) {
	for _, w := range title {
		if term := t.term[w]; term != noTerm {
			b.Add(term, 1)
		}
	}
	for i, w := range body[:min(decayedWords, len(body))] {
		if term := t.term[w]; term != noTerm {
			b.Add(term, math.Exp(-float64(i)/decayWords))
		}
	}
	b.End()
}

func decayedTF(sum float64) float64 { return math.Log1p(2 * sum) }
