package cluster

import "math"

// The sections of a document, in the order in which they lie side by side.
const (
	Title = iota // the title
	Whole        // title and text
	Lead         // title, weighted, and the first words of the text
)

// Sections are the rows of documents whose sections lie side by side.
type Sections struct {
	Rows    Rows       // the dot product is the mixed cosine
	Section []uint8    // of each term
	Share   [3]float64 // of each section in the mix
}

// Only returns unit rows of one section. They take the place of s, which is of no
// use any more.
func (s *Sections) Only(section uint8) Rows {
	rows := Rows{Start: make([]int, 1, len(s.Rows.Start))}
	n := 0
	for d := range s.Rows.Len() {
		from, square := n, 0.0
		for i := s.Rows.Start[d]; i < s.Rows.Start[d+1]; i++ {
			if t := s.Rows.Term[i]; s.Section[t] == section {
				s.Rows.Term[n], s.Rows.Weight[n] = t, s.Rows.Weight[i]
				square += float64(s.Rows.Weight[n]) * float64(s.Rows.Weight[n])
				n++
			}
		}
		length := math.Sqrt(square)
		for i := from; i < n; i++ {
			s.Rows.Weight[i] = float32(float64(s.Rows.Weight[i]) / length)
		}
		rows.Start = append(rows.Start, n)
	}
	rows.Term, rows.Weight = s.Rows.Term[:n], s.Rows.Weight[:n]
	s.Rows = Rows{}
	return rows
}

// Cosines are the cosines of a pair in each section.
type Cosines [3]float32

// A SectionComparer compares documents section by section, best all pairs of
// one document in a row. Every worker has its own.
type SectionComparer struct {
	sections *Sections
	row      layout
}

// Comparer returns a new comparer. Cost linear in terms.
func (s *Sections) Comparer() *SectionComparer {
	return &SectionComparer{sections: s, row: layout{rows: s.Rows}}
}

// Expect asks for the memory that Cosines reads of the pairs to come, from the
// one at hand on.
func (c *SectionComparer) Expect(pairs []Pair) {
	if len(pairs) > later {
		c.sections.Rows.expect(pairs[soon].B)
		c.sections.Rows.expectStart(pairs[later].B)
	}
}

// Cosines returns the cosines of a pair. Every later step reads them, so that
// the rows are read once.
func (c *SectionComparer) Cosines(p Pair) Cosines {
	var cos [3]float64
	s := c.sections
	c.row.lay(p.A, len(s.Section))
	terms, weights := s.Rows.row(p.B)
	c.row.common = common(terms, c.row.has, c.row.common)
	for _, i := range c.row.common {
		t := terms[i]
		cos[s.Section[t]] += float64(float64(c.row.weight[t]) * float64(weights[i]))
	}
	var out Cosines
	for section := range cos {
		out[section] = float32(min(cos[section]/s.Share[section], 1))
	}
	return out
}
