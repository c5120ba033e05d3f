package qissa

import (
	"context"
	"math"

	"qissa/cluster"
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

// frequencies are the document frequencies of terms in each section.
type frequencies [3]vectorize.DocumentFrequency

// A view is one form of the rows of the articles.
type view int

// rowLengths are the lengths of all rows, by view and article.
type rowLengths [numViews][]uint32

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
	met []met // by term
}

// met tells where a term was met in the article at hand.
type met struct {
	article int32
	in      uint32 // a bit for each place
}

// The places of a mention, as bits.
const (
	inTitle = 1 << iota
	inLead
	inOpening
	inDecayed
	inWhole
)

// add counts an article. It returns the lengths of its rows.
func (c *counter) add(t *texts, i int) (lengths [numViews]uint32) {
	f := &c.frequencies
	for s := range f {
		f[s].Documents++
	}
	if c.met == nil {
		c.met = make([]met, len(t.terms))
		for s := range f {
			f[s].Of = make([]int, len(t.terms))
		}
	}
	count := func(term uint32, in uint32) {
		m := &c.met[term]
		if m.article != int32(i+1) {
			*m = met{article: int32(i + 1)}
		}
		if in &^= m.in; in == 0 {
			return
		}
		m.in |= in
		for s, bit := range [...]uint32{cluster.Title: inTitle, cluster.Whole: inWhole, cluster.Lead: inLead} {
			f[s].Of[term] += int(in / bit & 1)
		}
		lengths[mixed] += in/inTitle&1 + in/inWhole&1 + in/inLead&1
		lengths[headline] += in / inTitle & 1
		lengths[opening] += in / inOpening & 1
		lengths[decayed] += in / inDecayed & 1
	}
	for _, w := range t.head(i) {
		if term := t.term[w]; term != noTerm {
			count(term, inTitle|inLead|inOpening|inDecayed|inWhole)
		}
	}
	for at, w := range t.body(i) {
		if term := t.term[w]; term != noTerm {
			count(term, bodyPlaces[min(at, len(bodyPlaces)-1)])
		}
	}
	if !t.compared(i) {
		return [numViews]uint32{}
	}
	return lengths
}

// bodyPlaces are the places of a mention in a body, by its number there; the last is
// that of all further down.
var bodyPlaces = func() (in [decayedWords + 1]uint32) {
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

// countFrequencies counts document frequencies over all articles and those of
// a reference, and numbers the terms by falling frequency in the whole text. It
// also returns the lengths of the rows of every view.
func countFrequencies(ctx context.Context, t *texts, jobs int, ref reference) (*frequencies, rowLengths, error) {
	parts := make([]counter, jobs)
	var lengths rowLengths
	for v := range lengths {
		lengths[v] = make([]uint32, t.len())
	}
	err := parallel.EachWith(ctx, t.len(), jobs, func(worker int) func(int) {
		return func(i int) {
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

// buildSections writes the rows of every article, whose lengths are known, with
// its sections side by side.
func (t *texts) buildSections(ctx context.Context, idf [3][]float64, mix *vectorize.Mix, lengths []uint32, jobs int) (vectorize.Rows, error) {
	rows := vectorize.NewRows(lengths)
	return rows, parallel.EachWith(ctx, t.len(), jobs, func(int) func(int) {
		var sections [3]vectorize.Builder
		for s := range sections {
			sections[s] = vectorize.Builder{IDF: idf[s], TF: vectorize.Sublinear}
		}
		mixer := vectorize.Mixer{Mix: mix}
		return func(i int) {
			title, body := t.indexedParts(i)
			t.count(&sections[cluster.Title], title, 1, nil, 0)
			t.count(&sections[cluster.Whole], title, 1, body, len(body))
			t.count(&sections[cluster.Lead], title, titleWeight, body, leadWords)
			for s := range sections {
				terms, weights := sections[s].Row()
				mixer.Add(s, terms, weights)
			}
			mixer.Row(rows.Row(i))
		}
	})
}

// buildViews writes the rows of every article, whose lengths are known, that
// only the decision reads.
func (t *texts) buildViews(ctx context.Context, idf []float64, lengths rowLengths, jobs int) (rows [numViews]vectorize.Rows, err error) {
	for v := mixed + 1; v < numViews; v++ {
		rows[v] = vectorize.NewRows(lengths[v])
	}
	return rows, parallel.EachWith(ctx, t.len(), jobs, func(int) func(int) {
		plain := vectorize.Builder{IDF: idf, TF: vectorize.Sublinear}
		byPlace := vectorize.Builder{IDF: idf, TF: decayedTF}
		put := func(v view, i int, b *vectorize.Builder) {
			terms, weights := rows[v].Row(i)
			t, x := b.Row()
			copy(terms, t)
			copy(weights, x)
		}
		return func(i int) {
			title, body := t.indexedParts(i)
			t.count(&plain, title, 1, nil, 0)
			put(headline, i, &plain)
			t.count(&plain, title, 1, body, openingWords)
			put(opening, i, &plain)
			t.countDecayed(&byPlace, title, body)
			put(decayed, i, &byPlace)
		}
	})
}

// indexedParts returns the words of title and body, none where they are not
// compared.
func (t *texts) indexedParts(i int) (title, body []uint32) {
	if !t.compared(i) {
		return nil, nil
	}
	return t.head(i), t.body(i)
}

// compared tells whether an article is compared with others.
func (t *texts) compared(i int) bool { return !t.tooShort(i) && !t.isTwin(int32(i)) }

// count counts the title, each mention titleCount times, and the first words of
// the body.
func (t *texts) count(b *vectorize.Builder, title []uint32, titleCount float64, body []uint32, words int) {
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

// countDecayed counts mentions by less the further down they stand.
func (t *texts) countDecayed(b *vectorize.Builder, title, body []uint32) {
	for _, word := range title {
		if term := t.term[word]; term != noTerm {
			b.Add(term, 1)
		}
	}
	for i, word := range body[:min(decayedWords, len(body))] {
		if term := t.term[word]; term != noTerm {
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
