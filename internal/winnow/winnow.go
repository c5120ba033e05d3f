// Package winnow chooses some of the word sequences of a text, so that two texts with a
// long enough passage in common have a chosen one in common (Schleimer, Wilkerson and
// Aiken, Winnowing, 2003).
package winnow

// odd and mixing are numbers whose products with small ones differ in the upper half.
const (
	odd    = 0x9e3779b97f4a7c15
	mixing = 0xbf58476d1ce4e5b9
)

// Texts returns a hash of each word that depends on its text alone: FNV-1a.
func Texts(words []string) []uint64 {
	hash := make([]uint64, len(words))
	for i, w := range words {
		h := uint64(14695981039346656037)
		for at := range len(w) {
			h = (h ^ uint64(w[at])) * 1099511628211
		}
		hash[i] = h
	}
	return hash
}

// Grams appends the hashes of all sequences of so many words, given those of each word
// (Karp and Rabin, 1987).
func Grams(to []uint64, words []uint32, hash []uint64, gram int) []uint64 {
	top := uint64(1) // odd to the power of gram
	for range gram {
		top *= odd
	}
	sum := uint64(0)
	for i, w := range words {
		sum = sum*odd + hash[w]
		if i >= gram {
			sum -= hash[words[i-gram]] * top
		}
		if i >= gram-1 {
			to = append(to, mixed(sum))
		}
	}
	return to
}

// Hash is the hash of words, as [Grams] gives it.
func Hash(words []uint32, hash []uint64) (sum uint64) {
	for _, w := range words {
		sum = sum*odd + hash[w]
	}
	return mixed(sum)
}

func mixed(sum uint64) uint64 {
	m := (sum ^ sum>>29) * mixing
	return m ^ m>>32
}

// Choose calls chosen for the least of each window of so many hashes, by its place, the
// last of those that are equal, once.
func Choose(hashes []uint64, window int, chosen func(at int)) {
	least := -1
	for end := window; end <= len(hashes); end++ {
		from := end - window
		if least >= from {
			if hashes[end-1] <= hashes[least] {
				least = end - 1
				chosen(least)
			}
			continue
		}
		least = from
		for at := from + 1; at < end; at++ {
			if hashes[at] <= hashes[least] {
				least = at
			}
		}
		chosen(least)
	}
}
