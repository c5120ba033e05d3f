package cluster

import "math/bits"

// ShareRun is the least number of words in sequence that counts as shared
// text: shorter sequences are stock phrases that any two articles share.
const ShareRun = 4

// A Run is a sequence of words that stands in two documents: Words words from
// the A-th word of the one and the B-th of the other, counted from 0.
type Run struct{ A, B, Words int32 }

// An Alignment tells which text two documents share.
type Alignment struct {
	AInB, BInA float64 // share of the words of the one that stand in runs of the other, 0 to 1
	Runs       []Run   // by place in A, not overlapping in A
}

// A Text is the words of a document, as numbers. Some may be a frame around it:
// boilerplate, a dateline, the credit of an agency.
// Sequences may run through a frame, but shares do not count it.
type Text struct {
	Words []uint32
	Frame []Passage // ascending, not overlapping
}

// A Passage is the words of a text from From up to To.
type Passage struct{ From, To int }

// An Aligner finds the text that documents share with one document A. Start it
// once for all partners of A. The zero value is ready; it reuses its memory, and
// every worker has its own.
type Aligner struct {
	a                  Text
	slot               []int32 // by hash: 1 + where a shingle of A first stands, 0 for none
	next               []int32 // by place in A: 1 + where the same shingle stands next, 0 for nowhere
	coveredA, coveredB []bool
	runs               []Run
}

// A shingle is ShareRun words in sequence (Broder, 1997).
type shingle [ShareRun]uint32

func shingleAt(words []uint32, i int) shingle { return shingle(words[i : i+ShareRun]) }

// own counts the words outside the frame.
func (t Text) own() int {
	n := len(t.Words)
	for _, f := range t.Frame {
		n -= f.To - f.From
	}
	return n
}

// framed tells whether the words from from up to to are all of one frame.
func (t Text) framed(from, to int) bool {
	for _, f := range t.Frame {
		if f.From <= from && to <= f.To {
			return true
		}
	}
	return false
}

// hash is a hash of a shingle whose upper half is well mixed.
func (s shingle) hash() uint64 {
	// Four products that do not wait for one another.
	return uint64(s[0])*0x9e3779b97f4a7c15 + uint64(s[1])*0xbf58476d1ce4e5b9 + uint64(s[2])*0x94d049bb133111eb + uint64(s[3])*0xd6e8feb86659fd93
}

// find returns the slot of a shingle: the one that holds it, else an empty one.
func (al *Aligner) find(s shingle) *int32 {
	for at := s.hash() >> 32; ; at++ {
		slot := &al.slot[at&uint64(len(al.slot)-1)]
		if *slot == 0 || shingleAt(al.a.Words, int(*slot-1)) == s {
			return slot
		}
	}
}

// Start prepares document a. Cost linear in it.
func (al *Aligner) Start(a Text) {
	al.a = a
	shingles := max(0, len(a.Words)-ShareRun+1)
	al.slot = resize(al.slot, 8<<bits.Len(uint(shingles))) // mostly empty: what is not there is told at once
	al.next = resize(al.next, shingles)
	clear(al.slot)
	for i := shingles - 1; i >= 0; i-- {
		slot := al.find(shingleAt(a.Words, i))
		al.next[i], *slot = *slot, int32(i+1)
	}
}

// Align compares A with document b. Shares count each word that stands in a
// shared run, wherever and however often; a text that says everything twice
// still stands wholly in its copy. Cost linear in b unless a phrase repeats.
func (al *Aligner) Align(text Text) Alignment {
	a, b := al.a.Words, text.Words
	al.runs = al.runs[:0]
	aInB, bInA := al.shares(text, func(j, i int) {
		if i > 0 && j > 0 && b[i-1] == a[j-1] {
			return // inside a longer run that began earlier
		}
		n := ShareRun
		for j+n < len(a) && i+n < len(b) && a[j+n] == b[i+n] {
			n++
		}
		al.runs = append(al.runs, Run{int32(j), int32(i), int32(n)})
	})
	return Alignment{AInB: aInB, BInA: bInA, Runs: disjoint(al.runs, len(a))}
}

// Shares returns the shares of [Aligner.Align] without the runs.
func (al *Aligner) Shares(text Text) (aInB, bInA float64) { return al.shares(text, func(j, i int) {}) }

// holds tells whether A lacks at most lacking words of a text. It stops at the first
// word above that.
func (al *Aligner) holds(text Text, lacking int) bool {
	covered := 0
	for i := range text.Words {
		if i+ShareRun <= len(text.Words) && *al.find(shingleAt(text.Words, i)) != 0 {
			covered = i + ShareRun
		}
		if i >= covered && !text.framed(i, i+1) {
			if lacking--; lacking < 0 {
				return false
			}
		}
	}
	return true
}

// shares calls met for every place j in A and i in b where the same shingle stands.
func (al *Aligner) shares(text Text, met func(j, i int)) (aInB, bInA float64) {
	al.coveredA, al.coveredB = resize(al.coveredA, len(al.a.Words)), resize(al.coveredB, len(text.Words))
	clear(al.coveredA)
	clear(al.coveredB)
	for i := range len(text.Words) - ShareRun + 1 {
		for at := *al.find(shingleAt(text.Words, i)); at != 0; at = al.next[at-1] {
			j := int(at - 1)
			for k := range ShareRun {
				al.coveredA[j+k] = true
				al.coveredB[i+k] = true
			}
			met(j, i)
		}
	}
	return share(al.coveredA, al.a.Frame), share(al.coveredB, text.Frame)
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
