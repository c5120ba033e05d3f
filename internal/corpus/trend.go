package corpus

import (
	"strings"
	"sync"

	"qissa/vectorize/arabic"
)

// Words of rising and falling. Two reports of opposite trend are seldom
// one story, however alike their other words are.
const (
	riseWords = `ارتفع ارتفعت ارتفاع يرتفع ترتفع ارتفاعا مرتفعا مرتفعة صعد صعدت صعود يصعد تصعد زاد زادت زيادة يزيد تزيد
		قفز قفزت يقفز تقفز نمو نما ينمو مكاسب يكسب تكسب كسب رابحا تحسن يتحسن انتعاش تنتعش`
	fallWords = `تراجع تراجعت يتراجع تتراجع تراجعا متراجعا متراجعة انخفض انخفضت انخفاض ينخفض تنخفض انخفاضا هبط هبطت هبوط
		يهبط تهبط خسر خسرت خسائر خسارة يخسر تخسر تهاوى انكماش ينكمش نقص هوى يهوي`
)

// trendOf gives 1 for a normalised word of rising, -1 for one of falling.
var trendOf = sync.OnceValue(func() map[string]int8 {
	m := map[string]int8{}
	for _, w := range strings.Fields(riseWords) {
		m[arabic.Normalize(w)] = 1
	}
	for _, w := range strings.Fields(fallWords) {
		m[arabic.Normalize(w)] = -1
	}
	return m
})

// openingSentence is about how many words a first sentence has; chosen by eye.
const openingSentence = 25

// Trend tells whether an article opens with a rise (1), a fall (-1), both or
// neither (0): its title if that speaks of one, else its first sentence.
func (c *Corpus) Trend(i int) int8 {
	body := c.Body(i)
	for _, words := range [][]uint32{c.Title(i), body[:min(openingSentence, len(body))]} {
		sum := 0
		for _, w := range words {
			sum += int(c.trend[w])
		}
		if sum != 0 {
			return int8(max(-1, min(sum, 1)))
		}
	}
	return 0
}
