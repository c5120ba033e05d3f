// Package tfidf writes the articles of a corpus as TF-IDF rows: [Count] counts in how
// many articles each term stands, [Weigh] makes weights of the counts, and these
// write the rows that similar pairs are found by ([Weights.Sections]) and those that
// only the decision reads ([Weights.Views]).
package tfidf

import (
	"context"
	"math"

	"qissa/cluster"
	"qissa/internal/corpus"
	"qissa/internal/parallel"
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

// Frequencies are the document frequencies of the terms of a corpus in each section,
// by the number of the term.
type Frequencies [3]vectorize.DocumentFrequency

// A view is one form of the rows of the articles.
type view int

// Lengths are the lengths of all rows, by view and article.
type Lengths [numViews][]uint32

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
	Frequencies
	last []lastSeen // by term
}

// lastSeen is the last article that held a term, and where there.
type lastSeen struct {
	article int32  // 1 + its number
	in      uint32 // a bit for each part
}

// The parts of an article in which a mention counts, as bits.
const (
	inTitle = 1 << iota
	inLead
	inOpening
	inDecayed
	inWhole
)

// add counts an article. It returns the lengths of its rows.
func (n *counter) add(c *corpus.Corpus, i int) (lengths [numViews]uint32) {
	f := &n.Frequencies
	for s := range f {
		f[s].Documents++
	}
	if n.last == nil {
		n.last = make([]lastSeen, len(c.Terms))
		for s := range f {
			f[s].Of = make([]int, len(c.Terms))
		}
	}
	count := func(term uint32, in uint32) {
		seen := &n.last[term]
		if seen.article != int32(i+1) {
			*seen = lastSeen{article: int32(i + 1)}
		}
		if in &^= seen.in; in == 0 {
			return
		}
		seen.in |= in
		for s, bit := range [...]uint32{cluster.Title: inTitle, cluster.Whole: inWhole, cluster.Lead: inLead} {
			f[s].Of[term] += int(in / bit & 1)
		}
		lengths[mixed] += in/inTitle&1 + in/inWhole&1 + in/inLead&1
		lengths[headline] += in / inTitle & 1
		lengths[opening] += in / inOpening & 1
		lengths[decayed] += in / inDecayed & 1
	}
	title, body := c.Sections(i)
	for _, w := range title {
		if term := c.Term[w]; term != corpus.NoTerm {
			count(term, inTitle|inLead|inOpening|inDecayed|inWhole)
		}
	}
	for at, w := range body {
		if term := c.Term[w]; term != corpus.NoTerm {
			count(term, bodyParts[min(at, len(bodyParts)-1)])
		}
	}
	return lengths
}

// bodyParts are the parts that a mention in a body stands in, by its number there; the last is
// that of all further down.
var bodyParts = func() (in [decayedWords + 1]uint32) {
	for at := range in {
		in[at] = inWhole
		if at < leadWords {
			in[at] |= inLead
		}
		if at < openingWords {
			in[at] |= inOpening
		}
		if at < decayedWords {
			in[at] |= inDecayed
		}
	}
	return in
}()

// Count counts the articles that hold each term, section by section, and the lengths
// of the rows of every view. Cost linear in the words.
func Count(ctx context.Context, c *corpus.Corpus, jobs int) (*Frequencies, *Lengths, error) {
	parts := make([]counter, parallel.Jobs(jobs))
	var lengths Lengths
	for v := range lengths {
		lengths[v] = make([]uint32, c.Len())
	}
	err := parallel.EachWith(ctx, c.Len(), len(parts), func(worker int) func(int) {
		return func(i int) {
			for v, n := range parts[worker].add(c, i) {
				lengths[v][i] = n
			}
		}
	})
	if err != nil {
		return nil, nil, err
	}
	all := &parts[0].Frequencies
	for w := 1; w < len(parts); w++ {
		for s := range all {
			all[s].Merge(&parts[w].Frequencies[s])
		}
	}
	for s := range all {
		all[s].Of = append(all[s].Of, make([]int, len(c.Terms)-len(all[s].Of))...)
	}
	return all, &lengths, nil
}

// Ordered returns the frequencies with the terms in another order, which lists their
// numbers of before.
func (f *Frequencies) Ordered(order []uint32) *Frequencies {
	var ordered Frequencies
	for s := range f {
		of := make([]int, len(order))
		for now, before := range order {
			of[now] = f[s].Of[before]
		}
		ordered[s] = vectorize.DocumentFrequency{Documents: f[s].Documents, Of: of}
	}
	return &ordered
}

// Weights are what the rows of a corpus are written with.
type Weights struct {
	IDF [3][]float64 // of each term, by section

	mix *vectorize.Mix
}

// Weigh returns weights that follow the frequencies. Terms are numbered by falling
// frequency in whole texts.
func Weigh(f *Frequencies) *Weights {
	w := &Weights{}
	var sections []vectorize.Section
	for s := range w.IDF {
		w.IDF[s] = vectorize.IDF(f[s].Of, f[s].Documents)
		sections = append(sections, vectorize.Section{Share: sectionShare[s], DF: f[s].Of})
	}
	w.mix = vectorize.SideBySide(sections)
	return w
}

// newRows makes room for the rows of a view. Those of articles that are not compared
// are empty.
func (l *Lengths) newRows(v view, compared []bool) vectorize.Rows {
	lengths := make([]uint32, len(compared))
	for i, is := range compared {
		if is {
			lengths[i] = l[v][i]
		}
	}
	return vectorize.NewRows(lengths)
}

// Sections returns the rows of the articles that are compared, whose lengths are
// known, with their sections side by side. The rows of others are empty.
func (w *Weights) Sections(ctx context.Context, c *corpus.Corpus, lengths *Lengths, compared []bool, jobs int) (*cluster.Sections, error) {
	rows := lengths.newRows(mixed, compared)
	err := parallel.EachWith(ctx, c.Len(), jobs, func(int) func(int) {
		var sections [3]vectorize.Builder
		for s := range sections {
			sections[s] = vectorize.Builder{IDF: w.IDF[s], TF: vectorize.Sublinear}
		}
		mixer := vectorize.Mixer{Mix: w.mix}
		return func(i int) {
			if !compared[i] {
				return
			}
			title, body := c.Sections(i)
			count(c, &sections[cluster.Title], title, 1, nil, 0)
			count(c, &sections[cluster.Whole], title, 1, body, len(body))
			count(c, &sections[cluster.Lead], title, titleWeight, body, leadWords)
			for s := range sections {
				terms, weights := sections[s].Row()
				mixer.Add(s, terms, weights)
			}
			mixer.Row(rows.Row(i))
		}
	})
	return &cluster.Sections{Rows: cluster.Rows(rows), Section: w.mix.Section, Share: sectionShare}, err
}

// Views are the rows that only the decision reads, by article: the title, title and
// first words, and the whole text with early words weighing more.
type Views struct{ Headline, Opening, Decayed cluster.Rows }

// Views returns the rows that only the decision reads; else as [Weights.Sections].
func (w *Weights) Views(ctx context.Context, c *corpus.Corpus, lengths *Lengths, compared []bool, jobs int) (*Views, error) {
	var rows [numViews]vectorize.Rows
	for v := mixed + 1; v < numViews; v++ {
		rows[v] = lengths.newRows(v, compared)
	}
	idf := w.IDF[cluster.Whole]
	err := parallel.EachWith(ctx, c.Len(), jobs, func(int) func(int) {
		plain := vectorize.Builder{IDF: idf, TF: vectorize.Sublinear}
		byPlace := vectorize.Builder{IDF: idf, TF: decayedTF}
		put := func(v view, i int, b *vectorize.Builder) {
			terms, weights := rows[v].Row(i)
			t, x := b.Row()
			copy(terms, t)
			copy(weights, x)
		}
		return func(i int) {
			if !compared[i] {
				return
			}
			title, body := c.Sections(i)
			count(c, &plain, title, 1, nil, 0)
			put(headline, i, &plain)
			count(c, &plain, title, 1, body, openingWords)
			put(opening, i, &plain)
			countDecayed(c, &byPlace, title, body)
			put(decayed, i, &byPlace)
		}
	})
	return &Views{cluster.Rows(rows[headline]), cluster.Rows(rows[opening]), cluster.Rows(rows[decayed])}, err
}

// count counts the title, each mention titleCount times, and the first words of
// the body.
func count(c *corpus.Corpus, b *vectorize.Builder, title []uint32, titleCount float64, body []uint32, words int) {
	for _, word := range title {
		if term := c.Term[word]; term != corpus.NoTerm {
			b.Add(term, titleCount)
		}
	}
	for _, word := range body[:min(words, len(body))] {
		if term := c.Term[word]; term != corpus.NoTerm {
			b.Add(term, 1)
		}
	}
}

// countDecayed counts mentions by less the further down they stand.
func countDecayed(c *corpus.Corpus, b *vectorize.Builder, title, body []uint32) {
	for _, word := range title {
		if term := c.Term[word]; term != corpus.NoTerm {
			b.Add(term, 1)
		}
	}
	for i, word := range body[:min(decayedWords, len(body))] {
		if term := c.Term[word]; term != corpus.NoTerm {
			b.Add(term, decayAt[i])
		}
	}
}

// decayAt is what a mention weighs, by its place.
var decayAt = func() (weights [decayedWords]float64) {
	for i := range weights {
		weights[i] = math.Exp(-float64(i) / decayWords)
	}
	return weights
}()

func decayedTF(sum float64) float64 { return math.Log1p(2 * sum) }
