package arabic

import (
	"flag"
	"iter"
	"path/filepath"
	"slices"
	"testing"
)

var full = flag.Bool("full", false, "read every record of the dumps, not one of 100: minutes")

// On real records Words equals its twin, places are right, and a record
// without terms has no word but stop words.
func TestDumps(t *testing.T) {
	for _, name := range sharedFiles(t, "dumps/*") {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			every := 100
			if *full {
				every = 1
			}
			n, without := 0, 0
			for r := range records(t, name, every) {
				n++
				s := r.text()
				checkTwin(t, r.ID, s)
				checkWords(t, s)
				if _, some := first(Terms(s)); !some {
					without++
					t.Logf("%s yields no term: %.100q", r.ID, s)
					if i := slices.IndexFunc(texts(s), func(w string) bool { return !IsStop(w) }); i >= 0 {
						t.Errorf("%s yields no term but the word %q", r.ID, texts(s)[i])
					}
				}
				if t.Failed() {
					return
				}
			}
			t.Logf("%d records, %d without terms", n, without)
		})
	}
}

func first[T any](seq iter.Seq[T]) (T, bool) {
	for v := range seq {
		return v, true
	}
	var none T
	return none, false
}
