package vectorize

import (
	"cmp"
	"math"
	"slices"
)

// A Section is one view of the documents, such as their titles, with its
// share in the whole and its document frequencies.
type Section struct {
	Share float64 // of the mixed cosine; shares of all sections sum to 1
	DF    []int   // by term number
}

// A Mix lays the rows of several sections of a document side by side into one:
// each is scaled by the root of its share. The dot product of two mixed rows is
// then the share-weighted mean of the sections' cosines, so that one join serves
// all sections. Mixed terms are numbered by falling document frequency in their
// section.
type Mix struct {
	Section []uint8  // the section of each mixed term
	Term    []uint32 // its number in that section

	share  []float64  // of each section
	number [][]uint32 // the mixed term of each term of each section
}

// SideBySide returns the mix of at most 256 sections.
func SideBySide(sections []Section) *Mix {
	type place struct {
		section uint8
		term    uint32
	}
	var places []place
	m := &Mix{}
	for s, sec := range sections {
		for t, n := range sec.DF {
			if n > 0 {
				places = append(places, place{uint8(s), uint32(t)})
			}
		}
		m.share = append(m.share, sec.Share)
		m.number = append(m.number, make([]uint32, len(sec.DF)))
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(
			cmp.Compare(sections[b.section].DF[b.term], sections[a.section].DF[a.term]),
			cmp.Compare(a.term, b.term), cmp.Compare(a.section, b.section))
	})
	for i, p := range places {
		m.number[p.section][p.term] = uint32(i)
		m.Section = append(m.Section, p.section)
		m.Term = append(m.Term, p.term)
	}
	return m
}

// A Mixer writes mixed rows, one document after the other. Every worker has its
// own.
type Mixer struct {
	Mix *Mix

	set    termSet   // mixed terms of the current document
	weight []float32 // of each in its section, by mixed term
	shares float64   // of the sections that the document has
	scale  []float64 // of each section, in the current document
}

// Add adds the row of a section of the current document.
func (x *Mixer) Add(section int, terms []uint32, weights []float32) {
	if x.weight == nil {
		x.set, x.weight = newTermSet(len(x.Mix.Term)), make([]float32, len(x.Mix.Term))
	}
	if len(terms) > 0 {
		x.shares += x.Mix.share[section]
	}
	for i, t := range terms {
		mixed := x.Mix.number[section][t]
		x.set.add(mixed)
		x.weight[mixed] = weights[i]
	}
}

// Row closes the current document and writes its row, as long as those of its
// sections together. Where the document lacks a section, such as a title, the
// shares of the others grow so that the row has length 1 all the same.
func (x *Mixer) Row(terms []uint32, weights []float32) {
	x.scale = x.scale[:0]
	for _, share := range x.Mix.share {
		x.scale = append(x.scale, math.Sqrt(share/x.shares))
	}
	for i, t := range x.set.drain(terms[:0]) {
		weights[i] = float32(x.scale[x.Mix.Section[t]] * float64(x.weight[t]))
	}
	x.shares = 0
}
