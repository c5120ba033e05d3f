package corpus

// mixing are odd numbers whose products with small ones differ in the upper half.
var mixing = [...]uint64{0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9, 0x94d049bb133111eb, 0xd6e8feb86659fd93, 0xff51afd7ed558ccd}

// hashWords is a hash of words in sequence.
func hashWords(words []uint32) (h uint64) {
	for _, w := range words {
		h = hashed(h, w)
	}
	return h
}

// odd is a number whose products with small ones differ in the upper half.
const odd = 0x9e3779b97f4a7c15

// hashed adds a word to a hash.
func hashed(h uint64, word uint32) uint64 {
	h = (h ^ uint64(word)) * odd
	return h ^ h>>29
}
