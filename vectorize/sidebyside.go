package vectorize

import (
	"cmp"
	"math"
	"slices"
)

// A Section is one view of the documents, such as their titles, with its
// share in the whole and its document frequencies.
type Section struct {
	Rows  Rows
	Share float64 // of the mixed cosine; shares of all sections sum to 1
	DF    []int   // by term number
}

// A Mixed holds several sections of the same documents in one set of rows.
type Mixed struct {
	Rows    Rows
	Section []uint8  // the section of each mixed term
	Term    []uint32 // its number in that section
}

// SideBySide lays sections side by side: each row is the concatenation of the
// sections' rows, each scaled by the root of its share. The dot product of two
// mixed rows is then the share-weighted mean of the sections' cosines, so that
// one join serves all sections. Where a document lacks a section, such as a
// title, the shares of the others grow so that its row has length 1 all the
// same. Mixed terms are numbered by falling document frequency in their
// section.
func SideBySide(sections []Section) Mixed {
	var m Mixed
	type place struct {
		section uint8
		term    uint32
	}
	var places []place
	for s, sec := range sections {
		for t, n := range sec.DF {
			if n > 0 {
				places = append(places, place{uint8(s), uint32(t)})
			}
		}
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(
			cmp.Compare(sections[b.section].DF[b.term], sections[a.section].DF[a.term]),
			cmp.Compare(a.term, b.term), cmp.Compare(a.section, b.section))
	})
	number := make([][]uint32, len(sections))
	for s, sec := range sections {
		number[s] = make([]uint32, len(sec.DF))
	}
	for i, p := range places {
		number[p.section][p.term] = uint32(i)
		m.Section = append(m.Section, p.section)
		m.Term = append(m.Term, p.term)
	}
	m.Rows = interleave(sections, number)
	return m
}

func interleave(sections []Section, number [][]uint32) Rows {
	documents, entries := sections[0].Rows.Len(), 0
	for _, s := range sections {
		s.Rows.check(documents)
		entries += len(s.Rows.Term)
	}
	rows := Rows{
		Start:  append(make([]int, 0, documents+1), 0),
		Term:   make([]uint32, 0, entries),
		Weight: make([]float32, 0, entries),
	}
	type entry struct {
		term   uint32
		weight float32
	}
	var row []entry
	for d := range documents {
		row = row[:0]
		present := 0.0
		for _, sec := range sections {
			if terms, _ := sec.Rows.Row(d); len(terms) > 0 {
				present += sec.Share
			}
		}
		for s, sec := range sections {
			scale := math.Sqrt(sec.Share / present)
			terms, weights := sec.Rows.Row(d)
			for i, t := range terms {
				row = append(row, entry{number[s][t], float32(scale * float64(weights[i]))})
			}
		}
		slices.SortFunc(row, func(a, b entry) int { return cmp.Compare(a.term, b.term) })
		for _, e := range row {
			rows.Term = append(rows.Term, e.term)
			rows.Weight = append(rows.Weight, e.weight)
		}
		rows.Start = append(rows.Start, len(rows.Term))
	}
	return rows
}
