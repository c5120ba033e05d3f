package cluster

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"testing"

	"qissa/internal/needs"
)

var update = flag.Bool("update", false, "rewrite the golden files of operations")

// TestOperations keeps the operations of a join in a golden file: they are the
// same on every machine, so that a change of cost is seen where seconds are
// noise.
func TestOperations(t *testing.T) {
	needs.Time(t, "it joins 6,000 rows 28 times")
	rows := zipfRows(6000, 100, 1)
	times := make([]int64, rows.Len())
	for i := range times {
		times[i] = int64(i) * 144
	}
	var got bytes.Buffer
	fmt.Fprintln(&got, "window  least  postings     swept  verified  computed  pairs")
	for _, window := range []int64{72 * 3600, 0} {
		for _, j := range joins {
			j.Window, j.Jobs = window, 1
			_, one, err := Pairs(t.Context(), rows, times, j)
			if err != nil {
				t.Fatal(err)
			}
			j.Jobs = 3
			if _, three, err := Pairs(t.Context(), rows, times, j); err != nil || three != one {
				t.Errorf("least %v: three workers take %+v, one %+v (%v)", j.MinSim, three, one, err)
			}
			fmt.Fprintf(&got, "%5dh  %5.2f  %8d  %8d  %8d  %8d  %5d\n", window/3600, j.MinSim, one.Postings, one.Swept, one.Verified, one.Computed, one.Pairs)
		}
	}
	checkGolden(t, "testdata/operations.txt", got.Bytes())
}

// checkGolden compares with a golden file, or rewrites it.
func checkGolden(t *testing.T, golden string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(golden, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("operations are not those of %s (%v; -update writes it anew); got:\n%s", golden, err, got)
	}
}
