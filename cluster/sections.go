package cluster

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

// Cosines are the cosines of a pair in each section.
type Cosines [3]float32

// A SectionComparer compares documents section by section, best all pairs of
// one document in a row. Every worker has its own.
type SectionComparer struct {
	sections *Sections
	row      denseRow
}

// Comparer returns a new comparer. Cost linear in terms.
func (s *Sections) Comparer() *SectionComparer {
	return &SectionComparer{sections: s, row: denseRow{rows: s.Rows}}
}

// Prefetch asks for the memory that Cosines will read. pairs[0] is the pair that is
// compared next.
func (c *SectionComparer) Prefetch(pairs []Pair) {
	if len(pairs) > later {
		c.sections.Rows.prefetchRow(pairs[soon].B)
		c.sections.Rows.prefetchStart(pairs[later].B)
	}
}

// Cosines returns the cosines of a pair. Every later step reads them, so that
// the rows are read once.
func (c *SectionComparer) Cosines(p Pair) Cosines {
	var cos [3]float64
	s := c.sections
	c.row.set(p.A, len(s.Section))
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
