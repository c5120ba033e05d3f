package vectorize

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/james-bowman/nlp"
	"github.com/james-bowman/sparse"
	"gonum.org/v1/gonum/mat"
)

// drawnRows returns rows of at most the given number of terms; every fifth is empty.
func drawnRows(documents, terms int) Rows {
	r := rand.New(rand.NewPCG(7, 8))
	b := Builder{IDF: slices.Repeat([]float64{1}, terms)}
	for d := range documents {
		for range d % 5 * 4 {
			b.Add(uint32(r.IntN(terms)), 1+r.Float64())
		}
		b.End()
	}
	return b.Rows()
}

// A matrix has the weights of the rows and zeros, however it is read.
func TestMatrix(t *testing.T) {
	const documents, terms = 23, 40
	rows := drawnRows(documents, terms)
	want := mat.NewDense(terms, documents, nil)
	for d := range documents {
		ts, ws := rows.Row(d)
		for i := range ts {
			want.Set(int(ts[i]), d, float64(ws[i]))
		}
	}
	m := rows.Matrix(terms)
	byEntry, byColumn := mat.NewDense(terms, documents, nil), mat.NewDense(terms, documents, nil)
	m.DoNonZero(func(i, j int, v float64) { byEntry.Set(i, j, v) })
	for j := range documents {
		m.DoColNonZero(j, func(i, j int, v float64) { byColumn.Set(i, j, v) })
	}
	for name, got := range map[string]mat.Matrix{
		"At": m, "DoNonZero": byEntry, "DoColNonZero": byColumn, "CSC": m.ToCSC(), "CSR": m.ToCSR(), "COO": m.ToCOO(), "DOK": m.ToDOK(),
		"dense": m.ToDense(), "type": m.ToType(sparse.CSRFormat), "transposed twice": m.T().T(),
	} {
		if !mat.Equal(got, want) {
			t.Errorf("%s: other entries than the rows", name)
		}
	}
	if !mat.Equal(m.T(), want.T()) {
		t.Error("T: other entries than the rows")
	}
	if m.NNZ() != len(rows.Term) {
		t.Errorf("%d entries, want %d", m.NNZ(), len(rows.Term))
	}
}

// What gonum and sparse compute of a matrix is what they compute of a dense one.
func TestMatrixProducts(t *testing.T) {
	rows := drawnRows(30, 50)
	m, dense := rows.Matrix(50), rows.Matrix(50).ToDense()
	var want, got mat.Dense
	want.Mul(dense.T(), dense)
	got.Mul(m.T(), m)
	if !mat.EqualApprox(&got, &want, 1e-12) {
		t.Error("mat.Dense.Mul: another product")
	}
	var packed sparse.CSR
	packed.Mul(m.ToCSC().T(), m)
	if !mat.EqualApprox(&packed, &want, 1e-12) {
		t.Error("sparse.CSR.Mul: another product")
	}
	for i := range 30 {
		if got := dot(rows, i, i); math.Abs(want.At(i, i)-got) > 1e-6 {
			t.Errorf("document %d has length %v, want %v", i, want.At(i, i), got)
		}
	}
}

func TestMatrixOfNothing(t *testing.T) {
	for _, rows := range []Rows{{}, new(Builder).Rows()} {
		m := rows.Matrix(3)
		if r, c := m.Dims(); r != 3 || c != 0 || m.NNZ() != 0 {
			t.Errorf("%d × %d with %d entries, want 3 × 0 with 0", r, c, m.NNZ())
		}
		m.DoNonZero(func(int, int, float64) { t.Error("an entry") })
		if r, c := m.ToCSC().Dims(); r != 3 || c != 0 {
			t.Errorf("as CSC %d × %d, want 3 × 0", r, c)
		}
	}
}

func TestMatrixPanics(t *testing.T) {
	m := drawnRows(6, 10).Matrix(10)
	for _, at := range [][2]int{{-1, 0}, {10, 0}, {0, -1}, {0, 6}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("At(%d, %d) does not panic", at[0], at[1])
				}
			}()
			m.At(at[0], at[1])
		}()
	}
}

// nlp counts the terms that the function gives.
func TestTokeniser(t *testing.T) {
	words := Tokeniser(strings.FieldsSeq)
	texts := []string{"زلزال في كريت", "زلزال", ""}
	if got, want := words.Tokenise(texts[0]), []string{"زلزال", "في", "كريت"}; !slices.Equal(got, want) {
		t.Errorf("Tokenise: %q, want %q", got, want)
	}
	counts := nlp.NewCountVectoriser()
	counts.Tokeniser = words
	m, err := counts.FitTransform(texts...)
	if err != nil {
		t.Fatal(err)
	}
	if r, c := m.Dims(); r != 3 || c != 3 {
		t.Errorf("%d × %d, want 3 terms × 3 texts", r, c)
	}
	for d, want := range []float64{1, 1, 0} {
		if got := m.At(counts.Vocabulary["زلزال"], d); got != want {
			t.Errorf("text %d: counted %v times, want %v", d, got, want)
		}
	}
}
