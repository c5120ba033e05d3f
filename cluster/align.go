package cluster

// ShareRun is the least number of words in sequence that counts as shared
// text: shorter sequences are stock phrases that any two articles share.
const ShareRun = 4

// A Run is a sequence of words that stands in two documents: Words words from
// the A-th word of the one and the B-th of the other, counted from 0.
type Run struct{ A, B, Words int }

// An Alignment tells which text two documents share.
type Alignment struct {
	AInB, BInA float64 // share of the words of the one that stand in runs of the other, 0 to 1
	Runs       []Run   // by place in A, not overlapping in A
}

// An Aligner finds the text that documents share with one document A. Make it
// once for all partners of A.
type Aligner struct {
	a  []uint32
	at map[shingle][]int32
}

// shingle is ShareRun words in sequence (Broder, 1997).
type shingle [ShareRun]uint32

func shingleAt(words []uint32, i int) shingle { return shingle(words[i : i+ShareRun]) }

// NewAligner prepares document a, given as word numbers.
func NewAligner(a []uint32) *Aligner {
	al := &Aligner{a: a, at: make(map[shingle][]int32, len(a))}
	for i := range len(a) - ShareRun + 1 {
		s := shingleAt(a, i)
		al.at[s] = append(al.at[s], int32(i))
	}
	return al
}

// Align compares A with document b. Shares count each word that stands in a
// shared run, wherever and however often; a text that says everything twice
// still stands wholly in its copy. Cost linear in b unless a phrase repeats.
func (al *Aligner) Align(b []uint32) Alignment {
	coveredA, coveredB := make([]bool, len(al.a)), make([]bool, len(b))
	var runs []Run
	for i := range len(b) - ShareRun + 1 {
		for _, j := range al.at[shingleAt(b, i)] {
			for k := range ShareRun {
				coveredA[int(j)+k] = true
				coveredB[i+k] = true
			}
			if i > 0 && j > 0 && b[i-1] == al.a[j-1] {
				continue // inside a longer run that began earlier
			}
			n := ShareRun
			for int(j)+n < len(al.a) && i+n < len(b) && al.a[int(j)+n] == b[i+n] {
				n++
			}
			runs = append(runs, Run{int(j), i, n})
		}
	}
	return Alignment{
		AInB: share(coveredA), BInA: share(coveredB),
		Runs: disjoint(runs, len(al.a)),
	}
}

func share(covered []bool) float64 {
	n := 0
	for _, c := range covered {
		if c {
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return float64(n) / float64(len(covered))
}
