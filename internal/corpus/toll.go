package corpus

import (
	"strconv"
	"strings"
	"sync"

	"qissa/vectorize/arabic"
)

// tollWords are those beside which the number of victims stands.
const tollWords = `قتيل قتيلا قتلى القتلى مقتل قتل قتلوا مصاب مصابا مصابين المصابين إصابة إصابات جريح جريحا جرحى الجرحى ضحية ضحايا الضحايا
	وفاة وفيات الوفيات متوفى المتوفين شهيد شهيدا شهداء الشهداء غريق غرقى حصيلة الحصيلة مفقود مفقودا مفقودين`

// Chosen by eye: a toll is told at once, and at its number.
const (
	tollWordsAt = 40 // words of a body, after the title, among which it is looked for
	tollBeside  = 2  // words between it and its number, and one
)

var isTollWord = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(tollWords) {
		m[arabic.Normalize(w)] = true
	}
	return m
})

// Toll returns the greatest number of victims that the title or the first words of an
// article tell, 0 if none.
func (c *Corpus) Toll(i int) (most int) {
	body := c.Body(i)
	for _, words := range [][]uint32{c.Title(i), body[:min(tollWordsAt, len(body))]} {
		for at, w := range words {
			if word := c.Words[w]; !isTollWord()[word] && !isTollWord()[strings.TrimPrefix(word, "و")] {
				continue
			}
			for _, beside := range words[max(0, at-tollBeside):min(len(words), at+tollBeside+1)] {
				if n, err := strconv.Atoi(c.Words[beside]); err == nil && c.IsNumber(beside) {
					most = max(most, n)
				}
			}
		}
	}
	return most
}
