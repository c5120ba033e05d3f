package cluster

import "math"

// A stretch is the shingles [from, to) of a text. Another text that holds enough of
// the text has at least least of them.
type stretch struct {
	from, to int32
	least    uint16
}

// A rarest finds the rarest stretches of texts. It reuses its memory, and every
// worker has its own.
type rarest struct {
	often []uint32 // by word: how often it stands in all texts
	own   []int    // places of the words outside the frame
	sum   []int    // of each shingle, how often those before it stand in all texts at most
}

// beyond is how many words more than another text may lack are indexed, as a share
// of all. More words make fewer pairs of which the words are gone through, and a
// larger index.
const beyond = 0.12

// stretch returns the stretch whose shingles are rarest, of a text of which another may
// lack lacking words.
func (r *rarest) stretch(t Text, lacking int) stretch {
	shingles := len(t.Words) - ShareRun + 1
	if shingles <= 0 || t.own() == 0 {
		return stretch{}
	}
	r.measure(t, shingles)
	words := min(lacking+1+int(beyond*float64(len(r.own))), len(r.own))
	var best stretch
	least := math.MaxInt
	for i, from := range r.own[:len(r.own)-words+1] {
		s := stretch{from: int32(max(0, from-ShareRun+1)), to: int32(min(r.own[i+words-1]+1, shingles))}
		if sum := r.sum[s.to] - r.sum[s.from]; sum < least {
			best, least = s, sum
		}
	}
	best.least = uint16(min((words-lacking+ShareRun-1)/ShareRun, math.MaxUint16))
	return best
}

// measure fills in own and sum.
func (r *rarest) measure(t Text, shingles int) {
	r.own, r.sum = r.own[:0], append(r.sum[:0], 0)
	for i := range t.Words {
		if !t.framed(i, i+1) {
			r.own = append(r.own, i)
		}
		if i < shingles {
			n := 0
			if !t.framed(i, i+ShareRun) {
				n = shingleAt(t.Words, i).often(r.often)
			}
			r.sum = append(r.sum, r.sum[i]+n)
		}
	}
}

// often bounds how often a shingle stands in all texts by its rarest word. It is 0
// if it cannot stand twice.
func (s shingle) often(words []uint32) int {
	n := min(words[s[0]], words[s[1]], words[s[2]], words[s[3]])
	if n == 1 {
		return 0
	}
	return int(n)
}

// leastWords is the least number of words whose share of all is at least share.
func leastWords(all int, share float64) int {
	n := max(int(math.Ceil(share*float64(all))), 1)
	for n > 1 && float64(n-1)/float64(all) >= share {
		n--
	}
	return n
}
