package corpus

// leastPassage is the least number of words of a passage: as short as notices are, and
// longer than what two articles of one outlet share by chance. passageGram of them in
// sequence are hashed; with windows of winnowing of the rest, two texts that share a
// passage have a mark in common.
const (
	leastPassage  = 15
	passageGram   = 8
	winnowingOver = leastPassage - passageGram + 1
)

// hashTexts returns a hash of each word that depends on its text alone: FNV-1a.
func hashTexts(words []string) []uint64 {
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

// grams appends the hashes of all passageGram words in sequence, given those of each
// word (Karp and Rabin, 1987).
func grams(to []uint64, words []uint32, hash []uint64) []uint64 {
	const base = odd
	top := uint64(1) // base to the power of passageGram
	for range passageGram {
		top *= base
	}
	var window [passageGram]uint64
	sum := uint64(0)
	for i, w := range words {
		h := hash[w]
		sum = sum*base + h - window[i%passageGram]*top
		window[i%passageGram] = h
		if i >= passageGram-1 {
			to = append(to, mixed(sum))
		}
	}
	return to
}

// gramHash is the hash of passageGram words, as [grams] gives it.
func gramHash(words []uint32, hash []uint64) (sum uint64) {
	for _, w := range words {
		sum = sum*odd + hash[w]
	}
	return mixed(sum)
}

func mixed(sum uint64) uint64 {
	m := (sum ^ sum>>29) * mixing[1]
	return m ^ m>>32
}

// winnow calls chosen for the least of each window of hashes, by its place, the last
// of those that are equal, once (Schleimer, Wilkerson and Aiken, Winnowing, 2003).
func winnow(hashes []uint64, chosen func(at int)) {
	least := -1
	for end := winnowingOver; end <= len(hashes); end++ {
		from := end - winnowingOver
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
