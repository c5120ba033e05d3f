package vectorize

import (
	"iter"
	"slices"
	"sort"

	"github.com/james-bowman/nlp"
	"github.com/james-bowman/sparse"
	"gonum.org/v1/gonum/mat"
)

// A Tokeniser cuts a text into terms, and is what the vectorisers of nlp take as
// theirs: Tokeniser(arabic.Terms) makes them count the terms that qissa compares.
type Tokeniser func(text string) iter.Seq[string]

var _ nlp.Tokeniser = Tokeniser(nil)

// ForEachIn calls f for each term of the text, in order.
func (t Tokeniser) ForEachIn(text string, f func(token string)) {
	for token := range t(text) {
		f(token)
	}
}

// Tokenise returns the terms of the text, in order.
func (t Tokeniser) Tokenise(text string) []string { return slices.Collect(t(text)) }

// A Matrix shows [Rows] to gonum and nlp, without a copy. Like the matrices of
// nlp it has a column for each document and a row for each term. Reading one
// entry takes a binary search; whoever knows [mat.ColNonZeroDoer] reads a column
// in the time of its entries, and who knows [sparse.TypeConverter] gets a copy of
// the kind that it is fast with. [Matrix.ToCSR] is also the way to a fast transpose.
type Matrix struct {
	rows  Rows
	terms int
}

var (
	_ sparse.Sparser       = Matrix{}
	_ sparse.TypeConverter = Matrix{}
	_ mat.ColNonZeroDoer   = Matrix{}
	_ mat.NonZeroDoer      = Matrix{}
)

// Matrix returns the rows as a matrix of the given number of terms, above all that
// the rows have.
func (r Rows) Matrix(terms int) Matrix { return Matrix{r, terms} }

// Dims returns the numbers of terms and of documents.
func (m Matrix) Dims() (terms, documents int) { return m.terms, m.rows.Len() }

// At returns the weight of a term in a document. It panics where there is no such
// term or document.
func (m Matrix) At(term, document int) float64 {
	if uint(term) >= uint(m.terms) {
		panic(mat.ErrRowAccess)
	}
	if uint(document) >= uint(m.rows.Len()) {
		panic(mat.ErrColAccess)
	}
	terms, weights := m.rows.Row(document)
	i := sort.Search(len(terms), func(i int) bool { return int(terms[i]) >= term })
	if i < len(terms) && int(terms[i]) == term {
		return float64(weights[i])
	}
	return 0
}

// T returns the transpose, documents by terms.
func (m Matrix) T() mat.Matrix { return mat.Transpose{Matrix: m} }

// NNZ returns the number of entries that are not 0.
func (m Matrix) NNZ() int { return len(m.rows.Term) }

// DoNonZero calls f for each entry that is not 0, by document, then by term.
func (m Matrix) DoNonZero(f func(term, document int, weight float64)) {
	for d := range m.rows.Len() {
		m.DoColNonZero(d, f)
	}
}

// DoColNonZero calls f for each entry of a document that is not 0, by term.
func (m Matrix) DoColNonZero(document int, f func(term, document int, weight float64)) {
	terms, weights := m.rows.Row(document)
	for i, t := range terms {
		f(int(t), document, float64(weights[i]))
	}
}

// ToCSC returns a copy packed by document.
func (m Matrix) ToCSC() *sparse.CSC {
	terms, weights := make([]int, len(m.rows.Term)), make([]float64, len(m.rows.Weight))
	for i, t := range m.rows.Term {
		terms[i], weights[i] = int(t), float64(m.rows.Weight[i])
	}
	start := []int{0}
	if m.rows.Len() > 0 {
		start = slices.Clone(m.rows.Start)
	}
	return sparse.NewCSC(m.terms, m.rows.Len(), start, terms, weights)
}

// ToCSR returns a copy packed by term.
func (m Matrix) ToCSR() *sparse.CSR { return m.ToCSC().ToCSR() }

// ToCOO returns a copy as a list of entries.
func (m Matrix) ToCOO() *sparse.COO { return m.ToCSC().ToCOO() }

// ToDOK returns a copy as a map of entries.
func (m Matrix) ToDOK() *sparse.DOK { return m.ToCSC().ToDOK() }

// ToDense returns a copy with all zeros.
func (m Matrix) ToDense() *mat.Dense { return m.ToCSC().ToDense() }

// ToType returns a copy of the given type.
func (m Matrix) ToType(t sparse.MatrixType) mat.Matrix { return t.Convert(m) }
