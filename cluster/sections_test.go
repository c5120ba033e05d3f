package cluster

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The rows of one section are unit rows with the proportions that the section
// had in the mix.
func TestOnly(t *testing.T) {
	for section := range uint8(3) {
		d := randomDocuments(rand.New(rand.NewPCG(5, 6)), 50)
		before := Rows{Start: d.Rows.Start, Term: append([]uint32{}, d.Rows.Term...), Weight: append([]float32{}, d.Rows.Weight...)}
		rows := d.Sections.Only(section)
		if rows.Len() != before.Len() {
			t.Fatalf("%d rows of %d", rows.Len(), before.Len())
		}
		for i := range rows.Len() {
			var weights []float32
			square := 0.0
			for k := before.Start[i]; k < before.Start[i+1]; k++ {
				if d.Section[before.Term[k]] == section {
					weights = append(weights, before.Weight[k])
					square += float64(before.Weight[k]) * float64(before.Weight[k])
				}
			}
			got := rows.Weight[rows.Start[i]:rows.Start[i+1]]
			if len(got) != len(weights) {
				t.Fatalf("row %d: %d terms, want %d", i, len(got), len(weights))
			}
			for k, w := range got {
				if want := float64(weights[k]) / math.Sqrt(square); math.Abs(float64(w)-want) > 1e-6 {
					t.Errorf("row %d, entry %d: %v, want %v", i, k, w, want)
				}
			}
			if err := checkRow(rows, i); err != nil {
				t.Error(err)
			}
		}
	}
}
