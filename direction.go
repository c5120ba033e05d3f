package qissa

import (
	"strings"
	"sync"

	"qissa/vectorize/arabic"
)

// Words of rising and falling. Two reports of opposite direction are seldom
// one story, however alike their other words are.
const (
	riseWords = `ارتفع ارتفعت ارتفاع يرتفع ترتفع ارتفاعا مرتفعا مرتفعة صعد صعدت صعود يصعد تصعد زاد زادت زيادة يزيد تزيد
		قفز قفزت يقفز تقفز نمو نما ينمو مكاسب يكسب تكسب كسب رابحا تحسن يتحسن انتعاش تنتعش`
	fallWords = `تراجع تراجعت يتراجع تتراجع تراجعا متراجعا متراجعة انخفض انخفضت انخفاض ينخفض تنخفض انخفاضا هبط هبطت هبوط
		يهبط تهبط خسر خسرت خسائر خسارة يخسر تخسر تهاوى انكماش ينكمش نقص هوى يهوي`
)

// directionOf gives 1 for a normalised word of rising, -1 for one of falling.
var directionOf = sync.OnceValue(func() map[string]int8 {
	m := map[string]int8{}
	for _, w := range strings.Fields(riseWords) {
		m[arabic.Normalize(w)] = 1
	}
	for _, w := range strings.Fields(fallWords) {
		m[arabic.Normalize(w)] = -1
	}
	return m
})

// openingSentence is about how many words a first sentence has.
const openingSentence = 25

// direction tells whether an article opens with a rise (1), a fall (-1), both
// or neither (0): its title if that speaks of one, else its first sentence.
func (t *texts) direction(i int) int8 {
	body := t.body(i)
	for _, words := range [][]uint32{t.head(i), body[:min(openingSentence, len(body))]} {
		n := int8(0)
		for _, w := range words {
			n += t.leaning[w]
		}
		if n != 0 {
			return max(-1, min(n, 1))
		}
	}
	return 0
}
