package qissa

import (
	"slices"

	"qissa/internal/corpus"
)

// Under another headline the same background is retold for months. So an edited copy under
// one has its lead in the kept article, or half of it and half of the terms of its headline.
// Of 42 such pairs that lack it, read in two dumps, about half report something else.
const (
	leadWords  = 30  // of a text that tell what it reports: two sentences
	leadShare  = 0.5 // of these that stand in the other, in runs of words
	leadWhole  = 0.8 // likewise, from which a headline of any words stands above the same news
	titleAlike = 0.5 // share of the terms of the shorter headline from which two are alike
	titleTold  = 0.5 // share of a headline's terms that stand in the other article
)

// sameNews reports whether what is new in an edited copy stands in the article that it
// repeats.
func (d *dedup) sameNews(a, other int) bool {
	switch {
	case d.hasOwnNumber(a, other) && d.hasOwnNumber(other, a):
		return false // two quakes, this year's greetings and last year's
	case d.sameHeadline(a, other):
		return true
	}
	lead := d.leadIn(a, other)
	return lead >= leadWhole || lead >= leadShare && d.told(a, other) >= titleTold
}

// sameHeadline reports whether two headlines are alike. What has none differs in none:
// essays without one are often told anew under another lead.
func (d *dedup) sameHeadline(a, b int) bool {
	terms, others := d.terms(d.words.Title(a)), d.terms(d.words.Title(b))
	if len(terms) == 0 || len(others) == 0 {
		return true
	}
	common := 0
	for _, t := range terms {
		if slices.Contains(others, t) {
			common++
		}
	}
	return float64(common) >= titleAlike*float64(min(len(terms), len(others)))
}

// hasOwnNumber reports whether the headline or the lead of an article has a number that
// stands nowhere in the other.
func (d *dedup) hasOwnNumber(a, other int) bool {
	own := func(w uint32) bool {
		if !d.words.IsNumber(w) {
			return false
		}
		_, there := slices.BinarySearch(d.words.AllNumbers(other), w)
		return !there
	}
	body := d.words.Body(a)
	return slices.ContainsFunc(d.words.Title(a), own) || slices.ContainsFunc(body[:min(leadWords, len(body))], own)
}

// told returns the share of the terms of a headline that stand in the other article.
func (d *dedup) told(a, other int) float64 {
	terms := d.terms(d.words.Title(a))
	there := map[uint32]bool{}
	for _, w := range d.words.All(other) {
		there[d.words.Term[w]] = true
	}
	n := 0
	for _, t := range terms {
		if there[t] {
			n++
		}
	}
	return float64(n) / float64(len(terms))
}

// terms returns the distinct index terms of words.
func (d *dedup) terms(words []uint32) (terms []uint32) {
	for _, w := range words {
		if t := d.words.Term[w]; t != corpus.NoTerm && !slices.Contains(terms, t) {
			terms = append(terms, t)
		}
	}
	return terms
}

// leadIn returns the share of the first words of a text that stand in the other article in
// runs.
func (d *dedup) leadIn(a, other int) float64 {
	text := d.words.Text(a)
	from := d.words.TitleLen(a)
	for _, f := range text.Frame { // what the outlet puts above it
		if f.From == from {
			from = f.To
		}
	}
	to := min(from+leadWords, len(text.Words))
	d.aligner.Start(text)
	in := 0
	for _, r := range d.aligner.Align(d.words.Text(other)).Runs {
		in += max(0, min(int(r.A+r.Words), to)-max(int(r.A), from))
	}
	return float64(in) / float64(max(1, to-from))
}
