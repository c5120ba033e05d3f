package qissa

import (
	"slices"

	"qissa/cluster"
	"qissa/internal/corpus"
)

// Under another headline the same background is retold for months. So an edited copy under
// one has its lead in the kept article, or half of it and half of the terms of its headline.
// Of 42 such pairs that lack it, read in two dumps, about half report something else. Under a
// like headline half of the terms of the lead are there: of nine that lack it, read in three
// dumps, seven report the next step.
const (
	leadWords  = 30  // of a text that tell what it reports: two sentences
	leadShare  = 0.5 // of these that stand in the other, in runs of words
	leadWhole  = 0.8 // likewise, from which a headline of any words stands above the same news
	leadTold   = 0.5 // share of the lead's terms that stand anywhere in the other, under a like headline
	titleAlike = 0.5 // share of the terms of the shorter headline from which two are alike
	titleTold  = 0.5 // share of a headline's terms that stand in the other article
)

// Daily tables of a market share all words but the numbers. Of the numbers of an edited copy
// no more are exchanged than stay, or fewer than templateNumbers: all nine such pairs of five
// dumps are of two days.
const (
	templateNumbers = 4  // as issues of a template are told in package overlap
	templateGap     = 30 // most words between two passages in which a number faces another one
)

// sameNumbers reports whether a copy without text of its own reports the same happening: this
// year's greetings are not last year's, but a toll is mended within days. Of 29 pairs with
// other numbers in five dumps all 22 of a few days are one report, all seven without dates
// are two.
func (d *dedup) sameNumbers(a, other int) bool {
	return d.near(a, other) || !d.hasOwnNumber(a, other) || !d.hasOwnNumber(other, a)
}

// near reports whether two articles are known to be of a few days.
func (d *dedup) near(a, other int) bool {
	return d.batch.Time[a] != cluster.Undated && d.batch.Time[other] != cluster.Undated && !d.batch.Apart(int32(a), int32(other), repeatNear)
}

// sameNews reports whether what is new in an edited copy stands in the article that it
// repeats.
func (d *dedup) sameNews(a, other int) bool {
	if d.hasOwnNumber(a, other) && d.hasOwnNumber(other, a) {
		return false // two quakes
	}
	text := d.words.Text(a)
	d.aligner.Start(text)
	runs := d.aligner.Align(d.words.Text(other)).Runs
	if d.filledAnew(a, other, runs) {
		return false
	}
	title, body := d.words.Title(a), d.words.Body(a)
	if d.sameHeadline(a, other) {
		bare := len(title) == 0 || len(d.words.Title(other)) == 0 || d.words.Own(a) < repeatWords // or a headline alone
		return bare || d.told(body[:min(leadWords, len(body))], other) >= leadTold
	}
	lead := d.leadIn(a, runs)
	return lead >= leadWhole || lead >= leadShare && d.told(title, other) >= titleTold
}

// filledAnew reports whether two articles are a template with other numbers. Runs are those
// that they share, by place in the first. What else they say may have numbers by chance, so
// only those are compared that face one another between two runs.
func (d *dedup) filledAnew(a, other int, runs []cluster.Run) bool {
	x, y := d.words.All(a), d.words.All(other)
	kept, exchanged := 0, 0
	for i, r := range runs {
		kept += len(d.numbersOf(x[r.A : r.A+r.Words]))
		if i == 0 {
			continue
		}
		before := runs[i-1]
		fromA, fromB := before.A+before.Words, before.B+before.Words
		if r.B < fromB || r.B-fromB > templateGap {
			continue
		}
		mine, theirs := d.numbersOf(x[fromA:r.A]), d.numbersOf(y[fromB:r.B])
		same := len(slices.DeleteFunc(slices.Clone(mine), func(w uint32) bool { return !slices.Contains(theirs, w) }))
		kept += same
		exchanged += min(len(mine), len(theirs)) - min(same, len(theirs))
	}
	return exchanged >= templateNumbers && exchanged > kept
}

// numbersOf returns the numbers among words.
func (d *dedup) numbersOf(words []uint32) (numbers []uint32) {
	for _, w := range words {
		if d.words.IsNumber(w) {
			numbers = append(numbers, w)
		}
	}
	return numbers
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

// told returns the share of the terms of a headline or lead that stand in the other
// article.
func (d *dedup) told(words []uint32, other int) float64 {
	terms := d.terms(words)
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
	return float64(n) / float64(max(1, len(terms)))
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

// leadIn returns the share of the first words of a text that stand in runs.
func (d *dedup) leadIn(a int, runs []cluster.Run) float64 {
	text := d.words.Text(a)
	from := d.words.TitleLen(a)
	for _, f := range text.Frame { // what the outlet puts above it
		if f.From == from {
			from = f.To
		}
	}
	to := min(from+leadWords, len(text.Words))
	in := 0
	for _, r := range runs {
		in += max(0, min(int(r.A+r.Words), to)-max(int(r.A), from))
	}
	return float64(in) / float64(max(1, to-from))
}
