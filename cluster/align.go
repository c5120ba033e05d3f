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

// A Text is the words of a document, as numbers. The first and last ones may
// be a frame around it: boilerplate, a dateline, the credit of an agency.
// Sequences may run through a frame, but shares do not count it.
type Text struct {
	Words []uint32
	Frame []Passage // ascending, not overlapping
}

// A Passage is the words of a text from From up to To.
type Passage struct{ From, To int }

// An Aligner finds the text that documents share with one document A. Make it
// once for all partners of A.
type Aligner struct {
	a  Text
	at map[shingle][]int32
}

// shingle is ShareRun words in sequence (Broder, 1997).
type shingle [ShareRun]uint32

func shingleAt(words []uint32, i int) shingle { return shingle(words[i : i+ShareRun]) }

// NewAligner prepares document a.
func NewAligner(a Text) *Aligner {
	al := &Aligner{a: a, at: make(map[shingle][]int32, len(a.Words))}
	for i := range len(a.Words) - ShareRun + 1 {
		s := shingleAt(a.Words, i)
		al.at[s] = append(al.at[s], int32(i))
	}
	return al
}

// Align compares A with document b. Shares count each word that stands in a
// shared run, wherever and however often; a text that says everything twice
// still stands wholly in its copy. Cost linear in b unless a phrase repeats.
func (al *Aligner) Align(text Text) Alignment {
	a, b := al.a.Words, text.Words
	coveredA, coveredB := make([]bool, len(a)), make([]bool, len(b))
	var runs []Run
	for i := range len(b) - ShareRun + 1 {
		for _, j := range al.at[shingleAt(b, i)] {
			for k := range ShareRun {
				coveredA[int(j)+k] = true
				coveredB[i+k] = true
			}
			if i > 0 && j > 0 && b[i-1] == a[j-1] {
				continue // inside a longer run that began earlier
			}
			n := ShareRun
			for int(j)+n < len(a) && i+n < len(b) && a[int(j)+n] == b[i+n] {
				n++
			}
			runs = append(runs, Run{int(j), i, n})
		}
	}
	return Alignment{
		AInB: share(coveredA, al.a.Frame), BInA: share(coveredB, text.Frame),
		Runs: disjoint(runs, len(a)),
	}
}

// share is the share of the covered words, those of the frame left out.
func share(covered []bool, frame []Passage) float64 {
	count := func(words []bool) (n, all int) {
		for _, c := range words {
			if c {
				n++
			}
		}
		return n, len(words)
	}
	n, all := count(covered)
	for _, f := range frame {
		framed, words := count(covered[f.From:f.To])
		n, all = n-framed, all-words
	}
	if n == 0 {
		return 0
	}
	return float64(n) / float64(all)
}
